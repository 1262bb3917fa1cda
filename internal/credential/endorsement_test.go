package credential_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/openbadges"
)

// either are two issuers that both resolve.
type either [2]*issuer

func (e either) keys() did.Resolver {
	return did.Chain{did.Self{}, did.Static{e[0].id: e[0].document, e[1].id: e[1].document}}
}

// praise is an endorsement by an issuer, unsigned.
func (i *issuer) praise(about string) map[string]any {
	return map[string]any{
		"@context": list(vc2, ob3), "id": "urn:x:praise:" + base64url([]byte(about)),
		"type": list("VerifiableCredential", "EndorsementCredential"), "name": "Soutien",
		"issuer":    map[string]any{"id": i.id, "type": list("Profile"), "name": "La Région"},
		"validFrom": "2026-11-22T10:00:00Z",
		"credentialSubject": map[string]any{"id": about, "type": list("EndorsementSubject"),
			"endorsementComment": "Nous reconnaissons ce badge."},
	}
}

// endorsed is a badge with endorsements in its three places.
func (i *issuer) endorsed(t *testing.T, badge, achievement, issuer []any) map[string]any {
	t.Helper()
	put := func(endorsements []any) func(map[string]any) map[string]any {
		return func(o map[string]any) map[string]any {
			if endorsements == nil {
				return o
			}
			return changed(o, map[string]any{"endorsement": endorsements})
		}
	}
	doc := put(badge)(i.unsigned(t))
	return i.proven(t, inside(inside(doc, "credentialSubject.achievement", put(achievement)), "issuer", put(issuer)), "eddsa-rdfc-2022")
}

// Each endorsement is examined by the steps of a badge, and what is wrong with one is
// named with the name of the endorser. The badge itself does not depend on it.
func TestEndorsements(t *testing.T) {
	t.Parallel()
	i, region := newIssuer(t, "atelier"), newIssuer(t, "region")
	id := i.badge().ID
	sign := func(members map[string]any) map[string]any {
		return region.proven(t, changed(region.praise(id), members), "eddsa-rdfc-2022")
	}
	good := sign(nil)
	revocable := map[string]any{"credentialStatus": entry("revoked", "revocation")}
	stolen := changed(i.proven(t, region.praise(id), "eddsa-rdfc-2022"), nil)
	cases := []struct {
		name                       string
		badge, achievement, issuer []any
		text, arg                  string
	}{
		{"none", nil, nil, nil, "ok none", ""},
		{"one", list(good), nil, nil, "ok sound", "1 La Région"},
		{"of the achievement", nil, list(region.proven(t, region.praise(achievement), "eddsa-rdfc-2022")), nil, "ok sound", "1 La Région"},
		{"of the issuer", nil, nil, list(region.proven(t, region.praise(i.id), "eddsa-jcs-2022")), "ok sound", "1 La Région"},
		{"in all places", list(good), list(region.proven(t, region.praise(achievement), "ecdsa-rdfc-2019")), list(region.proven(t, region.praise(i.id), "eddsa-rdfc-2022")), "ok sound", "3 La Région, La Région, La Région"},
		{"its issuer as an id", list(sign(map[string]any{"issuer": region.id})), nil, nil, "ok sound", "1 " + region.id},
		{"unsigned", list(region.praise(id)), nil, nil, "failed altered", "La Région"},
		{"altered", list(changed(good, map[string]any{"name": "Autre"})), nil, nil, "failed altered", "La Région"},
		{"ascribed to another", list(stolen), nil, nil, "failed altered", "La Région"},
		{"about something else", list(region.proven(t, region.praise("https://other.example/1"), "eddsa-rdfc-2022")), nil, nil, "failed otherSubject", "La Région"},
		{"withdrawn", list(sign(revocable)), nil, nil, "failed withdrawn", "La Région"},
		{"suspended", list(sign(map[string]any{"credentialStatus": entry("suspended", "suspension")})), nil, nil, "failed withdrawn", "La Région"},
		{"its status away", list(sign(map[string]any{"credentialStatus": entry("away", "revocation")})), nil, nil, "unknown unverified", "La Région"},
		{"past", list(sign(map[string]any{"validUntil": "2026-11-22T11:00:00Z"})), nil, nil, "failed dates", "La Région"},
		{"to come", list(sign(map[string]any{"validFrom": "2027-11-22T11:00:00Z"})), nil, nil, "failed dates", "La Région"},
		{"of a suite unknown", list(changed(good, map[string]any{"proof": changed(good["proof"].([]any)[0].(map[string]any), map[string]any{"cryptosuite": "bbs-2023"})})), nil, nil, "unknown unverified", "La Région"},
		{"a failing one behind a good one", list(good), nil, list(region.praise(i.id)), "failed altered", "La Région"},
		{"a failing one behind an unknown one", list(sign(map[string]any{"credentialStatus": entry("away", "revocation")})), list(region.praise(achievement)), nil, "failed altered", "La Région"},
	}
	answers := lists{"https://l.example/revoked": {answer: credential.StatusAnswer{Revoked: true}},
		"https://l.example/suspended": {answer: credential.StatusAnswer{Suspended: true}}, "https://l.example/away": {err: credential.ErrUnreachable}}
	for _, c := range cases {
		r := i.asked(t, i.endorsed(t, c.badge, c.achievement, c.issuer), func(s *credential.Sources) {
			s.Keys, s.Status = either{i, region}.keys(), named{answers}
		})
		expect(t, c.name, r, credential.Valid, credential.CheckEndorsements, c.text)
		args := r.Check(credential.CheckEndorsements).Args
		got := strings.TrimSpace(args["count"] + " " + args["names"] + args["name"])
		if got != c.arg {
			t.Errorf("%s: %q, want %q", c.name, got, c.arg)
		}
	}
}

// More endorsements than are examined are counted; a failing one among the first is
// still named.
func TestManyEndorsements(t *testing.T) {
	t.Parallel()
	i, region := newIssuer(t, "atelier"), newIssuer(t, "region")
	var many []any
	for n := range 17 {
		one := changed(region.praise(i.badge().ID), map[string]any{"id": fmt.Sprintf("urn:uuid:22222222-2222-4222-8222-2222222222%02d", n)})
		many = append(many, region.typed(t, "vc+jwt", one))
	}
	ask := func(endorsements []any) credential.Report {
		doc := changed(i.unsigned(t), map[string]any{"endorsementJwt": endorsements})
		return i.asked(t, i.typed(t, "vc+jwt", doc), func(s *credential.Sources) {
			s.Keys, s.Log = either{i, region}.keys(), &facts{logErr: credential.ErrForeign}
		})
	}
	expect(t, "17", ask(many), credential.Valid, credential.CheckEndorsements, "unknown tooMany")
	older := region.tokenOf(t, map[string]any{"vc": olden(region.praise(i.badge().ID))})
	expect(t, "of the older form", ask(list(older)), credential.Valid, credential.CheckEndorsements, "ok sound")
	expect(t, "16", ask(many[1:]), credential.Valid, credential.CheckEndorsements, "ok sound")
	spoilt := append(list(many[3].(string)[:len(many[3].(string))-8]+"AAAAAAAA"), many...)
	expect(t, "18, the first spoilt", ask(spoilt), credential.Valid, credential.CheckEndorsements, "failed altered")
	expect(t, "no token", ask(list("eyJhbGciOiJub25lIn0.e30.AA")), credential.Valid, credential.CheckEndorsements, "failed malformed")
}

// The proofs of all endorsements together are counted: those beyond are not looked at,
// and nothing is said against them.
func TestManyProofsOfEndorsements(t *testing.T) {
	t.Parallel()
	i, region := newIssuer(t, "atelier"), newIssuer(t, "region")
	praise := func(n int, suites ...string) any {
		one := region.praise(i.badge().ID)
		one["id"] = fmt.Sprintf("urn:x:praise:%d", n)
		return region.proven(t, one, suites...)
	}
	ask := func(last ...string) credential.Report {
		var all []any
		for n := range 5 {
			all = append(all, praise(n, "eddsa-rdfc-2022", "ecdsa-rdfc-2019", "eddsa-jcs-2022"))
		}
		return i.asked(t, i.endorsed(t, append(all, praise(6, last...)), nil, nil), func(s *credential.Sources) { s.Keys = either{i, region}.keys() })
	}
	expect(t, "16", ask("eddsa-rdfc-2022"), credential.Valid, credential.CheckEndorsements, "ok sound")
	expect(t, "17", ask("eddsa-rdfc-2022", "ecdsa-rdfc-2019"), credential.Valid, credential.CheckEndorsements, "unknown unverified")
}

// What an endorsement lacks is seen before anything is asked.
func TestMalformedEndorsements(t *testing.T) {
	t.Parallel()
	i, region := newIssuer(t, "atelier"), newIssuer(t, "region")
	for member, value := range map[string]any{
		"name": gone{}, "type": list("VerifiableCredential"), "validFrom": gone{}, "issuer": gone{}, "credentialSubject": gone{}, "@context": list(ob3, vc2),
	} {
		token := region.typed(t, "vc+jwt", changed(region.praise(i.badge().ID), map[string]any{member: value}))
		doc := changed(i.unsigned(t), map[string]any{"endorsementJwt": list(token)})
		r := i.asked(t, i.typed(t, "vc+jwt", doc), func(s *credential.Sources) {
			s.Keys, s.Log = either{i, region}.keys(), &facts{logErr: credential.ErrForeign}
		})
		expect(t, "without "+member, r, credential.Valid, credential.CheckEndorsements, "failed malformed")
	}
}

// Endorsements of endorsements are not examined: depth one.
func TestEndorsementsOfEndorsements(t *testing.T) {
	t.Parallel()
	i, region := newIssuer(t, "atelier"), newIssuer(t, "region")
	praised := changed(region.praise(i.badge().ID), nil)
	praised["issuer"] = changed(praised["issuer"].(map[string]any), map[string]any{"endorsement": list(region.praise("urn:x:region"))}) // unsigned
	asked := 0
	r := i.asked(t, i.endorsed(t, list(region.proven(t, praised, "eddsa-rdfc-2022")), nil, nil), func(s *credential.Sources) {
		s.Keys = counted{either{i, region}.keys(), &asked}
	})
	expect(t, "inside", r, credential.Valid, credential.CheckEndorsements, "ok sound")
	if asked != 2 {
		t.Errorf("%d keys were asked for", asked)
	}
}

// counted counts the keys that are asked for.
type counted struct {
	did.Resolver
	asked *int
}

func (c counted) Resolve(ctx context.Context, issuer, method string) (did.VerificationKey, error) {
	*c.asked++
	return c.Resolver.Resolve(ctx, issuer, method)
}

// named answers by the id of the entry for any credential, and ok for the badge's own.
type named struct{ lists }

func (n named) Status(_ context.Context, _, _ string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	found := n.lists[entry.ID]
	return found.answer, found.err
}
