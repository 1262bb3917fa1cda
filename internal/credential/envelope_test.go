package credential_test

import (
	"strings"
	"testing"

	"ramure/internal/credential"
)

// An envelope is a token with a few words around it that nobody signed: it says
// nothing else.
func TestEnvelopedCredential(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	token := i.envelope(t, i.sign(t, i.badge()).Document)
	older := i.tokenOf(t, map[string]any{"vc": olden(i.unsigned(t))})
	envelope := func(members map[string]any) map[string]any {
		return changed(map[string]any{"@context": vc2, "id": "data:application/vc+jwt," + token, "type": "EnvelopedVerifiableCredential"}, members)
	}
	for name, doc := range map[string]map[string]any{
		"as the W3C writes it": envelope(nil),
		"with lists":           envelope(map[string]any{"@context": list(vc2), "type": list("EnvelopedVerifiableCredential")}),
		"of both types":        envelope(map[string]any{"type": list("VerifiableCredential", "EnvelopedVerifiableCredential")}),
		"of the older form":    envelope(map[string]any{"id": "data:application/vc+jwt," + older}),
		"of an older media":    envelope(map[string]any{"id": "data:application/vc+ld+json+jwt," + token}),
	} {
		r := i.asked(t, doc)
		expect(t, name, r, credential.Valid, credential.CheckForm, "ok enveloped")
		if r.Form != "enveloped" || r.Suite != "ES256" || r.Credential == nil {
			t.Errorf("%s: %s %s", name, r.Form, r.Suite)
		}
	}
	for name, c := range map[string]struct {
		members map[string]any
		text    string
	}{
		"something besides":   {map[string]any{"name": "Autre"}, "failed envelope"},
		"a proof":             {map[string]any{"proof": map[string]any{}}, "failed envelope"},
		"no context":          {map[string]any{"@context": gone{}}, "failed envelope"},
		"another context":     {map[string]any{"@context": vc1}, "failed envelope"},
		"no contexts":         {map[string]any{"@context": list()}, "failed envelope"},
		"no id":               {map[string]any{"id": gone{}}, "failed envelope"},
		"an address":          {map[string]any{"id": "https://evil.example/badge.jwt"}, "failed envelope"},
		"the token alone":     {map[string]any{"id": token}, "failed envelope"},
		"another media":       {map[string]any{"id": "data:application/json," + token}, "failed envelope"},
		"a media in capitals": {map[string]any{"id": "data:Application/VC+JWT," + token}, "failed envelope"},
		"an SD-JWT":           {map[string]any{"id": "data:application/vc+sd-jwt," + token + "~"}, "failed envelope"},
		"in base64":           {map[string]any{"id": "data:application/vc+jwt;base64," + token}, "failed envelope"},
		"a presentation":      {map[string]any{"type": "EnvelopedVerifiablePresentation"}, "failed presentation"},
		"half a token":        {map[string]any{"id": "data:application/vc+jwt," + token[:len(token)/2]}, "failed malformedJWT"},
		"no token":            {map[string]any{"id": "data:application/vc+jwt,"}, "failed malformedJWT"},
		"an escaped token":    {map[string]any{"id": "data:application/vc+jwt," + strings.Replace(token, ".", "%2E", 1)}, "failed malformedJWT"},
		"a token of another":  {map[string]any{"id": "data:application/vc+jwt," + i.tokenOf(t, map[string]any{"iss": i.id})}, "failed claims"},
	} {
		r := i.asked(t, envelope(c.members))
		if name == "a token of another" {
			if r.Verdict != credential.Invalid {
				t.Errorf("%s: %s", name, r.Verdict)
			}
			continue
		}
		expect(t, name, r, credential.Invalid, credential.CheckForm, c.text)
	}
	spoilt := token[:len(token)-2] + map[bool]string{true: "AA", false: "BA"}[!strings.HasSuffix(token, "AA")]
	if r := i.asked(t, envelope(map[string]any{"id": "data:application/vc+jwt," + spoilt})); r.Verdict != credential.Invalid {
		t.Errorf("a spoilt signature: %s", r.Verdict)
	}
}

// Presentations are no credentials: whoever examines one is told.
func TestPresentationIsNoCredential(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	vp := map[string]any{"@context": list(vc2), "type": list("VerifiablePresentation"), "verifiableCredential": list(i.unsigned(t))}
	for name, input := range map[string]any{"JSON": vp, "a token": i.tokenOf(t, vp), "a token of the older form": i.tokenOf(t, map[string]any{"iss": i.id, "vp": vp})} {
		expect(t, name, i.asked(t, input), credential.Invalid, credential.CheckForm, "failed presentation")
	}
}
