// Package api is the JSON door for other systems: /api/v1.
//
//	request → httpx (limits, log) → strict decoder → bearer token → right →
//	huma (schema) → act → answer
//
// A body is one JSON object without duplicate members and without unknown
// ones, in the exact case that the schema has. Refusals are problem details of
// RFC 9457; they never repeat a rejected value. Every operation is bound to
// the venue of its token: what belongs to another venue does not exist.
//
// One operation is for anybody: POST /api/v1/verify takes a badge of any issuer, in
// any form, or where it is, and answers the report of the page /verifier. It counts
// its visitors, has a lane of its own, and keeps nothing.
//
// huma writes the OpenAPI 3.1 description from the same types that it decodes
// into; the committed copy in schemas/openapi is compared by a test and served
// at /openapi.json.
//
// It refuses to decide anything about badges.
package api
