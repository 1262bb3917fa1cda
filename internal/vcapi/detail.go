package vcapi

import (
	"context"
	"errors"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// Where the types of problems live.
const (
	dataModelTypes = "https://www.w3.org/TR/vc-data-model#"
	securityTypes  = "https://w3id.org/security#"
	statusTypes    = "https://www.w3.org/ns/credentials/status-list#"
)

// kind is the type of a problem, as its specification names it.
type kind string

// The types of problems (VC Data Model §7.2, VC Data Integrity §4.7, Controlled
// Identifiers §3.5, Bitstring Status List §3.5).
const (
	parsingError       kind = dataModelTypes + "PARSING_ERROR"
	cryptographicError kind = dataModelTypes + "CRYPTOGRAPHIC_SECURITY_ERROR"
	malformedValue     kind = dataModelTypes + "MALFORMED_VALUE_ERROR"
	rangeError         kind = dataModelTypes + "RANGE_ERROR"

	generationError     kind = securityTypes + "PROOF_GENERATION_ERROR"
	verificationError   kind = securityTypes + "PROOF_VERIFICATION_ERROR"
	domainError         kind = securityTypes + "INVALID_DOMAIN_ERROR"
	challengeError      kind = securityTypes + "INVALID_CHALLENGE_ERROR"
	lossError           kind = securityTypes + "DATA_LOSS_DETECTION_ERROR"
	methodError         kind = securityTypes + "INVALID_VERIFICATION_METHOD"
	methodURLError      kind = securityTypes + "INVALID_VERIFICATION_METHOD_URL"
	documentError       kind = securityTypes + "INVALID_CONTROLLED_IDENTIFIER_DOCUMENT"
	statusRetrieval     kind = statusTypes + "STATUS_RETRIEVAL_ERROR"
	statusVerification  kind = statusTypes + "STATUS_VERIFICATION_ERROR"
	statusLengthError   kind = statusTypes + "STATUS_LIST_LENGTH_ERROR"
	validityPeriodError kind = dataModelTypes + "VALIDITY_PERIOD_ERROR" // ours: validation is beyond §7.1
	statusSet           kind = statusTypes + "STATUS_SET"               // ours: the bit says so
)

// detail is one problem on the wire (RFC 9457, VC Data Model §7.2). It never holds
// a rejected value.
type detail struct {
	Type   kind   `json:"type"`
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	Path   string `json:"path,omitempty"` // JSON path of the culprit
}

// titles say each type in words.
var titles = map[kind]string{
	parsingError:        "The request or what it holds cannot be read.",
	cryptographicError:  "The securing mechanism does not hold.",
	malformedValue:      "A value breaks the data model.",
	rangeError:          "A value is out of its range.",
	generationError:     "No proof can be made as asked.",
	verificationError:   "A proof does not verify.",
	domainError:         "The proof is meant for another domain.",
	challengeError:      "The proof answers another challenge.",
	lossError:           "Content would be left out of what is secured.",
	methodError:         "The verification method is not one of its controller.",
	methodURLError:      "The verification method is not a DID URL.",
	documentError:       "The controller's document cannot be had or used.",
	statusRetrieval:     "The status list cannot be had.",
	statusVerification:  "The status list cannot be relied upon.",
	statusLengthError:   "The status list is too short.",
	validityPeriodError: "The credential is outside its validity period.",
	statusSet:           "The issuer says so in a status list.",
}

// say makes a problem. what is our own words, never the caller's.
func say(k kind, what, path string) detail {
	return detail{Type: k, Title: titles[k], Detail: what, Path: path}
}

// brokenRules tells of the violations of the data model.
func brokenRules(found []violation) []detail {
	details := make([]detail, 0, len(found))
	for _, v := range found {
		details = append(details, say(malformedValue, v.rule, v.path))
	}
	return details
}

// why turns an error of the proof rooms into a problem; otherwise is its type if
// the error does not tell.
func why(err error, otherwise kind) detail {
	var place *jsonld.Error
	path := ""
	if errors.As(err, &place) {
		path = place.Path
	}
	switch {
	case errors.Is(err, jsonld.ErrLoss):
		return say(lossError, place.Rule, path)
	case errors.Is(err, jsonld.ErrContext):
		return say(malformedValue, "context: "+place.Rule, path)
	case errors.Is(err, jsonld.ErrLimit), errors.Is(err, jsonld.ErrBudget):
		return say(rangeError, place.Rule, path)
	case errors.Is(err, jsonld.ErrJSON):
		return say(parsingError, place.Rule, path)
	case errors.Is(err, did.ErrSyntax):
		return say(methodURLError, "malformed identifier", path)
	case errors.Is(err, did.ErrUnknownKey), errors.Is(err, did.ErrKey):
		return say(methodError, "the controller does not publish a key of a usable kind there", path)
	case errors.Is(err, did.ErrUnsupported), errors.Is(err, did.ErrDocument), errors.Is(err, did.ErrUnavailable):
		return say(documentError, "the controller cannot be resolved", path)
	case errors.Is(err, dataintegrity.ErrSignature), errors.Is(err, vcjwt.ErrSignature):
		return say(otherwise, "wrong signature", path)
	case errors.Is(err, dataintegrity.ErrKey), errors.Is(err, vcjwt.ErrKey):
		return say(otherwise, "a key of another kind", path)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return say(otherwise, "out of time", path)
	}
	return say(otherwise, "malformed or refused", path)
}
