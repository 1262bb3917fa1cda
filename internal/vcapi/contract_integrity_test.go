package vcapi

import (
	"slices"
	"testing"
	"time"

	"ramure/internal/credential/dataintegrity"
)

type (
	said    = dataintegrity.Options
	further = dataintegrity.Further
)

// chained asks about a credential with two proofs: bob's, then alice's upon it. spoil
// may change the two before it is asked about.
func chained(previous []string, spoil func(first, second map[string]any) []any) attempt {
	return func(t *testing.T) answer {
		doc := plainCredential(t, alice.did, "")
		bob.prove(t, doc, said{}, further{ID: "urn:uuid:first"})
		alice.prove(t, doc, said{}, further{Previous: previous})
		if proofs := doc["proof"].([]any); spoil != nil {
			doc["proof"] = spoil(proofs[0].(map[string]any), proofs[1].(map[string]any))
		}
		return askAbout(t, doc, "")
	}
}

var upon = []string{"urn:uuid:first"}

// appended has the adapter add a proof to a credential that bob has proven.
func appended(options string) attempt {
	return func(t *testing.T) answer {
		doc := bob.prove(t, plainCredential(t, shared.issuers[0].DID, ""), said{}, further{ID: "urn:uuid:first"})
		issued := shared.post(t, "/credentials/issue", map[string]any{"credential": doc, "options": object(t, "{"+options+"}")})
		accepted(t, issued)
		return askAbout(t, issued.body["verifiableCredential"], "")
	}
}

// contractIntegrity are the statements of VC Data Integrity.
func contractIntegrity() []line {
	const proof = "verifiableCredential.proof."
	return []line{
		{integrity, "2.1", "a proof is put under proof, as an object", issue(""), holds(proof+"proofPurpose", "assertionMethod")},
		{integrity, "2.1", "its type is DataIntegrityProof", issueAt("/ecdsa-rdfc-2019", "", ""), holds(proof+"type", "DataIntegrityProof")},
		{integrity, "2.1", "its cryptosuite is a text", issue(""), holds(proof+"cryptosuite", "eddsa-rdfc-2022")},
		{integrity, "2.1", "created is a dateTimeStamp", issue(""), holds(proof+"created", "2026-11-22T11:00:00Z")},
		{integrity, "2.1", "created may be chosen", issueAt("", `"created":"2025-01-02T03:04:05+01:00"`, ""), holds(proof+"created", "2025-01-02T02:04:05Z")},
		{integrity, "2.1", "a created of another form makes no proof", issueAt("", `"created":"invalidDate"`, ""), no(generationError)},
		{integrity, "2.1", "an expires of another form makes no proof", issueAt("", `"expires":"2026-11-22"`, ""), no(generationError)},
		{integrity, "2.1", "domain and challenge may be said", issueAt("", `"domain":"d.example","challenge":"c-1"`, ""), holds(proof+"domain", "d.example")},
		{integrity, "2.1", "several domains too", issueAt("", `"domain":["d.example","e.example"]`, ""), holds(proof+"domain", "[d.example e.example]")},
		{integrity, "2.1", "the challenge is kept", issueAt("", `"domain":"d.example","challenge":"c-1"`, ""), holds(proof+"challenge", "c-1")},
		{integrity, "2.1", "the verification method is a URL of the issuer", issue(""), seen(func(t *testing.T, got answer) {
			if method := lookUp(t, got.body, proof+"verificationMethod"); method != shared.issuers[0].Method {
				t.Errorf("%v", method)
			}
		})},
		{integrity, "2.1", "proofValue is Multibase", issue(""), seen(func(t *testing.T, got answer) {
			if value, _ := lookUp(t, got.body, proof+"proofValue").(string); value == "" || value[0] != 'z' {
				t.Errorf("%v", value)
			}
		})},
		{integrity, "2.1", "a proof is an object", tampered(`"proof":"signed"`), no(malformedValue)},
		{integrity, "2.1", "a proof is not null", func(t *testing.T) answer {
			doc := plainCredential(t, alice.did, "")
			doc["proof"] = nil
			return askAbout(t, doc, "")
		}, no(malformedValue)},
		{integrity, "2.1", "a set of proofs is not empty", tampered(`"proof":[]`), no(malformedValue)},
		{integrity, "2.1", "an id is a URL", proofSaying(`"id":"not-a-url"`), no(malformedValue)},
		{integrity, "2.1", "the type is not missing", proofSaying(`"type":null`), no(malformedValue)},
		{integrity, "2.1", "the type is known", proofSaying(`"type":"UnknownProofType"`), no(verificationError)},
		{integrity, "2.1", "the cryptosuite is not missing", proofSaying(`"cryptosuite":null`), no(verificationError)},
		{integrity, "2.1", "the cryptosuite is known", proofSaying(`"cryptosuite":"UnknownCryptosuite"`), no(verificationError)},
		{integrity, "2.1", "the cryptosuite is a text", proofSaying(`"cryptosuite":2022`), no(verificationError)},
		{integrity, "2.1", "the verification method is not missing", proofSaying(`"verificationMethod":null`), no(verificationError)},
		{integrity, "2.1", "the verification method is one", proofSaying(`"verificationMethod":"did:key:invalidVm"`), no(methodURLError)},
		{integrity, "2.1", "the verification method has a usable key", proofSaying(`"verificationMethod":"did:key:invalidVm#invalidVm"`), no(methodURLError)},
		{integrity, "2.1", "the purpose is not missing", proofSaying(`"proofPurpose":null`), no(verificationError)},
		{integrity, "2.1", "the purpose is known", proofSaying(`"proofPurpose":"invalidPurpose"`), no(verificationError)},
		{integrity, "2.1", "proofValue is not missing", proofSaying(`"proofValue":null`), no(verificationError)},
		{integrity, "2.1", "proofValue is a text", proofSaying(`"proofValue":1`), no(verificationError)},
		{integrity, "2.1", "proofValue has its Multibase header", func(t *testing.T) answer {
			doc := alice.prove(t, plainCredential(t, alice.did, ""), said{}, further{})
			members := doc["proof"].(map[string]any)
			members["proofValue"] = members["proofValue"].(string)[1:]
			return askAbout(t, doc, "")
		}, no(verificationError)},
		{integrity, "2.1", "proofValue is in base58btc alone", proofSaying(`"proofValue":"uAAAA"`), no(verificationError)},
		{integrity, "2.1", "created that is no date-time is refused", proofSaying(`"created":"invalidDate"`), no(verificationError)},
		{integrity, "2.1", "created belongs to what is signed", proofSaying(`"created":"2020-01-01T00:00:00Z"`), no(verificationError)},
		{integrity, "2.1", "created may be missing, if it was when signing", proofSaying(`"created":null`), no(verificationError)},
		{integrity, "2.1", "expires that is no date-time is refused", proofSaying(`"expires":"invalidDate"`), no(verificationError)},
		{integrity, "2.1", "a proof that has not expired holds", provenBy(alice, said{}, further{Expires: noon.Add(time.Second)}, ""), yes},
		{integrity, "2.1", "a proof that has expired does not", provenBy(alice, said{}, further{Expires: noon}, ""), no(verificationError)},
		{integrity, "2.1", "an old proof without end holds", provenBy(alice, said{Created: noon.AddDate(-30, 0, 0)}, further{}, ""), yes},
		{integrity, "2.1", "a member of a proof that no context defines is refused", proofSaying(`"unheardOf":"x"`), no(lossError)},
		{integrity, "2.1", "a nonce that is added is refused", proofSaying(`"nonce":"x"`), no(verificationError)},
		{integrity, "2.1", "a domain is one or several texts", proofSaying(`"domain":1`), no(verificationError)},
		{integrity, "2.1", "a challenge is a text", proofSaying(`"challenge":1`), no(verificationError)},

		{integrity, "2.1.1", "proofs in a set are each verified", chained(nil, nil), yes},
		{integrity, "2.1.1", "their order is free", chained(nil, func(first, second map[string]any) []any { return []any{second, first} }), yes},
		{integrity, "2.1.1", "one that does not hold spoils the set", chained(nil, func(first, second map[string]any) []any {
			first["proofValue"] = second["proofValue"]
			return []any{first, second}
		}), no(verificationError)},
		{integrity, "2.1.1", "one that is no proof spoils the set", chained(nil, func(first, second map[string]any) []any { return []any{map[string]any{"type": "Other"}, second} }), no(verificationError)},
		{integrity, "2.1.1", "there is an end to how many are verified", func(t *testing.T) answer {
			doc := alice.prove(t, plainCredential(t, alice.did, ""), said{}, further{})
			doc["proof"] = slices.Repeat([]any{doc["proof"]}, maxProofs+1)
			return askAbout(t, doc, "")
		}, no(rangeError)},
		{integrity, "2.1.1", "a proof can be added to one that is there", appended(""), yes},
		{integrity, "2.1.2", "a chain verifies: previousProof as a text", chained(upon, nil), yes},
		{integrity, "2.1.2", "a chain verifies: previousProof as a list", func(t *testing.T) answer {
			doc := plainCredential(t, alice.did, "")
			bob.prove(t, doc, said{}, further{ID: "urn:uuid:first"})
			carol.prove(t, doc, said{}, further{ID: "urn:uuid:second"})
			alice.prove(t, doc, said{}, further{Previous: []string{"urn:uuid:first", "urn:uuid:second"}})
			return askAbout(t, doc, "")
		}, yes},
		{integrity, "2.1.2", "the earlier proof is there: a text", chained(upon, func(_, second map[string]any) []any { return []any{second} }), no(verificationError)},
		{integrity, "2.1.2", "the earlier proof is there: a list", chained(upon, func(first, second map[string]any) []any {
			second["previousProof"] = []any{"urn:uuid:first", "urn:uuid:missing"}
			return []any{first, second}
		}), no(verificationError)},
		{integrity, "2.1.2", "previousProof is a text", chained(upon, func(first, second map[string]any) []any {
			second["previousProof"] = 456321
			return []any{first, second}
		}), no(verificationError)},
		{integrity, "2.1.2", "the earlier proof holds by itself", chained(upon, func(first, second map[string]any) []any {
			first["proofValue"] = "invalidProofValue"
			return []any{first, second}
		}), no(verificationError)},
		{integrity, "2.1.2", "the chain is not undone", chained(upon, func(first, second map[string]any) []any {
			delete(second, "previousProof")
			return []any{first, second}
		}), no(verificationError)},
		{integrity, "2.1.2", "a proof can be put upon one that is there", appended(`"previousProof":"urn:uuid:first"`), yes},
		{integrity, "2.1.2", "but not upon one that is not", func(t *testing.T) answer {
			doc := bob.prove(t, plainCredential(t, bob.did, ""), said{}, further{ID: "urn:uuid:first"})
			return shared.post(t, "/credentials/issue", map[string]any{"credential": doc, "options": object(t, `{"previousProof":"urn:uuid:other"}`)})
		}, no(generationError)},

		{integrity, "2.4", "the context of proofs is there: version 2", issue(""), holds("verifiableCredential.@context", "["+contextV2+"]")},
		{integrity, "2.4", "the context of proofs is there: added to version 1.1", issue(`"@context":["` + contextV1 + `"],"issuanceDate":"2023-01-01T00:00:00Z","credentialSubject":{"id":"did:example:a"}`),
			holds("verifiableCredential.@context", "["+contextV1+" "+contextIntegrity+"]")},
		{integrity, "2.4", "no base makes relative types whole", issue(`"@context":["` + contextV2 + `",{"@base":"https://invalid.example.com/"}],"type":["VerifiableCredential","UndefinedCredential"]`), no(malformedValue)},
		{integrity, "2.4", "relative types are refused when verifying", tampered(`"type":["VerifiableCredential","UndefinedCredential"]`), no(lossError)},
		{integrity, "2.5", "an undefined term is not signed", issue(`"credentialSubject":{"id":"did:example:a","undefinedTerm":"x"}`), no(lossError)},
		{integrity, "2.5", "an undefined term that was added later is refused", tampered(`"credentialSubject":{"id":"did:example:subject","name":"Amina","undefinedTerm":"x"}`), no(lossError)},
		{integrity, "2.5", "an undefined type that was added later is refused", tampered(`"type":["VerifiableCredential","UndefinedType"]`), no(lossError)},
		{integrity, "2.5", "an undefined member of a presentation is refused", presentWith("", nil, these(`"undefinedTerm":"x"`)), no(lossError)},

		{integrity, "4.2", "the purpose is what was asked for", issueAt("", `"proofPurpose":"authentication"`, ""), no(generationError)},
		{integrity, "4.2", "a proof of another type is not made", issueAt("", `"type":"Ed25519Signature2020"`, ""), no(generationError)},
		{integrity, "4.2", "a proof of another suite is not made", issueAt("", `"cryptosuite":"bbs-2023"`, ""), no(generationError)},
		{integrity, "4.2", "the id of a proof may be chosen", issueAt("", `"proofId":"urn:uuid:mine"`, ""), holds(proof+"id", "urn:uuid:mine")},
		{integrity, "4.4", "the purpose is that which is expected", verifyWith(`"expectedProofPurpose":"authentication"`, "", ""), no(verificationError)},
		{integrity, "4.4", "an expected purpose that is right holds", verifyWith(`"expectedProofPurpose":"assertionMethod"`, "", ""), yes},
		{integrity, "4.4", "a credential is not authenticated with", provenBy(alice, said{Purpose: "authentication"}, further{}, ""), no(verificationError)},
		{integrity, "4.4", "the domain is that which is expected", provenBy(alice, said{}, further{Domains: []string{"d.example"}}, `"domain":"d.example"`), yes},
		{integrity, "4.4", "another domain is refused", provenBy(alice, said{}, further{Domains: []string{"e.example"}}, `"domain":"d.example"`), no(domainError)},
		{integrity, "4.4", "a missing domain is refused", provenBy(alice, said{}, further{}, `"domain":"d.example"`), no(domainError)},
		{integrity, "4.4", "domains are compared as sets", provenBy(alice, said{}, further{Domains: []string{"d.example", "e.example"}}, `"domain":["e.example","d.example"]`), yes},
		{integrity, "4.4", "a part of the domains is not all", provenBy(alice, said{}, further{Domains: []string{"d.example", "e.example"}}, `"domain":"d.example"`), no(domainError)},
		{integrity, "4.4", "the challenge is that which is expected", presentWith(`"challenge":"c-1","domain":"d.example"`, nil, nil), yes},
		{integrity, "4.4", "another challenge is refused", presentWith(`"challenge":"c-2","domain":"d.example"`, nil, nil), no(challengeError)},
		{integrity, "4.4", "another domain of a presentation is refused", presentWith(`"challenge":"c-1","domain":"e.example"`, nil, nil), no(domainError)},
		{integrity, "4.4", "a missing challenge is refused", provenBy(alice, said{}, further{}, `"challenge":"c-1"`), no(challengeError)},
		{integrity, "4.4", "nothing is refused that was not asked", presentWith("", nil, nil), yes},
		{integrity, "4.4", "the purpose of a presentation is that which is expected", presentWith(`"expectedProofPurpose":"assertionMethod"`, nil, nil), no(verificationError)},
		{integrity, "4.6", "a key of another's name is refused", proofSaying(`"verificationMethod":"` + alice.did + "#" + bob.did[len("did:key:"):] + `"`), no(methodError)},
		{integrity, "4.6", "a controller that nobody can resolve is refused", proofSaying(`"verificationMethod":"did:example:a#key-1"`), no(documentError)},
		{integrity, "4.6", "a controller whose document is away is refused", proofSaying(`"verificationMethod":"did:web:away.example#key-1"`), no(documentError)},
		{integrity, "4.6", "a controller whose document publishes the key is believed", byWeb("web1.example", `["did:web:web1.example#key-1"]`, ""), yes},
		{integrity, "4.6", "a key that the controller does not use for assertions is refused", byWeb("web2.example", `[]`, ""), no(methodError)},
		{integrity, "4.6", "a key that is revoked is refused", byWeb("web3.example", `["did:web:web3.example#key-1"]`, `,"revoked":"2025-01-01T00:00:00Z"`), no(methodError)},
		{integrity, "4.6", "a key that has expired is refused", byWeb("web4.example", `["did:web:web4.example#key-1"]`, `,"expires":"2025-01-01T00:00:00Z"`), no(methodError)},
		{integrity, "4.7", "the types of problems are URLs of the vocabulary", tampered(`"proof":null`), want{kind: verificationError, see: func(t *testing.T, got answer) {
			if !slices.ContainsFunc(items(got.body["errors"]), func(item any) bool {
				return item.(map[string]any)["type"] == "https://w3id.org/security#PROOF_VERIFICATION_ERROR"
			}) {
				t.Errorf("%v", got.body)
			}
		}}},
	}
}

// byWeb asks about a credential of a did:web whose document publishes alice's key.
func byWeb(host, assertionMethod, members string) attempt {
	return func(t *testing.T) answer {
		id := "did:web:" + host
		shared.put("https://"+host+"/.well-known/did.json", []byte(`{"id":"`+id+`","verificationMethod":[{"id":"`+id+`#key-1","type":"Multikey",
			"controller":"`+id+`","publicKeyMultibase":"`+alice.did[len("did:key:"):]+`"`+members+`}],"assertionMethod":`+assertionMethod+`}`))
		return askAbout(t, alice.prove(t, plainCredential(t, id, ""), said{VerificationMethod: id + "#key-1"}, further{}), "")
	}
}

// contractSuites are the statements of the two families of cryptosuites.
func contractSuites() []line {
	var lines []line
	for _, s := range []struct {
		spec, name, prefix, header string
		by                         person
		size, keySize              int
	}{
		{eddsa, "Ed25519", "/eddsa-rdfc-2022", "z6Mk", alice, 64, 34},
		{ecdsaDI, "P-256", "/ecdsa-rdfc-2019/p-256", "zDn", carol, 64, 35},
		{ecdsaDI, "P-384", "/ecdsa-rdfc-2019/p-384", "z82", dan, 96, 51},
	} {
		suite := eddsaSuite
		if s.spec == ecdsaDI {
			suite = ecdsaSuite
		}
		const proof = "verifiableCredential.proof."
		lines = append(lines,
			line{s.spec, "2.1", s.name + ": the key is a Multikey in base58btc of its length", issueAt(s.prefix, "", ""), seen(func(t *testing.T, got answer) {
				checkMultikey(t, lookUp(t, got.body, proof+"verificationMethod").(string), s.header, s.keySize)
			})},
			line{s.spec, "2.2", s.name + ": the type is DataIntegrityProof", issueAt(s.prefix, "", ""), holds(proof+"type", "DataIntegrityProof")},
			line{s.spec, "2.2", s.name + ": the cryptosuite is " + suite, issueAt(s.prefix, "", ""), holds(proof+"cryptosuite", suite)},
			line{s.spec, "2.2", s.name + ": proofValue is a detached signature of its length in base58btc", issueAt(s.prefix, "", ""), seen(func(t *testing.T, got answer) {
				checkSignature(t, lookUp(t, got.body, proof+"proofValue").(string), s.size)
			})},
			line{s.spec, "3.2", s.name + ": what is issued verifies", round(s.prefix, ""), yes},
			line{s.spec, "3.2", s.name + ": and at any verifier", func(t *testing.T) answer {
				return askAbout(t, issueAt(s.prefix, "", `"name":"Un"`)(t).body["verifiableCredential"], "")
			}, yes},
			line{s.spec, "3.2", s.name + ": what others sign verifies", provenBy(s.by, said{}, further{}, ""), yes},
			line{s.spec, "3.2", s.name + ": signatures of the same are the same", func(t *testing.T) answer {
				first := issueAt(s.prefix, "", "")(t)
				second := issueAt(s.prefix, "", "")(t)
				if one, other := lookUp(t, first.body, proof+"proofValue"), lookUp(t, second.body, proof+"proofValue"); one != other {
					t.Errorf("%v, %v", one, other)
				}
				return second
			}, yes},
			line{s.spec, "3.2", s.name + ": a changed document is refused", altered(s.by, func(doc, _ map[string]any) { doc["id"] = "urn:uuid:other" }), no(verificationError)},
			line{s.spec, "3.2", s.name + ": a changed proof is refused", altered(s.by, func(_, proof map[string]any) { proof["created"] = "2020-01-01T00:00:00Z" }), no(verificationError)},
			line{s.spec, "3.2", s.name + ": a longer proofValue is refused", altered(s.by, resized(32)), no(verificationError)},
			line{s.spec, "3.2", s.name + ": a shorter proofValue is refused", altered(s.by, resized(-1)), no(verificationError)},
			line{s.spec, "3.2", s.name + ": another suite is refused", altered(s.by, func(_, proof map[string]any) { proof["cryptosuite"] = "incorrect" }), no(verificationError)},
			line{s.spec, "3.2", s.name + ": the suite of another key is refused", altered(s.by, func(_, proof map[string]any) {
				proof["cryptosuite"] = map[string]string{eddsaSuite: ecdsaSuite, ecdsaSuite: eddsaSuite}[suite]
			}), no(verificationError)},
			line{s.spec, "3.2", s.name + ": the canonicalisation of another suite is refused", altered(s.by, func(_, proof map[string]any) {
				proof["cryptosuite"] = map[string]string{eddsaSuite: "eddsa-jcs-2022", ecdsaSuite: "ecdsa-jcs-2019"}[suite]
			}), no(verificationError)},
			line{s.spec, "3.2", s.name + ": neither type nor suite is left out", altered(s.by, func(_, proof map[string]any) { delete(proof, "type"); delete(proof, "cryptosuite") }), no(malformedValue)},
			line{s.spec, "3.2", s.name + ": an empty type and suite are none", altered(s.by, func(_, proof map[string]any) { proof["type"], proof["cryptosuite"] = "", "" }), no(malformedValue)},
			line{s.spec, "3.2", s.name + ": the key of somebody else is refused", altered(s.by, func(_, proof map[string]any) { proof["verificationMethod"] = bob.method }), no(verificationError)},
			line{s.spec, "3.2", s.name + ": a created that is none makes no proof", issueAt(s.prefix, `"created":"invalidDate"`, ""), no(generationError)},
			line{s.spec, "3.2", s.name + ": another suite is not made under this path", issueAt(s.prefix, `"cryptosuite":"ecdsa-sd-2023"`, ""), no(generationError)},
		)
	}
	return append(lines,
		line{eddsa, "2.2", "a hash that is not SHA-256 is refused", otherHash(alice), no(verificationError)},
		line{ecdsaDI, "3", "P-256: a hash that is not SHA-256 is refused", otherHash(carol), no(verificationError)},
		line{ecdsaDI, "3", "P-384: a hash that is not SHA-384 is refused", otherHash(dan), no(verificationError)},
		line{ecdsaDI, "3", "a signature in the form of DER is refused", inDER, no(verificationError)},
		line{ecdsaDI, "2.1", "the curve may be chosen", issueAt("/ecdsa-rdfc-2019", `"keyType":"P-384"`, ""), yes},
		line{ecdsaDI, "2.1", "a curve that has no key is not used", issueAt("/ecdsa-rdfc-2019", `"keyType":"P-521"`, ""), no(generationError)},
	)
}
