package migrations

import "embed"

// SQLite holds sqlite/*.sql, the steps of the embedded engine.
//
//go:embed sqlite/*.sql
var SQLite embed.FS

// Postgres holds postgres/*.sql, the steps of the server engine.
//
//go:embed postgres/*.sql
var Postgres embed.FS
