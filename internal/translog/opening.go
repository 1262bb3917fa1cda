package translog

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
)

const openingHeader = "ramure/opening/v1"

// Opening is what a holder needs besides the credential to rebuild its issue
// leaf: it travels in the extra line of the Proof. Erasing a credential erases
// its opening, and nothing links the leaf to it any more.
type Opening struct {
	Day       string // of the leaf
	Salt      [32]byte
	PublicKey ed25519.PublicKey // whose thumbprint the leaf carries
}

// Marshal writes the opening: four lines, each ended by a newline.
func (o Opening) Marshal() ([]byte, error) {
	if !isDay(o.Day) || len(o.PublicKey) != ed25519.PublicKeySize {
		return nil, malformed(keyProof, "an opening has a day and an Ed25519 key")
	}
	lines := []string{openingHeader, o.Day, encode32(o.Salt), encode32([32]byte(o.PublicKey)), ""}
	return []byte(strings.Join(lines, "\n")), nil
}

// ParseOpening reads an opening; the failures are problem.Malformed.
func ParseOpening(extra []byte) (Opening, error) {
	lines := strings.Split(string(extra), "\n")
	if len(lines) != 5 || lines[0] != openingHeader || lines[4] != "" {
		return Opening{}, malformed(keyProof, "extra: not the four lines of %s", openingHeader)
	}
	salt, saltErr := decode32(lines[2])
	public, keyErr := decode32(lines[3])
	if err := errors.Join(saltErr, keyErr); err != nil {
		return Opening{}, malformed(keyProof, "extra: %w", err)
	}
	if !isDay(lines[1]) {
		return Opening{}, malformed(keyProof, "extra: not a calendar day")
	}
	return Opening{Day: lines[1], Salt: salt, PublicKey: public[:]}, nil
}

// Leaf rebuilds the issue leaf of a document of that hash and issuer.
func (o Opening) Leaf(issuer string, docHash [32]byte) Leaf {
	return IssueLeaf(o.Day, issuer, thumbprint(o.PublicKey), Commit(o.Salt, docHash))
}

// thumbprint is that of RFC 7638 for an Ed25519 key: SHA-256 over the required
// members of its JWK in lexical order (RFC 8037 §2).
func thumbprint(public ed25519.PublicKey) string {
	x := base64.RawURLEncoding.EncodeToString(public)
	sum := sha256.Sum256([]byte(`{"crv":"Ed25519","kty":"OKP","x":"` + x + `"}`))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
