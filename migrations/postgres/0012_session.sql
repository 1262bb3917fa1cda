-- +goose Up

-- A browser in which somebody is signed in; the hash is that of the secret in its
-- cookie.
CREATE TABLE session (
    id        UUID NOT NULL PRIMARY KEY,
    public_id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    account   UUID NOT NULL REFERENCES account (id),
    hash      BYTEA NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    device    TEXT NOT NULL,
    shared    BOOLEAN NOT NULL,
    opened_at TIMESTAMPTZ NOT NULL,
    seen_at   TIMESTAMPTZ NOT NULL,
    ends_at   TIMESTAMPTZ NOT NULL,
    proved_at TIMESTAMPTZ,
    ended_at  TIMESTAMPTZ
);

CREATE INDEX session_by_account ON session (account, ends_at);

-- A request to sign in by e-mail, found by what the browser keeps that asked for
-- it. There is one for an unknown address too, without an account.
CREATE TABLE sign_in (
    browser    BYTEA NOT NULL PRIMARY KEY CHECK (octet_length(browser) = 32),
    account    UUID REFERENCES account (id),
    link       BYTEA NOT NULL CHECK (octet_length(link) = 32),
    code       BYTEA NOT NULL CHECK (octet_length(code) = 32),
    shared     BOOLEAN NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    ends_at    TIMESTAMPTZ NOT NULL,
    tries      INTEGER NOT NULL CHECK (tries >= 0),
    used_at    TIMESTAMPTZ
);

CREATE INDEX sign_in_by_end ON sign_in (ends_at);

-- How often something was asked since a window began, under the hash of whom it is
-- counted for.
CREATE TABLE throttle (
    key       BYTEA NOT NULL CHECK (octet_length(key) = 32),
    window_at TIMESTAMPTZ NOT NULL,
    count     INTEGER NOT NULL CHECK (count >= 1),
    PRIMARY KEY (window_at, key)
);
