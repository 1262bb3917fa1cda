// Package store keeps everything in one SQL database: a SQLite file, embedded,
// or a PostgreSQL server. It fulfils the small interfaces that the acts declare
// (award.Store, network.Store, standing.Store, auth.TokenStore, keyring.Store) and
// lends translog the one transaction in which it sequences.
//
// Statements are written once, by hand, in the tongue that both engines speak;
// tables are native to each (package migrations). What differs is in dialect.go
// and in the files named *_sqlite.go and *_postgres.go, and nowhere else:
//
//	row keys     UUIDv7 made here, never shown; public ids come from the acts
//	instants     Time: UTC text of fixed width; TIMESTAMPTZ on PostgreSQL
//	state        one UPDATE … WHERE … RETURNING, or an INSERT that only the first can make
//	JSON         carried and checked, never searched
//	NULL         a column that may be empty is written through orNull
//	keys         PostgreSQL has no foreign key, and no check, where all that issue at
//	             once would pay for it (migrations 0006); an audit looks at them
//
// A method is shaped like an act: it does all of its work in one transaction,
// or none of it. RecordAward is a straight line of statements that branch
// nowhere: what must hold is a constraint or a join of the statement itself, so
// that the list travels to PostgreSQL in one round trip, and only when it was
// refused is it asked why (award_refusal.go).
//
// RecordAwards writes many in one stream for each table (COPY on PostgreSQL); a
// transaction that is refused goes on in halves, until a bad record is alone.
//
// SQLite has one connection that writes, so that writers queue here in order,
// and a few that read beside it; both keep their statements compiled. Those who
// award at the same moment share a commit on either engine, their rows in statements
// of several rows (collect.go); a group that is refused goes on one by one.
//
// Each change of what may have been read before raises the change sequence.
// While Follow runs, what every issue asks for (venue, achievement, token) is kept
// under it, so that issuing costs one round trip; package freshness says for how
// long. The rows that an award stands on never go, and their keys are remembered
// (ground.go).
//
// Whose rows a method may touch is said by its scope.Scope: another venue's
// rows are problem.NotFound, like missing ones. Methods named Public… take no
// scope, for what anybody may read who knows the address.
//
// Failures are translated in errors.go: NotFound, Conflict, Gone, Full (the
// disk), Unavailable (the database is away, busy or read-only; nothing was
// done). A write runs to its end or its time-out even when the caller has left:
// whoever repeats it is answered through the idempotency key. Nothing needs a
// restart once the cause has gone.
//
// It refuses rules: what may be awarded, shown or revoked is decided by the
// acts. It refuses HTTP, and never reads a clock of its own.
package store
