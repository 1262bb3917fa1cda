package tessera

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/client"
)

// leastProofs is how many proofs are compared, at least.
const leastProofs = 10_000

// The log as it is served, and as it was exported, is sound in their eyes.
func TestLogIsSound(t *testing.T) {
	c := open(t)
	if err := c.audit(c.served()); err != nil {
		t.Errorf("served: %v", err)
	}
	if err := c.audit(c.filed("honest")); err != nil {
		t.Errorf("exported: %v", err)
	}
}

// Each of our inclusion proofs is the one that they make from the tiles, and
// holds for the entry that is served.
func TestInclusionProofsAgree(t *testing.T) {
	c := open(t)
	var texts []string
	c.read("proofs.json", &texts)
	from := c.served()
	size, hashes, builder := uint64(0), [][]byte(nil), (*client.ProofBuilder)(nil)
	var last []byte
	for _, text := range texts {
		p, err := parseInclusion([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		cp, err := c.checkpoint(p.checkpoint)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(last, p.checkpoint) {
			last, size = p.checkpoint, cp.Size
			hashes = c.leafHashes(t.Context(), from, size)
			if builder, err = client.NewProofBuilder(t.Context(), size, from.ReadTile); err != nil {
				t.Fatal(err)
			}
		}
		path, err := builder.InclusionProof(t.Context(), p.index)
		if err != nil || !slices.EqualFunc(path, p.path, bytes.Equal) {
			t.Fatalf("leaf %d of %d: they prove %x, we %x (%v)", p.index, size, path, p.path, err)
		}
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, p.index, size, hashes[p.index], p.path, cp.Hash); err != nil {
			t.Fatalf("leaf %d of %d: %v", p.index, size, err)
		}
	}
	if len(texts) < leastProofs {
		t.Errorf("only %d proofs", len(texts))
	}
	t.Logf("%d inclusion proofs agree", len(texts))
}

// consistency is a proof that a newer tree begins with an older one.
type consistency struct {
	Older, Newer uint64
	Path         [][]byte
}

func TestConsistencyProofsAgree(t *testing.T) {
	c := open(t)
	var proofs []consistency
	c.read("consistency.json", &proofs)
	from := c.served()
	for _, p := range proofs {
		builder, err := client.NewProofBuilder(t.Context(), p.Newer, from.ReadTile)
		if err != nil {
			t.Fatal(err)
		}
		path, err := builder.ConsistencyProof(t.Context(), p.Older, p.Newer)
		if err != nil || !slices.EqualFunc(path, p.Path, bytes.Equal) {
			t.Fatalf("%d to %d: they prove %x, we %x (%v)", p.Older, p.Newer, path, p.Path, err)
		}
	}
	if len(proofs) < 100 {
		t.Errorf("only %d proofs", len(proofs))
	}
	t.Logf("%d consistency proofs agree", len(proofs))
}

// None of the forged logs is accepted by somebody who has seen the honest one.
func TestForgedLogsAreRefused(t *testing.T) {
	c := open(t)
	if !c.accepts("honest") {
		t.Fatal("the honest log is not accepted either")
	}
	forged, err := os.ReadDir(filepath.Join(c.folder, "forged"))
	if err != nil {
		t.Fatal(err)
	}
	accepted := 0
	for _, one := range forged {
		if c.accepts(filepath.Join("forged", one.Name())) {
			t.Errorf("%s is accepted", one.Name())
			accepted++
		}
	}
	if len(forged) < 8 {
		t.Errorf("only %d forged logs", len(forged))
	}
	t.Logf("%d of %d forged logs accepted", accepted, len(forged))
}

// accepts reports whether an outsider who has seen a checkpoint goes on with
// what a folder shows, and finds it whole.
func (c *trial) accepts(folder string) bool {
	c.Helper()
	from := c.filed(folder)
	tracker, err := client.NewLogStateTracker(c.Context(), from.ReadTile, c.file("seen"), c.verifier, c.Origin,
		client.UnilateralConsensus(from.ReadCheckpoint))
	if err != nil {
		c.Fatal(err) // what was seen is honest
	}
	if _, _, _, err := tracker.Update(c.Context()); err != nil {
		c.Logf("%s: %v", folder, err)
		return false
	}
	shown, err := c.checkpoint(c.file(filepath.Join(folder, "checkpoint")))
	if err != nil {
		c.Logf("%s: %v", folder, err)
		return false
	}
	if latest := tracker.Latest(); latest.Size != shown.Size || !bytes.Equal(latest.Hash, shown.Hash) {
		c.Logf("%s: stays with the checkpoint that was seen", folder)
		return false
	}
	if err := c.audit(from); err != nil {
		c.Logf("%s: %v", folder, err)
		return false
	}
	return true
}
