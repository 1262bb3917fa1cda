package hosted

import (
	"slices"

	"ramure/internal/credential"
)

// Reasons lists every reason that a check of this package can give, so that each
// has its sentence wherever reports are shown. notReached is not among them.
func Reasons(id credential.CheckID) []string { return slices.Clone(reasons[id]) }

var reasons = map[credential.CheckID][]string{
	credential.CheckForm: {Form, "limits", "unknownForm", "malformedJSON", "withdrawn",
		"addressNotAsked", "addressSilent", "addressInsecure", "addressUnreadable"},
	credential.CheckContexts: {"known2", "required", "context"},
	credential.CheckSchema:   {"conform2", "violations"},
	credential.CheckSubject:  {"identified", "withdrawn"},
	credential.CheckProof: {Form, "differs", "nowhere", "signed2", "withdrawn",
		"addressNotAsked", "addressSilent", "addressInsecure", "addressUnreadable"},
	credential.CheckIssuer: {"scope", "outOfScope", "misplaced", "nowhere", "signed2", "withdrawn",
		"addressNotAsked", "addressSilent", "addressInsecure", "addressUnreadable"},
	credential.CheckRefresh:      {"none"},
	credential.CheckStatus:       {"notRevoked", "revoked", "signed2", "addressNotAsked", "addressSilent", "addressInsecure", "addressUnreadable"},
	credential.CheckDates:        {"within", "noEnd", "expired", "notYet", "withdrawn"},
	credential.CheckEndorsements: {"none", "unread"},
	credential.CheckRecipient:    {"match", "mismatch", "notAsked", "incomparable"},
	credential.CheckResults:      {"noLevel"},
	credential.CheckInclusion:    {"foreign"},
}
