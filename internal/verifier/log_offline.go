package verifier

import (
	"context"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/translog"
)

// offlineKeys gives the key that the proof of inclusion opens: whoever could
// put another key there would need another leaf in the signed log.
type offlineKeys struct{ log *logSource }

// Resolve answers the proof's key for the embedded proof of the credential,
// and ErrOffline for every other key.
func (k offlineKeys) Resolve(_ context.Context, issuer, method string) (did.VerificationKey, error) {
	if k.log == nil {
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
