-- +goose Up

-- A status list serves one venue. next_counter passes size when the last block
-- reserved was larger than what was left; the surplus is never used.
CREATE TABLE status_list (
    id              BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    number          INTEGER NOT NULL UNIQUE CHECK (number >= 1),
    venue           BLOB NOT NULL REFERENCES venue (id),
    permutation_key BLOB NOT NULL,
    size            INTEGER NOT NULL CHECK (size > 0),
    next_counter    INTEGER NOT NULL CHECK (next_counter >= 0),
    document        BLOB NOT NULL,
    valid_from      TEXT NOT NULL,
    valid_until     TEXT NOT NULL,
    signatures      INTEGER NOT NULL CHECK (signatures >= 1),
    created_at      TEXT NOT NULL,
    CHECK (valid_until > valid_from)
) STRICT;

CREATE INDEX status_list_by_venue ON status_list (venue, number);
CREATE INDEX status_list_by_end ON status_list (valid_until);
