package verifier

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/url"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// logSource answers whether one credential is in the log, from the proof that
// came with it.
type logSource struct {
	policy  translog.Policy
	proof   translog.Proof
	failure error // why there is no proof; nil when there is one
	home    bool  // the policy is this network's own
	proven  bool  // the proof was held against the badge, and fits
}

// logSource gathers proof and policy: from the options, else from the origin
// of the credential's id. nil means that nothing was asked.
func (s Service) logSource(ctx context.Context, input []byte, o Options) (*logSource, error) {
	if o.Proof != nil && o.Policy != nil {
		return givenLog(o)
	}
	if o.Offline || s.Fetch == nil {
		return nil, nil
	}
	origin, id := placeOf(input)
	if origin == "" {
		return &logSource{failure: credential.ErrForeign}, nil
	}
	return s.fetchedLog(ctx, origin, id, o), nil
}

func givenLog(o Options) (*logSource, error) {
	policy, err := translog.ParsePolicy(o.Policy)
	if err != nil {
		return nil, err
	}
	proof, err := translog.ParseProof(o.Proof)
	return &logSource{policy: policy, proof: proof, home: true}, err
}

// fetchedLog asks the credential's own origin for its proof. An origin that
// publishes no log made no promise: a proof that can't be had is then foreign.
// Where a policy is published, or given, a missing proof is a matter of time, and
// a credential without an address there is none of that log's.
func (s Service) fetchedLog(ctx context.Context, origin, id string, o Options) *logSource {
	policy, err := s.policyOf(ctx, origin, o)
	if err != nil {
		return &logSource{failure: s.absent(origin, o, err)}
	}
	if id == "" {
		return &logSource{failure: credential.ErrNotIncluded}
	}
	text, err := s.Fetch(ctx, origin+"/v/"+id+"/proof", "text/plain")
	if err != nil {
		return &logSource{failure: errors.Join(credential.ErrUnreachable, err)}
	}
	proof, err := translog.ParseProof(text)
	if err != nil {
		return &logSource{failure: credential.ErrNotIncluded}
	}
	return &logSource{policy: policy, proof: proof, home: o.Policy != nil || origin == s.Home}
}

// absent says what a missing policy means. Another origin that answers that
// there is none has no log; whoever does not answer says nothing.
func (s Service) absent(origin string, o Options, err error) error {
	switch {
	case errors.Is(err, credential.ErrOffline):
		return credential.ErrOffline
	case origin != s.Home && o.Policy == nil && problem.Is(err, problem.NotFound):
		return credential.ErrForeign
	}
	return credential.ErrUnreachable
}

// Included verifies the proof under the policy.
func (l *logSource) Included(_ context.Context, issuer string, docHash [32]byte) (credential.Inclusion, error) {
	if l.failure != nil {
		return credential.Inclusion{}, l.failure
	}
	found, err := translog.VerifyInclusion(l.policy, l.proof, docHash, issuer)
	if err != nil {
		return credential.Inclusion{}, errors.Join(credential.ErrNotIncluded, err)
	}
	l.proven = true
	return credential.Inclusion{Index: found.Index, Size: found.Size, Day: found.Day, Origin: found.Origin}, nil
}

// standing says of an issuer that it is of this network when the network's
// own log is the one that the badge was verified in.
func (l *logSource) standing(issuer string) credential.Standing {
	if !l.home || !l.proven || !sameHost(issuer, l.policy) {
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

// offlineKeys gives the key that the proof of inclusion opens: whoever could
// put another key there would need another leaf in the signed log.
type offlineKeys struct{ log *logSource }

// Resolve answers the proof's key for the embedded proof of the credential,
// and ErrOffline for every other key.
func (k offlineKeys) Resolve(_ context.Context, issuer, method string) (did.VerificationKey, error) {
	if k.log == nil || k.log.failure != nil {
		return did.VerificationKey{}, credential.ErrOffline
	}
	opening, err := translog.ParseOpening(k.log.proof.Extra)
	if err != nil {
		return did.VerificationKey{}, credential.ErrOffline
	}
	named, err := did.MethodID(issuer, opening.PublicKey)
	if err != nil || named != method {
		return did.VerificationKey{}, credential.ErrOffline
	}
	return did.VerificationKey{Public: opening.PublicKey, Controller: issuer, Method: method}, nil
}

// placeOf reads, without trusting it, where a credential says that it belongs:
// the origin of its issuer, whose log must hold it, and the last segment of its
// id, "" for an id of another form. The issuer counts rather than the id: whoever
// stole a key could choose an id elsewhere, where nobody promised to log anything.
func placeOf(input []byte) (origin, id string) {
	text, err := content(input)
	if err != nil {
		return "", ""
	}
	origin = issuerOrigin(text)
	u, err := url.Parse(said(text, "id"))
	if err != nil {
		return origin, ""
	}
	last, found := strings.CutPrefix(u.Path, "/credentials/")
	if !found || strings.Contains(last, "/") {
		return origin, ""
	}
	return origin, url.PathEscape(last)
}

// content gives the credential's JSON: the input itself, or a JWT's payload.
func content(input []byte) (map[string]any, error) {
	input = bytes.TrimSpace(input)
	if parts := bytes.Split(input, []byte{'.'}); len(parts) == 3 && input[0] != '{' {
		payload, err := base64.RawURLEncoding.DecodeString(string(parts[1]))
		if err != nil {
			return nil, err
		}
		input = payload
	}
	return jsonld.DecodeObject(input)
}

func said(object map[string]any, member string) string {
	text, _ := object[member].(string)
	return text
}

// issuerOrigin is the origin that a did:web issuer is under, "" for others.
func issuerOrigin(doc map[string]any) string {
	issuer := said(doc, "issuer")
	if profile, ok := doc["issuer"].(map[string]any); ok {
		issuer = said(profile, "id")
	}
	address, err := did.LoopbackURL(issuer)
	if err != nil {
		address, err = did.WebURL(issuer)
	}
	u, parseErr := url.Parse(address)
	if err != nil || parseErr != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Fragment is the part of a hash, given in hexadecimal, that a printed address
// carries; the same as award.Fragment.
func Fragment(docHash string) string {
	raw, err := hex.DecodeString(docHash)
	if err != nil || len(raw) < 12 {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw[:12])
}
