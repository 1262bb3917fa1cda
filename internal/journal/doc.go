// Package journal is the record of who did what, when and from where.
//
//	an act → Entry → the store, in the act's own transaction where it has one
//	the journal of a venue = its entries, and its awards and revocations, which
//	are records of who and when themselves
//
// Entries are only ever added: the database refuses to change or remove one. The
// head of a venue reads that of the venue, a coordinator that of the network, an
// auditor all of it.
//
// It refuses personal data beyond what an entry needs: it names people by their
// ids, a place by its network (/24, /48), and never holds what was written or
// read.
package journal
