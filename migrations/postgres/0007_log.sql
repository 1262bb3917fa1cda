-- +goose Up

-- The transparency log. A leaf is pending until the sequencer gives it its idx;
-- its hash is written with it, so that a byte that changed meanwhile is seen.
-- Leaf, node and checkpoint rows never change and never go, but for two things:
-- idx from NULL to its value, and award to NULL when a person is erased.
CREATE TABLE log_leaf (
    id         UUID NOT NULL PRIMARY KEY,
    log        INTEGER NOT NULL,
    award      UUID REFERENCES award (id) ON DELETE SET NULL,
    kind       TEXT COLLATE "C" NOT NULL,
    data       BYTEA NOT NULL CHECK (octet_length(data) BETWEEN 1 AND 1024),
    hash       BYTEA NOT NULL,
    idx        BIGINT,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE UNIQUE INDEX log_leaf_by_idx ON log_leaf (log, idx) WHERE idx IS NOT NULL;
CREATE INDEX log_leaf_pending ON log_leaf (log, created_at, id) WHERE idx IS NULL;
CREATE UNIQUE INDEX log_leaf_by_award ON log_leaf (award, kind) WHERE award IS NOT NULL;

-- pos is the position of x/mod's tlog.StoredHashIndex.
CREATE TABLE log_node (
    log  INTEGER NOT NULL,
    pos  BIGINT NOT NULL CHECK (pos >= 0),
    hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (log, pos)
);

-- The one row that the sequencer locks. An empty tree has the hash of nothing
-- as its root (RFC 6962 section 2.1).
CREATE TABLE log_head (
    log  INTEGER NOT NULL PRIMARY KEY,
    size BIGINT NOT NULL CHECK (size >= 0),
    root BYTEA NOT NULL CHECK (octet_length(root) = 32)
);

INSERT INTO log_head (log, size, root)
VALUES (1, 0, '\xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');

-- The primary key makes a second root for one size impossible.
CREATE TABLE log_checkpoint (
    log  INTEGER NOT NULL,
    size BIGINT NOT NULL CHECK (size >= 0),
    root BYTEA NOT NULL CHECK (octet_length(root) = 32),
    note BYTEA NOT NULL,
    at   TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (log, size)
);

-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$;
-- +goose StatementEnd

CREATE TRIGGER log_leaf_update BEFORE UPDATE ON log_leaf FOR EACH ROW
WHEN ((NEW.id, NEW.log, NEW.kind, NEW.data, NEW.hash, NEW.created_at)
        IS DISTINCT FROM (OLD.id, OLD.log, OLD.kind, OLD.data, OLD.hash, OLD.created_at)
    OR (NEW.idx IS DISTINCT FROM OLD.idx AND OLD.idx IS NOT NULL)
    OR (NEW.award IS DISTINCT FROM OLD.award AND NEW.award IS NOT NULL))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER log_leaf_delete BEFORE DELETE ON log_leaf
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_node_change BEFORE UPDATE OR DELETE ON log_node
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_checkpoint_change BEFORE UPDATE OR DELETE ON log_checkpoint
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER log_leaf_truncate BEFORE TRUNCATE ON log_leaf
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_node_truncate BEFORE TRUNCATE ON log_node
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_checkpoint_truncate BEFORE TRUNCATE ON log_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
