-- +goose Up

-- Signing keys, sealed under the master key. A key without an issuer is the
-- deployment's own: that of the log.
CREATE TABLE signing_key (
    id         UUID NOT NULL PRIMARY KEY,
    issuer     UUID REFERENCES venue (id),
    use        TEXT NOT NULL CHECK (use <> ''),
    algorithm  TEXT NOT NULL CHECK (algorithm <> ''),
    thumbprint TEXT COLLATE "C" NOT NULL UNIQUE CHECK (thumbprint <> ''),
    public     BYTEA NOT NULL,
    secret     BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    retired_at TIMESTAMPTZ
);

-- One active key for each use of an issuer, and of the deployment.
CREATE UNIQUE INDEX signing_key_active ON signing_key (issuer, use) WHERE retired_at IS NULL AND issuer IS NOT NULL;
CREATE UNIQUE INDEX signing_key_own ON signing_key (use) WHERE retired_at IS NULL AND issuer IS NULL;
CREATE INDEX signing_key_by_issuer ON signing_key (issuer, created_at);
