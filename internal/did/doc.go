// Package did says which key speaks for which issuer.
//
// An issuer is named by a decentralised identifier (W3C DID Core 1.0), or by the
// https address of its Profile (Open Badges 3.0 §8.2):
//
//	did:web:host[%3Aport]:issuers:slug   ours; its document is fetched
//	did:key:z6Mk…                        the key itself (Multikey)
//	did:jwk:eyJr…                        the key itself (RFC 7517)
//	https://host/issuers/7               a controlled identifier, or a Profile
//
// The flow of a verification:
//
//	proof → (issuer, method) → Resolver.Resolve → VerificationKey
//	                              │
//	            Self              │ did:key, did:jwk: computed
//	            Static            │ documents known beforehand (our own issuers)
//	            Remote + Fetch    │ did:web and https documents through the guard
//
// A method is what a proof points at: a DID URL (did:web:…#z6Mk…) or its fragment, an
// https address (https://host/keys/<thumbprint>), or a JWK thumbprint URI (RFC 9278)
// for a token that carries its key. Whatever it is, an address, a header and a
// look-alike document prove nothing by themselves. A key is the issuer's (Binding)
//
//   - if the identifier is the key (self);
//   - if the issuer's own document publishes it for assertions, or names the address
//     or the method of another document that holds it (document);
//   - if the issuer is an https address whose answer names no key at all, and the
//     key is served on the very origin of that address, without redirects and
//     without a query: a bare JWK, a JWK set that says which, or a method whose
//     controller is the issuer (origin). Open Badges asks no more of a kid than that
//     it leads to a JWK, and most Profiles name no keys; who publishes on the origin
//     is then all that is known. An origin speaks for all its paths: where
//     strangers may put files on it, any of them can be this issuer, so a report
//     should say so. An issuer that names one key is bound by its document alone.
//
// Documents are read in the dialects that the world writes (method.go): Multikey,
// JsonWebKey, JsonWebKey2020, Ed25519VerificationKey2018 and 2020,
// EcdsaSecp256r1VerificationKey2019; relative ids; methods inside assertionMethod.
//
// It refuses: keys of other kinds than Ed25519, P-256, P-384 and RSA of 2,048
// bits or more, and of another kind than the method's type; Ed25519 points of small
// order or badly encoded; base64url and multibase texts that are not the canonical
// ones; documents that publish a private key, or with duplicate members or methods;
// methods that another controller owns, or of which anything is in doubt. Only
// Multibase base58btc ("z") is read.
//
// It opens no connection: Remote is given a Fetch function, and a second one that
// follows no redirects.
//
// Sources: DID Core 1.0; Controlled Identifiers 1.0 §2, §3 (Multikey, JsonWebKey);
// did:web, did:key and did:jwk method texts; RFC 7517, 7518, 7638, 8037, 9278.
package did
