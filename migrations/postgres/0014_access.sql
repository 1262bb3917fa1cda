-- +goose Up

-- A role that somebody was given, for a venue, a network or the whole
-- installation: neither of both. It ends, and stays.
CREATE TABLE role_grant (
    id        UUID NOT NULL PRIMARY KEY,
    public_id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    account   UUID NOT NULL REFERENCES account (id),
    role      TEXT NOT NULL CHECK (role <> ''),
    venue     UUID REFERENCES venue (id),
    network   UUID REFERENCES network (id),
    given_by  TEXT NOT NULL CHECK (given_by <> ''),
    given_at  TIMESTAMPTZ NOT NULL,
    ended_by  TEXT,
    ended_at  TIMESTAMPTZ,
    CHECK (venue IS NULL OR network IS NULL),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);

CREATE UNIQUE INDEX role_grant_venue ON role_grant (account, role, venue)
WHERE ended_at IS NULL AND venue IS NOT NULL;
CREATE UNIQUE INDEX role_grant_network ON role_grant (account, role, network)
WHERE ended_at IS NULL AND network IS NOT NULL;
CREATE UNIQUE INDEX role_grant_instance ON role_grant (account, role)
WHERE ended_at IS NULL AND venue IS NULL AND network IS NULL;
CREATE INDEX role_grant_by_venue ON role_grant (venue) WHERE ended_at IS NULL;
CREATE INDEX role_grant_by_network ON role_grant (network) WHERE ended_at IS NULL;

-- An invitation to take on a role; its link works once.
CREATE TABLE invitation (
    id         UUID NOT NULL PRIMARY KEY,
    public_id  TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    hash       BYTEA NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    name       TEXT NOT NULL CHECK (name <> ''),
    email      TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role <> ''),
    venue      UUID REFERENCES venue (id),
    network    UUID REFERENCES network (id),
    made_by    TEXT NOT NULL CHECK (made_by <> ''),
    created_at TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL,
    used_by    UUID REFERENCES account (id),
    used_at    TIMESTAMPTZ,
    ended_at   TIMESTAMPTZ,
    CHECK (venue IS NULL OR network IS NULL),
    CHECK ((used_at IS NULL) = (used_by IS NULL))
);

CREATE INDEX invitation_by_venue ON invitation (venue, created_at);
CREATE INDEX invitation_by_network ON invitation (network, created_at);
