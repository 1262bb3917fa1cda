package translog

import (
	"bytes"
	"os"
	"reflect"
	"testing"

	"ramure/internal/problem"
)

// Whatever is read is written back byte for byte, and whatever is refused is
// refused as malformed.

func FuzzParseLeaf(f *testing.F) {
	f.Add(testIssue(f, 1).leaf)
	for _, leaf := range []Leaf{
		KeyLeaf(someDay, someIssuer, someThumb, KeyRetired, 12),
		RevokeLeaf(someDay, "did:web:example.org", someThumb, Hash{}),
	} {
		data, err := leaf.Marshal()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		leaf, err := ParseLeaf(data)
		if err != nil {
			mustBeMalformed(t, err)
			return
		}
		if again, err := leaf.Marshal(); err != nil || !bytes.Equal(again, data) || len(data) > maxLeaf {
			t.Errorf("%q is written back as %q, %v", data, again, err)
		}
	})
}

func FuzzParseProof(f *testing.F) {
	m, docs := testLog(f, testSigner(f, testOrigin, "log"), 5, 5)
	text := testProof(f, m, docs[2], 2).Marshal()
	f.Add(text)
	f.Add(witnessed(text, "w", testStart))
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 0\n\no\n1\n" + someValue + "\n\n— a AAAAAAAA\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		proof, err := ParseProof(text)
		if err != nil {
			mustBeMalformed(t, err)
			return
		}
		if again := proof.Marshal(); !bytes.Equal(again, text) {
			t.Errorf("%q is written back as %q", text, again)
		}
		opening, err := ParseOpening(proof.Extra)
		if err != nil {
			mustBeMalformed(t, err)
			return
		}
		if again, err := opening.Marshal(); err != nil || !bytes.Equal(again, proof.Extra) {
			t.Errorf("opening %q is written back as %q, %v", proof.Extra, again, err)
		}
	})
}

func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte(twoRegions()))
	f.Add([]byte("quorum none\n"))
	if text, err := os.ReadFile("testdata/arche.policy"); err == nil {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		policy, err := ParsePolicy(text)
		if err != nil {
			mustBeMalformed(t, err)
			return
		}
		marshalled, err := policy.Marshal()
		if err != nil {
			t.Fatalf("%q is not written back: %v", text, err)
		}
		if again, err := ParsePolicy(marshalled); err != nil || !reflect.DeepEqual(again, policy) {
			t.Errorf("%q is read back as %+v, %v", text, again, err)
		}
	})
}

func FuzzParseCheckpoint(f *testing.F) {
	cp, err := testSigner(f, testOrigin, "log", "old").Checkpoint(Head{Size: 7}, testStart)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(cp.Note)
	f.Add(witnessed(cp.Note, "w", testStart))
	if signed, err := os.ReadFile("testdata/arche.checkpoint"); err == nil {
		f.Add(signed)
	}
	policy := testSigner(f, testOrigin, "log").Policy("")
	f.Fuzz(func(t *testing.T, signed []byte) {
		cp, err := ParseCheckpoint(signed)
		if err != nil {
			mustBeMalformed(t, err)
			return
		}
		if text := FormatCheckpoint(cp.Origin, cp.Head); !bytes.HasPrefix(signed, []byte(text)) {
			t.Errorf("%q is read as %+v", signed, cp)
		}
		if v, err := policy.Verify(signed); err == nil && (v.Size != 7 || v.Root != Hash{}) {
			t.Errorf("forged: %q", signed)
		}
	})
}

func FuzzParseTilePath(f *testing.F) {
	f.Add("tile/0/x001/x234/067.p/9")
	f.Add("tile/entries/000")
	f.Fuzz(func(t *testing.T, path string) {
		tile, err := ParseTilePath(path)
		if err != nil {
			return
		}
		if tile.Path() != path || tile.Index < 0 || tile.Width < 1 || tile.Width > TileWidth {
			t.Errorf("%q is read as %+v", path, tile)
		}
	})
}

func mustBeMalformed(t *testing.T, err error) {
	t.Helper()
	if !problem.Is(err, problem.Malformed) {
		t.Errorf("refused as %v", err)
	}
}
