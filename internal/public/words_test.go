package public_test

import (
	"testing"

	"ramure/internal/credential"
	"ramure/internal/locale"
	"ramure/web"
)

// reasons are all that a check can say (credential, checks_*.go): the page's
// keys are put together at run time, so that no other test sees them.
var reasons = map[credential.CheckID][]string{
	credential.CheckForm:     {"json", "jwt", "limits", "unknownForm", "claims", "malformedJWT", "malformedJSON"},
	credential.CheckContexts: {"known", "required", "type", "null", "emptyArray", "context", "iri"},
	credential.CheckSchema:   {"conform", "violations"},
	credential.CheckSubject:  {"hashedName", "identified", "opaque"},
	credential.CheckProof: {"embedded", "jwt", "severalProofs", "noProof", "noKeyID", "altered", "unsignedContent", "tooComplex",
		"unsupported", "keyNotPublished", "offline", "unreachable", "pending", "foreign", "stale"},
	credential.CheckIssuer:    {"controls", "mismatch", "keyRevoked", "keyExpired", "offline", "unreachable", "pending", "foreign", "stale"},
	credential.CheckStatus:    {"none", "notRevoked", "revoked", "otherIssuer", "badList", "offline", "unreachable", "pending", "foreign", "stale"},
	credential.CheckDates:     {"within", "noEnd", "notYet", "expired"},
	credential.CheckResults:   {"level", "noLevel", "levelUnknown", "resultDescriptionUnknown"},
	credential.CheckInclusion: {"included", "notIncluded", "offline", "unreachable", "pending", "foreign", "stale"},
}

// Every sentence that a report can need is there, in every language.
func TestEveryReasonHasItsSentence(t *testing.T) {
	t.Parallel()
	texts, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range locale.Languages() {
		say := texts.Localizer(lang)
		want := func(key string) {
			if !say.Has(key) {
				t.Errorf("no text %s in %s", key, lang)
			}
		}
		for _, id := range credential.Order() {
			want("check." + string(id) + ".label")
			for _, reason := range append(reasons[id], "notReached") {
				want("check." + string(id) + "." + reason)
			}
		}
		for _, verdict := range []credential.Verdict{credential.Invalid, credential.Erased, credential.Revoked, credential.Suspended,
			credential.NotYetValid, credential.Expired, credential.Unverifiable, credential.Valid} {
			want("verdict." + string(verdict) + ".word")
		}
		for _, standing := range []credential.Standing{credential.OfNetwork, credential.Known, credential.UnknownStanding} {
			want("standing." + string(standing) + ".word")
			want("standing." + string(standing) + ".meaning")
		}
		for _, kind := range []string{"framework", "stage", "area", "competence"} {
			want("competence.kind." + kind)
		}
	}
}
