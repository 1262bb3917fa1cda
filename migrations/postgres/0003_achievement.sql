-- +goose Up

CREATE TABLE achievement (
    id             UUID NOT NULL PRIMARY KEY,
    public_id      TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    venue          UUID NOT NULL REFERENCES venue (id),
    latest_version INTEGER NOT NULL CHECK (latest_version >= 1),
    created_at     TIMESTAMPTZ NOT NULL
);

CREATE INDEX achievement_by_venue ON achievement (venue, created_at, public_id);

CREATE TABLE achievement_version (
    achievement UUID NOT NULL REFERENCES achievement (id),
    version     INTEGER NOT NULL CHECK (version >= 1),
    definition  JSONB NOT NULL,
    document    BYTEA NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (achievement, version)
);

CREATE TABLE achievement_withdrawal (
    achievement  UUID NOT NULL PRIMARY KEY REFERENCES achievement (id),
    withdrawn_at TIMESTAMPTZ NOT NULL,
    withdrawn_by TEXT NOT NULL,
    reason       TEXT NOT NULL
);
