-- +goose Up

-- A venue is an issuer: its DID is derived from the base URL and the slug.
CREATE TABLE venue (
    id          BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    slug        TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name        TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    commune     TEXT NOT NULL,
    jwt_alg     TEXT NOT NULL CHECK (jwt_alg IN ('RS256', 'ES256')),
    created_at  TEXT NOT NULL
) STRICT;

CREATE INDEX venue_by_name ON venue (folded_name, slug);
