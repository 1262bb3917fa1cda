-- +goose Up

-- Issuers elsewhere that the operator knows, by the identifier in their badges.
CREATE TABLE known_issuer (
    id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    issuer_id TEXT NOT NULL UNIQUE CHECK (issuer_id <> ''),
    name      TEXT NOT NULL CHECK (name <> ''),
    note      TEXT NOT NULL,
    since     TEXT NOT NULL
) STRICT;

-- Lists of issuers that others keep, with what each said last: the name of each
-- issuer by its identifier.
CREATE TABLE issuer_registry (
    id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    source  TEXT NOT NULL UNIQUE CHECK (source <> ''),
    name    TEXT NOT NULL CHECK (name <> ''),
    note    TEXT NOT NULL,
    issuers TEXT NOT NULL CHECK (json_valid(issuers)),
    since   TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT;
