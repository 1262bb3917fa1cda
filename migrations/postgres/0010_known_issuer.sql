-- +goose Up

-- Issuers elsewhere that the operator knows, by the identifier in their badges.
CREATE TABLE known_issuer (
    id        UUID NOT NULL PRIMARY KEY,
    issuer_id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (issuer_id <> ''),
    name      TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    note      TEXT NOT NULL,
    since     TIMESTAMPTZ NOT NULL
);

-- Lists of issuers that others keep, with what each said last: the name of each
-- issuer by its identifier.
CREATE TABLE issuer_registry (
    id      UUID NOT NULL PRIMARY KEY,
    source  TEXT COLLATE "C" NOT NULL UNIQUE CHECK (source <> ''),
    name    TEXT COLLATE "C" NOT NULL CHECK (name <> ''),
    note    TEXT NOT NULL,
    issuers JSONB NOT NULL,
    since   TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ NOT NULL
);
