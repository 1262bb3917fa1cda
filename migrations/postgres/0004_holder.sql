-- +goose Up

-- One record per person and venue. The reference is the venue's own; without
-- one, every award makes a holder: people are never matched by name. The venue
-- has no foreign key, for the reason that 0006_award.sql gives.
CREATE TABLE holder (
    id          UUID NOT NULL PRIMARY KEY,
    venue       UUID NOT NULL,
    ref         TEXT COLLATE "C" CHECK (ref <> ''),
    subject     TEXT COLLATE "C" NOT NULL UNIQUE CHECK (subject LIKE 'urn:uuid:%'),
    given_name  TEXT NOT NULL,
    family_name TEXT NOT NULL,
    email       TEXT CHECK (email <> ''),
    birth_year  INTEGER CHECK (birth_year > 0),
    over15      BOOLEAN NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX holder_by_ref ON holder (venue, ref) WHERE ref IS NOT NULL;
