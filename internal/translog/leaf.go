package translog

import (
	"encoding/base64"
	"errors"
	"regexp"
	"strings"
	"time"
)

// Kind says what a leaf records.
type Kind string

// The kinds of leaf.
const (
	KindIssue       Kind = "issue"       // a credential, by its commitment
	KindRevoke      Kind = "revoke"      // its revocation, by the hash of its issue leaf
	KindStatus      Kind = "status"      // a version of a status list
	KindAchievement Kind = "achievement" // a version of an achievement
	KindIssuer      Kind = "issuer"      // an accreditation or its withdrawal
	KindWitness     Kind = "witness"     // a change of the policy
	KindRelease     Kind = "release"     // a version of the software
	KindKey         Kind = "key"         // a key added, retired or compromised
)

const (
	leafHeader = "ramure/leaf/v1"
	maxLeaf    = 1 << 10
	dayLayout  = "2006-01-02"
)

// Leaf is one line of the public record. All its fields are public for good.
type Leaf struct {
	Kind       Kind
	Day        string // of signing, UTC, as Day writes it
	Issuer     string // did:web:<host>:issuers:<slug>, or did:web:<host> for the deployment
	Thumbprint string // RFC 7638, of the key that signed; in a key leaf, of the key spoken of
	Value      string // by kind, see the package comment
}

// Day writes the UTC day of an instant as leaves carry it.
func Day(at time.Time) string { return at.UTC().Format(dayLayout) }

// Marshal writes the leaf. It refuses, as problem.Malformed, whatever the
// grammar has no place for: this is the lint that keeps people out of the log.
func (l Leaf) Marshal() ([]byte, error) {
	if err := l.check(); err != nil {
		return nil, malformed(keyLeaf, "%w", err)
	}
	return l.text(), nil
}

// ParseLeaf reads a leaf; only the bytes that Marshal writes are accepted.
func ParseLeaf(data []byte) (Leaf, error) {
	if len(data) > maxLeaf {
		return Leaf{}, malformed(keyLeaf, "more than %d bytes", maxLeaf)
	}
	lines := strings.Split(string(data), "\n")
	if len(lines) != 7 || lines[6] != "" || lines[0] != leafHeader {
		return Leaf{}, malformed(keyLeaf, "not the six lines of %s", leafHeader)
	}
	leaf := Leaf{Kind: Kind(lines[1]), Day: lines[2], Issuer: lines[3], Thumbprint: lines[4], Value: lines[5]}
	if err := leaf.check(); err != nil {
		return Leaf{}, malformed(keyLeaf, "%w", err)
	}
	return leaf, nil
}

func (l Leaf) text() []byte {
	lines := []string{leafHeader, string(l.Kind), l.Day, l.Issuer, l.Thumbprint, l.Value, ""}
	return []byte(strings.Join(lines, "\n"))
}

// check holds every line against its grammar.
func (l Leaf) check() error {
	switch {
	case !isKind(l.Kind):
		return errors.New("line 2: not a kind of leaf")
	case !isDay(l.Day):
		return errors.New("line 3: not a calendar day")
	case !isIssuer(l.Issuer):
		return errors.New("line 4: not the did:web of an issuer")
	case !isThumbprint(l.Thumbprint):
		return errors.New("line 5: not a SHA-256 thumbprint")
	case !isValue(l.Kind, l.Value):
		return errors.New("line 6: not a value of this kind")
	}
	return nil
}

func isKind(k Kind) bool {
	switch k {
	case KindIssue, KindRevoke, KindStatus, KindAchievement, KindIssuer, KindWitness, KindRelease, KindKey:
		return true
	}
	return false
}

func isDay(text string) bool {
	_, err := time.Parse(dayLayout, text) // exact for this layout: no blanks, all digits
	return err == nil
}

// The shapes of a did:web of ours: a host in lower case, its port encoded, and
// nothing after the slug. Neither has room for a query or a fragment.
var issuerShape = regexp.MustCompile(
	`^did:web:[a-z0-9]([a-z0-9.-]*[a-z0-9])?(%3A[0-9]{1,5})?(:issuers:[a-z0-9]+(-[a-z0-9]+)*)?$`)

// The bound keeps every leaf within maxLeaf: the other lines cannot grow.
func isIssuer(text string) bool { return len(text) <= 512 && issuerShape.MatchString(text) }

func isThumbprint(text string) bool {
	raw, err := decodeExact(base64.RawURLEncoding, text)
	return err == nil && len(raw) == 32
}

func isValue(kind Kind, text string) bool {
	if kind == KindKey {
		event, from, found := strings.Cut(text, " ")
		_, err := decodeNumber(from)
		return found && err == nil && isKeyEvent(KeyEvent(event))
	}
	_, err := decode32(text)
	return err == nil
}
