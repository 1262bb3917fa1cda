package credential_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"ramure/internal/credential"
	"slices"
	"strings"
	"testing"
)

// Every value, member and structure of a signed credential, of either form, is changed
// in every way that we can think of: none of the changed documents verifies, unless it
// says the same thing in another order or in the short form that JSON-LD allows.
func TestEveryChangeIsRefused(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	for name, original := range map[string]map[string]any{
		"2.0": decode(t, i.sign(t, i.badge()).Document),
		"1.1": i.proven(t, olden(i.unsigned(t), integrity), "eddsa-rdfc-2022"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refuseEveryChange(t, i, decode(t, encoded(t, original)))
		})
	}
}

func refuseEveryChange(t *testing.T, i *issuer, original map[string]any) {
	src := i.sources(&facts{})
	counts, same := map[string]int{}, []string{}
	for change := range changes(original) {
		counts[change.kind]++
		r := credential.Verify(t.Context(), change.document, src)
		complete(t, r)
		proven := r.Check(credential.CheckProof).Status == credential.OK
		if proven && change.sameMeaning(original) {
			same = append(same, change.path+" "+change.kind)
			continue
		}
		if proven || r.Verdict != credential.Invalid && !(r.Verdict == credential.Unverifiable && change.unknowable()) {
			t.Errorf("%s %s: %s\n%.200s", change.path, change.kind, r.Verdict, change.document)
		}
	}
	total := 0
	for _, n := range counts {
		total += n
	}
	t.Logf("%d changes, 0 of another meaning verified, %d of the same meaning", total, len(same))
	if total < 3000 {
		t.Errorf("only %d changes: %v", total, counts)
	}
	if slices.Sort(same); !slices.Equal(same, notSigned()) {
		t.Errorf("what the signature does not cover is now\n%q", same)
	}
}

// Every byte of the JSON is changed too, into three others.
func TestEveryByteOfAJSON(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	document := i.sign(t, i.badge()).Document
	src, tried, open := i.sources(&facts{}), 0, 0
	for at := range document {
		for _, bit := range []byte{0x01, 0x20, 0x80} {
			tried++
			changed := bytes.Clone(document)
			changed[at] ^= bit
			r := credential.Verify(t.Context(), changed, src)
			if r.Verdict != credential.Invalid && !(r.Verdict == credential.Unverifiable && unreadable(r)) {
				t.Errorf("byte %d, %q for %q: %s", at, changed[at], document[at], r.Verdict)
			}
			if r.Verdict == credential.Unverifiable {
				open++
			}
		}
	}
	t.Logf("%d documents of %d bytes, each changed in one byte: 0 accepted, %d of a kind that nobody here can read", tried, len(document), open)
	if open > 150 {
		t.Errorf("%d are only unverifiable", open)
	}
}

// unreadable reports that nobody could tell: a proof of another kind, or words that
// mean nothing here.
func unreadable(r credential.Report) bool {
	reason := r.Check(credential.CheckProof).Reason
	return reason == "unsupportedSuite" || reason == "vocabulary"
}

// unknowable reports a change of what says how to read the rest.
func (c change) unknowable() bool {
	return strings.HasPrefix(c.path, "$.@context") || c.path == "$.proof[0].type" || c.path == "$.proof[0].cryptosuite" ||
		c.path == "$.proof[0]"
}

// Blanks and the order of members are nobody's meaning.
func TestOtherSpellingsAreValid(t *testing.T) {
	t.Parallel()
	i := newIssuer(t, "atelier")
	document := i.sign(t, i.badge()).Document
	var spread bytes.Buffer
	if err := json.Indent(&spread, document, "", "\t"); err != nil {
		t.Fatal(err)
	}
	escaped := bytes.ReplaceAll(document, []byte("é"), []byte(`\u00e9`))
	for name, spelling := range map[string][]byte{"spread": spread.Bytes(), "sorted": write(decode(t, document)), "escaped": escaped} {
		if bytes.Equal(spelling, document) {
			t.Fatalf("%s changes nothing", name)
		}
		expect(t, name, i.verify(t, spelling), credential.Valid, credential.CheckProof, "ok embedded")
	}
}

// notSigned is all that may change under a signature: the short form of a set of
// one, and the order of what RDF holds as sets. That of the levels is one of them
// (the Open Badges context gives them no list): a reader that shows the order of
// a foreign document relies on more than was signed.
func notSigned() (list []string) {
	const subject, rubric = "$.credentialSubject", "$.credentialSubject.achievement.resultDescription[0]"
	for _, path := range []string{"$.type", "$.evidence", subject + ".achievement.tag", rubric + ".rubricCriterionLevel"} {
		list = append(list, path+" turned round")
	}
	list = append(list, "$.credentialStatus in a list")
	for _, path := range []string{"$.issuer.type", "$.evidence[0].type", "$.evidence[1].type", "$.proof", subject + ".type",
		subject + ".result[0].type", subject + ".achievement.type", subject + ".achievement.creator.type",
		subject + ".achievement.alignment[0].type", rubric + ".type",
		rubric + ".rubricCriterionLevel[0].type", rubric + ".rubricCriterionLevel[1].type"} {
		list = append(list, path+" its first alone")
	}
	slices.Sort(list)
	return list
}

// change is a document that differs from the original in one place.
type change struct {
	path, kind string
	document   []byte
}

// sameMeaning compares without regard to what RDF does not know: the order of a
// set, and whether a set of one is written as its value. The only list that our
// words have, allowedValue, we do not write.
func (c change) sameMeaning(original map[string]any) bool {
	var changed map[string]any
	if json.Unmarshal(c.document, &changed) != nil {
		return false
	}
	return normal("", changed) == normal("", original)
}

// shortened are the members whose set of one may be written as its value
// (Open Badges 3.0 §7, Serialization; VC Data Model 2.0 §4.10 for the status).
var shortened = []string{"type", "proof", "credentialStatus"}

func normal(name string, value any) string {
	switch v := value.(type) {
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, member := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, fmt.Sprintf("%q:%s", member, normal(member, v[member])))
		}
		return "{" + strings.Join(parts, ",") + "}"
	case []any:
		parts := make([]string, 0, len(v))
		for _, element := range v {
			parts = append(parts, normal("", element))
		}
		if name != "@context" {
			slices.Sort(parts)
		}
		if len(parts) == 1 && slices.Contains(shortened, name) {
			return parts[0]
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	return fmt.Sprintf("%#v", value)
}

// changes visits the documents that differ from the original in one place.
func changes(original map[string]any) func(yield func(change) bool) {
	before := write(original)
	return func(yield func(change) bool) {
		keep := func(c change) {
			if !bytes.Equal(c.document, before) {
				yield(c)
			}
		}
		walk("$", original, func(v any) any { return v }, func(path string, value any, put func(any) any) {
			for kind, becomes := range variants {
				if changed, applies := becomes(value); applies {
					keep(change{path, kind, write(put(changed))})
				}
			}
		})
		rename("$", original, func(v any) any { return v }, keep)
	}
}
