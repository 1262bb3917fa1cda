package translog

import (
	"crypto/sha256"
	"fmt"
)

// KeyEvent is what a key leaf says of a key.
type KeyEvent string

// What can happen to a key. Issue leaves before the index of a retirement stay
// good for ever; those from the index of a compromise on are doubtful.
const (
	KeyAdded       KeyEvent = "add"
	KeyRetired     KeyEvent = "retire"
	KeyCompromised KeyEvent = "compromised"
)

func isKeyEvent(e KeyEvent) bool {
	return e == KeyAdded || e == KeyRetired || e == KeyCompromised
}

// commitDomain keeps commitments apart from every other use of SHA-256.
const commitDomain = "ramure/commit/v1"

// Commit binds a leaf to a document without showing it: docHash is the SHA-256
// of the RDFC-1.0 form of the credential without its proof, salt is random,
// one per credential. Without the salt nobody can test a guessed document.
func Commit(salt, docHash [32]byte) [32]byte {
	var buffer [len(commitDomain) + 64]byte
	n := copy(buffer[:], commitDomain)
	n += copy(buffer[n:], salt[:])
	copy(buffer[n:], docHash[:])
	return sha256.Sum256(buffer[:])
}

// IssueLeaf records a credential signed that day by the key of that thumbprint;
// the commitment comes from Commit.
func IssueLeaf(day, issuer, thumbprint string, commitment [32]byte) Leaf {
	return Leaf{Kind: KindIssue, Day: day, Issuer: issuer, Thumbprint: thumbprint, Value: encode32(commitment)}
}

// RevokeLeaf records the revocation of the credential of an issue leaf, given
// by its LeafHash.
func RevokeLeaf(day, issuer, thumbprint string, issued Hash) Leaf {
	return Leaf{Kind: KindRevoke, Day: day, Issuer: issuer, Thumbprint: thumbprint, Value: encode32(issued)}
}

// HashLeaf records bytes that are published elsewhere, by their SHA-256: a
// version of a status list, of an achievement, of an accreditation, of the
// policy or of the software. Other kinds are problem.Malformed.
func HashLeaf(kind Kind, day, issuer, thumbprint string, meant []byte) (Leaf, error) {
	switch kind {
	case KindStatus, KindAchievement, KindIssuer, KindWitness, KindRelease:
	default:
		return Leaf{}, malformed(keyLeaf, "a leaf of this kind does not hold the hash of bytes")
	}
	value := encode32(sha256.Sum256(meant))
	return Leaf{Kind: kind, Day: day, Issuer: issuer, Thumbprint: thumbprint, Value: value}, nil
}

// KeyLeaf records what happened to the key of that thumbprint, counting from
// the log index from.
func KeyLeaf(day, issuer, thumbprint string, event KeyEvent, from int64) Leaf {
	value := fmt.Sprintf("%s %d", event, from)
	return Leaf{Kind: KindKey, Day: day, Issuer: issuer, Thumbprint: thumbprint, Value: value}
}
