package jsonld

import (
	"bytes"
	"crypto"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"slices"
)

// digest is a hash of either length; SHA-256 leaves the end zero. Comparing the
// bytes is comparing the hexadecimal that the specification compares.
type digest [sha512.Size384]byte

func (d *digest) compare(other *digest) int { return bytes.Compare(d[:], other[:]) }

// hasher is the hash function of a canonicalisation.
type hasher struct {
	sum  func(data []byte) digest
	size int
}

// errHash is a mistake of the program, not of the document.
var errHash = errors.New("jsonld: canonicalisation knows SHA-256 and SHA-384")

func hasherFor(hash crypto.Hash) (hasher, error) {
	switch hash {
	case 0, crypto.SHA256:
		return hasher{sum: sum256, size: sha256.Size}, nil
	case crypto.SHA384:
		return hasher{sum: sum384, size: sha512.Size384}, nil
	}
	return hasher{}, errHash
}

func sum256(data []byte) (d digest) {
	sum := sha256.Sum256(data)
	copy(d[:], sum[:])
	return d
}

func sum384(data []byte) digest { return sha512.Sum384(data) }

// appendHex writes a digest in lower-case hexadecimal.
func (h hasher) appendHex(to []byte, d *digest) []byte { return hex.AppendEncode(to, d[:h.size]) }

// firstDegree hashes a node by the statements that mention it (RDFC-1.0 §4.6).
// Its buffers serve one node after the other.
type firstDegree struct {
	text  []byte
	spans [][2]int
	all   []byte
}

func (f *firstDegree) hash(c *canonicalizer, node int32) digest {
	f.text, f.spans, f.all = f.text[:0], f.spans[:0], f.all[:0]
	for _, i := range c.uses.of(node) {
		start := len(f.text)
		f.write(c, &c.statements[i], node)
		f.spans = append(f.spans, [2]int{start, len(f.text)})
	}
	if len(f.spans) == 1 {
		return c.hash.sum(f.text)
	}
	slices.SortFunc(f.spans, func(a, b [2]int) int {
		return bytes.Compare(f.text[a[0]:a[1]], f.text[b[0]:b[1]])
	})
	for _, span := range f.spans {
		f.all = append(f.all, f.text[span[0]:span[1]]...)
	}
	return c.hash.sum(f.all)
}

// write writes a line with _:a for the node itself and _:z for every other.
func (f *firstDegree) write(c *canonicalizer, l *line, node int32) {
	from := l.start
	for g := range l.gaps {
		f.text = append(f.text, c.text[from:l.cut[g]]...)
		if l.node[g] == node {
			f.text = append(f.text, "_:a"...)
		} else {
			f.text = append(f.text, "_:z"...)
		}
		from = l.cut[g]
	}
	f.text = append(f.text, c.text[from:l.end]...)
}
