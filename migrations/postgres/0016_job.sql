-- +goose Up

-- Work in the background. A claim ends by itself, so that another instance takes
-- over what one left undone; what is done goes, what can't be done stays as a dead
-- letter.
CREATE TABLE job (
    id           UUID NOT NULL PRIMARY KEY,
    public_id    TEXT COLLATE "C" NOT NULL UNIQUE CHECK (length(public_id) = 22),
    kind         TEXT NOT NULL CHECK (kind <> ''),
    payload      BYTEA NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    run_at       TIMESTAMPTZ NOT NULL,
    claimed_till TIMESTAMPTZ,
    tries        INTEGER NOT NULL CHECK (tries >= 0),
    reason       TEXT NOT NULL,
    dead_at      TIMESTAMPTZ
);

CREATE INDEX job_due ON job (run_at, id) WHERE dead_at IS NULL;
CREATE INDEX job_dead ON job (dead_at) WHERE dead_at IS NOT NULL;
