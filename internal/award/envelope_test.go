package award_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"context"
	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/keyring"
	"ramure/internal/mediation"
	"ramure/internal/problem"
)

var errNoKey = errors.New("no such key")

// keysBut is a keyring that has lost the keys of one venue.
type keysBut struct {
	award.Keys
	venue string
}

func (k keysBut) Ensure(ctx context.Context, issuer string, use keyring.Use, algorithm string) (*keyring.Signer, error) {
	if issuer == k.venue {
		return nil, errNoKey
	}
	return k.Keys.Ensure(ctx, issuer, use, algorithm)
}

// leaves counts the leaves of a kind that the log holds.
func (h *house) leaves(kind string) (n int) {
	h.Helper()
	checkpoint, err := h.store.LastCheckpoint(h.Context())
	h.must(err)
	all, err := h.store.Leaves(h.Context(), 0, int(checkpoint.Size))
	h.must(err)
	for _, leaf := range all {
		if bytes.HasPrefix(leaf, []byte("ramure/leaf/v1\n"+kind+"\n")) {
			n++
		}
	}
	return n
}

// The VC-JWT is made once, says the same as the JSON, and has the same leaf.
func TestJWTIsKept(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	first, err := h.JWT(t.Context(), stored.ID)
	h.must(err)
	h.doubt.Store(true) // what is kept needs no signature
	again, err := h.JWT(t.Context(), stored.ID)
	h.must(err)
	if first != again {
		t.Error("made twice")
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(first, ".")[1])
	h.must(err)
	claims, doc := decode(t, payload), decode(t, stored.Document)
	delete(doc, "proof")
	for _, claim := range []string{"iss", "jti", "sub", "nbf", "exp"} {
		if _, has := claims[claim]; !has {
			t.Errorf("no claim %s", claim)
		}
		delete(claims, claim)
	}
	if one, other := marshal(t, claims), marshal(t, doc); !bytes.Equal(one, other) {
		t.Errorf("the token says\n%s\nthe credential\n%s", one, other)
	}
	if jwt, json := h.report(first), h.report(string(stored.Document)); jwt.DocHash != json.DocHash || jwt.Verdict != credential.Unverifiable ||
		jwt.Check(credential.CheckProof).Status != credential.OK {
		t.Errorf("token %+v\ncredential %+v", jwt, json)
	}
}

// report verifies with the issuer's keys and nothing else.
func (h *house) report(input string) credential.Report {
	h.Helper()
	document, err := h.Document(h.Context(), "atelier")
	h.must(err)
	return credential.Verify(h.Context(), []byte(input), credential.Sources{Now: h.clock.now(), Keys: did.Static{document.ID: document}})
}

func marshal(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// Requests at the same moment get the same token.
func TestJWTAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sc := h.venue("atelier")
	stored := h.issue(sc, h.define(sc))
	const callers = 8
	tokens := make(chan string, callers)
	for range callers {
		go func() {
			token, err := h.JWT(t.Context(), stored.ID)
			if err != nil {
				t.Error(err)
			}
			tokens <- token
		}()
	}
	first := <-tokens
	for range callers - 1 {
		if token := <-tokens; token != first {
			t.Error("two tokens of one award")
		}
	}
}

// RS256 is the default, with a key of 3,072 bits; its address answers the key.
func TestJWTOfRS256(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.must(h.store.AddVenue(t.Context(), mediation.Venue{Slug: "atelier", Name: "ERIC", Commune: "13055", JWTAlg: "RS256", CreatedAt: dawn}))
	sc := auth.Operator("atelier")
	token, err := h.JWT(t.Context(), h.issue(sc, h.define(sc)).ID)
	h.must(err)
	raw, err := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[0])
	h.must(err)
	header := decode(t, raw)
	kid, _ := header["kid"].(string)
	thumbprint, ours := strings.CutPrefix(kid, base+"/keys/")
	if header["alg"] != "RS256" || header["typ"] != "JWT" || !ours {
		t.Errorf("header %s", raw)
	}
	if _, err := h.PublicKey(t.Context(), thumbprint); err != nil {
		t.Errorf("the key of %s: %v", kid, err)
	}
	if r := h.report(token); r.Check(credential.CheckProof).Status != credential.OK {
		t.Errorf("%+v", r.Check(credential.CheckProof))
	}
}

func TestJWTOfNothing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, err := h.JWT(t.Context(), "AAAAAAAAAAAAAAAAAAAAAA")
	h.refused(err, problem.NotFound, "")
}
