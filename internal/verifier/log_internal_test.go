package verifier

import (
	"crypto/ed25519"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/translog"
)

// A proof makes one issuer known, the one that it was held against: not others whose
// words stand in the same badge.
func TestStandingIsOfTheIssuerProven(t *testing.T) {
	t.Parallel()
	key, err := translog.NewKey("badges.example/log", translog.TypeLog, make(ed25519.PublicKey, ed25519.PublicKeySize))
	if err != nil {
		t.Fatal(err)
	}
	const ours, theirs = "did:web:badges.example:issuers:atelier", "did:web:badges.example:issuers:phare"
	for what, c := range map[string]struct {
		log    logSource
		issuer string
		want   credential.Standing
	}{
		"proven":             {logSource{home: true, proven: ours}, ours, credential.OfNetwork},
		"another was proven": {logSource{home: true, proven: theirs}, ours, credential.UnknownStanding},
		"nobody was proven":  {logSource{home: true}, ours, credential.UnknownStanding},
		"elsewhere":          {logSource{proven: ours}, ours, credential.UnknownStanding},
		"of another host":    {logSource{home: true, proven: "did:web:evil.example:issuers:x"}, "did:web:evil.example:issuers:x", credential.UnknownStanding},
		"nobody":             {logSource{home: true}, "", credential.UnknownStanding},
	} {
		c.log.policy = translog.Policy{Logs: []translog.TrustedLog{{Key: key}}}
		if got := c.log.standing(c.issuer); got != c.want {
			t.Errorf("%s: %s", what, got)
		}
	}
}
