package main

import (
	"errors"
	"os"

	"ramure/internal/config"
	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

type verifyCommand struct {
	config.Config `embed:"" group:"settings"`
	Inputs        []string `arg:"" name:"input" placeholder:"FILE|URL|-" help:"Files, addresses of badges, or - for standard input."`
	JSON          bool     `name:"json" help:"Print the report as JSON."`
	Recipient     string   `name:"recipient" placeholder:"NAME|EMAIL|ID" help:"Whose badge it should be."`
	NoOutbound    bool     `name:"no-outbound" help:"Ask no other machine; addresses of this one are still asked."`
	Offline       bool     `name:"offline" help:"Ask nobody at all. With --policy and --proof the signature and the log are still verified."`
	Policy        string   `name:"policy" placeholder:"FILE" help:"Policy of the log to trust (from /log/policy)."`
	Proof         string   `name:"proof" placeholder:"FILE" help:"Proof that came with the badge (from /v/ID/proof)."`
}

// Help says what the exit statuses mean, and adds examples.
func (*verifyCommand) Help() string {
	return "Reads badges of any issuer: Open Badges 3.0 as JSON or as a JWT, alone or in a presentation, Open Badges 2.0 that " +
		"are published, pictures that carry one of these or show its code. It makes the same checks as the page, and says of " +
		"each whether it is ok, failed or unknown. An address may be that of the page or of the badge; what follows its # is " +
		"held against the badge. It ends with\n\n" +
		"    0  every badge is valid\n" +
		"    1  another verdict: invalid, erased, revoked, suspended, notYetValid, expired\n" +
		"    2  wrong use: no badge could be found, or the file, the policy or the proof can't be read\n" +
		"    3  unverifiable: something could not be asked, or the address did not answer\n\n" +
		"and, of several, with the worst in the order 1, 2, 3, 0. A file whose name begins with a hyphen is written ./-name.\n\n" +
		"Example:\n\n    ramure verify badge.json\n    ramure verify --recipient \"Lucie Martin\" badge.png other.jwt\n" +
		"    ramure verify --json https://badges.example.org/v/aUp9V_EjKKbHPHkxhNx7TA\n" +
		"    ramure verify --offline --policy policy --proof badge.tlog-proof badge.jwt"
}

// Run prints each report and ends with the worst of their statuses.
func (c *verifyCommand) Run(s *session) error {
	options, err := c.options()
	if err != nil {
		return misuse{err}
	}
	if err := complete(&c.Config); err != nil {
		return err
	}
	inputs, err := c.read(s)
	if err != nil {
		return misuse{err}
	}
	items, err := c.examine(s, inputs, options)
	if err != nil {
		return misuse{err}
	}
	if err := c.show(s, items); err != nil {
		return err
	}
	return ended(items)
}

func (c *verifyCommand) options() (verifier.Options, error) {
	o := verifier.Options{Offline: c.Offline, NoOutbound: c.NoOutbound, Recipient: c.Recipient}
	if c.Offline && len(addresses(c.Inputs)) > 0 {
		return o, errors.New("--offline asks nobody: give the badge as a file, or leave --offline out")
	}
	if (c.Policy == "") != (c.Proof == "") {
		return o, errors.New("give --policy and --proof together: one says which log to trust, the other that the badge is in it")
	}
	if c.Proof != "" && len(c.Inputs) > 1 {
		return o, errors.New("a --proof is of one badge: give the badges one by one")
	}
	if c.Policy == "" {
		return o, nil
	}
	var err error
	if o.Policy, err = os.ReadFile(c.Policy); err != nil {
		return o, err
	}
	o.Proof, err = os.ReadFile(c.Proof)
	return o, err
}

// examine verifies one thing after the other, so that there may be as many as one
// likes, and each its own limits.
func (c *verifyCommand) examine(s *session, inputs []verifier.Input, o verifier.Options) ([]verifier.Item, error) {
	service, err := c.service(s)
	if err != nil {
		return nil, err
	}
	var items []verifier.Item
	for _, input := range inputs {
		found, err := service.Examine(s, []verifier.Input{input}, o)
		if err != nil && len(inputs) == 1 {
			return nil, err
		}
		if err != nil {
			found = []verifier.Item{{Name: input.Name, Err: err, Report: credential.Conclude(credential.Report{
				IssuerStanding: credential.UnknownStanding, CheckedAt: s.env.Now()})}}
		}
		items = append(items, found...)
	}
	return items, nil
}

// ended is the worst status of all badges.
func ended(items []verifier.Item) error {
	worst := done
	for _, item := range items {
		if status := statusOf(item); gravity[status] > gravity[worst] {
			worst = status
		}
	}
	if worst == done {
		return nil
	}
	return exit(worst)
}

// gravity orders the statuses: what is known to be wrong with one badge counts more
// than what could not be read or asked of another.
var gravity = map[int]int{done: 0, unverifiable: 1, misused: 2, failed: 3}

// statusOf is the exit status of one badge. What holds no badge was wrongly given;
// an address that does not answer leaves everything unknown.
func statusOf(item verifier.Item) int {
	switch {
	case item.Err != nil && item.Carrier == verifier.CarrierAddress && !problem.Is(item.Err, problem.Malformed),
		problem.Is(item.Err, problem.Unavailable):
		return unverifiable
	case item.Err != nil:
		return misused
	case item.Report.Verdict == credential.Valid:
		return done
	case item.Report.Verdict == credential.Unverifiable:
		return unverifiable
	}
	return failed
}
