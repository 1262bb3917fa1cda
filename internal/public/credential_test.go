package public_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"ramure/internal/award"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/problem"
	"ramure/internal/qr"
)

// GET /credentials/{id} answers in the form that is asked for.
func TestCredentialForms(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := string(s.issue(s.define(definition()), nil))
	stored, err := s.store.PublicAward(t.Context(), award.ID(id))
	s.must(err)
	for accept, want := range map[string]string{
		"": "application/vc", "*/*": "application/vc", "application/*": "application/vc", "application/vc": "application/vc",
		"application/vc+ld+json": "application/vc+ld+json", "application/ld+json": "application/ld+json", "application/json": "application/json",
		"application/json, application/vc;q=0.5": "application/json",
	} {
		a := s.get("/credentials/"+id, accept).is(http.StatusOK, want).says("Cache-Control", "no-cache").
			says("Vary", "Accept").says("Access-Control-Allow-Origin", "*")
		if !bytes.Equal(a.Body.Bytes(), stored.Document) {
			t.Errorf("%s: not the signed bytes", accept)
		}
	}
	jwt := s.get("/credentials/"+id+".jwt", "*/*").is(http.StatusOK, "text/plain; charset=utf-8").Body.String()
	for accept, want := range map[string]string{
		"application/vc+jwt": "application/vc+jwt", "application/jwt": "application/jwt", "text/plain": "text/plain; charset=utf-8",
	} {
		for _, path := range []string{"", ".jwt"} {
			if a := s.get("/credentials/"+id+path, accept).is(http.StatusOK, want); a.Body.String() != jwt {
				t.Errorf("%s: another JWT", accept)
			}
		}
	}
	s.get("/credentials/"+id, browser).is(http.StatusSeeOther, "").says("Location", "/v/"+id)
	s.get("/credentials/"+id+"?lang=en", "text/html").says("Location", "/v/"+id+"?lang=en")
	s.get("/credentials/"+id+".json", browser).is(http.StatusOK, "application/json")
	s.get("/credentials/"+id, "image/png").is(http.StatusNotAcceptable, "application/problem+json")
	for _, later := range []string{".png", ".svg", ".pdf"} {
		s.get("/credentials/"+id+later, "").is(http.StatusNotAcceptable, "application/problem+json")
	}
	for _, none := range []string{".exe", ".", ".json.json", "/json"} {
		s.get("/credentials/"+id+none, "").is(http.StatusNotFound, "")
	}
}

// A strong validator spares the second reading, and HEAD has no body.
func TestCredentialIsRevalidated(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/credentials/" + string(s.issue(s.define(definition()), nil))
	tag := s.get(path, "").Header().Get("ETag")
	if !strings.HasPrefix(tag, `"`) {
		t.Fatalf("ETag %s", tag)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	s.must(err)
	r.RemoteAddr = "192.0.2.1:1"
	r.Header.Set("If-None-Match", tag)
	if a := s.send(r, ""); a.Code != http.StatusNotModified || a.Body.Len() != 0 {
		t.Errorf("%d, %d bytes", a.Code, a.Body.Len())
	}
	r.Header.Del("If-None-Match")
	r.Method = http.MethodHead
	if a := s.send(r, ""); a.Code != http.StatusOK || a.Body.Len() != 0 || a.Header().Get("ETag") != tag {
		t.Errorf("HEAD: %d, %d bytes", a.Code, a.Body.Len())
	}
}

// JWTs cost a signature, so that one visitor can't have any number of them.
func TestJWTsAreCounted(t *testing.T) {
	t.Parallel()
	s := open(t)
	path := "/credentials/" + string(s.issue(s.define(definition()), nil)) + ".jwt"
	for i := range 61 {
		if code := s.get(path, "").Code; (code == http.StatusTooManyRequests) != (i == 60) {
			t.Fatalf("JWT %d: %d", i+1, code)
		}
	}
	s.get(strings.TrimSuffix(path, ".jwt"), "").is(http.StatusOK, "application/vc")
}

// The JWT's kid is the address of a bare JWK with which it verifies, and which
// the issuer's DID document and the set publish too.
func TestKeysAreWhereTheCredentialSays(t *testing.T) {
	t.Parallel()
	s := open(t)
	token := s.get("/credentials/"+string(s.issue(s.define(definition()), nil))+".jwt", "").Body.String()
	parsed, err := vcjwt.Parse(token)
	s.must(err)
	path, ours := strings.CutPrefix(parsed.Header().Kid, base)
	if !ours {
		t.Fatalf("kid %s", parsed.Header().Kid)
	}
	jwk := s.get(path, "").is(http.StatusOK, "application/jwk+json").says("Cache-Control", "public, max-age=300").Body.Bytes()
	document, err := did.ParseDocument(s.get("/issuers/"+slug+"/did.json", "").is(http.StatusOK, "application/json").Body.Bytes(), did.Web(base, slug))
	s.must(err)
	key, err := document.KeyByThumbprint(strings.TrimPrefix(path, "/keys/"))
	s.must(err)
	if _, err := parsed.Verify(key.Public); err != nil {
		t.Error(err)
	}
	if same, err := did.JWK(key.Public); err != nil || !bytes.Equal(same, jwk) {
		t.Errorf("the JWK is %s, the document's %s (%v)", jwk, same, err)
	}
	var set struct{ Keys []map[string]string }
	s.must(json.Unmarshal(s.get("/.well-known/jwks.json", "").is(http.StatusOK, "application/jwk-set+json").Body.Bytes(), &set))
	if len(set.Keys) != 3 {
		t.Errorf("%d keys in the set, want those for proofs, lists and JWTs", len(set.Keys))
	}
	found := false
	for _, one := range set.Keys {
		found = found || one["kid"] == parsed.Header().Kid && one["kty"] == "EC" && one["use"] == "sig"
		if one["d"] != "" {
			t.Error("a private member")
		}
	}
	if !found {
		t.Errorf("the set lacks %s: %v", parsed.Header().Kid, set.Keys)
	}
	for _, unknown := range []string{"x", strings.Repeat("A", 43), strings.Repeat("A", 44)} {
		s.get("/keys/"+unknown, "").is(http.StatusNotFound, "application/problem+json")
	}
	s.get("/issuers/nobody/did.json", "").is(http.StatusNotFound, "application/problem+json")
}

// The network's own document has the keys of the log and of receipts, and lets them
// assert nothing.
func TestNetworkDocument(t *testing.T) {
	t.Parallel()
	s := open(t)
	receipts, _, err := ed25519.GenerateKey(rand.Reader)
	s.must(err)
	s.config.ReceiptKey = receipts
	s.mount(s.config)
	var document map[string]any
	s.must(json.Unmarshal(s.get("/.well-known/did.json", "").is(http.StatusOK, "application/json").Body.Bytes(), &document))
	if document["id"] != did.WebNetwork(base) {
		t.Errorf("id %v", document["id"])
	}
	methods, _ := document["verificationMethod"].([]any)
	if len(methods) != 2 {
		t.Fatalf("methods %v", methods)
	}
	for i, key := range []ed25519.PublicKey{s.log.Policy().Logs[0].Key.Public, receipts} {
		multikey, err := did.EncodeMultikey(key)
		s.must(err)
		if method, _ := methods[i].(map[string]any); method["publicKeyMultibase"] != multikey || method["type"] != "Multikey" {
			t.Errorf("method %v", method)
		}
	}
	if _, present := document["assertionMethod"]; present {
		t.Error("a key of the network may make assertions")
	}
}

// A status list is served as it was signed, and never when it is stale.
func TestStatusList(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	before := s.get("/status/1", "").is(http.StatusOK, "application/vc").says("Cache-Control", "public, max-age=60").
		says("Access-Control-Allow-Origin", "*").Body.String()
	s.revoke(id)
	if after := s.get("/status/1", "application/json").is(http.StatusOK, "application/json").Body.String(); after == before {
		t.Error("the list did not change with the revocation")
	}
	for _, none := range []string{"2", "01", "-1", "x", "1.0"} {
		s.get("/status/"+none, "").is(http.StatusNotFound, "application/problem+json")
	}
	s.store.unfit = problem.New(problem.Unavailable, "error.clock")
	s.get("/status/1", "").is(http.StatusOK, "application/vc")
	s.wait(listLife)
	s.get("/status/1", "").is(http.StatusServiceUnavailable, "application/problem+json").says("Cache-Control", "no-store")
	s.store.failed = problem.New(problem.Internal, "error.internal")
	s.get("/status/1", "").is(http.StatusServiceUnavailable, "application/problem+json")
}

// The code is that of the printed address, in both pictures.
func TestCode(t *testing.T) {
	t.Parallel()
	s := open(t)
	id := s.issue(s.define(definition()), nil)
	printed, err := s.award.Printed(t.Context(), id)
	s.must(err)
	code, err := qr.New(printed)
	s.must(err)
	svg := s.get("/qr/"+string(id)+".svg", "").is(http.StatusOK, "image/svg+xml").Body.Bytes()
	if !bytes.Equal(svg, code.SVG("Code à scanner pour vérifier ce badge")) {
		t.Error("another drawing")
	}
	for query, size := range map[string]int{"": 600, "?size=200": 200, "?size=0": 600, "?size=x": 600, "?size=999999": qr.MaxSize} {
		want, err := code.PNG(size)
		s.must(err)
		if got := s.get("/qr/"+string(id)+".png"+query, "").is(http.StatusOK, "image/png").Body.Bytes(); !bytes.Equal(got, want) {
			t.Errorf("%q: another picture", query)
		}
	}
	for _, none := range []string{"", ".gif", ".svg.png"} {
		s.get("/qr/"+string(id)+none, "").is(http.StatusNotFound, "")
	}
}
