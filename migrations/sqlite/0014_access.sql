-- +goose Up

-- A role that somebody was given, for a venue, a network or the whole
-- installation: neither of both. It ends, and stays.
CREATE TABLE role_grant (
    id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    account   BLOB NOT NULL REFERENCES account (id),
    role      TEXT NOT NULL CHECK (role <> ''),
    venue     BLOB REFERENCES venue (id),
    network   BLOB REFERENCES network (id),
    given_by  TEXT NOT NULL CHECK (given_by <> ''),
    given_at  TEXT NOT NULL,
    ended_by  TEXT,
    ended_at  TEXT,
    CHECK (venue IS NULL OR network IS NULL),
    CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;

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
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id  TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    hash       BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    name       TEXT NOT NULL CHECK (name <> ''),
    email      TEXT NOT NULL,
    role       TEXT NOT NULL CHECK (role <> ''),
    venue      BLOB REFERENCES venue (id),
    network    BLOB REFERENCES network (id),
    made_by    TEXT NOT NULL CHECK (made_by <> ''),
    created_at TEXT NOT NULL,
    ends_at    TEXT NOT NULL,
    used_by    BLOB REFERENCES account (id),
    used_at    TEXT,
    ended_at   TEXT,
    CHECK (venue IS NULL OR network IS NULL),
    CHECK ((used_at IS NULL) = (used_by IS NULL))
) STRICT;

CREATE INDEX invitation_by_venue ON invitation (venue, created_at);
CREATE INDEX invitation_by_network ON invitation (network, created_at);
