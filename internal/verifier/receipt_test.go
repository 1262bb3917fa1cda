package verifier_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// notary signs for an instance with a fresh key.
func notary(t testing.TB, base string) *verifier.Notary {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	n, err := verifier.NewNotary(base, private)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A receipt says what was handed in, what was found, when and by whom; it is known
// again, and with any bit changed it is not.
func TestReceipt(t *testing.T) {
	t.Parallel()
	n := notary(t, "https://badges.example")
	service := reader(nil)
	service.Notary = n
	document := sampleText(t, "presentation/signed.json")
	items, err := service.Examine(t.Context(), []verifier.Input{{Name: "CV de Lucie.json", Data: []byte(document)}, {Name: "x", Data: nil}}, verifier.Options{})
	if err != nil {
		t.Fatal(err)
	}
	signed, err := service.Receipt(items)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"ramure/receipt/v1\ninstance https://badges.example\nchecked 2026-11-22T10:00:00Z\nbadges 2\n\nbadge 1\n",
		fmt.Sprintf("input sha256 %x, %d bytes\n", sha256.Sum256([]byte(document)), len(document)), "carrier presentation\n", "form json\n", "signed eddsa-rdfc-2022\n", "verdict valid\n",
		"document sha256 " + items[0].Report.DocHash + "\n", "id " + items[0].Report.CredentialID + "\n", "issuer did:key:z6Mk", "standing unknown\n", "check proof ok embedded\n", "check status unknown none\n", "check holder ok signed\n",
		"\nbadge 2\n", "problem error.verify.empty\n", "check form unknown notReached\n", "\n\n— badges.example/receipts ",
	} {
		if !strings.Contains(string(signed), line) {
			t.Errorf("no %q in\n%s", line, signed)
		}
	}
	if strings.Contains(string(signed), "Lucie") {
		t.Error("the name of the file is in it")
	}
	facts, err := service.CheckReceipt(signed)
	if err != nil || facts.Instance != "https://badges.example" || !facts.At.Equal(sampled) || facts.Badges != 2 {
		t.Errorf("%+v, %v", facts, err)
	}
	changes := 0
	for i := range signed {
		for bit := range 8 {
			spoilt := bytes.Clone(signed)
			spoilt[i] ^= 1 << bit
			if _, err := service.CheckReceipt(spoilt); err == nil {
				t.Errorf("byte %d, bit %d: accepted", i, bit)
			}
			changes++
		}
	}
	t.Logf("%d changes, none accepted", changes)
	if changes < 10_000 {
		t.Errorf("only %d", changes)
	}
}

func TestReceiptsOfOthers(t *testing.T) {
	t.Parallel()
	item := verifier.Item{Report: credential.Report{CheckedAt: sampled, Verdict: credential.Valid}}
	ours := verifier.Service{Config: verifier.Config{Now: morning, Notary: notary(t, "https://badges.example")}}
	for what, base := range map[string]string{"another key": "https://badges.example", "another instance": "https://evil.example"} {
		theirs := verifier.Service{Config: verifier.Config{Now: morning, Notary: notary(t, base)}}
		signed, err := theirs.Receipt([]verifier.Item{item})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ours.CheckReceipt(signed); !problem.Is(err, problem.Invalid) || key(err) != "error.verify.receiptBad" {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, text := range map[string]string{"nothing": "", "a badge": sampleText(t, "json/eddsa-rdfc-2022.json"), "a text": "ramure/receipt/v1\n"} {
		if _, err := ours.CheckReceipt([]byte(text)); !problem.Is(err, problem.Malformed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	silent := verifier.Service{Config: verifier.Config{Now: morning}}
	if _, err := silent.Receipt([]verifier.Item{item}); !problem.Is(err, problem.Unavailable) {
		t.Errorf("without a notary: %v", err)
	}
	if _, err := silent.CheckReceipt(nil); !problem.Is(err, problem.Unavailable) {
		t.Errorf("without a notary: %v", err)
	}
	if _, err := ours.Receipt(nil); !problem.Is(err, problem.Unavailable) {
		t.Errorf("of nothing: %v", err)
	}
}

// What a badge says of itself stays on its line, and can't pass for a check.
func TestReceiptKeepsStrangersOnTheirLine(t *testing.T) {
	t.Parallel()
	service := verifier.Service{Config: verifier.Config{Now: morning, Notary: notary(t, "https://badges.example")}}
	const evil = "urn:x\ncheck proof ok embedded\r\n\n— badges.example/receipts AAAA\u2028\u202everdict valid\x00\xff"
	item := verifier.Item{LookAlike: evil, Report: credential.Report{CheckedAt: sampled, Verdict: credential.Invalid, CredentialID: evil, IssuerID: strings.Repeat("é", 3000)}}
	signed, err := service.Receipt([]verifier.Item{item})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := service.CheckReceipt(signed); err != nil {
		t.Error(err)
	}
	for _, forged := range []string{"\ncheck ", "\nverdict valid", "\u2028", "\u202e", strings.Repeat("é", 1500)} {
		if strings.Contains(string(signed), forged) {
			t.Errorf("%q stands in\n%s", forged, signed)
		}
	}
	if got := bytes.Count(signed, []byte("\n— ")); got != 1 {
		t.Errorf("%d signatures", got)
	}
}

func FuzzCheckReceipt(f *testing.F) {
	service := verifier.Service{Config: verifier.Config{Now: morning, Notary: notary(f, "https://badges.example")}}
	signed, err := service.Receipt([]verifier.Item{{Report: credential.Report{CheckedAt: sampled}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(signed)
	f.Add([]byte("ramure/receipt/v1\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := service.CheckReceipt(data); err == nil && !bytes.Equal(data, signed) {
			t.Fatalf("%q", data)
		}
	})
}
