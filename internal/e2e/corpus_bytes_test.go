package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/verifier"
)

// byteChanges alters one byte of every good sample, wherever it is: in the token,
// the proof, the words, the picture. Nothing may then be valid and say something
// else. With RAMURE_TEST_EXHAUSTIVE it is every byte, in three bits (all 255 others of
// a token's are tried in package vcjwt).
func byteChanges(t *testing.T) corpus {
	all := readSamples(t, sampleFolder)
	change, least := oneBit, 20_000
	if os.Getenv("RAMURE_TEST_EXHAUSTIVE") != "" {
		change, least = everyByte, 500_000
	}
	return corpus{name: "single-byte changes of each form", least: least, many: true, attacks: func(yield func(attack) bool) {
		for _, one := range all.Samples {
			if !one.good() {
				continue
			}
			here, original := all.world(t, one), all.read(t, one.File)
			meant := here.meaningsOf(t.Context(), original)
			for at, changed := range change(original) {
				ask := func(ctx context.Context) string { return meant.kept(here.meaningsOf(ctx, changed), one.token()) }
				if !yield(attack{fmt.Sprintf("%s, byte %d", one.Name, at), ask}) {
					return
				}
			}
		}
	}}
}

// good reports whether a sample has a badge that is valid.
func (s sample) good() bool {
	valid := func(e expected) bool { return e.Verdict == credential.Valid }
	return slices.ContainsFunc(s.Items, valid) && !strings.HasSuffix(s.File, ".txt")
}

// stride is how far apart the bytes are of which make test changes one bit.
const stride = 29

func oneBit(original []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for at := 0; at < len(original); at++ {
			if at%stride != 0 && at < len(original)-40 {
				continue // the last bytes are signatures and ends of files: all of them
			}
			for _, bit := range []byte{0x01, 0x20} {
				changed := bytes.Clone(original)
				if changed[at] ^= bit; !yield(at, changed) {
					return
				}
			}
		}
	}
}

func everyByte(original []byte) iter.Seq2[int, []byte] {
	return func(yield func(int, []byte) bool) {
		for at := range original {
			for _, bit := range []byte{0x01, 0x08, 0x20} {
				changed := bytes.Clone(original)
				if changed[at] ^= bit; !yield(at, changed) {
					return
				}
			}
		}
	}
}

// token reports whether a sample is one text that has one spelling.
func (s sample) token() bool { return s.Items[0].Carrier == verifier.CarrierJWT }

// meanings are what the valid badges in an input say, and what is said of who shows
// them; text is the input without what JSON does not count.
type meanings struct {
	badges []meaning
	held   bool // somebody is said to have signed what was shown
	text   string
}

// meaning is what a valid badge says: the hash is of all of its content, where it has
// one.
type meaning struct{ form, id, issuer, name, achievement, hash string }

func (e elsewhere) meaningsOf(ctx context.Context, input []byte) (m meanings) {
	for _, item := range e.items(ctx, input) {
		if r := item.Report; r.Verdict == credential.Valid {
			m.badges = append(m.badges, meaning{r.Form, r.CredentialID, r.IssuerID, r.IssuerName, r.Achievement, r.DocHash})
		}
		m.held = m.held || item.Holder != nil && item.Holder.Status == credential.OK
	}
	var value any
	if m.held && json.Unmarshal(bytes.TrimSpace(input), &value) == nil {
		m.text = fmt.Sprint(value)
	}
	return m
}

// kept wants every valid badge of a changed input to mean what it meant, and nobody
// to have signed what he did not see. A token means something in one spelling only.
func (m meanings) kept(now meanings, token bool) string {
	for _, badge := range now.badges {
		if !slices.Contains(m.badges, badge) || token {
			return fmt.Sprintf("%+v, and it was %+v", badge, m.badges)
		}
	}
	if now.held && (now.text == "" || now.text != m.text) {
		return "the presentation's proof holds"
	}
	return ""
}
