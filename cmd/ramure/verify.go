package main

import (
	"errors"
	"os"

	"ramure/internal/config"
	"ramure/internal/credential"
	"ramure/internal/outbound"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

type verifyCommand struct {
	config.Config `embed:"" group:"settings"`
	Input         string `arg:"" placeholder:"FILE|URL|-" help:"File, address of a badge, or - for standard input."`
	JSON          bool   `name:"json" help:"Print the report as JSON."`
	NoOutbound    bool   `name:"no-outbound" help:"Ask no other machine; addresses of this one are still asked."`
	Offline       bool   `name:"offline" help:"Ask nobody at all. With --policy and --proof the signature and the log are still verified."`
	Policy        string `name:"policy" placeholder:"FILE" help:"Policy of the log to trust (from /log/policy)."`
	Proof         string `name:"proof" placeholder:"FILE" help:"Proof that came with the badge (from /v/ID/proof)."`
}

// Help says what the exit statuses mean, and adds examples.
func (*verifyCommand) Help() string {
	return "Reads a badge as JSON or as a VC-JWT, makes the same checks as the page, and says of each whether it is ok, " +
		"failed or unknown. An address may be that of the page or of the badge; what follows its # is held against " +
		"the badge. It ends with\n\n" +
		"    0  the badge is valid\n" +
		"    1  another verdict: invalid, erased, revoked, suspended, notYetValid, expired\n" +
		"    2  wrong use: the file, the policy or the proof can't be read\n" +
		"    3  unverifiable: something could not be asked, or the address did not answer\n\n" +
		"Example:\n\n    ramure verify badge.json\n    ramure verify --json https://badges.example.org/v/aUp9V_EjKKbHPHkxhNx7TA\n" +
		"    ramure verify --offline --policy policy --proof badge.tlog-proof badge.jwt"
}

// Run prints the report and ends with its status.
func (c *verifyCommand) Run(s *session) error {
	options, err := c.options()
	if err != nil {
		return misuse{err}
	}
	if err := complete(&c.Config); err != nil {
		return err
	}
	report, err := c.verify(s, options)
	switch {
	case problem.Is(err, problem.Conflict):
		report = misprinted(report)
	case problem.Is(err, problem.Unavailable):
		report = unexamined(s.env.Now())
		s.status(err) // says what did not answer
	case err != nil:
		return misuse{err}
	}
	if err := c.show(s, report); err != nil {
		return err
	}
	return outcome(report.Verdict)
}

func outcome(v credential.Verdict) error {
	switch v {
	case credential.Valid:
		return nil
	case credential.Unverifiable:
		return exit(unverifiable)
	}
	return exit(failed)
}

func (c *verifyCommand) options() (verifier.Options, error) {
	o := verifier.Options{Offline: c.Offline}
	if c.Offline && isAddress(c.Input) {
		return o, errors.New("--offline asks nobody: give the badge as a file, or leave --offline out")
	}
	if (c.Policy == "") != (c.Proof == "") {
		return o, errors.New("give --policy and --proof together: one says which log to trust, the other that the badge is in it")
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

func (c *verifyCommand) verify(s *session, o verifier.Options) (credential.Report, error) {
	service := verifier.Service{Config: verifier.Config{Home: c.BaseURL, Now: s.env.Now, Loopback: true}}
	if !c.Offline {
		client, err := outbound.New(outbound.Options{AllowOrigins: c.trusted()})
		if err != nil {
			return credential.Report{}, err
		}
		service.Fetch = c.fetchWith(client)
	}
	if isAddress(c.Input) {
		return service.VerifyAddress(s, c.Input, o)
	}
	input, err := c.read(s)
	if err != nil {
		return credential.Report{}, err
	}
	return service.Verify(s, input, o)
}
