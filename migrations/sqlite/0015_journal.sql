-- +goose Up

-- Who did what: rows are added, and never change or go. Awards and revocations are
-- records of their own and are not repeated here.
CREATE TABLE journal (
    id        BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    public_id TEXT NOT NULL UNIQUE CHECK (length(public_id) = 22),
    at        TEXT NOT NULL,
    actor     TEXT NOT NULL CHECK (actor <> ''),
    act       TEXT NOT NULL CHECK (act <> ''),
    venue     BLOB REFERENCES venue (id),
    subject   TEXT NOT NULL,
    detail    TEXT NOT NULL,
    network   TEXT NOT NULL
) STRICT;

CREATE INDEX journal_by_time ON journal (at, public_id);
CREATE INDEX journal_by_venue ON journal (venue, at, public_id);
CREATE INDEX journal_by_actor ON journal (actor, at, public_id);

-- +goose StatementBegin
CREATE TRIGGER journal_update BEFORE UPDATE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER journal_delete BEFORE DELETE ON journal
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
-- +goose StatementEnd

-- REPLACE takes the old row away without asking the trigger on DELETE.
-- +goose StatementBegin
CREATE TRIGGER journal_insert BEFORE INSERT ON journal
WHEN EXISTS (SELECT 1 FROM journal WHERE id = NEW.id OR public_id = NEW.public_id)
BEGIN
    SELECT RAISE(ABORT, 'journal is append-only');
END;
-- +goose StatementEnd
