package verifier

import (
	"context"
	"errors"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// logSource answers whether one credential is in the log, from the proof that
// came with it or that its issuer's origin gives.
type logSource struct {
	policy translog.Policy
	proof  translog.Proof
	home   bool   // the policy is this network's own
	proven string // the issuer whose badge the proof was held against, and fits
	// gather gets policy and proof of a badge of that issuer, at the first question;
	// nil when they were given.
	gather func(ctx context.Context, l *logSource, issuer string) error
}

// logSource gathers proof and policy: from the options, else from the origin
// of the credential's issuer. nil means that nothing is asked.
func (x *examination) logSource(document []byte) *logSource {
	if o := x.options; o.Proof != nil && o.Policy != nil {
		return givenLog(o)
	}
	if x.fetch == nil {
		return nil
	}
	return &logSource{gather: func(ctx context.Context, l *logSource, issuer string) error {
		return x.fetchLog(ctx, l, issuerOrigin(issuer), lastSegment(document))
	}}
}

// givenLog takes what the options bring; check has read it before.
func givenLog(o Options) *logSource {
	policy, _ := translog.ParsePolicy(o.Policy)
	proof, _ := translog.ParseProof(o.Proof)
	return &logSource{policy: policy, proof: proof, home: true}
}

// fetchLog asks the issuer's own origin for its proof. An origin that publishes no
// log made no promise: a proof that can't be had is then foreign. Where a policy is
// published, or given, a missing proof is a matter of time, and a credential without
// an address there is none of that log's. The issuer counts rather than the id:
// whoever stole a key could choose an id elsewhere, where nobody promised to log
// anything.
func (x *examination) fetchLog(ctx context.Context, l *logSource, origin, id string) (err error) {
	if origin == "" {
		return credential.ErrForeign
	}
	if l.policy, err = x.policyOf(ctx, origin); err != nil {
		return x.absent(origin, err)
	}
	if id == "" {
		return credential.ErrNotIncluded
	}
	text, err := x.fetch(ctx, origin+"/v/"+id+"/proof", "text/plain")
	if err != nil {
		return errors.Join(credential.ErrUnreachable, err)
	}
	if l.proof, err = translog.ParseProof(text); err != nil {
		return errors.Join(credential.ErrNotIncluded, err)
	}
	l.home = x.options.Policy != nil || origin == x.Home
	return nil
}

// policyOf reads the policy that the caller gives, or fetches that of the origin.
func (x *examination) policyOf(ctx context.Context, origin string) (translog.Policy, error) {
	text := x.options.Policy
	if text == nil {
		fetched, err := x.fetch(ctx, origin+"/log/policy", "text/plain")
		if err != nil {
			return translog.Policy{}, err
		}
		text = fetched
	}
	return translog.ParsePolicy(text)
}

// absent says what a missing policy means. Another origin that answers that there
// is none, or with something else than a policy, has no log; whoever does not answer,
// or not now, says nothing.
func (x *examination) absent(origin string, err error) error {
	switch {
	case errors.Is(err, credential.ErrOffline):
		return credential.ErrOffline
	case origin == x.Home || x.options.Policy != nil:
		return errors.Join(credential.ErrUnreachable, err)
	case problem.Is(err, problem.NotFound), problem.Is(err, problem.Gone), problem.Is(err, problem.Malformed), refusing(err):
		return credential.ErrForeign
	}
	return errors.Join(credential.ErrUnreachable, err)
}

// refusing reports a host that answered that it will not give a document, now or
// later (RFC 9110 §15.5): not one that asks for patience.
func refusing(err error) bool {
	var failure *problem.Error
	if !errors.As(err, &failure) {
		return false
	}
	status := failure.Args["status"]
	return strings.HasPrefix(status, "4") && status != "408" && status != "425" && status != "429"
}

// Included verifies the proof under the policy.
func (l *logSource) Included(ctx context.Context, issuer string, docHash [32]byte) (credential.Inclusion, error) {
	if l.gather != nil {
		if err := l.gather(ctx, l, issuer); err != nil {
			return credential.Inclusion{}, err
		}
	}
	found, err := translog.VerifyInclusion(l.policy, l.proof, docHash, issuer)
	if err != nil {
		return credential.Inclusion{}, errors.Join(credential.ErrNotIncluded, err)
	}
	l.proven = issuer
	return credential.Inclusion{Index: found.Index, Size: found.Size, Day: found.Day, Origin: found.Origin}, nil
}

// standing says of an issuer that it is of this network when the network's
// own log is the one that its badge was verified in.
func (l *logSource) standing(issuer string) credential.Standing {
	if !l.home || l.proven == "" || l.proven != issuer || !sameHost(issuer, l.policy) {
		return credential.UnknownStanding
	}
	return credential.OfNetwork
}

// sameHost reports whether an issuer is named under the host of the log: one
// deployment, one log.
func sameHost(issuer string, p translog.Policy) bool {
	for _, log := range p.Logs {
		host := strings.TrimSuffix(log.Key.Name, "/log")
		if strings.HasPrefix(issuer, did.WebNetwork("https://"+host)+":") {
			return true
		}
	}
	return false
}
