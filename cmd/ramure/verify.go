package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"

	"ramure/internal/config"
	"ramure/internal/credential"
	"ramure/internal/outbound"
	"ramure/internal/verifier"
)

type verifyCommand struct {
	config.Config `embed:""`
	Input         string `arg:"" placeholder:"FILE|URL|-" help:"File, address of a badge, or - for standard input."`
	JSON          bool   `name:"json" help:"Print the report as JSON."`
	NoOutbound    bool   `name:"no-outbound" help:"Ask no other machine; addresses of this one are still asked."`
	Offline       bool   `name:"offline" help:"Ask nobody at all. With --policy and --proof the signature and the log are still verified."`
	Policy        string `name:"policy" placeholder:"FILE" help:"Policy of the log to trust (from /log/policy)."`
	Proof         string `name:"proof" placeholder:"FILE" help:"Proof that came with the badge (from /v/ID/proof)."`
}

// Run prints the report and ends with 0 for valid, 3 for unverifiable, 1 for
// every other verdict, 2 for wrong use.
func (c *verifyCommand) Run(s *session) error {
	options, err := c.options()
	if err == nil {
		err = c.Config.Complete()
	}
	if err != nil {
		return c.misused(s, err)
	}
	report, err := c.verify(s, options)
	if err != nil {
		return c.misused(s, err)
	}
	c.print(s, report)
	switch report.Verdict {
	case credential.Valid:
		return nil
	case credential.Unverifiable:
		return exit(3)
	}
	return exit(1)
}

// misused says what could not even be read.
func (c *verifyCommand) misused(s *session, err error) error {
	status(err, s.stderr)
	return exit(2)
}

func (c *verifyCommand) options() (verifier.Options, error) {
	o := verifier.Options{Offline: c.Offline}
	if (c.Policy == "") != (c.Proof == "") {
		return o, fmt.Errorf("give --policy and --proof together: one says which log to trust, the other that the badge is in it")
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

func isAddress(input string) bool {
	return strings.HasPrefix(input, "https://") || strings.HasPrefix(input, "http://")
}

// maxInput is one byte more than the largest credential, so that a larger file
// is seen to be one.
const maxInput = 512<<10 + 1

func (c *verifyCommand) read(s *session) ([]byte, error) {
	if c.Input == "-" {
		return io.ReadAll(io.LimitReader(s.stdin, maxInput))
	}
	file, err := os.Open(c.Input)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, maxInput))
}

// fetchWith asks through the outbound guard, and with --no-outbound nobody but
// this machine.
func (c *verifyCommand) fetchWith(client *outbound.Client) verifier.Fetch {
	return func(ctx context.Context, address, accept string) ([]byte, error) {
		if c.NoOutbound && !slices.Contains(c.trusted(), originOf(address)) {
			return nil, credential.ErrOffline
		}
		response, err := client.Get(ctx, address, accept)
		return response.Body, err
	}
}

// trusted lists the origins that may be asked on this machine over plain http:
// what the person at the keyboard typed themselves, and their own deployment.
func (c *verifyCommand) trusted() (origins []string) {
	for _, address := range []string{c.Input, c.BaseURL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" && config.Loopback(u.Hostname()) {
			origins = append(origins, originOf(address))
		}
	}
	return origins
}

func originOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

func (c *verifyCommand) print(s *session, report credential.Report) {
	voice := speaker()
	report.Describe(func(key string, args map[string]string) string { return voice.T(key, pairs(args)...) })
	if c.JSON {
		encoder := json.NewEncoder(s.stdout)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(report) // standard output that is gone has nobody to tell
		return
	}
	fmt.Fprintf(s.stdout, "%s — %s\n", report.Verdict, voice.T("verdict."+string(report.Verdict)+".short"))
	fmt.Fprintf(s.stdout, "%s\n%s\n%s: %s\n\n", report.Achievement, report.CredentialID, report.IssuerName, report.IssuerID)
	for _, check := range report.Checks {
		fmt.Fprintf(s.stdout, "%-8s %-10s %s\n", check.Status, check.ID, check.Detail)
	}
}

// pairs turns the arguments of a message into the form that catalogues take.
func pairs(args map[string]string) []any {
	list := make([]any, 0, 2*len(args))
	for name, value := range args {
		list = append(list, name, value)
	}
	return list
}
