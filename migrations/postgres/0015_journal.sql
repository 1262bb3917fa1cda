-- +goose Up

-- Who did what: rows are added, and never change or go. Awards and revocations are
-- records of their own and are not repeated here.
CREATE TABLE journal (
    id        UUID NOT NULL PRIMARY KEY,
    public_id TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    at        TIMESTAMPTZ NOT NULL,
    actor     TEXT COLLATE "C" NOT NULL CHECK (actor <> ''),
    act       TEXT NOT NULL CHECK (act <> ''),
    venue     UUID REFERENCES venue (id),
    subject   TEXT NOT NULL,
    detail    TEXT NOT NULL,
    network   TEXT NOT NULL
);

CREATE INDEX journal_by_time ON journal (at, public_id);
CREATE INDEX journal_by_venue ON journal (venue, at, public_id);
CREATE INDEX journal_by_actor ON journal (actor, at, public_id);

CREATE TRIGGER journal_change BEFORE UPDATE OR DELETE ON journal
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_truncate BEFORE TRUNCATE ON journal
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
