// Package pgtest gives tests a real PostgreSQL of their own.
//
// A package that needs one says so in its TestMain, and then asks for as many
// empty databases as it likes:
//
//	func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }
//
//	func TestAward(t *testing.T) {
//		db, err := sql.Open("pgx", pgtest.Database(t))
//		…
//	}
//
// The flow: Run → (first Database or Start) find initdb and postgres → make a
// cluster in a temporary folder → start it on a free loopback port → one
// database per test, dropped when the test ends → Run stops the server and
// removes the folder. initdb refuses to work for root, so a test run by root
// gives the server to another user (postgres, or else nobody). The server asks
// for a password, made anew each time: it listens on a machine that others may
// share. It syncs its writes unless told otherwise, since tests of durability
// must not flatter us; it dies with the test process, whatever ends that.
//
// RAMURE_TEST_POSTGRES names a server to use instead (a URL whose user may
// create databases). Tests that kill or restart PostgreSQL take New, which is
// always a server of their own.
//
// A machine without PostgreSQL fails these tests with a sentence that says what
// to install; RAMURE_TEST_SKIP_POSTGRES=1 skips them, except where CI is set.
//
// It refuses to be imported by anything but tests.
package pgtest
