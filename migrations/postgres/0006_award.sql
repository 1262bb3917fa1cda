-- +goose Up

-- An award with its slot in a status list and the key that its order came with:
-- the same key, asked again, is answered with the same award.
--
-- Venue, version and list have no foreign key: all that issue at once would lock
-- the same row of each, which costs the server more than the insert itself. The
-- statement that writes an award joins them, and the triggers below refuse to
-- let them go. Nor do the tables that each issue writes check what the types of
-- the program ensure: PostgreSQL reads the text of a check at every insert. The
-- SQLite schema has them all, and an audit finds what a disk has spoiled.
CREATE TABLE award (
    id          UUID NOT NULL PRIMARY KEY,
    public_id   TEXT COLLATE "C" NOT NULL UNIQUE,
    venue       UUID NOT NULL,
    achievement UUID NOT NULL,
    version     INTEGER NOT NULL,
    holder      UUID NOT NULL REFERENCES holder (id),
    level       TEXT NOT NULL,
    awarded_on  DATE NOT NULL,
    valid_from  TIMESTAMPTZ NOT NULL,
    valid_until TIMESTAMPTZ CHECK (valid_until > valid_from),
    issued_at   TIMESTAMPTZ NOT NULL,
    issued_by   TEXT NOT NULL,
    list        UUID NOT NULL,
    idx         INTEGER NOT NULL,
    key         TEXT COLLATE "C" NOT NULL,
    fingerprint BYTEA NOT NULL,
    UNIQUE (venue, key),
    UNIQUE (list, idx)
);

CREATE INDEX award_by_venue ON award (venue, issued_at, public_id);
CREATE INDEX award_by_holder ON award (holder);

-- What was signed, byte for byte, and the secrets that open it.
CREATE TABLE credential (
    award       UUID NOT NULL PRIMARY KEY REFERENCES award (id),
    document    BYTEA NOT NULL,
    doc_hash    BYTEA NOT NULL,
    commit_salt BYTEA NOT NULL,
    name_salt   TEXT NOT NULL,
    thumbprint  TEXT NOT NULL
);

-- A document of the usual size, compressed, stays in its row: beside it, it
-- would cost a second insert and each reader a second search.
ALTER TABLE credential SET (toast_tuple_target = 3072);

-- lz4 writes documents about twice as fast as the default compression; a
-- server that was built without it keeps the default.
-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE 'ALTER TABLE credential ALTER COLUMN document SET COMPRESSION lz4';
EXCEPTION WHEN feature_not_supported OR syntax_error OR invalid_parameter_value THEN
    NULL;
END
$$;
-- +goose StatementEnd

-- The VC-JWT is made at the first request and kept.
CREATE TABLE credential_jwt (
    award      UUID NOT NULL PRIMARY KEY REFERENCES award (id),
    jwt        TEXT NOT NULL,
    thumbprint TEXT NOT NULL CHECK (thumbprint <> ''),
    made_at    TIMESTAMPTZ NOT NULL
);

-- Whether the name is shown is the latest decision; without one it is hidden.
CREATE TABLE name_decision (
    award      UUID NOT NULL REFERENCES award (id),
    ordinal    INTEGER NOT NULL CHECK (ordinal >= 1),
    shown      BOOLEAN NOT NULL,
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    decided_at TIMESTAMPTZ NOT NULL,
    how        TEXT NOT NULL CHECK (how <> ''),
    PRIMARY KEY (award, ordinal)
);

-- A revocation repeats the slot of its award, so that the bits of a list are read
-- without its awards.
CREATE TABLE revocation (
    award      UUID NOT NULL PRIMARY KEY REFERENCES award (id),
    list       UUID NOT NULL REFERENCES status_list (id),
    idx        INTEGER NOT NULL CHECK (idx >= 0),
    revoked_at TIMESTAMPTZ NOT NULL,
    revoked_by TEXT NOT NULL,
    reason     TEXT NOT NULL,
    UNIQUE (list, idx)
);

-- All that stays of an erased award: its public id, so that its address can
-- say that it was erased.
CREATE TABLE erased_award (
    public_id TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (length(public_id) = 22),
    erased_at TIMESTAMPTZ NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never removed', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
END
$$;
-- +goose StatementEnd

CREATE TRIGGER venue_removal BEFORE DELETE OR TRUNCATE ON venue EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER achievement_version_removal BEFORE DELETE OR TRUNCATE ON achievement_version EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER status_list_removal BEFORE DELETE OR TRUNCATE ON status_list EXECUTE FUNCTION refuse_removal();
