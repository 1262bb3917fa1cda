package credential_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
)

// holder is somebody with a did:key, and how they show things.
type holder struct {
	*issuer
	id, method string
}

func newHolder(t testing.TB) holder {
	t.Helper()
	i := newIssuer(t, "personne")
	key, err := did.EncodeMultikey(i.proof.Public())
	if err != nil {
		t.Fatal(err)
	}
	return holder{i, "did:key:" + key, "did:key:" + key + "#" + key}
}

func (h holder) show(credentials ...any) map[string]any {
	return map[string]any{"@context": list(vc2), "type": list("VerifiablePresentation"), "holder": h.id, "verifiableCredential": credentials}
}

func (h holder) sign(t testing.TB, vp map[string]any, o dataintegrity.Options) map[string]any {
	t.Helper()
	o.VerificationMethod, o.Created = h.method, noon
	if o.Purpose == "" {
		o.Purpose = "authentication"
	}
	proof, _, err := dataintegrity.Sign(context.Background(), vp, o, h.proof)
	if err != nil {
		t.Fatal(err)
	}
	return changed(vp, map[string]any{"proof": proof.Map()})
}

func open(t testing.TB, vp any) (credential.Presentation, error) {
	t.Helper()
	if text, isText := vp.(string); isText {
		return credential.Open([]byte(text))
	}
	return credential.Open(encoded(t, vp))
}

// Every form of a presentation is opened, and what is inside verifies as it would by
// itself.
func TestOpenPresentations(t *testing.T) {
	t.Parallel()
	i, h := newIssuer(t, "atelier"), newHolder(t)
	badge := i.proven(t, i.unsigned(t), "eddsa-rdfc-2022")
	token := i.envelope(t, i.sign(t, i.badge()).Document)
	enveloped := map[string]any{"@context": vc2, "id": "data:application/vc+jwt," + token, "type": "EnvelopedVerifiableCredential"}
	older := i.proven(t, olden(i.unsigned(t), integrity), "eddsa-rdfc-2022")
	all := list(badge, token, enveloped, older)
	vp := h.show(all...)
	wrapped := func(text string) map[string]any {
		return map[string]any{"@context": list(vc2), "id": "data:application/vp+jwt," + text, "type": "EnvelopedVerifiablePresentation"}
	}
	for name, c := range map[string]struct {
		vp     any
		count  int
		holder string
	}{
		"JSON":                      {vp, 4, h.id},
		"signed JSON":               {h.sign(t, h.show(badge), dataintegrity.Options{}), 1, h.id},
		"one alone":                 {changed(vp, map[string]any{"verifiableCredential": badge}), 1, h.id},
		"a holder as an object":     {changed(vp, map[string]any{"holder": map[string]any{"id": h.id}}), 4, h.id},
		"nobody":                    {changed(vp, map[string]any{"holder": gone{}}), 4, ""},
		"a token":                   {h.typed(t, "vp+jwt", vp), 4, h.id},
		"a token with an issuer":    {h.typed(t, "JWT", changed(vp, map[string]any{"iss": h.id})), 4, h.id},
		"a token of the older form": {h.typed(t, "JWT", map[string]any{"iss": h.id, "aud": "x", "nonce": "n", "vp": changed(vp, map[string]any{"holder": gone{}})}), 4, h.id},
		"an envelope":               {wrapped(h.typed(t, "vp+jwt", vp)), 4, h.id},
		"twenty":                    {h.show(strings20(token)...), 20, h.id},
		"with blanks around":        {"\n " + string(encoded(t, vp)) + "\r\n", 4, h.id},
	} {
		p, err := open(t, c.vp)
		if err != nil || len(p.Credentials) != c.count || p.Holder != c.holder {
			t.Errorf("%s: %v, %d credentials, holder %q", name, err, len(p.Credentials), p.Holder)
			continue
		}
		for n, one := range p.Credentials {
			if r := i.asked(t, string(one)); r.Verdict != credential.Valid {
				t.Errorf("%s %d: %s", name, n, r.Verdict)
			}
		}
	}
}

func strings20(token string) (all []any) {
	for range 20 {
		all = append(all, token)
	}
	return all
}

// What is no presentation is left to whoever examines credentials; what is a bad one
// is refused.
func TestWhatIsNotOpened(t *testing.T) {
	t.Parallel()
	i, h := newIssuer(t, "atelier"), newHolder(t)
	badge := i.proven(t, i.unsigned(t), "eddsa-rdfc-2022")
	token := i.envelope(t, i.sign(t, i.badge()).Document)
	vp := h.show(badge)
	wrapped := map[string]any{"@context": vc2, "id": "data:application/vp+jwt," + h.typed(t, "vp+jwt", vp), "type": "EnvelopedVerifiablePresentation"}
	for name, c := range map[string]struct {
		input any
		err   error
	}{
		"a badge":                      {badge, credential.ErrNotPresentation},
		"a token":                      {token, credential.ErrNotPresentation},
		"a token of the older form":    {i.tokenOf(t, map[string]any{"vc": olden(i.unsigned(t))}), credential.ErrNotPresentation},
		"nothing":                      {"", credential.ErrNotPresentation},
		"a page":                       {"<!doctype html>", credential.ErrNotPresentation},
		"half an object":               {`{"type":"VerifiablePresentation"`, credential.ErrNotPresentation},
		"a name twice":                 {`{"type":"VerifiablePresentation","type":"x"}`, credential.ErrNotPresentation},
		"a word about one":             {`{"type":"Word","name":"Presentation"}`, credential.ErrNotPresentation},
		"513 KiB":                      {`{"type":"VerifiablePresentation","a":"` + strings.Repeat("x", 513<<10) + `"}`, credential.ErrNotPresentation},
		"two dots":                     {"a.b.c", credential.ErrNotPresentation},
		"an unsigned token":            {base64url([]byte(`{"alg":"none"}`)) + "." + base64url(encoded(t, vp)) + ".AA", credential.ErrNotPresentation},
		"none inside":                  {changed(vp, map[string]any{"verifiableCredential": gone{}}), credential.ErrPresentation},
		"an empty list":                {h.show(), credential.ErrPresentation},
		"null inside":                  {changed(vp, map[string]any{"verifiableCredential": nil}), credential.ErrPresentation},
		"a number inside":              {h.show(badge, number("7")), credential.ErrPresentation},
		"21":                           {h.show(append(strings20(token), token)...), credential.ErrTooMany},
		"two holders":                  {h.typed(t, "JWT", changed(vp, map[string]any{"iss": i.id})), credential.ErrPresentation},
		"a holder in a list":           {changed(vp, map[string]any{"holder": list(h.id)}), credential.ErrPresentation},
		"an envelope with more":        {changed(wrapped, map[string]any{"holder": h.id}), credential.ErrPresentation},
		"an envelope of something":     {changed(wrapped, map[string]any{"id": "data:application/vp+jwt," + token}), credential.ErrPresentation},
		"an envelope of a credential":  {changed(wrapped, map[string]any{"id": "data:application/vc+jwt," + token}), credential.ErrPresentation},
		"an envelope without contexts": {changed(wrapped, map[string]any{"@context": gone{}}), credential.ErrPresentation},
	} {
		if p, err := open(t, c.input); !errors.Is(err, c.err) || p.Credentials != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who shows the badges is said only by a signature of theirs, made for that.
func TestHolders(t *testing.T) {
	t.Parallel()
	i, h, stranger := newIssuer(t, "atelier"), newHolder(t), newHolder(t)
	badge := i.proven(t, i.unsigned(t), "eddsa-rdfc-2022")
	vp := h.show(badge)
	signed := h.sign(t, vp, dataintegrity.Options{Challenge: "c", Domain: "https://recruiter.example"})
	proof := signed["proof"].(map[string]any)
	nobody := changed(vp, map[string]any{"holder": gone{}})
	kid := func(method string) string { return `{"alg":"ES256","typ":"vp+jwt","kid":"` + method + `"}` }
	resign := func(header string, claims map[string]any) string {
		return h.resign(t, header, base64url(encoded(t, claims)))
	}
	web := changed(vp, map[string]any{"holder": h.issuer.id})
	webMethod := h.issuer.method(t, h.jwt.Public())
	keys := func(s *credential.Sources) { s.Keys = did.Chain{did.Self{}, did.Static{h.issuer.id: h.document}} }
	cases := []struct {
		name string
		vp   any
		text string
	}{
		{"signed", signed, "ok signed"},
		{"signed over JSON", h.sign(t, vp, dataintegrity.Options{Suite: "eddsa-jcs-2022"}), "ok signed"},
		{"signed by whoever it is", h.sign(t, nobody, dataintegrity.Options{}), "ok signed"},
		{"unsigned", vp, "unknown noProof"},
		{"made to issue", h.sign(t, vp, dataintegrity.Options{Purpose: "assertionMethod"}), "failed otherPurpose"},
		{"altered", changed(signed, map[string]any{"id": "urn:uuid:33333333-3333-4333-8333-333333333333"}), "failed altered"},
		{"another badge put in", changed(signed, map[string]any{"verifiableCredential": list(changed(badge, map[string]any{"name": "Autre"}))}), "failed altered"},
		{"another holder put in", changed(signed, map[string]any{"holder": stranger.id}), "failed keyNotPublished"},
		{"signed by another", stranger.sign(t, vp, dataintegrity.Options{}), "failed keyNotPublished"},
		{"the challenge taken out", changed(signed, map[string]any{"proof": changed(proof, map[string]any{"challenge": "d"})}), "failed altered"},
		{"something unsigned", changed(signed, map[string]any{"colour": "gold"}), "failed unsignedContent"},
		{"malformed", changed(signed, map[string]any{"proof": "x"}), "failed malformedProof"},
		{"an empty list", changed(signed, map[string]any{"proof": []any{}}), "unknown noProof"},
		{"five", changed(signed, map[string]any{"proof": list(proof, proof, proof, proof, proof)}), "failed tooManyProofs"},
		{"a suite unknown", changed(signed, map[string]any{"proof": changed(proof, map[string]any{"cryptosuite": "bbs-2023"})}), "unknown unsupportedSuite"},
		{"a word unknown", changed(signed, map[string]any{"@context": list(vc2, "https://evil.example/c")}), "unknown vocabulary"},
		{"a key that is none", changed(vp, map[string]any{"holder": gone{}, "proof": changed(proof, map[string]any{"verificationMethod": "did:key:z6Mk#z6Mk"})}), "failed badKey"},
		{"of a kind unknown", changed(vp, map[string]any{"holder": "did:ion:x", "proof": changed(proof, map[string]any{"verificationMethod": "did:ion:x#1"})}), "unknown unsupportedIssuer"},
		{"a token", resign(kid(webMethod), web), "ok signed"},
		{"a token of the older form", h.typed(t, "JWT", map[string]any{"iss": h.issuer.id, "vp": changed(vp, map[string]any{"holder": gone{}})}), "ok signed"},
		{"a token of whoever it is", resign(kid(webMethod), nobody), "ok signed"},
		{"a token that ended", resign(kid(webMethod), changed(web, map[string]any{"exp": number("1")})), "failed expired"},
		{"a token that ends oddly", resign(kid(webMethod), changed(web, map[string]any{"exp": "never"})), "failed expired"},
		{"a token that ends later", resign(kid(webMethod), changed(web, map[string]any{"exp": number("1895341600")})), "ok signed"},
		{"a token without a key", resign(`{"alg":"ES256","typ":"vp+jwt"}`, web), "unknown noProof"},
		{"a token of another's key", resign(kid(stranger.method), web), "failed keyNotPublished"},
		{"a token under another key", resign(kid(h.issuer.method(t, h.proof.Public())), web), "failed altered"},
		{"a spoilt token", spoiltToken(resign(kid(webMethod), web)), "failed altered"},
	}
	for _, c := range cases {
		p, err := open(t, c.vp)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		src := i.sources(&facts{})
		keys(&src)
		check := p.Verify(t.Context(), src)
		if !same(check, answer(credential.CheckHolder, c.text)) || check.Status == credential.OK && check.Args["holder"] == "" {
			t.Errorf("%s: %s %s %v, want %s", c.name, check.Status, check.Reason, check.Args, c.text)
		}
	}
	p, err := open(t, signed)
	if err != nil {
		t.Fatal(err)
	}
	if check := p.Verify(t.Context(), credential.Sources{Now: noon}); !same(check, answer(credential.CheckHolder, "unknown offline")) {
		t.Error(check)
	}
	t.Logf("%d presentations", len(cases))
}

// The key that signs is the holder's own and in use; of two proofs, both hold.
func TestKeysOfHolders(t *testing.T) {
	t.Parallel()
	i, h := newIssuer(t, "atelier"), newHolder(t)
	badge := i.proven(t, i.unsigned(t), "eddsa-rdfc-2022")
	vp := h.show(badge)
	before := noon.Add(-time.Hour)
	one, two := h.sign(t, vp, dataintegrity.Options{}), h.sign(t, vp, dataintegrity.Options{Challenge: "c"})
	spoilt := changed(two["proof"].(map[string]any), map[string]any{"challenge": "d"})
	token := h.typed(t, "JWT", map[string]any{"iss": h.issuer.id, "vp": changed(vp, map[string]any{"holder": gone{}})})
	for name, c := range map[string]struct {
		vp     any
		change func(*did.VerificationKey)
		text   string
	}{
		"its own":                 {one, func(*did.VerificationKey) {}, "ok signed"},
		"of another":              {one, func(k *did.VerificationKey) { k.Controller = "did:web:evil.example" }, "failed mismatch"},
		"compromised":             {one, func(k *did.VerificationKey) { k.Revoked = &before }, "failed keyNotPublished"},
		"past":                    {one, func(k *did.VerificationKey) { k.Expires = &before }, "failed keyNotPublished"},
		"of another, in a token":  {token, func(k *did.VerificationKey) { k.Controller = "did:web:evil.example" }, "failed mismatch"},
		"compromised, in a token": {token, func(k *did.VerificationKey) { k.Revoked = &before }, "failed keyNotPublished"},
		"two":                     {changed(vp, map[string]any{"proof": list(one["proof"], two["proof"])}), func(*did.VerificationKey) {}, "ok signed"},
		"the first spoilt":        {changed(vp, map[string]any{"proof": list(spoilt, one["proof"])}), func(*did.VerificationKey) {}, "failed altered"},
		"the second spoilt":       {changed(vp, map[string]any{"proof": list(one["proof"], spoilt)}), func(*did.VerificationKey) {}, "failed altered"},
	} {
		p, err := open(t, c.vp)
		if err != nil {
			t.Fatal(name, err)
		}
		method := h.method
		if c.vp == any(token) {
			method = h.issuer.method(t, h.jwt.Public())
		}
		src := i.sources(&facts{})
		src.Keys = altered{did.Chain{did.Self{}, did.Static{h.issuer.id: h.document}}, method, c.change}
		if check := p.Verify(t.Context(), src); !same(check, answer(credential.CheckHolder, c.text)) {
			t.Errorf("%s: %s %s, want %s", name, check.Status, check.Reason, c.text)
		}
	}
}

// spoiltToken changes one bit in the middle of the signature.
func spoiltToken(token string) string {
	at := len(token) - 20
	b := byte('A')
	if token[at] == b {
		b = 'B'
	}
	return token[:at] + string(b) + token[at+1:]
}

// FuzzOpen gives Open anything at all: it answers a presentation of at most 20
// credentials or one of its errors, and what it gives can be examined.
func FuzzOpen(f *testing.F) {
	i, h := sameIssuer(f), newHolder(f)
	badge := i.proven(f, i.unsigned(f), "eddsa-rdfc-2022")
	vp := h.show(badge, "a.b.c")
	f.Add(encoded(f, vp))
	f.Add(encoded(f, h.sign(f, h.show(badge), dataintegrity.Options{})))
	f.Add([]byte(base64url([]byte(`{"alg":"ES256","typ":"vp+jwt","kid":"did:key:x#x"}`)) + "." + base64url(encoded(f, vp)) + ".AAAA"))
	f.Add([]byte(`{"@context":"` + vc2 + `","id":"data:application/vp+jwt,e30.e30.AA","type":"EnvelopedVerifiablePresentation"}`))
	f.Add([]byte(`{"type":"VerifiablePresentation","verifiableCredential":[{},"",[]],"proof":[{}]}`))
	f.Fuzz(func(t *testing.T, input []byte) {
		p, err := credential.Open(input)
		if err != nil {
			if !errors.Is(err, credential.ErrNotPresentation) && !errors.Is(err, credential.ErrPresentation) && !errors.Is(err, credential.ErrTooMany) {
				t.Fatal(err)
			}
			return
		}
		if len(p.Credentials) == 0 || len(p.Credentials) > 20 {
			t.Fatalf("%d credentials", len(p.Credentials))
		}
		src := credential.Sources{Keys: did.Self{}, Now: noon}
		if check := p.Verify(t.Context(), src); check.ID != credential.CheckHolder || check.Reason == "" {
			t.Fatalf("%+v", check)
		}
		complete(t, credential.Verify(t.Context(), p.Credentials[0], src))
	})
}
