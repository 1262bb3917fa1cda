package translog

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ramure/internal/problem"
)

// RFC 8037, appendix A.3.
func TestThumbprintOfRFC8037(t *testing.T) {
	t.Parallel()
	public, err := base64.RawURLEncoding.DecodeString("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
	if err != nil {
		t.Fatal(err)
	}
	if got := thumbprint(public); got != "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k" {
		t.Errorf("thumbprint is %s", got)
	}
}

func testProof(t testing.TB, m *memory, d issued, index int64) Proof {
	t.Helper()
	proof, err := Prove(context.Background(), m, m.last().Note, index, d.leaf, d.opening)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func TestProofTravels(t *testing.T) {
	t.Parallel()
	signer := testSigner(t, testOrigin, "log")
	policy, err := signer.Policy("https://badges.example/log").Marshal()
	if err != nil {
		t.Fatal(err)
	}
	trusted, err := ParsePolicy(policy)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 2, 3, 255, 256, 257} {
		m, docs := testLog(t, signer, size, 100)
		for i, d := range docs {
			proof, err := ParseProof(testProof(t, m, d, int64(i)).Marshal())
			if err != nil {
				t.Fatal(err)
			}
			in, err := VerifyInclusion(trusted, proof, d.docHash, d.issuer)
			if err != nil {
				t.Fatalf("leaf %d of %d: %v", i, size, err)
			}
			want := Included{Origin: testOrigin, Index: int64(i), Size: int64(size), Day: d.opening.Day, PublicKey: d.opening.PublicKey}
			if !reflect.DeepEqual(in, want) {
				t.Errorf("leaf %d of %d: %+v", i, size, in)
			}
		}
	}
}

func TestVerifyInclusionRefuses(t *testing.T) {
	t.Parallel()
	signer := testSigner(t, testOrigin, "log")
	policy := signer.Policy("")
	m, docs := testLog(t, signer, 20, 20)
	good, d := testProof(t, m, docs[7], 7), docs[7]
	if _, err := VerifyInclusion(policy, good, d.docHash, d.issuer); err != nil {
		t.Fatal(err)
	}
	extra := func(change func(o *Opening)) Proof {
		o, err := ParseOpening(good.Extra)
		if err != nil {
			t.Fatal(err)
		}
		change(&o)
		p := good
		if p.Extra, err = o.Marshal(); err != nil {
			t.Fatal(err)
		}
		return p
	}
	with := func(change func(p *Proof)) Proof {
		p := good
		p.Path = append([]Hash{}, good.Path...)
		change(&p)
		return p
	}
	another, _ := testLog(t, testSigner(t, testOrigin, "thief"), 20, 20)
	for name, proof := range map[string]Proof{
		"another day":       extra(func(o *Opening) { o.Day = "2026-11-21" }),
		"another salt":      extra(func(o *Opening) { o.Salt[0] ^= 1 }),
		"another key":       extra(func(o *Opening) { o.PublicKey = publicOf(testKey("thief")) }),
		"another document":  with(func(p *Proof) { p.Extra = testProof(t, m, docs[8], 8).Extra }),
		"another index":     with(func(p *Proof) { p.Index = 8 }),
		"index beyond":      with(func(p *Proof) { p.Index = 20 }),
		"another path":      with(func(p *Proof) { p.Path[2][0] ^= 1 }),
		"longer path":       with(func(p *Proof) { p.Path = append(p.Path, Hash{}) }),
		"no path":           with(func(p *Proof) { p.Path = nil }),
		"forged checkpoint": with(func(p *Proof) { p.Checkpoint = another.last().Note }),
	} {
		if in, err := VerifyInclusion(policy, proof, d.docHash, d.issuer); !problem.Is(err, problem.Invalid) {
			t.Errorf("%s: %+v, %v", name, in, err)
		}
	}
	wrong := d.docHash
	wrong[31] ^= 1
	if in, err := VerifyInclusion(policy, good, wrong, d.issuer); !problem.Is(err, problem.Invalid) {
		t.Errorf("another document hash: %+v, %v", in, err)
	}
	for _, issuer := range []string{d.issuer + "-2", "did:web:badges.example", "did:key:z6Mk", ""} {
		if in, err := VerifyInclusion(policy, good, d.docHash, issuer); err == nil {
			t.Errorf("issuer %q: %+v", issuer, in)
		}
	}
	if in, err := VerifyInclusion(policy, with(func(p *Proof) { p.Extra = nil }), d.docHash, d.issuer); !problem.Is(err, problem.Malformed) {
		t.Errorf("no opening: %+v, %v", in, err)
	}
}

// Not one other value of one byte of a whole proof verifies.
func TestEveryChangedByteOfAProofIsRefused(t *testing.T) {
	t.Parallel()
	signer := testSigner(t, testOrigin, "log")
	m, docs := testLog(t, signer, 2, 2)
	var values []byte
	for value := range 256 {
		values = append(values, byte(value))
	}
	changeEveryByte(t, signer.Policy(""), testProof(t, m, docs[1], 1), docs[1], values)
}

// The same with a witness that the policy asks for: each bit, and the bytes that
// mean something to a parser.
func TestEveryChangedByteOfAWitnessedProofIsRefused(t *testing.T) {
	t.Parallel()
	signer := testSigner(t, testOrigin, "log")
	m, docs := testLog(t, signer, 3, 3)
	policy := signer.Policy("")
	policy.Witnesses = []Witness{{Name: "w", Key: Key{"w.example", TypeWitness, publicOf(testKey("w.example"))}}}
	policy.Quorum = "w"
	m.checkpoints[0].Note = witnessed(m.last().Note, "w.example", testStart)
	changeEveryByte(t, policy, testProof(t, m, docs[1], 1), docs[1], []byte("\n\r\x00 =+/-A0\xff"))
}

// changeEveryByte gives each byte each of the values and flips each of its bits,
// leaves it out, doubles it, and expects a refusal each time.
func changeEveryByte(t *testing.T, policy Policy, proof Proof, d issued, values []byte) {
	t.Helper()
	text := proof.Marshal()
	verify := func(text []byte) error {
		proof, err := ParseProof(text)
		if err == nil {
			_, err = VerifyInclusion(policy, proof, d.docHash, d.issuer)
		}
		return err
	}
	if err := verify(text); err != nil {
		t.Fatal(err)
	}
	changes := 0
	for i, was := range text {
		others := append([]byte{was ^ 1, was ^ 2, was ^ 4, was ^ 8, was ^ 16, was ^ 32, was ^ 64, was ^ 128}, values...)
		if len(values) == 256 {
			others = values
		}
		variants := [][]byte{slices.Delete(bytes.Clone(text), i, i+1), slices.Insert(bytes.Clone(text), i, was)}
		for _, value := range others {
			if value != was {
				variants = append(variants, slices.Concat(text[:i], []byte{value}, text[i+1:]))
			}
		}
		for _, variant := range variants {
			if changes++; verify(variant) == nil {
				t.Fatalf("changed at byte %d, it still verifies:\n%q", i, variant)
			}
		}
	}
	t.Logf("%d changes of %d bytes refused", changes, len(text))
}

// What is wrong in the stored tree is found here, not by whoever gets the proof.
func TestProveFindsSpoiledNodes(t *testing.T) {
	t.Parallel()
	m, docs := testLog(t, testSigner(t, testOrigin, "log"), 11, 11)
	ctx := context.Background()
	for at := range m.nodes {
		spoiled := m.clone()
		spoiled.nodes[at].Hash[0] ^= 1
		refused := 0
		for i, d := range docs {
			proof, err := Prove(ctx, spoiled, m.last().Note, int64(i), d.leaf, d.opening)
			if err == nil {
				if _, err := VerifyLeaf(testSigner(t, testOrigin, "log").Policy(""), proof, d.leaf); err != nil {
					t.Fatalf("node %d: a proof went out that does not hold: %v", at, err)
				}
				continue
			}
			if refused++; !errors.Is(err, ErrDiverged) {
				t.Fatalf("node %d, leaf %d: %v", at, i, err)
			}
		}
		if refused == 0 {
			t.Errorf("node %d: nobody noticed", at)
		}
	}
	if _, err := Prove(ctx, m, m.last().Note, 0, docs[1].leaf, docs[1].opening); !errors.Is(err, ErrDiverged) {
		t.Errorf("another leaf: %v", err)
	}
	if _, err := Prove(ctx, m, m.last().Note, 11, docs[1].leaf, docs[1].opening); !problem.Is(err, problem.NotFound) {
		t.Errorf("a leaf without a place: %v", err)
	}
	if _, err := Prove(ctx, m, m.last().Note, 1, docs[1].leaf, Opening{}); !problem.Is(err, problem.Malformed) {
		t.Errorf("no opening: %v", err)
	}
	if _, err := Prove(ctx, m, []byte("x"), 1, docs[1].leaf, docs[1].opening); !problem.Is(err, problem.Malformed) {
		t.Errorf("no checkpoint: %v", err)
	}
}

func TestParseProofRefuses(t *testing.T) {
	t.Parallel()
	hash := LeafHash(nil).String()
	const head = "c2sp.org/tlog-proof@v1\n"
	tail := "\no\n1\n" + hash + "\n\n— a AAAAAAAA\n"
	for _, good := range []string{head + "index 0\n" + tail, head + "extra AAAA\nindex 0\n" + hash + "\n" + tail} {
		proof, err := ParseProof([]byte(good))
		if err != nil || string(proof.Marshal()) != good {
			t.Fatalf("%q: %+v, %v", good, proof, err)
		}
	}
	for name, text := range map[string]string{
		"empty": "", "header alone": head, "other version": "c2sp.org/tlog-proof@v2\nindex 0\n" + tail,
		"no index": head + tail, "no index but a hash": head + hash + "\n" + tail, "empty extra": head + "extra \nindex 0\n" + tail,
		"extra twice": head + "extra AAAA\nextra AAAA\nindex 0\n" + tail, "extra after": head + "index 0\nextra AAAA\n" + tail,
		"loose extra": head + "extra AB==\nindex 0\n" + tail, "unpadded extra": head + "extra AA\nindex 0\n" + tail,
		"index 00": head + "index 00\n" + tail, "index +0": head + "index +0\n" + tail, "no number": head + "index \n" + tail,
		"negative": head + "index -1\n" + tail, "too great": head + "index 9223372036854775808\n" + tail,
		"short hash": head + "index 0\n" + hash[:40] + "\n" + tail, "hash with a blank": head + "index 0\n" + hash + " \n" + tail,
		"CRLF": strings.ReplaceAll(head+"index 0\n"+tail, "\n", "\r\n"), "no checkpoint": head + "index 0\n\n",
		"no empty line": head + "index 0\n" + tail[1:], "long path": head + "index 0\n" + strings.Repeat(hash+"\n", maxPath+1) + tail,
		"too long": head + "extra " + strings.Repeat("AAAA", maxProof) + "\nindex 0\n" + tail,
	} {
		if proof, err := ParseProof([]byte(text)); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %+v, %v", name, proof, err)
		}
	}
}

func TestOpeningBytes(t *testing.T) {
	t.Parallel()
	good := Opening{Day: someDay, Salt: [32]byte{1}, PublicKey: make(ed25519.PublicKey, 32)}
	extra, err := good.Marshal()
	want := "ramure/opening/v1\n2026-11-22\nAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	if err != nil || string(extra) != want {
		t.Fatalf("%q, %v", extra, err)
	}
	again, err := ParseOpening(extra)
	if err != nil || !reflect.DeepEqual(again, good) {
		t.Errorf("read back as %+v, %v", again, err)
	}
	lines := strings.Split(want, "\n")
	for at, bad := range map[int]string{0: "ramure/opening/v2", 1: "2026-13-01", 2: lines[2][:43], 3: lines[3] + "=", 4: "\n"} {
		changed := append([]string{}, lines...)
		changed[at] = bad
		if o, err := ParseOpening([]byte(strings.Join(changed, "\n"))); !problem.Is(err, problem.Malformed) {
			t.Errorf("line %d %q: %+v, %v", at+1, bad, o, err)
		}
	}
	for _, o := range []Opening{{}, {Day: someDay}, {Day: someDay, PublicKey: make(ed25519.PublicKey, 31)}} {
		if extra, err := o.Marshal(); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %q, %v", fmt.Sprint(o), extra, err)
		}
	}
}
