package credential_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/credential/vcjwt"
	"ramure/internal/jsonld"
)

// outside is a log that knows beforehand that it holds nothing of anybody.
type outside struct{ *facts }

func (outside) Outside(string) bool { return true }

// BenchmarkVerifyJWT measures goal d for tokens: what can't be left out (the
// signature, and the payload read strictly) and the whole examination, in turn.
func BenchmarkVerifyJWT(b *testing.B) {
	i := newIssuer(b, "atelier")
	token := i.envelope(b, i.sign(b, i.badge()).Document)
	src := i.sources(&facts{})
	src.Log = outside{&facts{}}
	floor := func() {
		parsed, err := vcjwt.Parse(token)
		if err != nil {
			b.Fatal(err)
		}
		payload, err := parsed.Verify(i.jwt.Public())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := jsonld.DecodeObject(payload); err != nil {
			b.Fatal(err)
		}
	}
	product := func() {
		if r := credential.Verify(b.Context(), []byte(token), src); r.Verdict != credential.Valid {
			b.Fatal(r)
		}
	}
	var floors, products []time.Duration
	for b.Loop() {
		floors, products = append(floors, took(floor)), append(products, took(product))
	}
	slices.Sort(floors)
	slices.Sort(products)
	f, p := floors[len(floors)/2], products[len(products)/2]
	b.ReportMetric(float64(f.Microseconds()), "floor-µs")
	b.ReportMetric(float64(p.Microseconds()), "product-µs")
	b.ReportMetric(float64(p)/float64(f), "ratio")
	payload, _ := base64.RawURLEncoding.DecodeString(strings.Split(token, ".")[1])
	b.ReportMetric(float64(len(payload)), "bytes")
}

func took(work func()) time.Duration {
	start := time.Now()
	for range 16 {
		work()
	}
	return time.Since(start) / 16
}
