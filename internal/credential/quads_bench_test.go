package credential

import (
	"crypto"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"

	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

// workload is the standard credential of performance.md: 95 statements, ten
// blank nodes. Its result has a status, as ours may only have when the result
// description is about one.
func workload(t testing.TB) openbadges.AchievementCredential {
	t.Helper()
	data, err := os.ReadFile("../jsonld/testdata/canonical/doc0.json")
	if err != nil {
		t.Fatal(err)
	}
	var c openbadges.AchievementCredential
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatal(err)
	}
	c.CredentialSubject.Achievement.ResultDescription[0].ResultType = openbadges.ResultStatus
	return c
}

func benchKey() Key {
	return Key{Signer: ed25519.NewKeyFromSeed(make([]byte, 32)), Method: "did:web:badges.example.fr:issuers:eric#k", Thumbprint: "t"}
}

var benchTime = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// BenchmarkSigning measures goal a′: floor and product in turn, in processor time,
// so that a busy machine spoils neither, and gives the medians of the rounds.
//
// The floor is what cannot be left out: the statements, RDFC-1.0, SHA-256 and one
// Ed25519 signature; the bare floor finds the statements ready. The product besides
// writes the JSON, holds it against the tables of Open Badges, makes the proof,
// verifies the signature and reads back what will be stored.
func BenchmarkSigning(b *testing.B) {
	c, key := workload(b), benchKey()
	document, err := encode(c)
	if err != nil {
		b.Fatal(err)
	}
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		b.Fatal(err)
	}
	quads, err := jsonld.Quads(b.Context(), doc)
	if err != nil {
		b.Fatal(err)
	}
	sign := func(hash [32]byte) error {
		_, err := key.Signer.Sign(nil, append(hash[:], hash[:]...), crypto.Hash(0))
		return err
	}
	bare := func() error {
		canonical, err := jsonld.Canonicalize(b.Context(), quads, jsonld.Options{})
		if err != nil {
			return err
		}
		return sign(sha256.Sum256(canonical))
	}
	floor := func() error {
		hash, err := achievementPlan.sum(b.Context(), &c, document)
		if err != nil {
			return err
		}
		return sign(hash)
	}
	product := func() error {
		draft, err := Prepare(b.Context(), c)
		if err == nil {
			_, err = draft.Sign(b.Context(), key, benchTime)
		}
		return err
	}
	var took [3][]float64
	for b.Loop() {
		for i, act := range []func() error{bare, floor, product} {
			took[i] = append(took[i], processorTime(b, act))
		}
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(took[0]), "bare-ns")
	b.ReportMetric(median(took[1]), "floor-ns")
	b.ReportMetric(median(took[2]), "product-ns")
	b.ReportMetric(median(took[2])/median(took[1]), "product/floor")
	b.ReportMetric(median(took[2])/median(took[0]), "product/bare")
}

// processorTime is what one call takes, in nanoseconds, over a round of calls.
func processorTime(b *testing.B, call func() error) float64 {
	const calls = 200
	var before, after syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &before)
	for range calls {
		if err := call(); err != nil {
			b.Fatal(err)
		}
	}
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &after)
	spent := after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano()
	return float64(spent) / calls
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// BenchmarkSigningPart are parts of the two, and the guarded path beside them.
func BenchmarkSigningPart(b *testing.B) {
	c := workload(b)
	document, err := encode(c)
	if err != nil {
		b.Fatal(err)
	}
	for name, part := range map[string]func() error{
		"encode":   func() error { _, err := encode(c); return err },
		"conforms": func() error { c.Conforms(); return nil },
		"sum":      func() error { _, err := achievementPlan.sum(b.Context(), &c, document); return err },
		"typed":    func() error { _, err := lintTyped(b.Context(), &c, document); return err },
		"guarded":  func() error { _, err := lintGuarded(b.Context(), &c, document); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var took []float64
			for b.Loop() {
				took = append(took, processorTime(b, part))
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(took), "processor-ns")
		})
	}
}
