-- +goose Up

CREATE TABLE achievement (
    id             BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id      TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    venue          BLOB NOT NULL REFERENCES venue (id),
    latest_version INTEGER NOT NULL CHECK (latest_version >= 1),
    created_at     TEXT NOT NULL
) STRICT;

CREATE INDEX achievement_by_venue ON achievement (venue, created_at, public_id);

CREATE TABLE achievement_version (
    achievement BLOB NOT NULL REFERENCES achievement (id),
    version     INTEGER NOT NULL CHECK (version >= 1),
    definition  TEXT NOT NULL CHECK (json_valid(definition)),
    document    BLOB NOT NULL,
    created_at  TEXT NOT NULL,
    PRIMARY KEY (achievement, version)
) STRICT;

CREATE TABLE achievement_withdrawal (
    achievement  BLOB NOT NULL PRIMARY KEY REFERENCES achievement (id),
    withdrawn_at TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    reason       TEXT NOT NULL
) STRICT;
