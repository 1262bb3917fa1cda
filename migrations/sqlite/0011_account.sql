-- +goose Up

-- Somebody who signs in. The folded address is what two spellings of one address
-- have in common; whoever has none is invited by a link that is handed over.
CREATE TABLE account (
    id           BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id    TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    name         TEXT NOT NULL CHECK (name <> ''),
    email        TEXT NOT NULL,
    folded_email TEXT UNIQUE CHECK (folded_email <> ''),
    language     TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    ended_at     TEXT
) STRICT;
