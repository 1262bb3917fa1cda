// Package freshness keeps what was read for as long as it is true.
//
// Whatever the public may have read before has one number in the database, the
// change sequence, which each change of it raises. A process follows the number;
// what it read under one number is good as long as that number stands.
//
//	own change → Raise ─┐
//	poll, several a second → Learn → Sequence.Current → Cache: serve, or read anew
//
// A change made here is seen by the next read, one made elsewhere within Limit.
// When the number could not be read for longer than that, nobody knows what has
// changed: Current says so, and a Cache reads everything anew.
//
// A value is kept under the number that was known before its reading began. A
// change that comes in between makes it unusable, never stale.
//
// It refuses to read anything by itself, and to keep what it was not told to.
package freshness
