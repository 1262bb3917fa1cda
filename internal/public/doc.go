// Package public is the door that anyone may open: recruiters who scan a code,
// programs that verify, people who are curious. Anonymous, without a cookie,
// complete without a script, and cacheable.
//
//	the code on a badge → /v/{id} → award.Examine → one sentence, then the proof
//	                         ├ .json               the same report for programs
//	                         ├ POST /personne      « Est-ce bien la personne ? »
//	                         └ /proof              inclusion in the log (C2SP tlog-proof)
//	/credentials/{id}        the signed bytes, or the VC-JWT (Open Badges 3.0 §Document formats)
//	/issuers /keys /achievements /competences      what a badge points at
//	/status/{n} /log                               what a verifier asks for
//
//	whatever somebody was sent → POST /verifier → verifier.Examine → who the issuer is
//	  (files, a text, addresses)     here, then the same answer as about our own badges
//	                             └ /verifier/recu    the receipt that we signed, as a file
//
// What a stranger hands in is read into memory, within its limits, and forgotten with
// the answer; every text in it is only ever a text, no picture and no address in it is
// asked for by the page, and a good signature of somebody unknown is never green.
//
// routes.go is the whole list. A file for each noun holds its handlers (read →
// act → answer) and what they show. Where an address serves people and
// programs, a handler negotiates (RFC 9110 §12.5.1): HTML first where the
// address is printed for people, JSON first where it stands inside a
// credential. A suffix (.json, .jwt) is an Accept header that can be typed.
//
// What is unknown and what is private get one and the same 404. What was erased
// gets 410. /v/ never redirects.
//
// It refuses cookies, sign-in, anything about a visitor beyond a rate limit, to keep
// or to log what is handed in, and every rule of its own about badges: it shows what
// the acts say.
package public
