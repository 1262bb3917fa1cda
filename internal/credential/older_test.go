package credential_test

import (
	"maps"
	"testing"
	"time"

	"ramure/internal/credential"
)

// Every published version of the Open Badges context, every context that may stand
// behind it, in both forms, under every suite: what the standards allow verifies.
func TestFormsSuitesAndContexts(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	current := i.unsigned(t)
	count := 0
	suites := []string{"eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019", "ecdsa-jcs-2019", "Ed25519Signature2020"}
	for _, version := range []string{".json", "-3.0.1.json", "-3.0.2.json", "-3.0.3.json"} {
		for _, suite := range suites {
			needed := integrity
			if suite == "Ed25519Signature2020" {
				needed = ed2020
			}
			badge := changed(current, map[string]any{"@context": list(vc2, obVersions+version)})
			if version != "-3.0.3.json" { // not all versions define these
				delete(badge, "awardedDate")
				badge = inside(badge, "credentialSubject.achievement", func(o map[string]any) map[string]any {
					return changed(o, map[string]any{"inLanguage": gone{}})
				})
			}
			before := i.proven(t, olden(badge, needed, extensions), suite)
			r := i.asked(t, before)
			expect(t, "1.1 "+version+" "+suite, r, credential.Valid, credential.CheckSchema, "ok conform11")
			expect(t, "1.1 "+version+" "+suite, r, credential.Valid, credential.CheckProof, "ok embedded")
			if r.Suite != suite || r.Form != "json" || r.DocHash == "" {
				t.Errorf("%s %s: %s, %s, %q", version, suite, r.Form, r.Suite, r.DocHash)
			}
			if count++; version == ".json" || version == "-3.0.1.json" {
				continue
			}
			for _, more := range [][]any{{needed}, {needed, extensions}} {
				badge["@context"] = append(list(vc2, obVersions+version), more...)
				r := i.asked(t, i.proven(t, badge, suite))
				expect(t, "2.0 "+version+" "+suite, r, credential.Valid, credential.CheckSchema, "ok conform")
				expect(t, "2.0 "+version+" "+suite, r, credential.Valid, credential.CheckProof, "ok embedded")
				count++
			}
		}
	}
	if t.Logf("%d combinations", count); count < 40 {
		t.Error("too few")
	}
}

// The badge is the same to whoever shows it, whatever its form.
func TestOlderFormIsShaped(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	for name, input := range map[string]any{
		"2.0":       i.proven(t, i.unsigned(t), "eddsa-rdfc-2022"),
		"1.1":       i.proven(t, olden(i.unsigned(t), integrity), "eddsa-rdfc-2022"),
		"1.1 token": i.tokenOf(t, map[string]any{"vc": olden(i.unsigned(t))}),
	} {
		r := i.asked(t, input)
		c := r.Credential
		if c == nil || c.ValidFrom != "2026-11-22T10:00:00Z" || c.ValidUntil != "2029-11-22T10:00:00Z" || r.Verdict != credential.Valid {
			t.Fatalf("%s: %s, %+v", name, r.Verdict, c)
		}
		if c.CredentialSubject.Achievement.Name != "Vérifier une information" || r.Achievement != c.CredentialSubject.Achievement.Name ||
			r.IssuerName != "ERIC d’Embrun" || r.CredentialID != c.ID || c.CredentialStatus.StatusListIndex != slotIndex {
			t.Errorf("%s: %+v", name, r)
		}
		late := func(s *credential.Sources) { s.Now = noon.AddDate(4, 0, 0) }
		expect(t, name+" past", i.asked(t, input, late), credential.Expired, credential.CheckDates, "failed expired")
		early := func(s *credential.Sources) { s.Now = noon.Add(-24 * time.Hour) }
		expect(t, name+" early", i.asked(t, input, early), credential.NotYetValid, credential.CheckDates, "failed notYet")
	}
}

// A date under its name of the other form would be signed and unseen.
func TestDatesOfTheOtherForm(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	current, before := i.unsigned(t), olden(i.unsigned(t), integrity)
	for name, doc := range map[string]map[string]any{
		"2.0 that ended as 1.1":  changed(current, map[string]any{"expirationDate": "2026-11-22T11:00:00Z"}),
		"2.0 that begins as 1.1": changed(current, map[string]any{"issuanceDate": "2028-11-22T11:00:00Z"}),
		"1.1 that ended as 2.0":  changed(before, map[string]any{"validUntil": "2026-11-22T11:00:00Z"}),
		"1.1 that begins as 2.0": changed(before, map[string]any{"validFrom": "2028-11-22T11:00:00Z"}),
	} {
		token := changed(doc, map[string]any{"iss": i.id, "jti": doc["id"], "sub": "urn:uuid:6d2d9a60-1111-4222-8333-944445555666",
			"nbf": number("1795341600"), "exp": number("1890036000")})
		expect(t, name, i.asked(t, i.tokenOf(t, token)), credential.Invalid, credential.CheckSchema, "failed violations")
		expect(t, name+", over JSON", i.asked(t, i.proven(t, doc, "eddsa-jcs-2022")), credential.Invalid, credential.CheckSchema, "failed violations")
	}
}

// A token of the older form: claims stand beside members, or in their place, and
// never say something else.
func TestClaimsOfTheOlderForm(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	vc := olden(i.unsigned(t))
	subject := vc["credentialSubject"].(map[string]any)
	issuer := vc["issuer"].(map[string]any)
	all := map[string]any{"iss": i.id, "jti": vc["id"], "sub": subject["id"], "nbf": number("1795341600"), "exp": number("1890036000"), "iat": number("1795341600")}
	bare := changed(vc, map[string]any{"issuanceDate": gone{}, "expirationDate": gone{}, "id": gone{},
		"issuer": changed(issuer, map[string]any{"id": gone{}}), "credentialSubject": changed(subject, map[string]any{"id": gone{}})})
	with := func(credential map[string]any, claims map[string]any) map[string]any {
		return changed(maps.Clone(claims), map[string]any{"vc": credential})
	}
	for name, claims := range map[string]map[string]any{
		"both":                      with(vc, all),
		"members only":              with(vc, nil),
		"claims only":               with(bare, all),
		"issuer as a text":          with(changed(vc, map[string]any{"issuer": i.id}), all),
		"issuer as a claim only":    with(changed(vc, map[string]any{"issuer": gone{}}), all),
		"what nobody knows":         with(vc, changed(all, map[string]any{"nonce": "x", "cnf": map[string]any{"kid": "k"}})),
		"a subject without id":      with(inside(vc, "credentialSubject", func(o map[string]any) map[string]any { return changed(o, map[string]any{"id": gone{}}) }), changed(all, map[string]any{"sub": gone{}})),
		"the payload itself":        changed(olden(i.unsigned(t)), changed(all, map[string]any{"iat": gone{}})),
		"the payload, as W3C types": changed(olden(i.unsigned(t)), nil),
	} {
		token := i.tokenOf(t, claims)
		if name == "the payload, as W3C types" {
			token = i.typed(t, "vc+jwt", claims)
		}
		r := i.asked(t, token)
		expect(t, name, r, credential.Valid, credential.CheckProof, "ok jwt")
		if r.CredentialID != vc["id"] || r.IssuerID != i.id || r.Credential.ValidUntil != "2029-11-22T10:00:00Z" || r.Suite != "ES256" {
			t.Errorf("%s: %+v", name, r)
		}
	}
	contradictions := map[string]map[string]any{
		"a credential beside":        with(vc, changed(all, map[string]any{"credentialSubject": subject})),
		"types beside":               with(vc, changed(all, map[string]any{"type": list("VerifiableCredential")})),
		"contexts beside":            with(vc, changed(all, map[string]any{"@context": list(vc1)})),
		"a presentation beside":      with(vc, changed(all, map[string]any{"vp": map[string]any{}})),
		"a member twice":             with(vc, changed(all, map[string]any{"name": "autre"})),
		"vc in a current credential": changed(i.unsigned(t), changed(all, map[string]any{"vc": vc})),
		"a current credential in vc": with(i.unsigned(t), all),
		"vc that is a text":          with(nil, changed(all, map[string]any{"vc": "x"})),
		"made for a reader":          with(vc, changed(all, map[string]any{"aud": "https://recruiter.example"})),
		"made at no time":            with(vc, changed(all, map[string]any{"iat": "yesterday"})),
		"an issuer in a list":        with(changed(vc, map[string]any{"issuer": list(i.id)}), all),
	}
	contradictions["vc that is a text"]["vc"] = "x"
	for claim, others := range map[string][]any{
		"iss": {"did:web:evil.example", list(i.id), nil}, "jti": {"urn:uuid:00000000-0000-4000-8000-000000000000", number("1")},
		"sub": {"did:key:z6Mk", nil}, "nbf": {number("1795341601"), "1795341600", number("1.5"), number("-1")},
		"exp": {number("1890036001"), "1890036000", nil, number("999999999999999")},
	} {
		for n, other := range others {
			name := claim + " " + string(rune('a'+n))
			contradictions[name] = with(vc, changed(all, map[string]any{claim: other}))
			if claim == "nbf" && n > 0 || claim == "exp" && n > 0 || claim == "iss" && n > 0 || claim == "jti" && n > 0 || claim == "sub" && n > 0 {
				contradictions[name+" alone"] = with(bare, changed(all, map[string]any{claim: other}))
			}
		}
	}
	for name, claims := range contradictions {
		expect(t, name, i.asked(t, i.tokenOf(t, claims)), credential.Invalid, credential.CheckForm, "failed claims")
	}
	t.Logf("%d contradictions", len(contradictions))
}

// Claims that are filled in are held against the schema like members.
func TestClaimsThatFillInNothingGood(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	vc := olden(i.unsigned(t))
	for member, claims := range map[string]map[string]any{
		"id":             {"jti": "badges/1"},
		"issuanceDate":   {},
		"issuer":         {"iss": ""},
		"expirationDate": {"exp": number("1")},
	} {
		token := i.tokenOf(t, changed(claims, map[string]any{"vc": changed(vc, map[string]any{member: gone{}})}))
		expect(t, member, i.asked(t, token), credential.Invalid, credential.CheckSchema, "failed violations")
	}
}

// The W3C's way of securing asks for no claims; those that stand say the same.
func TestTokensOfTheW3C(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	doc := i.unsigned(t)
	for _, typ := range []string{"vc+jwt", "vc+ld+jwt"} {
		expect(t, typ, i.asked(t, i.typed(t, typ, doc)), credential.Valid, credential.CheckProof, "ok jwt")
		wrong := changed(doc, map[string]any{"iss": "did:web:evil.example"})
		expect(t, typ+" of another", i.asked(t, i.typed(t, typ, wrong)), credential.Invalid, credential.CheckForm, "failed claims")
		ending := changed(doc, map[string]any{"exp": number("1")})
		expect(t, typ+" that ends", i.asked(t, i.typed(t, typ, ending)), credential.Invalid, credential.CheckForm, "failed claims")
	}
	expect(t, "JWT", i.asked(t, i.tokenOf(t, doc)), credential.Invalid, credential.CheckForm, "failed claims")
}

// A signature over JSON covers words that no context defines: they are there, they
// are signed, and nothing here reads them. The log knows no such content.
func TestMoreThanStatements(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	odd := changed(i.unsigned(t), map[string]any{"colour": "gold"})
	expect(t, "statements", i.asked(t, changed(odd, map[string]any{"proof": i.proven(t, i.unsigned(t), "eddsa-rdfc-2022")["proof"]})),
		credential.Invalid, credential.CheckProof, "failed unsignedContent")
	foreign := func(s *credential.Sources) { s.Log = &facts{logErr: credential.ErrForeign} }
	for name, input := range map[string]any{"JCS": i.proven(t, odd, "eddsa-jcs-2022"), "JWT": i.typed(t, "vc+jwt", odd)} {
		r := i.asked(t, input, foreign)
		expect(t, name, r, credential.Valid, credential.CheckInclusion, "unknown foreign")
		if r.DocHash != "" {
			t.Errorf("%s: hash %s", name, r.DocHash)
		}
		expect(t, name+" of an issuer that logs", i.asked(t, input), credential.Invalid, credential.CheckInclusion, "failed notIncluded")
	}
	both := changed(odd, map[string]any{"proof": append(i.proven(t, odd, "eddsa-jcs-2022")["proof"].([]any), i.proven(t, i.unsigned(t), "eddsa-rdfc-2022")["proof"].([]any)...)})
	expect(t, "one over each", i.asked(t, both), credential.Invalid, credential.CheckProof, "failed unsignedContent")
}

// Contexts that contradict each other leave a token unverifiable too, though its
// signature holds: what its words mean is not established.
func TestTokenWithOddContexts(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	for contexts, reason := range map[string]string{
		obVersions + "-3.0.1.json": "unknown redefinition", obVersions + "-3.0.9.json": "unknown unknownContext",
	} {
		doc := changed(i.unsigned(t), map[string]any{"@context": list(vc2, contexts)})
		r := i.asked(t, i.typed(t, "vc+jwt", doc))
		expect(t, contexts, r, credential.Unverifiable, credential.CheckContexts, reason)
		expect(t, contexts, r, credential.Unverifiable, credential.CheckProof, "ok jwt")
		expect(t, contexts, r, credential.Unverifiable, credential.CheckInclusion, "unknown vocabulary")
	}
}

// typed seals claims under a header of another type.
func (i *issuer) typed(t *testing.T, typ string, claims map[string]any) string {
	t.Helper()
	return i.resign(t, `{"alg":"ES256","typ":"`+typ+`","kid":"`+i.method(t, i.jwt.Public())+`"}`, base64url(encoded(t, claims)))
}
