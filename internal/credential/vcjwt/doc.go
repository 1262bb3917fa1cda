// Package vcjwt signs and verifies the JSON Web Signature around a credential.
// It knows bytes and keys, not badges: what the payload says is read elsewhere.
//
//	Parse      text → Unverified   three canonical base64url parts, a strict header
//	  Header   alg, kid, typ, and the key of a jwk header, to find the issuer's key
//	  Issuer   whose key to look for; a claim, believed only after Verify
//	Verify     Unverified + key → payload
//	Sign       payload + key → text, verified once before it is given out
//
// A token has no key of its own: the caller finds it with did.Resolver from the
// issuer and the kid. A jwk header is only reported, with its thumbprint; whether
// the issuer publishes that key is for the caller to ask.
//
// It refuses: algorithms other than RS256, PS256, ES256, ES384 and EdDSA, and any
// that is not the one of the key's type and curve; tokens over 512 KiB, headers
// over 8 KiB; JSON serialisations; base64url with padding, blanks or spare bits;
// duplicate header members and members that differ from ours by case; jku, x5u,
// x5c, x5t, crit, b64, zip and encryption members; a private key in jwk; a typ
// that is not absent, JWT, vc+jwt or vc+ld+jwt (ParseAs: not of the types asked for).
//
// The signature is checked by the standard library over the very text that stands
// before it. The libraries for tokens let some of the above pass (they skip line
// breaks and spare bits, rebuild what was signed from what they decoded, take any
// length of salt) and cost as much as the signature itself; one of them is a judge
// in the tests.
//
// Sources: RFC 7515 (JWS), RFC 7518 (algorithms), RFC 7519 §7.2, RFC 8037 (EdDSA),
// RFC 8725 (best practices); Open Badges 3.0 §8.2 (VC-JWT); W3C VC-JOSE-COSE.
package vcjwt
