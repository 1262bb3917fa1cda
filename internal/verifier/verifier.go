package verifier

import (
	"context"
	"net/url"
	"strings"
	"time"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// Fetch gets the bytes behind an address in the first media type that it has
// of those accepted. It goes through the outbound guard, or through none when
// the answer is this very server. It answers problem.NotFound for an address that
// says that there is nothing, credential.ErrOffline for one that it may not ask.
type Fetch func(ctx context.Context, address, accept string) ([]byte, error)

// Config is what a Service is made of.
type Config struct {
	Fetch Fetch  // nil: nothing is fetched, as with Offline
	Home  string // origin of this network's own deployment, or ""
	// Loopback lets addresses of this very machine be plain http.
	Loopback bool
	Now      func() time.Time
}

// Service verifies. It is safe for concurrent use.
type Service struct{ Config }

// Options say what the caller brings.
type Options struct {
	Offline bool
	Policy  []byte // tlog-policy text: which log to trust
	Proof   []byte // tlog-proof text of this very credential
	// Fragment is what a printed address carries of the credential's hash; a
	// credential with another hash is not the one that was printed.
	Fragment string
}

// Verify examines a credential given as bytes. It fails only when the options
// can't be read; whatever is wrong with the credential is in the report.
func (s Service) Verify(ctx context.Context, input []byte, o Options) (credential.Report, error) {
	src, err := s.sources(ctx, input, o)
	if err != nil {
		return credential.Report{}, err
	}
	report := credential.Verify(ctx, input, src)
	return report, checkFragment(report, o.Fragment)
}

func checkFragment(r credential.Report, fragment string) error {
	if fragment == "" || r.DocHash == "" || Fragment(r.DocHash) == fragment {
		return nil
	}
	return problem.New(problem.Conflict, "error.verify.fragment")
}

// VerifyAddress fetches a credential and examines it. The address is that of
// the credential, or the one that its QR holds.
func (s Service) VerifyAddress(ctx context.Context, address string, o Options) (credential.Report, error) {
	target, fragment, err := locate(address)
	if err != nil {
		return credential.Report{}, err
	}
	if s.Fetch == nil || o.Offline {
		return credential.Report{}, problem.New(problem.Unavailable, "error.verify.offline")
	}
	input, err := s.Fetch(ctx, target, credentialTypes)
	if err != nil {
		return credential.Report{}, problem.Wrap(problem.Unavailable, "error.verify.unreachable", err)
	}
	if o.Fragment == "" {
		o.Fragment = fragment
	}
	return s.Verify(ctx, input, o)
}

const credentialTypes = "application/vc, application/vc+ld+json, application/ld+json, application/json, application/vc+jwt;q=0.8"

// locate turns the address of a QR or of a page into that of the credential.
func locate(address string) (target, fragment string, err error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return "", "", problem.New(problem.Malformed, "error.verify.address")
	}
	fragment, u.Fragment = u.Fragment, ""
	if id, found := strings.CutPrefix(u.Path, "/v/"); found {
		u.Path = "/credentials/" + strings.TrimSuffix(strings.TrimSuffix(id, "/"), ".json")
	}
	return u.String(), fragment, nil
}

// sources are the facts that this verification may ask for.
func (s Service) sources(ctx context.Context, input []byte, o Options) (credential.Sources, error) {
	src := credential.Sources{Now: s.Now(), Keys: did.Chain{did.Self{}}}
	log, err := s.logSource(ctx, input, o)
	if err != nil {
		return src, err
	}
	if log != nil {
		src.Log = log
		src.Standing = log.standing
	}
	if s.Fetch == nil || o.Offline {
		src.Keys = did.Chain{did.Self{}, offlineKeys{log}}
		return src, nil
	}
	src.Keys = did.Chain{did.Self{}, did.Remote{Loopback: s.Loopback, Fetch: s.fetchDocument}}
	src.Status = statusSource{fetch: s.Fetch, keys: src.Keys, now: src.Now}
	return src, nil
}

func (s Service) fetchDocument(ctx context.Context, address string) ([]byte, error) {
	return s.Fetch(ctx, address, "application/did+json, application/json")
}

// policyOf reads the policy that the caller gives, or fetches that of the
// origin.
func (s Service) policyOf(ctx context.Context, origin string, o Options) (translog.Policy, error) {
	text := o.Policy
	if text == nil {
		fetched, err := s.Fetch(ctx, origin+"/log/policy", "text/plain")
		if err != nil {
			return translog.Policy{}, err
		}
		text = fetched
	}
	return translog.ParsePolicy(text)
}
