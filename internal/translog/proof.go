package translog

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

const (
	proofHeader = "c2sp.org/tlog-proof@v1"
	maxProof    = maxNote + 16<<10
	maxPath     = 64 // hashes; no tree of MaxSize needs as many
)

// Proof says that a leaf is in the tree of a checkpoint, in a form that is
// checked without any network (c2sp.org/tlog-proof). Nothing in it is to be
// believed before VerifyInclusion.
type Proof struct {
	Extra      []byte // see Opening; nil when there is none
	Index      int64
	Path       []Hash // the leaf's sibling first
	Checkpoint []byte // signed note, verbatim
}

// Marshal writes the proof as text.
func (p Proof) Marshal() []byte {
	var out bytes.Buffer
	out.WriteString(proofHeader + "\n")
	if len(p.Extra) > 0 {
		out.WriteString("extra " + base64.StdEncoding.EncodeToString(p.Extra) + "\n")
	}
	fmt.Fprintf(&out, "index %d\n", p.Index)
	for _, hash := range p.Path {
		out.WriteString(encode32(hash) + "\n")
	}
	out.WriteString("\n")
	out.Write(p.Checkpoint)
	return out.Bytes()
}

// ParseProof reads a proof; only bytes that Marshal would write again are
// accepted. The failures are problem.Malformed.
func ParseProof(text []byte) (Proof, error) {
	if len(text) > maxProof {
		return Proof{}, malformed(keyProof, "more than %d bytes", maxProof)
	}
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	if !found {
		return Proof{}, malformed(keyProof, "no empty line before the checkpoint")
	}
	p, err := parseProofHead(strings.Split(string(head), "\n"))
	if err != nil {
		return Proof{}, malformed(keyProof, "%w", err)
	}
	if _, err := ParseCheckpoint(signed); err != nil {
		return Proof{}, err
	}
	p.Checkpoint = signed
	return p, nil
}

// parseProofHead reads the lines before the empty one.
func parseProofHead(lines []string) (p Proof, err error) {
	if lines[0] != proofHeader {
		return p, errors.New("line 1: not " + proofHeader)
	}
	lines = lines[1:]
	if encoded, found := cutFirst(lines, "extra "); found {
		if p.Extra, err = decodeExact(base64.StdEncoding, encoded); err != nil || len(p.Extra) == 0 {
			return p, errors.New("line 2: not canonical base64")
		}
		lines = lines[1:]
	}
	index, found := cutFirst(lines, "index ")
	if !found {
		return p, errors.New("no index line")
	}
	if p.Index, err = decodeNumber(index); err != nil {
		return p, fmt.Errorf("index: %w", err)
	}
	p.Path, err = parsePath(lines[1:])
	return p, err
}

func cutFirst(lines []string, prefix string) (string, bool) {
	if len(lines) == 0 {
		return "", false
	}
	return strings.CutPrefix(lines[0], prefix)
}

func parsePath(lines []string) ([]Hash, error) {
	if len(lines) > maxPath {
		return nil, fmt.Errorf("more than %d hashes", maxPath)
	}
	path := make([]Hash, len(lines))
	for i, line := range lines {
		hash, err := decode32(line)
		if err != nil {
			return nil, fmt.Errorf("hash %d: %w", i+1, err)
		}
		path[i] = hash
	}
	return path, nil
}
