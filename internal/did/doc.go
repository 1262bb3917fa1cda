// Package did says which key speaks for which issuer.
//
// An issuer is named by a decentralised identifier (W3C DID Core 1.0):
//
//	did:web:host[%3Aport]:issuers:slug   ours; its document is fetched
//	did:key:z6Mk…                        the key itself (Multikey)
//	did:jwk:eyJr…                        the key itself (RFC 7517)
//
// The flow of a verification:
//
//	proof → (issuer, method) → Resolver.Resolve → VerificationKey
//	                              │
//	            Self              │ did:key, did:jwk: computed
//	            Static            │ documents known beforehand (our own issuers)
//	            Remote + Fetch    │ did:web and https documents through the guard
//
// A method is what a proof points at: a DID URL (did:web:…#z6Mk…), an https
// address of a JWK (https://host/keys/<thumbprint>), or a JWK thumbprint URI
// (RFC 9278) for a token that carries its key. Whatever it is, the key counts
// only if the issuer's own document publishes it for assertions: an address, a
// header and a look-alike document prove nothing by themselves.
//
// It refuses: keys of other kinds than Ed25519, P-256, P-384 and RSA of 2,048
// bits or more; Ed25519 points of small order or badly encoded; private members
// in a JWK; base64url and multibase texts that are not the canonical ones;
// documents with duplicate members or methods, relative identifiers, or methods
// that another controller owns. Only Multibase base58btc ("z") is read.
//
// It opens no connection: Remote is given a Fetch function.
//
// Sources: DID Core 1.0; Controlled Identifiers 1.0 §2.2 (Multikey, JsonWebKey);
// did:web, did:key and did:jwk method texts; RFC 7517, 7518, 7638, 8037, 9278.
package did
