// Package mail words messages and sends them.
//
//	Post → a job in the database → Send: worded in the reader's language, as plain
//	text and as HTML → SMTP with TLS → done, or a later try
//
// A message that is too old to be of use is not sent. A server that refuses for
// good makes a dead letter, which the operator sees; one that is away is asked
// again for a day.
//
// It refuses to send without TLS to another machine, to put into a log whom a
// message is for, and to load anything from elsewhere into a message.
package mail
