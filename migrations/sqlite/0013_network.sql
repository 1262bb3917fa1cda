-- +goose Up

-- A network groups venues; it may be part of a larger one.
CREATE TABLE network (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    slug       TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name       TEXT NOT NULL CHECK (name <> ''),
    parent     BLOB REFERENCES network (id),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE network_member (
    network  BLOB NOT NULL REFERENCES network (id),
    venue    BLOB NOT NULL REFERENCES venue (id),
    since_at TEXT NOT NULL,
    PRIMARY KEY (network, venue)
) STRICT;

CREATE INDEX network_member_by_venue ON network_member (venue);
