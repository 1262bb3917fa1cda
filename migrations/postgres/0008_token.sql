-- +goose Up

CREATE TABLE api_token (
    id         UUID NOT NULL PRIMARY KEY,
    public_id  TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    venue      UUID NOT NULL REFERENCES venue (id),
    name       TEXT NOT NULL,
    rights     TEXT NOT NULL CHECK (rights <> ''),
    hash       BYTEA NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    created_at TIMESTAMPTZ NOT NULL,
    revoked_at TIMESTAMPTZ
);

CREATE INDEX api_token_by_venue ON api_token (venue, created_at);
