package verifier_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// Hosts that never heard of logs answer all sorts of things where one would be: only
// those that do not answer, or not now, leave it open.
func TestHostsWithoutALog(t *testing.T) {
	t.Parallel()
	answered := func(status int) error {
		return problem.New(problem.Unavailable, "error.outbound.status").With("status", fmt.Sprint(status))
	}
	for what, c := range map[string]struct {
		answer string
		err    error
		reason string
	}{
		"none":      {"", problem.New(problem.NotFound, "error.outbound.notFound"), "foreign"},
		"no longer": {"", problem.New(problem.Gone, "error.outbound.gone"), "foreign"},
		"a page":    {"<!doctype html>", nil, "foreign"}, "nothing": {"", nil, "foreign"},
		"forbidden": {"", answered(403), "foreign"}, "sign in first": {"", answered(401), "foreign"}, "not in that form": {"", answered(406), "foreign"}, "another status": {"", answered(451), "foreign"},
		"later": {"", answered(429), "unreachable"}, "a time-out": {"", answered(408), "unreachable"}, "too early": {"", answered(425), "unreachable"}, "a fault": {"", answered(500), "unreachable"}, "overloaded": {"", answered(503), "unreachable"},
		"no answer": {"", problem.New(problem.Unavailable, "error.outbound.failed"), "unreachable"},
	} {
		one := sample{World: "issuer/web.world.json"}
		service := one.verifier(t)
		world := service.Fetch
		service.Fetch = func(ctx context.Context, address, accept string) ([]byte, error) {
			if strings.HasSuffix(address, "/log/policy") {
				return []byte(c.answer), c.err
			}
			return world(ctx, address, accept)
		}
		items, err := service.Examine(t.Context(), []verifier.Input{{Data: file(t, "issuer/web.json")}}, verifier.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := credential.Valid
		if c.reason != "foreign" {
			want = credential.Unverifiable
		}
		if r := items[0].Report; r.Verdict != want || r.Check(credential.CheckInclusion).Reason != c.reason {
			t.Errorf("%s: %s, %+v", what, r.Verdict, r.Check(credential.CheckInclusion))
		}
	}
}
