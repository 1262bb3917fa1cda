package credential_test

import (
	"context"
	"errors"
	"testing"

	"ramure/internal/credential"
)

// A newer version of the same badge, by the same issuer, takes its place; whatever
// else the service gives leaves the one at hand as good as it was.
func TestRefresh(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	service := map[string]any{"id": "https://refresh.example/7", "type": "1EdTechCredentialRefresh"}
	badge := changed(i.unsigned(t), map[string]any{"refreshService": service, "@context": list(vc2, ob3, extensions)})
	sign := func(members map[string]any) []byte {
		return encoded(t, i.proven(t, changed(badge, members), "eddsa-rdfc-2022"))
	}
	newer := map[string]any{"validFrom": "2026-11-22T11:30:00Z", "name": "La nouvelle"}
	with := func(members map[string]any) map[string]any { return changed(changed(badge, newer), members) }
	theirs := stranger.proven(t, with(map[string]any{"issuer": stranger.badge().Issuer.ID}), "eddsa-rdfc-2022")
	cases := []struct {
		name    string
		answer  []byte
		err     error
		verdict credential.Verdict
		text    string
		badge   string
	}{
		{"the same", sign(nil), nil, credential.Valid, "ok current", "Vérifier une information"},
		{"a newer one", sign(newer), nil, credential.Valid, "ok newer", "La nouvelle"},
		{"a newer one as a token", []byte(i.typed(t, "vc+jwt", with(nil))), nil, credential.Valid, "ok newer", "La nouvelle"},
		{"an older one", sign(with(map[string]any{"validFrom": "2025-11-22T11:30:00Z"})), nil, credential.Valid, "ok current", "Vérifier une information"},
		{"a newer one that ended", sign(with(map[string]any{"validUntil": "2026-11-22T11:45:00Z"})), nil, credential.Expired, "ok newer", "La nouvelle"},
		{"the same id, escaped", sign(with(map[string]any{"id": base + "/credentials/%42BBBBBBBBBBBBBBBBBBBBB"})), nil, credential.Valid, "ok newer", "La nouvelle"},
		{"another badge", sign(with(map[string]any{"id": base + "/credentials/C"})), nil, credential.Valid, "unknown otherBadge", "Vérifier une information"},
		{"another issuer's", encoded(t, theirs), nil, credential.Valid, "unknown unreadable", "Vérifier une information"},
		{"a spoilt one", append(sign(newer)[:200], sign(newer)[201:]...), nil, credential.Valid, "unknown unreadable", "Vérifier une information"},
		{"an unsigned one", encoded(t, with(nil)), nil, credential.Valid, "unknown unreadable", "Vérifier une information"},
		{"a page", []byte("<!doctype html>"), nil, credential.Valid, "unknown unreadable", "Vérifier une information"},
		{"nothing", nil, nil, credential.Valid, "unknown unreadable", "Vérifier une information"},
		{"no answer", nil, errors.New("away"), credential.Valid, "unknown unreachable", "Vérifier une information"},
		{"not allowed", nil, credential.ErrOffline, credential.Valid, "unknown offline", "Vérifier une information"},
	}
	for _, c := range cases {
		asked := 0
		r := i.asked(t, string(sign(nil)), func(s *credential.Sources) {
			s.Refresh = func(_ context.Context, address string) ([]byte, error) {
				if asked++; address != "https://refresh.example/7" {
					t.Errorf("asked %s", address)
				}
				return c.answer, c.err
			}
		})
		expect(t, c.name, r, c.verdict, credential.CheckRefresh, c.text)
		if asked != 1 || r.Credential.Name != c.badge {
			t.Errorf("%s: asked %d times, and examined %q", c.name, asked, r.Credential.Name)
		}
	}
}

// Both issuers resolve here: a newer version that another one signed is another badge.
func TestRefreshByAnotherIssuer(t *testing.T) {
	t.Parallel()
	i, stranger := newIssuer(t, "atelier"), newIssuer(t, "phare")
	service := map[string]any{"id": "https://refresh.example/7", "type": "1EdTechCredentialRefresh"}
	badge := changed(i.unsigned(t), map[string]any{"refreshService": service, "@context": list(vc2, ob3, extensions)})
	theirs := changed(badge, map[string]any{"issuer": stranger.id, "validFrom": "2026-11-22T11:30:00Z"})
	r := i.asked(t, i.proven(t, badge, "eddsa-rdfc-2022"), func(s *credential.Sources) {
		s.Keys = either{i, stranger}.keys()
		s.Refresh = func(context.Context, string) ([]byte, error) {
			return encoded(t, stranger.proven(t, theirs, "eddsa-rdfc-2022")), nil
		}
	})
	expect(t, "another issuer", r, credential.Valid, credential.CheckRefresh, "unknown otherBadge")
	if r.IssuerID != i.id {
		t.Error(r.IssuerID)
	}
}

// Nothing is asked before the badge at hand is proven, nor twice, nor of services
// that we do not know.
func TestRefreshIsNotAsked(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	service := map[string]any{"id": "https://refresh.example/7", "type": "1EdTechCredentialRefresh"}
	badge := changed(i.unsigned(t), map[string]any{"refreshService": service, "@context": list(vc2, ob3, extensions)})
	good := i.proven(t, badge, "eddsa-rdfc-2022")
	forbidden := func(s *credential.Sources) {
		s.Refresh = func(context.Context, string) ([]byte, error) { t.Error("asked"); return nil, nil }
	}
	r := i.asked(t, changed(good, map[string]any{"name": "Autre"}), forbidden)
	expect(t, "altered", r, credential.Invalid, credential.CheckRefresh, "unknown notReached")
	unread := inside(changed(good, map[string]any{"proof": good["proof"].([]any)[0]}), "proof", func(o map[string]any) map[string]any {
		return changed(o, map[string]any{"cryptosuite": "bbs-2023"})
	})
	expect(t, "of a suite unknown", i.asked(t, unread, forbidden), credential.Unverifiable, credential.CheckRefresh, "unknown unproven")
	r = i.asked(t, good, forbidden, func(s *credential.Sources) { s.Keys = away{credential.ErrUnreachable} })
	expect(t, "keys away", r, credential.Unverifiable, credential.CheckRefresh, "unknown unproven")
	expect(t, "offline", i.asked(t, good), credential.Valid, credential.CheckRefresh, "unknown offline")
	odd := i.typed(t, "vc+jwt", changed(badge, map[string]any{"refreshService": map[string]any{"id": "https://refresh.example/7", "type": "VerifiableCredentialRefreshService2021"}}))
	outside := func(s *credential.Sources) { s.Log = &facts{logErr: credential.ErrForeign} }
	expect(t, "another service", i.asked(t, odd, forbidden, outside), credential.Valid, credential.CheckRefresh, "unknown unsupported")
	expect(t, "no service", i.asked(t, i.proven(t, i.unsigned(t), "eddsa-rdfc-2022"), forbidden), credential.Valid, credential.CheckRefresh, "ok none")
}
