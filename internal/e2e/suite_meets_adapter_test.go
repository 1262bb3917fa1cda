package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// Somebody with a test suite starts the real program with its adapter, over https.
// What the adapter issues is read by other people's libraries, and what these issue
// is read by the adapter; both refuse what was spoiled.
func TestSuiteMeetsAdapter(t *testing.T) {
	t.Parallel()
	p := build(t)
	s := p.serve("--dev-vcapi", "--dev-tls")
	base := strings.Replace(p.base, "http://localhost", "https://127.0.0.1", 1)
	tries := tryAdapter(t, base)
	for _, one := range tries {
		if one.Error != "" {
			t.Errorf("%s: %s", one.What, one.Error)
		}
	}
	if len(tries) < 100 {
		t.Errorf("only %d tries", len(tries))
	}
	p.stop(s)
	printed := strings.Split(strings.TrimSpace(s.out.String()), "\n")
	if !strings.Contains(printed[0], base) {
		t.Errorf("the address is not printed: %s", printed[0])
	}
	if fields := strings.Fields(printed[1]); len(fields) != 3 || !strings.HasPrefix(fields[2], "did:key:z6Mk") {
		t.Errorf("the issuer is not printed: %q", fields)
	}
	if !slices.ContainsFunc(printed, func(line string) bool { return strings.HasPrefix(line, "RS256") }) {
		t.Errorf("not every issuer is printed: %s", &s.out)
	}
}

// try is one answer of foreign/vcapi.mjs.
type try struct{ What, Error string }

// tryAdapter runs the other libraries against an adapter. Its certificate is its
// own, so they are told to take any, as test suites are.
func tryAdapter(t *testing.T, base string) []try {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	node := exec.CommandContext(ctx, "node", "foreign/vcapi.mjs", base)
	node.Env = append(node.Environ(), "NODE_TLS_REJECT_UNAUTHORIZED=0")
	out, err := node.Output()
	var ended *exec.ExitError
	if err != nil && (!errors.As(err, &ended) || ended.ExitCode() != 1) { // 1: one of them failed
		t.Fatalf("node: %v: %s", err, stderrOf(ended))
	}
	var tries []try
	if err := json.Unmarshal(out, &tries); err != nil {
		t.Fatalf("%v: %s%s", err, out, stderrOf(ended))
	}
	return tries
}
