package translog

import (
	"context"
	"fmt"
	"testing"
	"time"
)

// BenchmarkSequence takes a full batch on top of logs of several sizes; the
// figure leaves/s leaves the database out.
func BenchmarkSequence(b *testing.B) {
	s := testSigner(b, testOrigin, "log")
	for _, size := range []int{0, 1_000, 100_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			m, _ := testLog(b, s, size, Batch)
			for i := range Batch {
				m.write(testIssue(b, size+i).leaf)
			}
			ctx, now := context.Background(), func() time.Time { return testStart.Add(time.Hour) }
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				tx := m.clone()
				b.StartTimer()
				if r, err := Sequence(ctx, tx, s, now, Batch); err != nil || r.Count != Batch {
					b.Fatal(r, err)
				}
			}
			b.ReportMetric(Batch*float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
		})
	}
}

func BenchmarkProveAndVerify(b *testing.B) {
	s := testSigner(b, testOrigin, "log")
	m, docs := testLog(b, s, 100_000, Batch)
	policy, ctx, i := s.Policy(""), context.Background(), 0
	for b.Loop() {
		d := docs[i%len(docs)]
		proof, err := Prove(ctx, m, m.last().Note, int64(i%len(docs)), d.leaf, d.opening)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := VerifyInclusion(policy, proof, d.docHash, d.issuer); err != nil {
			b.Fatal(err)
		}
		i += 7919
	}
}
