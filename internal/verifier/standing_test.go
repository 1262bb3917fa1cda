package verifier_test

import (
	"context"
	"errors"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/verifier"
)

// opinion is what the operator's list says of anybody.
type opinion struct {
	standing  credential.Standing
	lookAlike string
	err       error
	asked     *[]string
}

func (o opinion) Standing(_ context.Context, id, name string) (credential.Standing, string, error) {
	*o.asked = append(*o.asked, id, name)
	return o.standing, o.lookAlike, o.err
}

// Only whose key it is has a standing, and nobody under the name of somebody else.
func TestStandings(t *testing.T) {
	t.Parallel()
	good, spoilt := sampleText(t, "json/eddsa-rdfc-2022.json"), sampleText(t, "json/altered-eddsa-rdfc-2022.json")
	web := sampleText(t, "issuer/web-gone.json")
	for what, c := range map[string]struct {
		input    string
		says     opinion
		standing credential.Standing
		like     string
	}{
		"a known issuer":             {good, opinion{standing: credential.Known}, credential.Known, ""},
		"a venue":                    {good, opinion{standing: credential.OfNetwork}, credential.OfNetwork, ""},
		"a stranger":                 {good, opinion{standing: credential.UnknownStanding}, credential.UnknownStanding, ""},
		"a borrowed name":            {good, opinion{standing: credential.UnknownStanding, lookAlike: "ERIC"}, credential.UnknownStanding, "ERIC"},
		"a list that contradicts":    {good, opinion{standing: credential.Known, lookAlike: "ERIC"}, credential.UnknownStanding, "ERIC"},
		"a list that is away":        {good, opinion{standing: credential.Known, err: errors.New("away")}, credential.UnknownStanding, ""},
		"an altered badge":           {spoilt, opinion{standing: credential.Known}, credential.UnknownStanding, ""},
		"an altered badge's name":    {spoilt, opinion{lookAlike: "ERIC"}, credential.UnknownStanding, "ERIC"},
		"keys that could not be had": {web, opinion{standing: credential.Known}, credential.UnknownStanding, ""},
		"what is no badge":           {`{"a":1}`, opinion{standing: credential.Known, lookAlike: "ERIC"}, credential.UnknownStanding, ""},
	} {
		var asked []string
		c.says.asked = &asked
		service := reader(nil)
		service.Standings = c.says
		item := one(t, service, c.input, verifier.Options{})
		if item.Report.IssuerStanding != c.standing || item.LookAlike != c.like {
			t.Errorf("%s: %s, like %q; want %s, like %q", what, item.Report.IssuerStanding, item.LookAlike, c.standing, c.like)
		}
		if c.input == good && (len(asked) != 2 || asked[0] != item.Report.IssuerID || asked[1] != item.Report.IssuerName || asked[1] == "") {
			t.Errorf("%s: asked %q", what, asked)
		}
	}
}

// A venue whose badge is in our log is of the network, unless its name is another's.
func TestStandingsAndTheLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stored := w.issue(w.venue("atelier"))
	var asked []string
	for says, want := range map[opinion]credential.Standing{
		{standing: credential.UnknownStanding, asked: &asked}:                    credential.OfNetwork,
		{standing: credential.Known, asked: &asked}:                              credential.OfNetwork,
		{standing: credential.UnknownStanding, lookAlike: "ERIC", asked: &asked}: credential.UnknownStanding,
	} {
		service := w.verifier()
		service.Standings = says
		if item := one(t, service, string(stored.Document), verifier.Options{}); item.Report.IssuerStanding != want || item.Report.Verdict != credential.Valid {
			t.Errorf("%+v: %s, %s", says, item.Report.IssuerStanding, item.Report.Verdict)
		}
	}
}
