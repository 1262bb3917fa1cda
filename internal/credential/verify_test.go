package credential_test

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/jsonld"
)

// expect asks for a verdict and for the answer of one check.
func expect(t testing.TB, what string, r credential.Report, verdict credential.Verdict, id credential.CheckID, text string) {
	t.Helper()
	if got := r.Check(id); r.Verdict != verdict || !same(got, answer(id, text)) {
		t.Errorf("%s: %s, %s %s %s; want %s, %s", what, r.Verdict, got.ID, got.Status, got.Reason, verdict, text)
	}
}

// complete asks that a report have every check once, in the order, each with one of
// its listed answers.
func complete(t testing.TB, r credential.Report) {
	t.Helper()
	ids := make([]credential.CheckID, 0, len(r.Checks))
	for _, c := range r.Checks {
		ids = append(ids, c.ID)
		if text := string(c.Status) + " " + c.Reason; text != "unknown notReached" && !slices.Contains(answersOf[c.ID], text) {
			t.Errorf("%s answers %s, which is not listed", c.ID, text)
		}
	}
	if !slices.Equal(ids, credential.Order()) {
		t.Errorf("checks %v", ids)
	}
}

func TestBothFormsAreValid(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	token := i.envelope(t, signed.Document)
	for name, input := range map[string]string{"json": string(signed.Document), "jwt": token, "json with blanks": "\n " + string(signed.Document) + "\r\n", "jwt with a line end": token + "\n"} {
		f := &facts{}
		r := credential.Verify(t.Context(), []byte(input), i.sources(f))
		complete(t, r)
		expect(t, name, r, credential.Valid, credential.CheckProof, map[bool]string{true: "ok embedded", false: "ok jwt"}[strings.HasPrefix(name, "json")])
		expect(t, name, r, credential.Valid, credential.CheckSubject, "ok hashedName")
		if r.DocHash != hex.EncodeToString(signed.DocHash[:]) || f.asked != signed.DocHash {
			t.Errorf("%s: hash %s of %x", name, r.DocHash, signed.DocHash)
		}
		if r.IssuerStanding != credential.OfNetwork || r.CredentialID != i.badge().ID || r.IssuerID != i.id ||
			r.IssuerName != "ERIC d’Embrun" || r.Achievement != "Vérifier une information" || !r.CheckedAt.Equal(noon) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// The same facts, whoever says them, lead to the same words.
func TestStateOfACredential(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	cases := []struct {
		name    string
		facts   facts
		now     time.Time
		verdict credential.Verdict
		id      credential.CheckID
		text    string
	}{
		{"revoked", facts{revoked: credential.StatusAnswer{Revoked: true}}, noon, credential.Revoked, credential.CheckStatus, "failed revoked"},
		{"revoked, and the log away", facts{revoked: credential.StatusAnswer{Revoked: true, At: noon}, logErr: credential.ErrUnreachable}, noon, credential.Revoked, credential.CheckInclusion, "unknown unreachable"},
		{"revoked, but not in the log", facts{revoked: credential.StatusAnswer{Revoked: true}, logErr: credential.ErrNotIncluded}, noon, credential.Invalid, credential.CheckInclusion, "failed notIncluded"},
		{"expired", facts{}, noon.AddDate(4, 0, 0), credential.Expired, credential.CheckDates, "failed expired"},
		{"expired and revoked", facts{revoked: credential.StatusAnswer{Revoked: true}}, noon.AddDate(4, 0, 0), credential.Revoked, credential.CheckDates, "failed expired"},
		{"the last second", facts{}, time.Date(2029, 11, 22, 10, 0, 0, 0, time.UTC), credential.Valid, credential.CheckDates, "ok within"},
		{"one second too late", facts{}, time.Date(2029, 11, 22, 10, 0, 1, 0, time.UTC), credential.Expired, credential.CheckDates, "failed expired"},
		{"not yet", facts{}, noon.AddDate(0, 0, -1), credential.NotYetValid, credential.CheckDates, "failed notYet"},
		{"a clock four minutes behind", facts{}, time.Date(2026, 11, 22, 9, 56, 0, 0, time.UTC), credential.Valid, credential.CheckDates, "ok within"},
		{"a clock six minutes behind", facts{}, time.Date(2026, 11, 22, 9, 54, 0, 0, time.UTC), credential.NotYetValid, credential.CheckDates, "failed notYet"},
		{"a stale list", facts{statusErr: credential.ErrStale}, noon, credential.Unverifiable, credential.CheckStatus, "unknown stale"},
		{"a list away", facts{statusErr: fmt.Errorf("%w: timeout", credential.ErrUnreachable)}, noon, credential.Unverifiable, credential.CheckStatus, "unknown unreachable"},
		{"a list of another network", facts{statusErr: credential.ErrForeign}, noon, credential.Unverifiable, credential.CheckStatus, "unknown foreign"},
		{"a list of another issuer", facts{statusErr: credential.ErrMismatch}, noon, credential.Invalid, credential.CheckStatus, "failed otherIssuer"},
		{"a list that is badly signed", facts{statusErr: credential.ErrBadList}, noon, credential.Invalid, credential.CheckStatus, "failed badList"},
		{"a list that fails oddly", facts{statusErr: errors.New("odd")}, noon, credential.Invalid, credential.CheckStatus, "failed badList"},
		{"pending", facts{logErr: credential.ErrPending}, noon, credential.Unverifiable, credential.CheckInclusion, "unknown pending"},
		{"of no log", facts{logErr: credential.ErrForeign}, noon, credential.Valid, credential.CheckInclusion, "unknown foreign"},
	}
	for _, c := range cases {
		src := i.sources(&c.facts)
		src.Now = c.now
		expect(t, c.name, credential.Verify(t.Context(), signed.Document, src), c.verdict, c.id, c.text)
	}
}

// Without sources nothing is asked, and nothing unknown passes for known.
func TestOfflineIsUnverifiable(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	signed := i.sign(t, i.badge())
	for _, input := range []string{string(signed.Document), i.envelope(t, signed.Document)} {
		r := credential.Verify(t.Context(), []byte(input), credential.Sources{Now: noon})
		complete(t, r)
		for _, id := range []credential.CheckID{credential.CheckProof, credential.CheckIssuer, credential.CheckStatus, credential.CheckInclusion} {
			expect(t, "nothing asked", r, credential.Unverifiable, id, "unknown offline")
		}
		expect(t, "nothing asked", r, credential.Unverifiable, credential.CheckDates, "ok within")
		if r.IssuerStanding != credential.UnknownStanding {
			t.Error(r.IssuerStanding)
		}
		src := i.sources(&facts{})
		src.Status, src.Log = nil, nil
		expect(t, "keys only", credential.Verify(t.Context(), []byte(input), src), credential.Unverifiable, credential.CheckStatus, "unknown offline")
	}
}

func decode(t testing.TB, document []byte) map[string]any {
	t.Helper()
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func encoded(t testing.TB, doc any) []byte {
	t.Helper()
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
