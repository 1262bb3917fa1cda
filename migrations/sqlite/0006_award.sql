-- +goose Up

-- An award with its slot in a status list and the key that its order came with:
-- the same key, asked again, is answered with the same award.
CREATE TABLE award (
    id          BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id   TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    venue       BLOB NOT NULL REFERENCES venue (id),
    achievement BLOB NOT NULL,
    version     INTEGER NOT NULL,
    holder      BLOB NOT NULL REFERENCES holder (id),
    level       TEXT NOT NULL,
    awarded_on  TEXT NOT NULL CHECK (length(awarded_on) = 10),
    valid_from  TEXT NOT NULL,
    valid_until TEXT CHECK (valid_until > valid_from),
    issued_at   TEXT NOT NULL,
    issued_by   TEXT NOT NULL,
    list        BLOB NOT NULL REFERENCES status_list (id),
    idx         INTEGER NOT NULL CHECK (idx >= 0),
    key         TEXT NOT NULL CHECK (key <> ''),
    fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
    UNIQUE (venue, key),
    UNIQUE (list, idx),
    FOREIGN KEY (achievement, version) REFERENCES achievement_version (achievement, version)
) STRICT;

CREATE INDEX award_by_venue ON award (venue, issued_at, public_id);
CREATE INDEX award_by_holder ON award (holder);

-- What was signed, byte for byte, and the secrets that open it.
CREATE TABLE credential (
    award       BLOB NOT NULL PRIMARY KEY REFERENCES award (id),
    document    BLOB NOT NULL,
    doc_hash    BLOB NOT NULL CHECK (length(doc_hash) = 32),
    commit_salt BLOB NOT NULL CHECK (length(commit_salt) = 32),
    name_salt   TEXT NOT NULL CHECK (name_salt <> ''),
    thumbprint  TEXT NOT NULL CHECK (thumbprint <> '')
) STRICT;

-- The VC-JWT is made at the first request and kept.
CREATE TABLE credential_jwt (
    award      BLOB NOT NULL PRIMARY KEY REFERENCES award (id),
    jwt        TEXT NOT NULL,
    thumbprint TEXT NOT NULL CHECK (thumbprint <> ''),
    made_at    TEXT NOT NULL
) STRICT;

-- Whether the name is shown is the latest decision; without one it is hidden.
CREATE TABLE name_decision (
    award      BLOB NOT NULL REFERENCES award (id),
    ordinal    INTEGER NOT NULL CHECK (ordinal >= 1),
    shown      INTEGER NOT NULL CHECK (shown IN (0, 1)),
    decided_by TEXT NOT NULL CHECK (decided_by <> ''),
    decided_at TEXT NOT NULL,
    how        TEXT NOT NULL CHECK (how <> ''),
    PRIMARY KEY (award, ordinal)
) STRICT, WITHOUT ROWID;

-- A revocation repeats the slot of its award, so that the bits of a list are read
-- without its awards.
CREATE TABLE revocation (
    award      BLOB NOT NULL PRIMARY KEY REFERENCES award (id),
    list       BLOB NOT NULL REFERENCES status_list (id),
    idx        INTEGER NOT NULL CHECK (idx >= 0),
    revoked_at TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    reason     TEXT NOT NULL,
    UNIQUE (list, idx)
) STRICT;

-- All that stays of an erased award: its public id, so that its address can
-- say that it was erased.
CREATE TABLE erased_award (
    public_id TEXT NOT NULL PRIMARY KEY CHECK (length(public_id) = 22),
    erased_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
