package vcapi

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential/dataintegrity"
)

// The specifications that the contract is about.
const (
	vcdm      = "VC Data Model 2.0"
	vcdm1     = "VC Data Model 1.1"
	integrity = "VC Data Integrity 1.0"
	eddsa     = "EdDSA Cryptosuites 1.0"
	ecdsaDI   = "ECDSA Cryptosuites 1.0"
	bitstring = "Bitstring Status List 1.0"
	jose      = "VC-JOSE-COSE 1.0"
	vcAPI     = "VC API"
)

// line is one normative statement, in our words, and how it is tried on the adapter.
type line struct {
	spec, section, statement string
	try                      attempt
	want                     want
}

// attempt asks the adapter something.
type attempt func(t *testing.T) answer

// want says whether it must agree, and of what type the problem is if not.
type want struct {
	accepted bool
	kind     kind
	see      func(t *testing.T, got answer)
}

var yes = want{accepted: true}

func no(k kind) want { return want{kind: k} }

// seen is yes with a closer look at the answer.
func seen(see func(t *testing.T, got answer)) want { return want{accepted: true, see: see} }

// contract is the whole table.
func contract() []line {
	return slices.Concat(contractDataModel(), contractPresentations(), contractExtensions(), contractDataModel1(),
		contractIntegrity(), contractSuites(), contractBitstring(), contractTokens(), contractAPI())
}

// TestContract tries every line on the adapter over HTTP and prints how many there
// are for each specification.
func TestContract(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	seen := map[string]bool{}
	for _, l := range contract() {
		name := l.spec + " §" + l.section + ": " + l.statement
		if seen[name] {
			t.Errorf("twice in the table: %s", name)
		}
		seen[name] = true
		count[l.spec]++
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := l.try(t)
			if l.want.accepted {
				accepted(t, got)
			} else {
				refused(t, got, l.want.kind)
			}
			if l.want.see != nil && !t.Failed() {
				l.want.see(t, got)
			}
		})
	}
	total := 0
	for _, spec := range []string{vcdm, vcdm1, integrity, eddsa, ecdsaDI, bitstring, jose, vcAPI} {
		t.Logf("%4d lines for %s", count[spec], spec)
		total += count[spec]
	}
	t.Logf("%4d lines in all", total)
}

func accepted(t *testing.T, got answer) {
	t.Helper()
	if got.status != http.StatusOK && got.status != http.StatusCreated {
		t.Fatalf("%d %v", got.status, got.body)
	}
	if verified, isReport := got.body["verified"]; isReport && verified != true {
		t.Errorf("%v", got.body)
	}
}

func refused(t *testing.T, got answer, k kind) {
	t.Helper()
	if got.status != http.StatusBadRequest {
		t.Fatalf("%d %v", got.status, got.body)
	}
	if verified, isReport := got.body["verified"]; isReport && verified != false {
		t.Errorf("%v", got.body)
	}
	var kinds []string
	for _, item := range items(got.body["problemDetails"]) {
		kinds = append(kinds, fmt.Sprint(item.(map[string]any)["type"]))
	}
	if !slices.Contains(kinds, string(k)) {
		t.Errorf("%v, want %s", got.body["problemDetails"], k)
	}
}

// issue asks for a credential with these members to be secured.
func issue(members string) attempt { return issueAt("", "", members) }

// issueAt does so under a prefix and with options.
func issueAt(prefix, options, members string) attempt {
	return func(t *testing.T) answer {
		doc := plainCredential(t, "did:example:somebody", members)
		body := map[string]any{"credential": doc}
		if options != "" {
			body["options"] = object(t, "{"+options+"}")
		}
		return shared.post(t, prefix+"/credentials/issue", body)
	}
}

// round has a credential secured and then verified.
func round(prefix, members string) attempt {
	return func(t *testing.T) answer {
		issued := issueAt(prefix, "", members)(t)
		accepted(t, issued)
		return shared.post(t, prefix+"/credentials/verify", map[string]any{"verifiableCredential": issued.body["verifiableCredential"]})
	}
}

// verify asks about a credential that alice signed with these members.
func verify(members string) attempt { return verifyWith("", members, "") }

// verifyWith does so with options, and with members put over it afterwards.
func verifyWith(options, members, afterwards string) attempt {
	return func(t *testing.T) answer {
		doc := alice.prove(t, plainCredential(t, alice.did, members), dataintegrity.Options{}, dataintegrity.Further{})
		return askAbout(t, over(t, doc, afterwards), options)
	}
}

// tampered asks about a credential that was changed after alice signed it.
func tampered(afterwards string) attempt { return verifyWith("", "", afterwards) }

// askAbout asks whether a credential holds.
func askAbout(t *testing.T, doc any, options string) answer {
	t.Helper()
	body := map[string]any{"verifiableCredential": doc}
	if options != "" {
		body["options"] = object(t, "{"+options+"}")
	}
	return shared.post(t, "/credentials/verify", body)
}

// proofSaying asks about a credential whose proof, made by alice, says something
// else in these members.
func proofSaying(afterwards string) attempt {
	return func(t *testing.T) answer {
		doc := alice.prove(t, plainCredential(t, alice.did, ""), dataintegrity.Options{}, dataintegrity.Further{})
		doc["proof"] = over(t, doc["proof"].(map[string]any), afterwards)
		return askAbout(t, doc, "")
	}
}

// provenBy asks about a credential whose proof was made with these particulars.
func provenBy(p person, o dataintegrity.Options, f dataintegrity.Further, options string) attempt {
	return func(t *testing.T) answer {
		return askAbout(t, p.prove(t, plainCredential(t, p.did, ""), o, f), options)
	}
}

// lookUp looks at a member of what was issued or verified: "proof.type".
func lookUp(t *testing.T, body map[string]any, path string) any {
	t.Helper()
	var value any = body
	for name := range strings.SplitSeq(path, ".") {
		inside, isObject := value.(map[string]any)
		if !isObject {
			t.Fatalf("nothing at %s of %v", path, body)
		}
		value = inside[name]
	}
	return value
}

// holds looks for a value in the answer.
func holds(path string, wanted any) want {
	return seen(func(t *testing.T, got answer) {
		if value := lookUp(t, got.body, path); fmt.Sprint(value) != fmt.Sprint(wanted) {
			t.Errorf("%s: %v, want %v", path, value, wanted)
		}
	})
}
