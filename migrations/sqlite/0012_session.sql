-- +goose Up

-- A browser in which somebody is signed in; the hash is that of the secret in its
-- cookie.
CREATE TABLE session (
    id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    account   BLOB NOT NULL REFERENCES account (id),
    hash      BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    device    TEXT NOT NULL,
    shared    INTEGER NOT NULL CHECK (shared IN (0, 1)),
    opened_at TEXT NOT NULL,
    seen_at   TEXT NOT NULL,
    ends_at   TEXT NOT NULL,
    proved_at TEXT,
    ended_at  TEXT
) STRICT;

CREATE INDEX session_by_account ON session (account, ends_at);

-- A request to sign in by e-mail, found by what the browser keeps that asked for
-- it. There is one for an unknown address too, without an account.
CREATE TABLE sign_in (
    browser    BLOB NOT NULL PRIMARY KEY CHECK (length(browser) = 32),
    account    BLOB REFERENCES account (id),
    link       BLOB NOT NULL CHECK (length(link) = 32),
    code       BLOB NOT NULL CHECK (length(code) = 32),
    shared     INTEGER NOT NULL CHECK (shared IN (0, 1)),
    created_at TEXT NOT NULL,
    ends_at    TEXT NOT NULL,
    tries      INTEGER NOT NULL CHECK (tries >= 0),
    used_at    TEXT
) STRICT;

CREATE INDEX sign_in_by_end ON sign_in (ends_at);

-- How often something was asked since a window began, under the hash of whom it is
-- counted for.
CREATE TABLE throttle (
    key       BLOB NOT NULL CHECK (length(key) = 32),
    window_at TEXT NOT NULL,
    count     INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (window_at, key)
) STRICT;
