// Package vcapi is a door for other people's test suites: the VC API of the W3C
// Credentials Community Group, over the same proofs that badges are made with. It
// issues whatever valid credential it is asked for, so it is a signing oracle: it
// stands open on this very machine only, behind --dev-vcapi, with keys that are
// made at each start and sign nothing else.
//
//	POST …/credentials/issue      {credential, options}               → 201 {verifiableCredential}
//	POST …/credentials/verify     {verifiableCredential, options}     → 200 {verified:true} or 400
//	POST …/presentations/issue    {presentation, options}             → 201 {verifiablePresentation}; …/prove too
//	POST …/presentations/verify   {verifiablePresentation | presentation, options} → 200 or 400
//	POST …/credentials/status     {credentialId, credentialStatus, status} → 200
//	GET  /status-lists/:number    a signed BitstringStatusListCredential
//	GET  /vc-api                  issuers and endpoints, as test suites configure them
//
// "…" is one of the prefixes of issuer.go, such as /eddsa-rdfc-2022 or
// /vc-jwt/es256; without one the issuer is the Ed25519 key, unless options say
// otherwise (cryptosuite, keyType, alg).
//
// The flow of an issue and of a verification:
//
//	body ─ strict JSON ─ data model (datamodel*.go) ─ nothing lost (jsonld)
//	  ├─ issue:  digests of related resources ─ proof or token
//	  └─ verify: envelope opened ─ every proof ─ issuer's own key among them ─
//	             dates ─ status lists ─ digests
//
// It refuses, each time with problem details of the specification's own type:
// whatever the data model forbids (Verifiable Credentials 2.0 §4 and §5, and 1.1
// for the suites that still send it), members that no context defines, contexts
// that redefine protected terms, proofs of unknown types and suites, of another
// purpose, domain or challenge than asked for, expired, broken anywhere in a set
// or a chain, or by a key that is not the issuer's; envelopes that are not data:
// addresses of a JWT; tokens with vc or vp claims; status entries and lists that
// Bitstring Status List 1.0 calls malformed, and credentials whose bit is set.
//
// Unlike the product it reads contexts inside the document, base directions, and
// the examples context of the W3C: test suites use them.
//
// Sources: Verifiable Credentials Data Model 2.0 and 1.1, VC Data Integrity 1.0,
// EdDSA and ECDSA Cryptosuites 1.0, VC-JOSE-COSE 1.0, Bitstring Status List 1.0,
// VC API 0.3 (draft).
package vcapi
