// Package job is durable work in the background: what must happen, but not within
// a request.
//
//	an act → Job in the database, in the act's own transaction
//	  → a Runner of any instance claims it → its Handler → done
//	  → or a later try, and after the last one the dead letters
//
// A job is claimed by one statement, for a while: when its instance dies, another
// one takes it over. So a handler may run twice, and must bear it: it does what is
// left to do. Nothing is lost on a restart; what can't be done is kept where the
// operator sees it.
//
// It refuses to know what a job is about: a kind and some bytes.
package job
