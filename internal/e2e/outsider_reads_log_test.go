package e2e

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/translog"
)

// An outsider reads the log with a client that we did not write: every entry,
// every tile, ten thousand proofs. Then somebody shows them other logs under the
// same name. The judge is in the folder tessera.
func TestOutsiderReadsLog(t *testing.T) {
	t.Parallel()
	onEngines(t, func(t *testing.T, s *site) {
		badges := s.longLog()
		c := newCase(t, s)
		c.proofs(badges)
		c.forge()
		verdict := c.judge()
		for _, line := range []string{"inclusion proofs agree", "consistency proofs agree", "0 of 10 forged logs accepted"} {
			if !strings.Contains(verdict, line) {
				t.Errorf("the judge does not say %q", line)
			}
		}
	})
}

// outsiders is what the judge is given.
type outsiders struct {
	*testing.T
	site   *site
	folder string
	last   translog.Checkpoint
	sizes  []int64 // of all checkpoints, ascending
}

func newCase(t *testing.T, s *site) *outsiders {
	t.Helper()
	c := &outsiders{T: t, site: s, folder: t.TempDir()}
	c.must(s.Store.Archive(t.Context(), func(ctx context.Context, all translog.Archive) error {
		rows, err := all.CheckpointRows(ctx, 1, 1000)
		for _, row := range rows {
			c.sizes, c.last = append(c.sizes, row.Size), row
		}
		return err
	}))
	policy, err := translog.ParsePolicy(s.get("/log/policy", "text/plain", http.StatusOK).Body)
	c.must(err)
	key := policy.Logs[0].Key
	c.write("case.json", map[string]string{"Address": s.Base + "/log/", "Origin": key.Name, "Key": key.String()})
	served := s.get("/log/checkpoint", "text/plain", http.StatusOK).Body
	if string(served) != string(c.last.Note) || policy.Logs[0].URL != s.Base+"/log" {
		t.Fatalf("served %q, stored %q", served, c.last.Note)
	}
	c.must(os.WriteFile(filepath.Join(c.folder, "seen"), served, 0o600))
	_, err = s.ExportLog(t.Context(), filepath.Join(c.folder, "honest"))
	c.must(err)
	return c
}

func (c *outsiders) must(err error) {
	c.Helper()
	if err != nil {
		c.Fatal(err)
	}
}

func (c *outsiders) write(name string, value any) {
	c.Helper()
	text, err := json.Marshal(value)
	c.must(err)
	c.must(os.WriteFile(filepath.Join(c.folder, name), text, 0o600))
}

// proofs writes what we prove: each leaf in the latest tree, badges as their
// holders get them, and trees within later trees.
func (c *outsiders) proofs(badges []string) {
	c.Helper()
	opening := translog.Opening{Day: translog.Day(c.last.At), PublicKey: make(ed25519.PublicKey, ed25519.PublicKeySize)}
	leaves, err := c.site.Store.Leaves(c.Context(), 0, int(c.last.Size))
	c.must(err)
	texts := make([]string, len(leaves), len(leaves)+len(badges))
	for i, leaf := range leaves {
		proof, err := translog.Prove(c.Context(), c.site.Store, c.last.Note, int64(i), leaf, opening)
		c.must(err)
		texts[i] = string(proof.Marshal())
	}
	for _, id := range badges {
		texts = append(texts, string(c.site.get("/v/"+id+"/proof", "text/plain", http.StatusOK).Body))
	}
	c.write("proofs.json", texts)
	c.write("consistency.json", c.consistencies())
}

// consistency is a proof as the judge reads it.
type consistency struct {
	Older, Newer int64
	Path         [][]byte
}

// consistencies prove every signed tree in every later one, and others between.
func (c *outsiders) consistencies() (proofs []consistency) {
	c.Helper()
	for i, newer := range c.sizes {
		for _, older := range c.sizes[:i] {
			proofs = append(proofs, c.consistency(older, newer))
		}
	}
	for range 300 {
		newer := 2 + rand.Int64N(c.last.Size-1)
		proofs = append(proofs, c.consistency(1+rand.Int64N(newer-1), newer))
	}
	return proofs
}

func (c *outsiders) consistency(older, newer int64) consistency {
	c.Helper()
	path, err := translog.Consistency(c.Context(), c.site.Store, older, newer)
	c.must(err)
	p := consistency{Older: older, Newer: newer, Path: [][]byte{}}
	for _, hash := range path {
		p.Path = append(p.Path, hash[:])
	}
	return p
}

// judge runs the foreign client, which is a module of its own, and answers what
// it says.
func (c *outsiders) judge() string {
	c.Helper()
	command := exec.CommandContext(c.Context(), "go", "test", "-count=1", "-v", "-timeout", "2m", ".")
	command.Dir = "tessera"
	command.Env = append(os.Environ(), "RAMURE_LOG_CASE="+c.folder, "GOWORK=off", "GOFLAGS=-mod=readonly")
	said, err := command.CombinedOutput()
	if err != nil {
		c.Fatalf("the judge: %v (its modules come from Go's module proxy: go -C internal/e2e/tessera mod download)\n%s", err, said)
	}
	for _, line := range strings.Split(string(said), "\n") {
		if strings.Contains(line, "agree") || strings.Contains(line, "forged") {
			c.Log(strings.TrimSpace(line))
		}
	}
	return string(said)
}
