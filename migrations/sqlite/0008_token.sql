-- +goose Up

CREATE TABLE api_token (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id  TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    venue      BLOB NOT NULL REFERENCES venue (id),
    name       TEXT NOT NULL,
    rights     TEXT NOT NULL CHECK (rights <> ''),
    hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    created_at TEXT NOT NULL,
    revoked_at TEXT
) STRICT;

CREATE INDEX api_token_by_venue ON api_token (venue, created_at);
