package translog

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"ramure/internal/problem"
)

// cosign is a witness, as c2sp.org/tlog-cosignature describes it.
func cosign(private ed25519.PrivateKey, text []byte, at int64) []byte {
	message := fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text)
	return append(binary.BigEndian.AppendUint64(nil, uint64(at)), ed25519.Sign(private, message)...)
}

// witnessed adds to a checkpoint the cosignature of the witness of that name.
func witnessed(signed []byte, name string, at time.Time) []byte {
	text, _, _ := strings.Cut(string(signed), "\n\n")
	key := Key{name, TypeWitness, publicOf(testKey(name))}
	line := binary.BigEndian.AppendUint32(nil, key.KeyHash())
	line = append(line, cosign(testKey(name), []byte(text+"\n"), at.Unix())...)
	return fmt.Appendf(nil, "%s— %s %s\n", signed, name, base64.StdEncoding.EncodeToString(line))
}

func keyText(kind byte, name string) string { return Key{name, kind, publicOf(testKey(name))}.String() }

// twoRegions is a policy of two logs and five witnesses in two groups.
func twoRegions() string {
	text := "log " + keyText(TypeLog, "one.example/log") + " https://one.example/log\nlog " + keyText(TypeLog, "two.example/log") + "\n"
	for _, name := range []string{"x1", "x2", "x3", "y1", "y2"} {
		text += "witness " + strings.ToUpper(name) + " " + keyText(TypeWitness, name) + "\n"
	}
	return text + "group X 2 X1 X2 X3\ngroup Y any Y1 Y2\ngroup both all X Y\nquorum both\n"
}

func TestQuorum(t *testing.T) {
	t.Parallel()
	policy, err := ParsePolicy([]byte(twoRegions()))
	if err != nil {
		t.Fatal(err)
	}
	for witnesses, enough := range map[string]bool{
		"": false, "x1": false, "x1 x2": false, "y1": false, "y1 y2": false, "x1 y1": false, "x1 x2 x3": false,
		"x1 x2 y1": true, "x3 x1 y2": true, "x1 x2 x3 y1 y2": true, "x1 x1 y1": false, "x1 x2 stranger": false,
		"x1 x2 y1 stranger": true,
	} {
		cp, err := testSigner(t, "one.example/log", "one.example/log").Checkpoint(Head{Size: 5}, testStart)
		if err != nil {
			t.Fatal(err)
		}
		names := strings.Fields(witnesses)
		for i, name := range names {
			cp.Note = witnessed(cp.Note, name, testStart.Add(-time.Duration(i)*time.Hour))
		}
		v, err := policy.Verify(cp.Note)
		if enough != (err == nil) || (!enough && !problem.Is(err, problem.Invalid)) {
			t.Errorf("witnesses %q: %v", witnesses, err)
		}
		if enough && (len(v.Cosignatures) < 3 || v.Cosignatures[0].At.After(v.Cosignatures[1].At)) {
			t.Errorf("witnesses %q: %v", witnesses, v.Cosignatures)
		}
	}
}

func TestPolicyRefusesCheckpoints(t *testing.T) {
	t.Parallel()
	policy, err := ParsePolicy([]byte(twoRegions()))
	if err != nil {
		t.Fatal(err)
	}
	policy.Quorum = QuorumNone
	head := Head{Size: 5, Root: LeafHash([]byte("root"))}
	sign := func(origin string, names ...string) []byte {
		cp, err := testSigner(t, origin, names...).Checkpoint(head, testStart)
		if err != nil {
			t.Fatal(err)
		}
		return cp.Note
	}
	good := sign("one.example/log", "one.example/log")
	if _, err := policy.Verify(good); err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(sign("two.example/log", "two.example/log")), "two.example/log\n5", "one.example/log\n5", 1)
	forged := witnessed(good, "x1", testStart)
	forged[len(forged)-20] ^= 1
	for name, signed := range map[string][]byte{
		"unknown log":                 sign("three.example/log", "three.example/log"),
		"right name, wrong key":       sign("one.example/log", "thief"),
		"right key, wrong name":       sign("three.example/log", "one.example/log"),
		"another log's note, renamed": []byte(other),
		"another log's signature":     resigned(t, "one.example/log", head, "two.example/log"),
		"a witness alone":             witnessed([]byte(FormatCheckpoint("one.example/log", head)+"\n"), "x1", testStart),
		"a witness as a log":          sign("x1", "x1"),
		"a forged cosignature":        forged,
		"a cosignature of another":    append(good, lastLine(witnessed(sign("two.example/log", "two.example/log"), "x1", testStart))...),
	} {
		if v, err := policy.Verify(signed); !problem.Is(err, problem.Invalid) && !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %+v, %v", name, v.Checkpoint, err)
		}
	}
	if v, err := (Policy{}).Verify(good); err == nil {
		t.Errorf("an empty policy accepts %+v", v.Checkpoint)
	}
}

// resigned is a checkpoint under one origin with a good signature made by
// another log, under that log's name.
func resigned(t *testing.T, origin string, head Head, by string) []byte {
	t.Helper()
	text := FormatCheckpoint(origin, head)
	key := Key{by, TypeLog, publicOf(testKey(by))}
	line := append(binary.BigEndian.AppendUint32(nil, key.KeyHash()), ed25519.Sign(testKey(by), []byte(text))...)
	return fmt.Appendf(nil, "%s\n— %s %s\n", text, by, base64.StdEncoding.EncodeToString(line))
}

func lastLine(signed []byte) []byte {
	lines := strings.SplitAfter(string(signed), "\n")
	return []byte(lines[len(lines)-2])
}

func TestPolicyIsReadBack(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"two regions": twoRegions(),
		"blanks":      " \t\n#c\n  # c\n\tlog\t" + keyText(TypeLog, "a") + "  \n quorum  none \n",
		"no log":      "quorum none\n",
		"one witness": "witness é\xff " + keyText(TypeWitness, "w") + " https://é.example\nquorum é\xff\n",
	} {
		policy, err := ParsePolicy([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		marshalled, err := policy.Marshal()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		again, err := ParsePolicy(marshalled)
		if err != nil || !reflect.DeepEqual(policy, again) {
			t.Errorf("%s: read back as %+v, %v", name, again, err)
		}
	}
}

func TestParsePolicyRefuses(t *testing.T) {
	t.Parallel()
	a, b, w, v := keyText(TypeLog, "a"), keyText(TypeLog, "b"), keyText(TypeWitness, "w"), keyText(TypeWitness, "v")
	renamed := Key{"other", TypeLog, publicOf(testKey("a"))}.String()
	witnesses := "witness W " + w + "\nwitness V " + v + "\n"
	for name, text := range map[string]string{
		"empty": "", "no quorum": "log " + a + "\n", "two quorums": "quorum none\nquorum none\n",
		"cut short": "log " + a + "\nquorum none", "CRLF": "quorum none\r\n", "form feed": "quorum\fnone\n", "DEL": "#\x7f\nquorum none\n",
		"unknown word": "trust " + a + "\nquorum none\n", "word in capitals": "LOG " + a + "\nquorum none\n",
		"log without key": "log\nquorum none\n", "log with too much": "log " + a + " u x\nquorum none\n",
		"log twice": "log " + a + "\nlog " + a + "\nquorum none\n", "log renamed": "log " + a + "\nlog " + renamed + "\nquorum none\n",
		"witness key as log": "log " + w + "\nquorum none\n", "log key as witness": "witness B " + b + "\nquorum none\n",
		"witness without key": "witness W\nquorum none\n", "witness twice": "witness W " + w + "\nwitness Z " + w + "\nquorum none\n",
		"name twice": "witness W " + w + "\nwitness W " + v + "\nquorum none\n", "witness none": "witness none " + w + "\nquorum none\n",
		"group named as witness": witnesses + "group W any V\nquorum W\n", "group none": witnesses + "group none any V\nquorum none\n",
		"group without members": witnesses + "group G any\nquorum G\n", "threshold 0": witnesses + "group G 0 W\nquorum G\n",
		"threshold too great": witnesses + "group G 3 W V\nquorum G\n", "threshold 01": witnesses + "group G 01 W\nquorum G\n",
		"threshold word": witnesses + "group G most W V\nquorum G\n", "unknown member": witnesses + "group G any X\nquorum G\n",
		"none as member": witnesses + "group G any none\nquorum G\n", "member of itself": witnesses + "group G any G\nquorum G\n",
		"member twice":         witnesses + "group G any W W\nquorum G\n",
		"member of two groups": witnesses + "group G any W\ngroup H any W V\nquorum H\n",
		"later member":         "group G any W\n" + witnesses + "quorum G\n", "later quorum": "quorum W\n" + witnesses,
		"unknown quorum": witnesses + "quorum X\n", "quorum of two": witnesses + "quorum W V\n", "bare quorum": witnesses + "quorum\n",
		"too long": strings.Repeat("#\n", maxPolicy) + "quorum none\n",
	} {
		if policy, err := ParsePolicy([]byte(text)); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %+v, %v", name, policy, err)
		}
	}
}

func TestMarshalPolicyRefuses(t *testing.T) {
	t.Parallel()
	key := Key{"w", TypeWitness, publicOf(testKey("w"))}
	for name, policy := range map[string]Policy{
		"no quorum":         {},
		"undefined quorum":  {Quorum: "W"},
		"name of two words": {Witnesses: []Witness{{Name: "a b", Key: key}}, Quorum: QuorumNone},
		"empty name":        {Witnesses: []Witness{{Key: key, URL: "u"}}, Quorum: QuorumNone},
		"address with line": {Witnesses: []Witness{{Name: "W", Key: key, URL: "u\nquorum W"}}, Quorum: QuorumNone},
		"address and blank": {Witnesses: []Witness{{Name: "W", Key: key, URL: " u"}}, Quorum: "W"},
		"no key":            {Logs: []TrustedLog{{}}, Quorum: QuorumNone},
	} {
		if text, err := policy.Marshal(); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %q, %v", name, text, err)
		}
	}
}

// A hundred witnesses and groups are well above what every reader must bear.
func TestLargePolicy(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, "log %s\nwitness w%d %s\n", keyText(TypeLog, fmt.Sprint("l", i)), i, keyText(TypeWitness, fmt.Sprint("w", i)))
		fmt.Fprintf(&text, "group g%d any w%d", i, i)
		if i > 0 {
			fmt.Fprintf(&text, " g%d", i-1)
		}
		text.WriteString("\n")
	}
	policy, err := ParsePolicy([]byte(text.String() + "quorum g99\n"))
	if err != nil {
		t.Fatal(err)
	}
	if !policy.satisfied([]Cosignature{{Witness: "w0"}}) || policy.satisfied([]Cosignature{{Witness: "l0"}}) {
		t.Error("the first witness does not satisfy the last group, or a stranger does")
	}
}
