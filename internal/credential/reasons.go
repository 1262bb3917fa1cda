package credential

import "slices"

// Reasons lists every reason that a check can give, so that each has its sentence
// wherever reports are shown. notReached is not among them: every check has it.
func Reasons(id CheckID) []string { return slices.Clone(reasons[id]) }

var reasons = map[CheckID][]string{
	CheckForm: {"json", "jwt", "enveloped", "limits", "unknownForm", "claims", "envelope", "presentation",
		"malformedJWT", "malformedJSON"},
	CheckContexts: {"known", "required", "context", "type", "null", "emptyArray", "iri", "empty", "inline",
		"unknownContext", "redefinition"},
	CheckSchema:  {"conform", "conform11", "violations"},
	CheckSubject: {"hashedName", "identified", "opaque"},
	CheckProof: {"embedded", "embeddedBeside", "jwt", "noProof", "noKeyID", "tooManyProofs", "malformedProof", "otherPurpose",
		"altered", "unsignedContent", "tooComplex", "expired", "keyNotPublished", "badKey",
		"unsupportedSuite", "unsupportedIssuer", "vocabulary", "interrupted", "offline", "unreachable"},
	CheckIssuer: {"controls", "mismatch", "keyRevoked", "keyExpired",
		"unsupportedSuite", "unsupportedIssuer", "vocabulary", "interrupted", "offline", "unreachable"},
	CheckRefresh: {"none", "current", "newer", "unproven", "unsupported", "unreadable", "otherBadge", "offline", "unreachable"},
	CheckStatus: {"notRevoked", "revoked", "suspended", "otherIssuer", "badList", "none", "tooMany",
		"offline", "unreachable", "pending", "foreign", "stale", "early", "unreadable", "unsupported"},
	CheckDates:        {"within", "noEnd", "expired", "notYet"},
	CheckEndorsements: {"none", "sound", "malformed", "otherSubject", "altered", "withdrawn", "dates", "unverified", "tooMany"},
	CheckRecipient:    {"match", "mismatch", "notAsked", "secret", "incomparable"},
	CheckResults:      {"level", "noLevel", "levelUnknown", "resultDescriptionUnknown"},
	CheckInclusion:    {"included", "notIncluded", "vocabulary", "offline", "unreachable", "pending", "foreign", "stale"},
	CheckHolder: {"signed", "noProof", "tooManyProofs", "malformedProof", "otherPurpose", "altered", "mismatch", "expired",
		"keyNotPublished", "badKey", "unsignedContent", "tooComplex",
		"unsupportedSuite", "unsupportedIssuer", "vocabulary", "interrupted", "offline", "unreachable"},
}
