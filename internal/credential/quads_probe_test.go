package credential

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"os"
	"reflect"
	"testing"

	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

func BenchmarkProbe(b *testing.B) {
	data, _ := os.ReadFile("../jsonld/testdata/canonical/doc0.json")
	var c openbadges.AchievementCredential
	if err := json.Unmarshal(data, &c); err != nil {
		b.Fatal(err)
	}
	doc, _ := jsonld.DecodeObject(data)
	quads, _ := jsonld.Quads(context.Background(), doc)
	canon, _ := jsonld.Canonicalize(context.Background(), quads, jsonld.Options{})
	key := ed25519.NewKeyFromSeed(make([]byte, 32))
	pub := key.Public().(ed25519.PublicKey)
	sig := ed25519.Sign(key, canon[:64])
	b.Run("encode", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { encode(c) } })
	b.Run("marshal", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { json.Marshal(c) } })
	b.Run("unmarshal", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { var d openbadges.AchievementCredential; json.Unmarshal(data, &d) } })
	b.Run("valid", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { json.Valid(data) } })
	b.Run("decode", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { jsonld.DecodeObject(data) } })
	b.Run("validate", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { openbadges.Validate(doc, openbadges.Strict) } })
	b.Run("quads", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { jsonld.Quads(context.Background(), doc) } })
	b.Run("canonicalize", func(b *testing.B) { b.ReportAllocs(); for b.Loop() { jsonld.Canonicalize(context.Background(), quads, jsonld.Options{}) } })
	b.Run("sha", func(b *testing.B) { for b.Loop() { sha256.Sum256(canon) } })
	b.Run("sign", func(b *testing.B) { for b.Loop() { ed25519.Sign(key, canon[:64]) } })
	b.Run("verify", func(b *testing.B) { for b.Loop() { ed25519.Verify(pub, canon[:64], sig) } })
	d := c
	b.Run("deepequal", func(b *testing.B) { for b.Loop() { reflect.DeepEqual(c, d) } })
}
