-- +goose Up

-- A status list serves one venue. next_counter passes size when the last block
-- reserved was larger than what was left; the surplus is never used.
CREATE TABLE status_list (
    id              UUID NOT NULL PRIMARY KEY,
    number          INTEGER NOT NULL UNIQUE CHECK (number >= 1),
    venue           UUID NOT NULL REFERENCES venue (id),
    permutation_key BYTEA NOT NULL,
    size            INTEGER NOT NULL CHECK (size > 0),
    next_counter    BIGINT NOT NULL CHECK (next_counter >= 0),
    document        BYTEA NOT NULL,
    valid_from      TIMESTAMPTZ NOT NULL,
    valid_until     TIMESTAMPTZ NOT NULL,
    signatures      BIGINT NOT NULL CHECK (signatures >= 1),
    created_at      TIMESTAMPTZ NOT NULL,
    CHECK (valid_until > valid_from)
);

CREATE INDEX status_list_by_venue ON status_list (venue, number);
CREATE INDEX status_list_by_end ON status_list (valid_until);
