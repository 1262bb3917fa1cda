package verifier_test

import (
	"context"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// Whatever is handed in, an examination ends with answers, of which none is a fault
// of ours, and only what is signed is ever said to be good.
func FuzzExamine(f *testing.F) {
	for _, name := range []string{
		"json/eddsa-rdfc-2022.json", "json/ecdsa-jcs-2019-p384.json", "jwt/es256.jwt", "jwt/v1-es256.jwt", "jwt/enveloped.json", "presentation/signed.json", "presentation/jwt.jwt",
		"baked/png-json.png", "baked/svg-jwt.svg", "baked/png-nothing.png", "hosted/assertion.json", "hosted/png-address.png", "address/qr.png", "address/json.txt", "status/both-clear.json", "refresh/newer.json",
	} {
		f.Add(file(f, name))
	}
	for _, seed := range []string{"", "[]", `[[1],{"a":"https://x.example"}]`, `{"credential":[{}],"compactJwsString":["a.b.c"]}`, "https://x.example\nhttps://y.example", "<svg>", "\xff\xd8\xff"} {
		f.Add([]byte(seed))
	}
	service := verifier.Service{Config: verifier.Config{Now: morning, Pool: verifier.NewPool(1, 1), Fetch: func(_ context.Context, address, _ string) ([]byte, error) {
		return []byte("[" + address + "]"), nil // whatever is asked for answers with more of it
	}}}
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := service.Examine(t.Context(), []verifier.Input{{Data: data}}, verifier.Options{})
		if err != nil && !problem.Is(err, problem.TooLarge) || err == nil && (len(items) == 0 || len(items) > verifier.MaxItems) {
			t.Fatalf("%d items, %v", len(items), err)
		}
		for _, item := range items {
			if problem.Is(item.Err, problem.Internal) || len(item.Report.Checks) < len(credential.Order()) {
				t.Fatalf("%+v", item)
			}
			if item.Report.Verdict == credential.Valid && item.Report.Check(credential.CheckProof).Status != credential.OK {
				t.Fatalf("valid, and %+v", item.Report.Check(credential.CheckProof))
			}
		}
	})
}
