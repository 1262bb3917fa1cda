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
// routes.go is the whole list. A file for each noun holds its handlers (read →
// act → answer) and what they show. Where an address serves people and
// programs, a handler negotiates (RFC 9110 §12.5.1): HTML first where the
// address is printed for people, JSON first where it stands inside a
// credential. A suffix (.json, .jwt) is an Accept header that can be typed.
//
// What is unknown and what is private get one and the same 404. What was erased
// gets 410. /v/ never redirects.
//
// It refuses cookies, sign-in, anything about a visitor beyond a rate limit,
// and every rule of its own about badges: it shows what the acts say.
package public
