-- +goose Up

-- One row: what this deployment is, for good.
CREATE TABLE deployment (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    base_url   TEXT NOT NULL CHECK (base_url <> ''),
    key_check  BLOB NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- One row, raised by every change of what the public may have read already.
-- New awards do not raise it: nobody has read them yet, and it is a hot row.
CREATE TABLE change_sequence (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value INTEGER NOT NULL CHECK (value >= 0)
) STRICT;

INSERT INTO change_sequence (id, value) VALUES (1, 0);
