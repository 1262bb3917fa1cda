package did_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ramure/internal/did"
	"ramure/internal/problem"
)

// world is a small web of pages behind two ways to ask; it keeps what each asked.
type world struct {
	pages          map[string]string
	fetched, plain []string
}

func (w *world) answer(url string) ([]byte, error) {
	page, found := w.pages[url]
	switch {
	case !found:
		return nil, problem.New(problem.NotFound, "error.outbound.notFound")
	case page == "gone":
		return nil, problem.New(problem.Gone, "error.outbound.gone")
	case page == "away":
		return nil, problem.New(problem.Unavailable, "error.outbound.failed")
	}
	return []byte(page), nil
}

func (w *world) remote() did.Remote {
	return did.Remote{
		Fetch: func(_ context.Context, url string) ([]byte, error) {
			w.fetched = append(w.fetched, url)
			return w.answer(url)
		},
		Direct: func(_ context.Context, url string) ([]byte, error) {
			w.plain = append(w.plain, url)
			return w.answer(url)
		},
	}
}

const (
	school  = "https://school.example/issuers/7"
	profile = `{"@context":["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"` + school + `","type":["Profile"],"name":"École (fictive)","url":"https://school.example/"}`
)

// methodOf is a method by itself, as a key address or a document holds it.
func methodOf(id, controller, more string) string {
	return fmt.Sprintf(`{"@context":"https://w3id.org/security/multikey/v1","id":%q,"type":"Multikey","controller":%q,"publicKeyMultibase":%q%s}`, id, controller, multikey, more)
}

// An issuer that is an https address and names no key: its origin answers for the
// keys that it serves itself, and nobody else does.
func TestKeysOfAnOrigin(t *testing.T) {
	t.Parallel()
	set := `{"keys":[` + strings.Replace(rfc8037, "{", `{"kid":"a",`, 1) + `,` + strings.Replace(rfc7638, "2011-04-29", "b", 1) + `]}`
	pages := map[string]string{
		school:                                 profile,
		"https://school.example/keys/1":        rfc8037,
		"https://school.example/keys/rsa":      rfc7638,
		"https://school.example/one.json":      `{"keys":[` + rfc8037 + `]}`,
		"https://school.example/jwks.json":     set,
		"https://school.example/twice.json":    `{"keys":[` + strings.Replace(rfc8037, "{", `{"kid":"a",`, 1) + `,` + strings.Replace(p256JWK(t), "{", `{"kid":"a",`, 1) + `]}`,
		"https://school.example/odd.json":      `{"keys":[1,null,{},"x",[]]}`,
		"https://school.example/secret.json":   `{"kty":"oct","k":"AAECAwQFBgcICQoLDA0ODw"}`,
		"https://school.example/lost.json":     strings.Replace(rfc8037, "{", `{"d":"AA",`, 1),
		"https://school.example/page.html":     "<!doctype html>",
		"https://school.example/method":        methodOf("https://school.example/method", school, ""),
		"https://school.example/expired":       methodOf("https://school.example/expired", school, `,"expires":"2020-01-01T00:00:00Z","revoked":"2019-01-01T00:00:00Z"`),
		"https://school.example/others":        methodOf("https://school.example/others", "https://school.example/issuers/8", ""),
		"https://school.example/misnamed":      methodOf("https://school.example/method", school, ""),
		"https://school.example/doubt":         methodOf("https://school.example/doubt", school, `,"revoked":true`),
		"https://school.example/document":      `{"id":"https://school.example/document","verificationMethod":[` + methodOf("#k", school, "") + `,` + methodOf("#other", "https://evil.example/", "") + `]}`,
		"https://school.example/false":         `{"id":"https://school.example/document","verificationMethod":[` + methodOf("#k", school, "") + `]}`,
		"https://school.example/down":          "away",
		"https://evil.example/keys/1":          rfc8037,
		"https://school.example/echo?x=1":      rfc8037,
		"https://school.example.evil.example/": rfc8037,
	}
	cases := []struct {
		name, method string
		want         error
	}{
		{"bare JWK", "https://school.example/keys/1", nil},
		{"bare RSA JWK", "https://school.example/keys/rsa", nil},
		{"the port written out", "https://school.example:443/keys/1", nil},
		{"JWK set of one", "https://school.example/one.json", nil},
		{"JWK set, fragment as kid", "https://school.example/jwks.json#b", nil},
		{"method by itself", "https://school.example/method", nil},
		{"method with dates", "https://school.example/expired", nil},
		{"method in a document", "https://school.example/document#k", nil},

		{"JWK set that does not say which", "https://school.example/jwks.json", did.ErrUnknownKey},
		{"JWK set without that kid", "https://school.example/jwks.json#c", did.ErrUnknownKey},
		{"JWK set with that kid twice", "https://school.example/twice.json#a", did.ErrUnknownKey},
		{"odd set", "https://school.example/odd.json", did.ErrUnknownKey},
		{"symmetric key", "https://school.example/secret.json", did.ErrKey},
		{"private key", "https://school.example/lost.json", did.ErrKey},
		{"page", "https://school.example/page.html", did.ErrDocument},
		{"method of another", "https://school.example/others", did.ErrUnknownKey},
		{"method of another name", "https://school.example/misnamed", did.ErrDocument},
		{"method in doubt", "https://school.example/doubt", did.ErrKey},
		{"method of another in a document", "https://school.example/document#other", did.ErrUnknownKey},
		{"no such method in a document", "https://school.example/document#none", did.ErrUnknownKey},
		{"document of another name", "https://school.example/false#k", did.ErrDocument},
		{"nothing there", "https://school.example/keys/2", did.ErrUnavailable},
		{"no answer", "https://school.example/down", did.ErrUnavailable},
		{"another origin", "https://evil.example/keys/1", did.ErrUnknownKey},
		{"a longer name", "https://school.example.evil.example/", did.ErrUnknownKey},
		{"a name in front", "https://evil.school.example/keys/1", did.ErrUnknownKey},
		{"a user name", "https://school.example@evil.example/keys/1", did.ErrUnknownKey},
		{"a user on the origin", "https://u@school.example/keys/1", did.ErrUnknownKey},
		{"another port", "https://school.example:8443/keys/1", did.ErrUnknownKey},
		{"plain http", "http://school.example/keys/1", did.ErrUnknownKey},
		{"an echo", "https://school.example/echo?x=1", did.ErrUnknownKey},
		{"a thumbprint", did.ThumbprintURI(thumbprintOf(t, multikey)), did.ErrUnknownKey},
		{"a fragment", "#k", did.ErrUnknownKey},
		{"a DID URL", eric + "#k", did.ErrUnknownKey},
		{"nothing", "", did.ErrUnknownKey},
		{"a very long address", "https://school.example/" + strings.Repeat("a", 2000), did.ErrSyntax},
	}
	for _, c := range cases {
		w := &world{pages: pages}
		if c.name == "the port written out" {
			w.pages = map[string]string{school: profile, c.method: rfc8037}
		}
		key, err := w.remote().Resolve(t.Context(), school, c.method)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %+v, %v", c.name, key, err)
		}
		if err == nil && (key.Controller != school || key.Binding != did.ByOrigin || key.Method != c.method || did.CheckKey(key.Public) != nil) {
			t.Errorf("%s: %+v", c.name, key)
		}
		if c.name == "method with dates" && (key.Revoked == nil || key.Expires == nil) {
			t.Errorf("%s: %+v", c.name, key)
		}
		for _, asked := range slices.Concat(w.fetched, w.plain) {
			if asked != school && !strings.HasPrefix(asked, "https://school.example/") && !strings.HasPrefix(asked, "https://school.example:443/") {
				t.Errorf("%s: %s was asked", c.name, asked)
			}
		}
		if len(w.fetched) > 1 || c.want == nil && !slices.Equal(w.plain, []string{strings.Split(c.method, "#")[0]}) {
			t.Errorf("%s: fetched %v, plainly %v", c.name, w.fetched, w.plain)
		}
	}
	t.Logf("%d key addresses", len(cases))
}

// What an https issuer says of itself decides whether its origin may speak for it.
func TestProfiles(t *testing.T) {
	t.Parallel()
	const address = "https://school.example/keys/1"
	const away = "https://keys.example/7"
	named := func(members string) string { return strings.TrimSuffix(profile, "}") + "," + members + "}" }
	listed := named(`"verificationMethod":[` + methodOf("#k", school, "") + `],"assertionMethod":["#k"]`)
	for name, c := range map[string]struct {
		page, method string
		want         error
		binding      did.Binding
	}{
		"names no key":                        {profile, address, nil, did.ByOrigin},
		"a page for people":                   {" \n<!doctype html>", address, nil, did.ByOrigin},
		"nothing there":                       {"", address, nil, did.ByOrigin},
		"gone":                                {"gone", address, did.ErrUnavailable, ""},
		"does not answer":                     {"away", address, did.ErrUnavailable, ""},
		"says that it is another":             {strings.Replace(profile, school, "https://school.example/issuers/8", 1), address, did.ErrDocument, ""},
		"has no id":                           {strings.Replace(profile, `"id":"`+school+`",`, "", 1), address, did.ErrDocument, ""},
		"cut off":                             {profile[:40], address, did.ErrDocument, ""},
		"names a key":                         {listed, school + "#k", nil, did.ByDocument},
		"names a key, by fragment":            {listed, "#k", nil, did.ByDocument},
		"names a key, by thumbprint":          {listed, did.ThumbprintURI(thumbprintOf(t, multikey)), nil, did.ByDocument},
		"names another key than the origin's": {listed, address, did.ErrUnknownKey, ""},
		"names a key that no proof names":     {listed, school + "#other", did.ErrUnknownKey, ""},
		"names a key for another purpose":     {named(`"verificationMethod":[` + methodOf("#k", school, "") + `]`), school + "#k", did.ErrUnknownKey, ""},
		"names keys, none for assertions":     {named(`"verificationMethod":[` + methodOf("#k", school, "") + `]`), address, did.ErrUnknownKey, ""},
		"vouches for the address":             {named(`"assertionMethod":["` + address + `"]`), address, nil, did.ByDocument},
		"vouches for the address, badly held": {named(`"verificationMethod":[` + strings.Replace(methodOf(address, school, ""), "Multikey", "Unknown", 1) + `],"assertionMethod":["` + address + `"]`), address, did.ErrUnknownKey, ""},
		"vouches for another's address":       {named(`"assertionMethod":["` + away + `"]`), away, nil, did.ByDocument},
		"vouches for another address":         {named(`"assertionMethod":["` + away + `"]`), address, did.ErrUnknownKey, ""},
		"vouches for a method elsewhere":      {named(`"assertionMethod":["https://keys.example/doc#k"]`), "https://keys.example/doc#k", nil, did.ByDocument},
		"vouches for a method of another":     {named(`"assertionMethod":["https://keys.example/doc#x"]`), "https://keys.example/doc#x", did.ErrUnknownKey, ""},
	} {
		w := &world{pages: map[string]string{
			address: rfc8037, away: rfc8037, school: c.page,
			"https://keys.example/doc": `{"id":"https://keys.example/doc","verificationMethod":[` + methodOf("#k", school, "") + `,` + methodOf("#x", "https://evil.example/", "") + `]}`,
		}}
		if c.page == "" {
			delete(w.pages, school)
		}
		key, err := w.remote().Resolve(t.Context(), school, c.method)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) || key.Binding != c.binding {
			t.Errorf("%s: %+v, %v", name, key, err)
		}
	}
}

// The document of a did:web is asked for without redirects; a Remote with one way
// to ask uses it for all.
func TestWaysToAsk(t *testing.T) {
	t.Parallel()
	w := &world{pages: map[string]string{ericAddress: documentWith("")}}
	if _, err := w.remote().Resolve(t.Context(), eric, eric+"#k"); err != nil || len(w.fetched) != 0 || len(w.plain) != 1 {
		t.Errorf("%v, fetched %v, plainly %v", err, w.fetched, w.plain)
	}
	one := did.Remote{Fetch: w.remote().Fetch}
	if _, err := one.Resolve(t.Context(), eric, eric+"#k"); err != nil || len(w.fetched) != 1 {
		t.Errorf("%v, fetched %v", err, w.fetched)
	}
	for _, issuer := range []string{"https://u@school.example/", "https:///x", "https://", "https://school.example:/", "https://[::1", "http://school.example/", "ftp://x", school + "#k"} {
		if _, err := w.remote().Resolve(t.Context(), issuer, issuer+"#k"); !errors.Is(err, did.ErrUnsupported) {
			t.Errorf("%s: %v", issuer, err)
		}
	}
	if _, err := w.remote().Resolve(t.Context(), school+strings.Repeat("a", 2000), ""); !errors.Is(err, did.ErrSyntax) {
		t.Errorf("a very long issuer: %v", err)
	}
}

// FuzzKeyAddress gives anything as the answer of a key address: a key that comes of
// it is of a kind that is verified here, and the issuer's.
func FuzzKeyAddress(f *testing.F) {
	for _, page := range []string{rfc8037, rfc7638, `{"keys":[` + rfc8037 + `,` + rfc7638 + `]}`, methodOf(school+"/k", school, ""), methodOf("#k", school, `,"revoked":null`),
		`{"id":"` + school + `/k","verificationMethod":[` + methodOf("#k", school, "") + `]}`, `{"keys":[{}]}`, `{"controller":1}`, "<"} {
		for _, method := range []string{school + "/k", school + "/k#k", school + "/k#2011-04-29"} {
			f.Add(method, []byte(page))
		}
	}
	f.Fuzz(func(t *testing.T, method string, page []byte) {
		fetch := func(_ context.Context, url string) ([]byte, error) {
			if url == school {
				return []byte(profile), nil
			}
			if strings.ContainsAny(url, "#?") || !strings.HasPrefix(strings.ToLower(url), "https://school.example") {
				t.Fatalf("%q is asked", url)
			}
			return page, nil
		}
		key, err := did.Remote{Fetch: fetch}.Resolve(t.Context(), school, method)
		if err == nil && (did.CheckKey(key.Public) != nil || key.Controller != school || key.Method != method || key.Binding != did.ByOrigin) {
			t.Fatalf("%s gives %+v", page, key)
		}
	})
}
