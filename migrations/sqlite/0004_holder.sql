-- +goose Up

-- One record per person and venue. The reference is the venue's own; without
-- one, every award makes a holder: people are never matched by name.
CREATE TABLE holder (
    id          BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    venue       BLOB NOT NULL REFERENCES venue (id),
    ref         TEXT CHECK (ref <> ''),
    subject     TEXT NOT NULL UNIQUE CHECK (subject LIKE 'urn:uuid:%'),
    given_name  TEXT NOT NULL,
    family_name TEXT NOT NULL,
    email       TEXT CHECK (email <> ''),
    birth_year  INTEGER CHECK (birth_year > 0),
    over15      INTEGER NOT NULL CHECK (over15 IN (0, 1)),
    created_at  TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX holder_by_ref ON holder (venue, ref) WHERE ref IS NOT NULL;
