package vcjwt_test

import (
	"crypto"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"ramure/internal/credential/vcjwt"
	"ramure/internal/did"
)

var samples = []string{"vc-jwt-es256-did-jwk.jwt", "vc-jwt-rs256-did-jwk.jwt"}

func sample(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(data))
}

// resolve finds the key of a token as a verifier does.
func resolve(t testing.TB, token vcjwt.Unverified) crypto.PublicKey {
	t.Helper()
	key, err := did.Self{}.Resolve(t.Context(), token.Issuer(), token.Header().Kid)
	if err != nil {
		t.Fatal(err)
	}
	if !key.Allows(token.Header().Alg) {
		t.Fatalf("the key is not for %s", token.Header().Alg)
	}
	return key.Public
}

func TestSamplesOfAnotherImplementation(t *testing.T) {
	t.Parallel()
	for _, name := range samples {
		token, err := vcjwt.Parse(sample(t, name))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		payload, err := token.Verify(resolve(t, token))
		if err != nil || !strings.HasPrefix(string(payload), `{"@context":`) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every byte of our own tokens is replaced by every other byte, and every eighth
// byte of the samples, which are longer: nothing verifies. All 2.1 million changes
// of the samples are tried when RAMURE_TEST_EXHAUSTIVE is set (over a minute).
func TestEverySingleByteChangeIsRefused(t *testing.T) {
	t.Parallel()
	step := 8
	if os.Getenv("RAMURE_TEST_EXHAUSTIVE") != "" {
		step = 1
	}
	for _, name := range samples {
		token, err := vcjwt.Parse(sample(t, name))
		if err != nil {
			t.Fatal(err)
		}
		refuseChanges(t, name, sample(t, name), step, resolve(t, token))
	}
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		refuseChanges(t, alg, sign(t, alg), 1, signer(t, alg).Public())
	}
}

func refuseChanges(t *testing.T, name, text string, step int, key crypto.PublicKey) {
	t.Helper()
	tried, accepted := changes(text, step, key)
	t.Logf("%s: %d single-byte changes, %d accepted", name, tried, accepted)
	if accepted != 0 || int(tried) != 255*((len(text)+step-1)/step) {
		t.Errorf("%s: %d of %d changes are accepted", name, accepted, tried)
	}
}

// changes tries them on two cores.
func changes(text string, step int, key crypto.PublicKey) (tried, accepted int64) {
	var all, let atomic.Int64
	var group sync.WaitGroup
	for half := range 2 {
		group.Go(func() {
			for place := half * step; place < len(text); place += 2 * step {
				n, m := changesAt(text, place, key)
				all.Add(n)
				let.Add(m)
			}
		})
	}
	group.Wait()
	return all.Load(), let.Load()
}

func changesAt(text string, place int, key crypto.PublicKey) (tried, accepted int64) {
	changed := []byte(text)
	for b := range 256 {
		if byte(b) == text[place] {
			continue
		}
		changed[place] = byte(b)
		tried++
		token, err := vcjwt.Parse(string(changed))
		if err != nil {
			continue
		}
		if _, err := token.Verify(key); err == nil {
			accepted++
		}
	}
	return tried, accepted
}

// Bytes put in, taken out and exchanged, anywhere.
func TestInsertionsAndDeletionsAreRefused(t *testing.T) {
	t.Parallel()
	text := sample(t, samples[1])
	token, _ := vcjwt.Parse(text)
	key, tried := resolve(t, token), 0
	refused := func(what, changed string) {
		tried++
		parsed, err := vcjwt.Parse(changed)
		if err != nil {
			return
		}
		if _, err := parsed.Verify(key); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
	for place := range len(text) {
		refused("a byte taken out", text[:place]+text[place+1:])
		refused("the rest cut off", text[:place])
		for _, more := range []string{"A", ".", "=", "\n", "\r\n", " ", "\x00"} {
			refused("a byte put in", text[:place]+more+text[place:])
		}
	}
	refused("a byte at the end", text+"A")
	t.Logf("%d insertions and deletions refused", tried)
}

func FuzzParse(f *testing.F) {
	for _, name := range samples {
		f.Add(sample(f, name))
	}
	own, key := sign(f, "EdDSA"), signer(f, "EdDSA").Public()
	f.Add(own)
	f.Add("e30.e30.AA")
	f.Add("..")
	f.Fuzz(func(t *testing.T, text string) {
		token, err := vcjwt.Parse(text)
		if err != nil {
			return
		}
		if strings.Count(text, ".") != 2 || strings.ContainsAny(text, "=\r\n +/") {
			t.Fatalf("%q has a second spelling", text)
		}
		if _, err := token.Verify(key); err == nil && text != own {
			t.Fatalf("%q verifies, and we never signed it", text)
		}
		_ = token.Issuer()
	})
}
