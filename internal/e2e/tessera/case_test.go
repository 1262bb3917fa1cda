package tessera

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"golang.org/x/mod/sumdb/note"
)

// trial is what is judged.
type trial struct {
	*testing.T
	folder   string
	Address  string // of the served log, with a slash at the end
	Origin   string
	Key      string // verifier key
	verifier note.Verifier
}

// open reads the case that the story left.
func open(t *testing.T) *trial {
	t.Helper()
	c := &trial{T: t, folder: os.Getenv("RAMURE_LOG_CASE")}
	if c.folder == "" {
		t.Fatal("RAMURE_LOG_CASE names no folder: this is run by TestOutsiderReadsLog of internal/e2e")
	}
	c.read("case.json", c)
	var err error
	if c.verifier, err = note.NewVerifier(c.Key); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *trial) read(name string, into any) {
	c.Helper()
	if err := json.Unmarshal(c.file(name), into); err != nil {
		c.Fatalf("%s: %v", name, err)
	}
}

func (c *trial) file(name string) []byte {
	c.Helper()
	data, err := os.ReadFile(filepath.Join(c.folder, name))
	if err != nil {
		c.Fatal(err)
	}
	return data
}

// served is the log at its address.
func (c *trial) served() fsck.Fetcher {
	c.Helper()
	address, err := url.Parse(c.Address)
	if err != nil {
		c.Fatal(err)
	}
	fetcher, err := client.NewHTTPFetcher(address, &http.Client{Timeout: 10 * time.Second})
	if err != nil {
		c.Fatal(err)
	}
	return fetcher
}

// filed is a log in a folder.
func (c *trial) filed(name string) fsck.Fetcher {
	return client.FileFetcher{Root: filepath.Join(c.folder, name)}
}

// checkpoint opens a signed checkpoint as a stranger does.
func (c *trial) checkpoint(signed []byte) (*log.Checkpoint, error) {
	cp, _, _, err := log.ParseCheckpoint(signed, c.Origin, c.verifier)
	return cp, err
}

// audit recomputes a whole log from its entries. A bundle that is cut short makes
// their fsck (v1.0.4) reach beyond its end: that is a refusal too.
func (c *trial) audit(from fsck.Fetcher) (err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("fsck broke down: %v", broken)
		}
	}()
	return fsck.New(c.Origin, c.verifier, from, hashEntries, fsck.Opts{N: 4}).Check(c.Context())
}

func hashEntries(bundle []byte) ([][]byte, error) {
	var parsed api.EntryBundle
	if err := parsed.UnmarshalText(bundle); err != nil {
		return nil, err
	}
	hashes := make([][]byte, len(parsed.Entries))
	for i, entry := range parsed.Entries {
		hashes[i] = rfc6962.DefaultHasher.HashLeaf(entry)
	}
	return hashes, nil
}

// leafHashes reads every entry of the log and hashes it.
func (c *trial) leafHashes(ctx context.Context, from fsck.Fetcher, size uint64) (hashes [][]byte) {
	c.Helper()
	for i := uint64(0); uint64(len(hashes)) < size; i++ {
		bundle, err := client.GetEntryBundle(ctx, from.ReadEntryBundle, i, size)
		if err != nil {
			c.Fatal(err)
		}
		for _, entry := range bundle.Entries {
			hashes = append(hashes, rfc6962.DefaultHasher.HashLeaf(entry))
		}
	}
	return hashes
}

// inclusion is a proof as c2sp.org/tlog-proof writes it.
type inclusion struct {
	index      uint64
	path       [][]byte
	checkpoint []byte
}

// parseInclusion reads the text by the specification.
func parseInclusion(text []byte) (p inclusion, err error) {
	head, signed, _ := bytes.Cut(text, []byte("\n\n"))
	p.checkpoint = signed
	lines := strings.Split(string(head), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return p, fmt.Errorf("first line %q", lines[0])
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	number, found := strings.CutPrefix(lines[0], "index ")
	if !found {
		return p, fmt.Errorf("index line %q", lines[0])
	}
	if p.index, err = strconv.ParseUint(number, 10, 64); err != nil {
		return p, err
	}
	for _, line := range lines[1:] {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(hash) != rfc6962.DefaultHasher.Size() {
			return p, fmt.Errorf("hash line %q: %v", line, err)
		}
		p.path = append(p.path, hash)
	}
	return p, nil
}
