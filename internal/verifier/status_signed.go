package verifier

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/statuslist"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// maxListProofs is how many proofs of a list are tried: one that holds is enough.
const maxListProofs = 4

// openDocument verifies a list with embedded proofs, and opens one in an envelope.
func (s statusSource) openDocument(ctx context.Context, issuer string, raw []byte) (map[string]any, error) {
	list, err := jsonld.DecodeObject(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", credential.ErrUnreadable, err)
	}
	if token, found := enveloped(list); found {
		return s.openToken(ctx, issuer, token)
	}
	if statuslist.Issuer(list) != issuer {
		return nil, credential.ErrMismatch
	}
	return list, s.proven(ctx, issuer, list)
}

// proven holds the proofs of a list against the issuer's keys.
func (s statusSource) proven(ctx context.Context, issuer string, list map[string]any) error {
	failure := fmt.Errorf("%w: no proof", credential.ErrBadList)
	for i, proof := range proofsOf(list) {
		if i == maxListProofs {
			break
		}
		method, _ := proof["verificationMethod"].(string)
		key, err := s.key(ctx, issuer, method)
		if err == nil {
			_, err = dataintegrity.Verify(ctx, list, proof, key.Public)
		}
		if err == nil {
			return nil
		}
		failure = distrusted(err)
	}
	return failure
}

// key resolves a key of the issuer, and refuses one that ended.
func (s statusSource) key(ctx context.Context, issuer, method string) (did.VerificationKey, error) {
	key, err := s.keys.Resolve(ctx, issuer, method)
	if err != nil {
		return did.VerificationKey{}, err
	}
	if key.Revoked != nil && !key.Revoked.After(s.now) || key.Expires != nil && key.Expires.Before(s.now) {
		return did.VerificationKey{}, errors.New("verifier: the key of the list has ended")
	}
	return key, nil
}

// distrusted tells a list whose keys can't be had from one that is not signed by
// the issuer.
func distrusted(err error) error {
	switch {
	case errors.Is(err, credential.ErrOffline), errors.Is(err, credential.ErrUnreachable):
		return err
	case errors.Is(err, did.ErrUnavailable):
		return fmt.Errorf("%w: %w", credential.ErrUnreachable, err)
	}
	return fmt.Errorf("%w: %w", credential.ErrBadList, err)
}

// openToken verifies a list that is a JWT (VC-JOSE-COSE; of VC Data Model 1.1 with
// its claim vc), and gives the list without the claims.
func (s statusSource) openToken(ctx context.Context, issuer, text string) (map[string]any, error) {
	token, err := vcjwt.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", credential.ErrUnreadable, err)
	}
	list, err := claimed(text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", credential.ErrUnreadable, err)
	}
	if statuslist.Issuer(list) != issuer {
		return nil, credential.ErrMismatch
	}
	header := token.Header()
	method := header.Kid
	if method == "" && header.JWK != nil {
		method = did.ThumbprintURI(header.Thumbprint)
	}
	key, err := s.key(ctx, issuer, method)
	if err != nil {
		return nil, distrusted(err)
	}
	if _, err := token.Verify(key.Public); err != nil || !key.Allows(header.Alg) {
		return nil, distrusted(errors.Join(credential.ErrBadList, err))
	}
	return list, nil
}

// claimed reads a token's payload as a list, unverified: its own members, or those
// of the claim vc, completed by the registered claims that stand for members (VC
// Data Model 1.1 §6.3.1). A claim that contradicts its member is an error.
func claimed(text string) (map[string]any, error) {
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(text, ".")[1])
	if err != nil {
		return nil, err
	}
	claims, err := jsonld.DecodeObject(payload)
	if err != nil {
		return nil, err
	}
	list := claims
	if inner, isObject := claims["vc"].(map[string]any); isObject {
		list = inner
	}
	if iss, present := claims["iss"]; present && list["issuer"] == nil {
		list["issuer"] = iss
	} else if present && iss != statuslist.Issuer(list) {
		return nil, errors.New("verifier: the claim iss contradicts the issuer")
	}
	return list, dated(list, claims)
}

// dated gives a list the dates of its claims, where it has none of its own.
func dated(list, claims map[string]any) error {
	for _, one := range []struct{ member, former, claim string }{
		{"validFrom", "issuanceDate", "nbf"}, {"validUntil", "expirationDate", "exp"},
	} {
		if list[one.member] == nil && list[one.former] != nil {
			list[one.member] = list[one.former]
		}
		claim, present := claims[one.claim]
		if !present || list[one.member] != nil {
			continue
		}
		number, _ := claim.(json.Number)
		seconds, err := number.Int64()
		if err != nil {
			return fmt.Errorf("verifier: the claim %s is no date: %w", one.claim, err)
		}
		list[one.member] = time.Unix(seconds, 0).UTC().Format(time.RFC3339)
	}
	return nil
}

// enveloped takes the token out of an EnvelopedVerifiableCredential (VC Data Model
// 2.0 §4.13).
func enveloped(doc map[string]any) (token string, found bool) {
	types, _ := doc["type"].([]any)
	if doc["type"] != "EnvelopedVerifiableCredential" && !slices.Contains(types, any("EnvelopedVerifiableCredential")) {
		return "", false
	}
	id, _ := doc["id"].(string)
	return strings.CutPrefix(id, "data:application/vc+jwt,")
}

// proofsOf lists the proofs of a document.
func proofsOf(doc map[string]any) (proofs []map[string]any) {
	list, several := doc["proof"].([]any)
	if !several {
		list = []any{doc["proof"]}
	}
	for _, one := range list {
		if proof, isObject := one.(map[string]any); isObject {
			proofs = append(proofs, proof)
		}
	}
	return proofs
}

// unread says why the bit of a list that is validly signed could not be read.
func unread(err error) error {
	switch {
	case errors.Is(err, statuslist.ErrStale):
		return credential.ErrStale
	case errors.Is(err, statuslist.ErrNotYetValid):
		return credential.ErrEarly
	case errors.Is(err, statuslist.ErrIssuer):
		return credential.ErrMismatch
	}
	return fmt.Errorf("%w: %w", credential.ErrUnreadable, err)
}
