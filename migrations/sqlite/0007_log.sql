-- +goose Up

-- The transparency log. A leaf is pending until the sequencer gives it its idx;
-- its hash is written with it, so that a byte that changed meanwhile is seen.
-- Leaf, node and checkpoint rows never change and never go, but for two things:
-- idx from NULL to its value, and award to NULL when a person is erased.
CREATE TABLE log_leaf (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    log        INTEGER NOT NULL,
    award      BLOB REFERENCES award (id) ON DELETE SET NULL,
    kind       TEXT NOT NULL CHECK (kind <> ''),
    data       BLOB NOT NULL CHECK (length(data) BETWEEN 1 AND 1024),
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    idx        INTEGER CHECK (idx >= 0),
    created_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX log_leaf_by_idx ON log_leaf (log, idx) WHERE idx IS NOT NULL;
CREATE INDEX log_leaf_pending ON log_leaf (log, created_at, id) WHERE idx IS NULL;
CREATE UNIQUE INDEX log_leaf_by_award ON log_leaf (award, kind) WHERE award IS NOT NULL;

-- pos is the position of x/mod's tlog.StoredHashIndex.
CREATE TABLE log_node (
    log  INTEGER NOT NULL,
    pos  INTEGER NOT NULL CHECK (pos >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (log, pos)
) STRICT, WITHOUT ROWID;

-- The one row that the sequencer locks. An empty tree has the hash of nothing
-- as its root (RFC 6962 section 2.1).
CREATE TABLE log_head (
    log  INTEGER NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32)
) STRICT;

INSERT INTO log_head (log, size, root)
VALUES (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

-- The primary key makes a second root for one size impossible.
CREATE TABLE log_checkpoint (
    log  INTEGER NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    root BLOB NOT NULL CHECK (length(root) = 32),
    note BLOB NOT NULL,
    at   TEXT NOT NULL,
    PRIMARY KEY (log, size)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER log_leaf_update BEFORE UPDATE ON log_leaf
WHEN NEW.id IS NOT OLD.id OR NEW.log IS NOT OLD.log OR NEW.kind IS NOT OLD.kind
    OR NEW.data IS NOT OLD.data OR NEW.hash IS NOT OLD.hash
    OR NEW.created_at IS NOT OLD.created_at
    OR (NEW.idx IS NOT OLD.idx AND OLD.idx IS NOT NULL)
    OR (NEW.award IS NOT OLD.award AND NEW.award IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'log_leaf is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_leaf_delete BEFORE DELETE ON log_leaf
BEGIN
    SELECT RAISE(ABORT, 'log_leaf is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_node_update BEFORE UPDATE ON log_node
BEGIN
    SELECT RAISE(ABORT, 'log_node is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_node_delete BEFORE DELETE ON log_node
BEGIN
    SELECT RAISE(ABORT, 'log_node is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_checkpoint_update BEFORE UPDATE ON log_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'log_checkpoint is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_checkpoint_delete BEFORE DELETE ON log_checkpoint
BEGIN
    SELECT RAISE(ABORT, 'log_checkpoint is append-only');
END;
-- +goose StatementEnd

-- REPLACE takes the old row away without asking the triggers on DELETE, so a
-- row that is there already is refused before that.
-- +goose StatementBegin
CREATE TRIGGER log_leaf_insert BEFORE INSERT ON log_leaf
WHEN EXISTS (SELECT 1 FROM log_leaf WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM log_leaf WHERE log = NEW.log AND idx = NEW.idx)
    OR EXISTS (SELECT 1 FROM log_leaf WHERE award = NEW.award AND kind = NEW.kind)
BEGIN
    SELECT RAISE(ABORT, 'log_leaf is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_node_insert BEFORE INSERT ON log_node
WHEN EXISTS (SELECT 1 FROM log_node WHERE log = NEW.log AND pos = NEW.pos)
BEGIN
    SELECT RAISE(ABORT, 'log_node is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER log_checkpoint_insert BEFORE INSERT ON log_checkpoint
WHEN EXISTS (SELECT 1 FROM log_checkpoint WHERE log = NEW.log AND size = NEW.size)
BEGIN
    SELECT RAISE(ABORT, 'log_checkpoint is append-only');
END;
-- +goose StatementEnd
