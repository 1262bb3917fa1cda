package bench

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"slices"
	"syscall"
	"testing"
	"time"

	"ramure/internal/auth"
	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

const (
	signRounds  = 7
	signLasting = 300 * time.Millisecond
)

// BenchmarkSign is workload a′: the processor time of one credential of ours,
// from its typed shape to the bytes that are stored, against RDFC-1.0, SHA-256
// and Ed25519 over quads that lie ready.
func BenchmarkSign(b *testing.B) {
	shape, document := unsigned(b)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	product, floor := signing(b, shape, private), bareSigning(b, document, private)
	var d duel
	for range signRounds {
		d.product = append(d.product, spent(b, product))
		d.floor = append(d.floor, spent(b, floor))
	}
	tell(b, line{workload: "a′ sign, processor time of one credential", goals: []goal{atMost(2, 1/d.speed())},
		product: medians(d.product), floor: medians(d.floor)}, d)
}

// unsigned is a credential that the product issued, without its proof: typed,
// and as a document.
func unsigned(b *testing.B) (openbadges.AchievementCredential, map[string]any) {
	b.Helper()
	i := smallOf(b, "sqlite", 1)
	core, err := i.core(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	defer core.Close()
	// The same order again: it is answered with the award that the set has.
	receipt, err := core.Award.Issue(b.Context(), auth.Operator(venueName(0)), ordered(0, ""))
	if err != nil {
		b.Fatal(err)
	}
	stored, err := core.Award.Credential(b.Context(), receipt.ID)
	if err != nil {
		b.Fatal(err)
	}
	var shape openbadges.AchievementCredential
	if err := json.Unmarshal(stored, &shape); err != nil {
		b.Fatal(err)
	}
	shape.Proof = nil
	document, err := jsonld.DecodeObject(stored)
	if err != nil {
		b.Fatal(err)
	}
	maps.DeleteFunc(document, func(name string, _ any) bool { return name == "proof" })
	return shape, document
}

func signing(b *testing.B, shape openbadges.AchievementCredential, private ed25519.PrivateKey) func(context.Context) error {
	b.Helper()
	thumbprint, err := did.Thumbprint(private.Public())
	if err != nil {
		b.Fatal(err)
	}
	spelled, err := did.EncodeMultikey(private.Public())
	if err != nil {
		b.Fatal(err)
	}
	key := credential.Key{Signer: private, Method: shape.Issuer.ID + "#" + spelled, Thumbprint: thumbprint}
	return func(ctx context.Context) error {
		draft, err := credential.Prepare(ctx, shape)
		if err != nil {
			return err
		}
		_, err = draft.Sign(ctx, key, time.Now())
		return err
	}
}

func bareSigning(b *testing.B, document map[string]any, private ed25519.PrivateKey) func(context.Context) error {
	b.Helper()
	quads, err := jsonld.Quads(b.Context(), document)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d quads", len(quads))
	return func(ctx context.Context) error {
		canonical, err := jsonld.Canonicalize(ctx, quads, jsonld.Options{})
		if err != nil {
			return err
		}
		hash := sha256.Sum256(canonical)
		ed25519.Sign(private, append(hash[:], hash[:]...))
		return nil
	}
}

// spent repeats an act on one goroutine. The rate is that of processor time,
// garbage collection included; other programs of the machine don't count.
func spent(b *testing.B, act func(context.Context) error) figures {
	b.Helper()
	var times []time.Duration
	before := processorTime(b)
	for until := time.Now().Add(signLasting); time.Now().Before(until); {
		began := time.Now()
		if err := act(b.Context()); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
	}
	took := processorTime(b) - before
	slices.Sort(times)
	return figures{rate: float64(len(times)) / took.Seconds(), p50: percentile(times, 50), p99: percentile(times, 99)}
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
