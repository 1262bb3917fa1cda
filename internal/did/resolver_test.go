package did_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ramure/internal/did"
)

func TestSelf(t *testing.T) {
	t.Parallel()
	jwk := "did:jwk:" + base64.RawURLEncoding.EncodeToString([]byte(rfc7638))
	ed := didKeys[0].id
	edMethod := ed + "#" + strings.TrimPrefix(ed, "did:key:")
	for _, c := range []struct {
		name, issuer, method string
		want                 error
	}{
		{"did:key", ed, edMethod, nil},
		{"did:key by thumbprint", ed, thumbprintURI(t, didKeys[0].jwk), nil},
		{"did:jwk", jwk, jwk + "#0", nil},
		{"did:jwk by thumbprint", jwk, thumbprintURI(t, rfc7638), nil},
		{"did:key, other fragment", ed, ed + "#key-1", did.ErrUnknownKey},
		{"did:key, other key", ed, didKeys[1].id + "#" + strings.TrimPrefix(didKeys[1].id, "did:key:"), did.ErrUnknownKey},
		{"did:key, no fragment", ed, ed, did.ErrUnknownKey},
		{"did:key, other thumbprint", ed, thumbprintURI(t, rfc7638), did.ErrUnknownKey},
		{"did:key, key address", ed, "https://evil.example/keys/1", did.ErrUnknownKey},
		{"did:jwk, other fragment", jwk, jwk + "#1", did.ErrUnknownKey},
		{"did:key, spoiled", ed[:20], ed[:20] + "#" + ed[8:20], did.ErrKey},
		{"did:jwk, not base64", "did:jwk:***", "did:jwk:***#0", did.ErrSyntax},
		{"did:jwk, not JSON", "did:jwk:AAAA", "did:jwk:AAAA#0", did.ErrSyntax},
		{"did:jwk, padded", jwk + "=", jwk + "=#0", did.ErrSyntax},
		{"did:web", eric, eric + "#k", did.ErrUnsupported},
		{"https", "https://example.org/i", "https://example.org/i#k", did.ErrUnsupported},
		{"empty", "", "", did.ErrUnsupported},
		{"long", "did:key:" + strings.Repeat("z", 3000), "", did.ErrSyntax},
	} {
		key, err := did.Self{}.Resolve(t.Context(), c.issuer, c.method)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err == nil && (key.Controller != c.issuer || did.CheckKey(key.Public) != nil) {
			t.Errorf("%s: %+v", c.name, key)
		}
	}
}

func thumbprintURI(t testing.TB, jwk string) string {
	t.Helper()
	public, err := did.ParseJWK([]byte(jwk))
	if err != nil {
		t.Fatal(err)
	}
	thumbprint, _ := did.Thumbprint(public)
	return did.ThumbprintURI(thumbprint)
}

func TestStatic(t *testing.T) {
	t.Parallel()
	document := ericDocument(t)
	static := did.Static{eric: document}
	for _, method := range document.AssertionMethod {
		key, err := static.Resolve(t.Context(), eric, method)
		if err != nil {
			t.Fatal(err)
		}
		thumbprint, _ := did.Thumbprint(key.Public)
		for _, other := range []string{did.ThumbprintURI(thumbprint), "https://badges.example.fr/keys/" + thumbprint} {
			if same, err := static.Resolve(t.Context(), eric, other); err != nil || same.Method != method {
				t.Errorf("%s: %+v, %v", other, same, err)
			}
		}
	}
	if _, err := static.Resolve(t.Context(), "did:web:other.example", document.AssertionMethod[0]); !errors.Is(err, did.ErrUnsupported) {
		t.Errorf("an unknown issuer: %v", err)
	}
	if _, err := static.Resolve(t.Context(), eric, thumbprintURI(t, rfc8037)); !errors.Is(err, did.ErrUnknownKey) {
		t.Errorf("an unknown key: %v", err)
	}
}

func TestChain(t *testing.T) {
	t.Parallel()
	document := ericDocument(t)
	chain := did.Chain{did.Self{}, did.Static{eric: document}}
	ed := didKeys[0].id
	if _, err := chain.Resolve(t.Context(), ed, ed+"#"+ed[8:]); err != nil {
		t.Errorf("the first: %v", err)
	}
	if _, err := chain.Resolve(t.Context(), eric, document.AssertionMethod[0]); err != nil {
		t.Errorf("the second: %v", err)
	}
	if _, err := chain.Resolve(t.Context(), ed, ed+"#x"); !errors.Is(err, did.ErrUnknownKey) {
		t.Errorf("a refusal is final: %v", err)
	}
	if _, err := chain.Resolve(t.Context(), "did:web:other.example", ""); !errors.Is(err, did.ErrUnsupported) {
		t.Errorf("nobody's: %v", err)
	}
}

// web is a small web of pages; it counts what is asked.
type web struct {
	pages map[string]string
	asked []string
}

func (w *web) fetch(_ context.Context, url string) ([]byte, error) {
	w.asked = append(w.asked, url)
	page, found := w.pages[url]
	if !found {
		return nil, fmt.Errorf("nothing at %s", url)
	}
	return []byte(page), nil
}

const ericAddress = "https://badges.example.fr/issuers/eric/did.json"

func TestRemote(t *testing.T) {
	t.Parallel()
	document := ericDocument(t)
	data, _ := json.Marshal(document)
	rsaMethod := document.AssertionMethod[3]
	thumbprint := rsaMethod[strings.Index(rsaMethod, "#")+1:]
	pages := map[string]string{
		ericAddress:                            string(data),
		"https://badges.example.fr/rsa.jwk":    rfc7638,
		"https://badges.example.fr/jwks.json":  `{"keys":[` + rfc8037 + `,` + rfc7638 + `]}`,
		"https://badges.example.fr/kids.json":  `{"keys":[` + didKeys[0].jwk + `,` + strings.Replace(rfc7638, "2011-04-29", "https://badges.example.fr/kids.json", 1) + `]}`,
		"https://badges.example.fr/two.json":   `{"keys":[` + didKeys[0].jwk + `,` + rfc7638 + `]}`,
		"https://badges.example.fr/other.jwk":  rfc8037,
		"https://badges.example.fr/secret.jwk": `{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw"}`,
		"https://badges.example.fr/page.html":  `<!doctype html>`,
		"https://badges.example.fr/odd.json":   `{"keys":[null,1,"x",[],{}]}`,
	}
	for _, c := range []struct {
		name, method string
		want         error
		fetches      int
	}{
		{"DID URL", rsaMethod, nil, 1},
		{"thumbprint", did.ThumbprintURI(thumbprint), nil, 1},
		{"our key address: no second fetch", "https://badges.example.fr/keys/" + thumbprint, nil, 1},
		{"bare JWK", "https://badges.example.fr/rsa.jwk", nil, 2},
		{"JWK set with one published key", "https://badges.example.fr/jwks.json", nil, 2},
		{"JWK set with a kid", "https://badges.example.fr/kids.json", nil, 2},
		{"JWK set that does not say which", "https://badges.example.fr/two.json", did.ErrUnknownKey, 2},
		{"JWK that the issuer does not publish", "https://badges.example.fr/other.jwk", did.ErrUnknownKey, 2},
		{"symmetric key", "https://badges.example.fr/secret.jwk", did.ErrKey, 2},
		{"page", "https://badges.example.fr/page.html", did.ErrDocument, 2},
		{"odd set", "https://badges.example.fr/odd.json", did.ErrUnknownKey, 2},
		{"missing", "https://badges.example.fr/none", did.ErrUnavailable, 2},
		{"unknown fragment", eric + "#none", did.ErrUnknownKey, 1},
		{"key address as fragment", "https://badges.example.fr/rsa.jwk#0", did.ErrUnknownKey, 1},
		{"file", "file:///etc/passwd", did.ErrUnknownKey, 1},
	} {
		pages := &web{pages: pages}
		key, err := did.Remote{Fetch: pages.fetch}.Resolve(t.Context(), eric, c.method)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || len(pages.asked) != c.fetches {
			t.Errorf("%s: %v after %v", c.name, err, pages.asked)
		}
		if err == nil && (key.Method != rsaMethod || key.Controller != eric) {
			t.Errorf("%s: %+v", c.name, key)
		}
	}
}

func TestRemoteIssuers(t *testing.T) {
	t.Parallel()
	const issuer = "https://vc.example/issuers/5678"
	https := strings.ReplaceAll(documentWith(""), eric, issuer)
	local := "did:web:localhost%3A8080:issuers:eric"
	onLocal := strings.ReplaceAll(documentWith(""), eric, local)
	pages := map[string]string{
		issuer: https,
		"https://localhost:8080/issuers/eric/did.json": onLocal,
		"http://localhost:8080/issuers/eric/did.json":  onLocal,
		"https://evil.example/.well-known/did.json":    documentWith(""),
	}
	for _, c := range []struct {
		name, issuer, asked string
		loopback            bool
		want                error
	}{
		{"https issuer", issuer, issuer, false, nil},
		{"loopback, not allowed", local, "https://localhost:8080/issuers/eric/did.json", false, nil},
		{"loopback, allowed", local, "http://localhost:8080/issuers/eric/did.json", true, nil},
		{"another's document", "did:web:evil.example", "https://evil.example/.well-known/did.json", false, did.ErrDocument},
		{"out of reach", "did:web:away.example", "https://away.example/.well-known/did.json", true, did.ErrUnavailable},
		{"did:key", didKeys[0].id, "", false, did.ErrUnsupported},
		{"http issuer", "http://vc.example/i", "", true, did.ErrUnsupported},
		{"https issuer with fragment", issuer + "#a", "", false, did.ErrUnsupported},
		{"malformed", "did:web:..", "", false, did.ErrSyntax},
	} {
		pages := &web{pages: pages}
		_, err := did.Remote{Fetch: pages.fetch, Loopback: c.loopback}.Resolve(t.Context(), c.issuer, c.issuer+"#k")
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || strings.Join(pages.asked, " ") != c.asked {
			t.Errorf("%s: %v after %v", c.name, err, pages.asked)
		}
	}
}
