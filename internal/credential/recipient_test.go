package credential_test

import (
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
)

func identity(kind, hash, salt string, hashed bool) map[string]any {
	o := map[string]any{"type": "IdentityObject", "hashed": hashed, "identityHash": hash, "identityType": kind}
	if salt != "" {
		o["salt"] = salt
	}
	return o
}

// What the caller expects is compared with all that the badge says of the person, in
// every spelling; where the badge says nothing of that kind, it answers neither yes
// nor no.
func TestRecipient(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	mail := identity("emailAddress", openbadges.IdentityHash("a@example.com", "Kosher"), "Kosher", true)
	unsalted := identity("emailAddress", openbadges.IdentityHash("a@example.com", ""), "", true)
	plain := identity("emailAddress", "a@example.com", "", false)
	name := identity("name", openbadges.IdentityHash("zoe le goff", "s"), "s", true)
	written := identity("name", "Zoé Le Goff", "", false)
	secret := identity("name", openbadges.IdentityHash("zoe le goff", "kept"), "", true)
	account := identity("accountId", "zlegoff7", "", false)
	const id, did = "urn:uuid:6d2d9a60-1111-4222-8333-944445555666", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
	cases := []struct {
		name       string
		id         any
		identities []any
		asked      string
		verdict    credential.Verdict
		text       string
	}{
		{"nobody", id, list(mail), "", credential.Valid, "unknown notAsked"},
		{"blanks", id, list(mail), " \t", credential.Valid, "unknown notAsked"},
		{"the address", id, list(mail), "a@example.com", credential.Valid, "ok match"},
		{"with blanks and capitals", id, list(mail), " A@Example.com\n", credential.Valid, "ok match"},
		{"without a salt", id, list(unsalted), "A@EXAMPLE.COM", credential.Valid, "ok match"},
		{"not hashed", id, list(plain), "A@example.com", credential.Valid, "ok match"},
		{"the second of three", id, list(name, mail, account), "a@example.com", credential.Valid, "ok match"},
		{"another address", id, list(mail), "b@example.com", credential.Invalid, "failed mismatch"},
		{"another, without a salt", id, list(unsalted), "b@example.com", credential.Invalid, "failed mismatch"},
		{"another, not hashed", id, list(plain), "b@example.com", credential.Invalid, "failed mismatch"},
		{"an address, and the badge has a name", id, list(name), "a@example.com", credential.Unverifiable, "unknown incomparable"},
		{"an address, and the badge has an id", id, nil, "a@example.com", credential.Unverifiable, "unknown incomparable"},
		{"the address as id", "mailto:a@example.com", nil, "A@example.com ", credential.Valid, "ok match"},
		{"another address than the id", "mailto:a@example.com", nil, "b@example.com", credential.Invalid, "failed mismatch"},
		{"the name", id, list(name), "ZOÉ LE-GOFF", credential.Valid, "ok match"},
		{"the name as written", id, list(written), "zoe le goff", credential.Valid, "ok match"},
		{"another name", id, list(name), "Léa Le Goff", credential.Invalid, "failed mismatch"},
		{"half of the name", id, list(written), "Zoé", credential.Invalid, "failed mismatch"},
		{"a name that only the issuer can confirm", id, list(secret), "Zoé Le Goff", credential.Unverifiable, "unknown secret"},
		{"another that only the issuer can deny", id, list(secret), "Léa Le Goff", credential.Unverifiable, "unknown secret"},
		{"the id beside a secret name", id, list(secret), id, credential.Valid, "ok match"},
		{"another id beside a secret name", id, list(secret), did, credential.Invalid, "failed mismatch"},
		{"an address beside a secret name", id, list(secret), "a@example.com", credential.Unverifiable, "unknown incomparable"},
		{"a name, and the badge has an address", id, list(mail), "Zoé Le Goff", credential.Unverifiable, "unknown incomparable"},
		{"the id", did, nil, did, credential.Valid, "ok match"},
		{"another id", did, nil, id, credential.Invalid, "failed mismatch"},
		{"the account", id, list(account), "ZLEGOFF7", credential.Valid, "ok match"},
		{"another account", id, list(account), "zlegoff8", credential.Unverifiable, "unknown incomparable"},
		{"the account as written", id, list(account), "zlegoff7", credential.Valid, "ok match"},
		{"no id at all", gone{}, list(mail), id, credential.Unverifiable, "unknown incomparable"},
		{"a text without end", id, list(mail), strings.Repeat("a", 2001), credential.Invalid, "failed mismatch"},
		{"the longest text", id, list(mail), strings.Repeat("a", 1990) + "@b.example", credential.Invalid, "failed mismatch"},
	}
	for _, c := range cases {
		doc := inside(i.unsigned(t), "credentialSubject", func(o map[string]any) map[string]any {
			o = changed(o, map[string]any{"id": c.id, "identifier": c.identities})
			if c.identities == nil {
				delete(o, "identifier")
			}
			return o
		})
		r := i.asked(t, i.proven(t, doc, "eddsa-rdfc-2022"), func(s *credential.Sources) { s.Recipient = c.asked })
		expect(t, c.name, r, c.verdict, credential.CheckRecipient, c.text)
	}
	t.Logf("%d recipients", len(cases))
}
