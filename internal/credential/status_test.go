package credential_test

import (
	"context"
	"errors"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
)

// lists answer for each entry by its id.
type lists map[string]struct {
	answer credential.StatusAnswer
	err    error
}

func (l lists) Status(_ context.Context, _, id string, entry openbadges.StatusEntry) (credential.StatusAnswer, error) {
	found, known := l[entry.ID]
	if !known || id != base+"/credentials/BBBBBBBBBBBBBBBBBBBBBB" {
		return credential.StatusAnswer{}, errors.New("an entry that nobody has")
	}
	return found.answer, found.err
}

func entry(name, purpose string) map[string]any {
	return map[string]any{"id": "https://l.example/" + name, "type": "BitstringStatusListEntry", "statusPurpose": purpose,
		"statusListIndex": "7", "statusListCredential": "https://l.example/list"}
}

// Every entry is asked for, and the worst answer counts.
func TestSeveralStatuses(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	answers := lists{
		"https://l.example/good": {}, "https://l.example/also": {},
		"https://l.example/revoked":   {answer: credential.StatusAnswer{Revoked: true, At: noon, Reason: "Par erreur."}},
		"https://l.example/suspended": {answer: credential.StatusAnswer{Suspended: true, Reason: "Enquête."}},
		"https://l.example/away":      {err: credential.ErrUnreachable}, "https://l.example/early": {err: credential.ErrEarly},
		"https://l.example/odd": {err: credential.ErrUnreadable}, "https://l.example/kind": {err: credential.ErrUnsupported},
		"https://l.example/forged": {err: credential.ErrBadList}, "https://l.example/other": {err: credential.ErrMismatch},
	}
	named := map[string]any{"id": "https://l.example/revoked", "type": "1EdTechRevocationList"}
	cases := []struct {
		name    string
		status  any
		verdict credential.Verdict
		text    string
	}{
		{"one", entry("good", "revocation"), credential.Valid, "ok notRevoked"},
		{"one in a list", list(entry("good", "revocation")), credential.Valid, "ok notRevoked"},
		{"two", list(entry("good", "revocation"), entry("also", "suspension")), credential.Valid, "ok notRevoked"},
		{"suspended", list(entry("good", "revocation"), entry("suspended", "suspension")), credential.Suspended, "failed suspended"},
		{"suspended and revoked", list(entry("suspended", "suspension"), entry("revoked", "revocation")), credential.Revoked, "failed revoked"},
		{"revoked by name", list(entry("good", "revocation"), named), credential.Revoked, "failed revoked"},
		{"revoked, and one away", list(entry("revoked", "revocation"), entry("away", "suspension")), credential.Revoked, "failed revoked"},
		{"suspended, and one away", list(entry("away", "revocation"), entry("suspended", "suspension")), credential.Suspended, "failed suspended"},
		{"one away", list(entry("good", "revocation"), entry("away", "suspension")), credential.Unverifiable, "unknown unreachable"},
		{"not valid yet", entry("early", "revocation"), credential.Unverifiable, "unknown early"},
		{"unreadable", entry("odd", "revocation"), credential.Unverifiable, "unknown unreadable"},
		{"of another kind", entry("kind", "revocation"), credential.Unverifiable, "unknown unsupported"},
		{"forged", list(entry("good", "revocation"), entry("forged", "suspension")), credential.Invalid, "failed badList"},
		{"revoked by the good one and forged", list(entry("revoked", "revocation"), entry("forged", "suspension")), credential.Invalid, "failed badList"},
		{"of another issuer", list(entry("suspended", "suspension"), entry("other", "revocation")), credential.Invalid, "failed otherIssuer"},
		{"only a message", entry("nobody", "message"), credential.Valid, "unknown none"},
		{"only a newer version", list(entry("nobody", "refresh"), entry("nobody2", "message")), credential.Valid, "unknown none"},
		{"a message beside", list(entry("nobody", "message"), entry("good", "revocation")), credential.Valid, "ok notRevoked"},
		{"nine", list(entry("good", "revocation"), entry("b", "revocation"), entry("c", "revocation"), entry("d", "revocation"), entry("e", "revocation"),
			entry("f", "revocation"), entry("g", "revocation"), entry("h", "revocation"), entry("i", "revocation")), credential.Unverifiable, "unknown tooMany"},
	}
	for _, c := range cases {
		doc := i.proven(t, changed(i.unsigned(t), map[string]any{"credentialStatus": c.status, "@context": list(vc2, ob3, extensions)}), "eddsa-rdfc-2022")
		r := i.asked(t, doc, func(s *credential.Sources) { s.Status = answers })
		expect(t, c.name, r, c.verdict, credential.CheckStatus, c.text)
		if why := r.Check(credential.CheckStatus).Args["why"]; c.text == "failed revoked" && why != "Par erreur." || c.text == "failed suspended" && why != "Enquête." {
			t.Errorf("%s: why %q", c.name, why)
		}
	}
}
