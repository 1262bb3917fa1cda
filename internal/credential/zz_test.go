package credential

import (
	"crypto"
	"testing"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
)

func BenchmarkZZ(b *testing.B) {
	c, key := workload(b), benchKey()
	sig := make([]byte, 64)
	for i := range sig {
		sig[i] = byte(i*7 + 3)
	}
	text := did.EncodeMultibase(sig)
	b.Run("b58enc", func(b *testing.B) { t(b, func() { did.EncodeMultibase(sig) }) })
	b.Run("b58dec", func(b *testing.B) { t(b, func() { did.DecodeMultibase(text) }) })
	b.Run("check", func(b *testing.B) { t(b, func() { did.CheckKey(key.Signer.Public()) }) })
	d, _ := Prepare(b.Context(), c)
	b.Run("with", func(b *testing.B) { t(b, func() { d.content.with(embedded(dataintegrity.Proof{Type: "DataIntegrityProof", Cryptosuite: "eddsa-rdfc-2022", Created: "2026-11-22T10:00:00Z", VerificationMethod: key.Method, ProofPurpose: "assertionMethod", ProofValue: text})) }) })
	b.Run("sign", func(b *testing.B) { t(b, func() { key.Signer.Sign(nil, sig, crypto.Hash(0)) }) })
	b.Run("signcanonical", func(b *testing.B) { t(b, func() { dataintegrity.SignCanonical(b.Context(), d.content.canonical, c.Context, dataintegrity.Options{VerificationMethod: key.Method, Created: benchTime, Purpose: "assertionMethod"}, key.Signer) }) })
}

func t(b *testing.B, f func()) {
	var took []float64
	for b.Loop() {
		took = append(took, processorTime(b, func() error { f(); return nil }))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(median(took), "processor-ns")
}
