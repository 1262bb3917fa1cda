-- +goose Up

-- One record per person and venue. The reference is the venue's own; without
-- one, every award makes a holder: people are never matched by name. The venue
-- has no foreign key, and the columns no checks, for the reasons that
-- 0006_award.sql gives.
CREATE TABLE holder (
    id          UUID NOT NULL PRIMARY KEY,
    venue       UUID NOT NULL,
    ref         TEXT COLLATE "C",
    subject     TEXT COLLATE "C" NOT NULL UNIQUE,
    given_name  TEXT NOT NULL,
    family_name TEXT NOT NULL,
    email       TEXT,
    birth_year  INTEGER,
    over15      BOOLEAN NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX holder_by_ref ON holder (venue, ref) WHERE ref IS NOT NULL;
