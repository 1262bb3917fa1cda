package e2e

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ramure/internal/credential"
)

// samples are badges in every form that the verifier takes, made by other people's
// libraries (internal/verifier/testdata/samples says how), with their answers.
type samples struct {
	folder  string
	Plain   map[credential.CheckID]string
	Samples []sample
}

type sample struct {
	Name, File, World string
	Options           struct{ Recipient string }
	Items             []expected
	Holder, Problem   string
}

// expected is the answer on one badge, as far as it differs from the plain one.
type expected struct {
	Carrier, Form, Suite string
	Verdict              credential.Verdict
	Checks               map[credential.CheckID]string
	Stops                credential.CheckID
}

const sampleFolder = "../verifier/testdata/samples"

func readSamples(t testing.TB, folder string) samples {
	t.Helper()
	all := samples{folder: folder}
	if err := json.Unmarshal(all.read(t, "samples.json"), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func (s samples) read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(s.folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s samples) has(name string) bool {
	return slices.ContainsFunc(s.Samples, func(one sample) bool { return one.Name == name })
}

// world is what the addresses in a sample answer.
func (s samples) world(t testing.TB, one sample) elsewhere {
	t.Helper()
	here := elsewhere{}
	if one.World == "" {
		return here
	}
	var answers map[string]struct {
		Text   string
		Status int
	}
	if err := json.Unmarshal(s.read(t, one.World), &answers); err != nil {
		t.Fatal(err)
	}
	for address, answer := range answers {
		if answer.Status == 0 {
			here[address] = []byte(answer.Text)
		}
	}
	return here
}
