package translog

import (
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/note"

	"ramure/internal/problem"
)

// QuorumNone is the quorum of a policy that asks for no witness.
const QuorumNone = "none"

// Policy says which logs are trusted and which witnesses must have seen a
// checkpoint (c2sp.org/tlog-policy). It is the only thing that an offline
// verifier trusts.
type Policy struct {
	Logs      []TrustedLog
	Witnesses []Witness
	Groups    []Group
	Quorum    string // a witness, a group, or QuorumNone
}

// TrustedLog is a log whose checkpoints count; the name of its key is its origin.
type TrustedLog struct {
	Key Key
	URL string // optional
}

// Witness is a cosigner under the name that this policy gives it.
type Witness struct {
	Name string
	Key  Key
	URL  string // optional
}

// Group is satisfied when Threshold of its members, witnesses or groups named
// before it, are.
type Group struct {
	Name      string
	Threshold int
	Members   []string
}

// Verified is a checkpoint that a policy accepts.
type Verified struct {
	Checkpoint
	Cosignatures []Cosignature // of every witness of the policy that signed, earliest first
}

// Cosignature says that a witness had seen the checkpoint at that second.
type Cosignature struct {
	Witness string
	At      time.Time
}

// Verify accepts a signed checkpoint when a log of the policy signed it under
// its own name and the quorum of witnesses did too. One wrong signature of a
// key of the policy spoils the checkpoint; signatures of other keys say
// nothing. The failures are problem.Malformed and problem.Invalid.
func (p Policy) Verify(signed []byte) (Verified, error) {
	cp, signatures, err := openCheckpoint(signed, p.keys())
	if err != nil {
		return Verified{}, err
	}
	if !p.logged(cp.Origin, signatures) {
		return Verified{}, refused(keyUntrusted, "no log of the policy signed this checkpoint under its origin")
	}
	v := Verified{Checkpoint: cp, Cosignatures: p.cosignatures(signatures)}
	if !p.satisfied(v.Cosignatures) {
		return Verified{}, problem.Wrap(problem.Invalid, keyQuorum, errors.New("too few witnesses of the policy signed this checkpoint")).
			With("witnesses", strconv.Itoa(len(v.Cosignatures)))
	}
	return v, nil
}

func (p Policy) keys() []Key {
	var keys []Key
	for _, l := range p.Logs {
		keys = append(keys, l.Key)
	}
	for _, w := range p.Witnesses {
		keys = append(keys, w.Key)
	}
	return keys
}

// logged reports whether one of the signatures is by a log that goes by that
// origin. Another log's signature under it proves nothing.
func (p Policy) logged(origin string, signatures []note.Signature) bool {
	return slices.ContainsFunc(p.Logs, func(l TrustedLog) bool {
		return l.Key.Name == origin && slices.ContainsFunc(signatures, func(s note.Signature) bool {
			return madeBy(s, l.Key)
		})
	})
}

func (p Policy) cosignatures(signatures []note.Signature) []Cosignature {
	var seen []Cosignature
	for _, w := range p.Witnesses {
		for _, s := range signatures {
			if madeBy(s, w.Key) {
				seen = append(seen, Cosignature{Witness: w.Name, At: cosignedAt(s)})
			}
		}
	}
	slices.SortStableFunc(seen, func(a, b Cosignature) int { return a.At.Compare(b.At) })
	return seen
}

// cosignedAt reads the time inside a cosignature that was verified before.
func cosignedAt(s note.Signature) time.Time {
	raw, _ := base64.StdEncoding.DecodeString(s.Base64)
	at, _, _ := splitCosignature(raw[4:]) // after the key id
	return time.Unix(at, 0).UTC()
}

// satisfied decides the quorum. Groups only name what stands before them, so
// one pass in their order is enough.
func (p Policy) satisfied(seen []Cosignature) bool {
	done := map[string]bool{QuorumNone: true}
	for _, c := range seen {
		done[c.Witness] = true
	}
	for _, g := range p.Groups {
		count := 0
		for _, m := range g.Members {
			if done[m] {
				count++
			}
		}
		done[g.Name] = count >= g.Threshold
	}
	return done[p.Quorum]
}
