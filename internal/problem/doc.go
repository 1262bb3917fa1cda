// Package problem names the ways in which an act can fail.
//
// It is the only vocabulary of failure between the rooms: an act returns an
// *Error, the store returns NotFound and Conflict and wraps the rest, and
// httpx alone turns a Kind into a status code, a language and a page or an
// RFC 9457 document. The text for people stays in the catalogues: an Error
// carries a message key and its arguments, never a sentence.
//
// It refuses to know HTTP, SQL and languages.
package problem
