-- +goose Up

-- A network groups venues; it may be part of a larger one.
CREATE TABLE network (
    id         UUID NOT NULL PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE CHECK (slug <> ''),
    name       TEXT NOT NULL CHECK (name <> ''),
    parent     UUID REFERENCES network (id),
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE network_member (
    network  UUID NOT NULL REFERENCES network (id),
    venue    UUID NOT NULL REFERENCES venue (id),
    since_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (network, venue)
);

CREATE INDEX network_member_by_venue ON network_member (venue);
