package public_test

import (
	"testing"

	"ramure/internal/credential"
	"ramure/internal/locale"
	"ramure/internal/verifier"
	"ramure/web"
)

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
			for _, reason := range append(credential.Reasons(id), "notReached") {
				want("check." + string(id) + "." + reason)
			}
		}
		want("check.holder.label")
		for _, reason := range credential.Reasons(credential.CheckHolder) {
			want("check.holder." + reason)
		}
		want("check." + string(verifier.CheckFragment) + ".label")
		want("check." + string(verifier.CheckFragment) + ".mismatch")
		for _, carrier := range []string{verifier.CarrierJSON, verifier.CarrierJWT, verifier.CarrierPNG, verifier.CarrierSVG,
			verifier.CarrierQR, verifier.CarrierAddress, verifier.CarrierPresentation, "enveloped", "hosted"} {
			want("carrier." + carrier)
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
