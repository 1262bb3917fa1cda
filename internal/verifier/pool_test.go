package verifier_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// gated is a web whose answers wait at a gate, and that counts who waits there.
type gated struct {
	web
	gate  chan struct{}
	at    chan struct{} // one for each that came to the gate
	asked atomic.Int64
}

func newGated(w web) *gated {
	return &gated{web: w, gate: make(chan struct{}), at: make(chan struct{}, 1000)}
}

func (g *gated) fetch(ctx context.Context, address, accept string) ([]byte, error) {
	g.asked.Add(1)
	g.at <- struct{}{}
	select {
	case <-g.gate:
		return g.web.fetch(ctx, address, accept)
	case <-ctx.Done():
		return nil, problem.Wrap(problem.Unavailable, "error.outbound.failed", ctx.Err())
	}
}

// One worker is enough for all who wait for others; when all places are taken, the
// next one is refused at once and told when to come back.
func TestPool(t *testing.T) {
	t.Parallel()
	document := sampleText(t, "json/eddsa-rdfc-2022.json")
	const at = "https://badges.example/json"
	g := newGated(web{at: document})
	service := verifier.Service{Config: verifier.Config{Fetch: g.fetch, Now: morning, Pool: verifier.NewPool(1, 3)}}
	answers := make(chan error, 2)
	for range 2 {
		go func() {
			items, err := service.Examine(t.Context(), []verifier.Input{{Data: []byte(at)}}, verifier.Options{})
			if err == nil && items[0].Report.Verdict != credential.Valid {
				err = errors.New(string(items[0].Report.Verdict))
			}
			answers <- err
		}()
		<-g.at
	}
	// Both wait, and the only worker is free: what needs nobody is answered.
	if item := one(t, service, document, verifier.Options{Offline: true}); item.Report.Check(credential.CheckProof).Status != credential.OK {
		t.Errorf("beside two that wait: %+v", item.Report)
	}
	third := make(chan struct{})
	go func() {
		defer close(third)
		_, _ = service.Examine(t.Context(), []verifier.Input{{Data: []byte(at)}}, verifier.Options{})
	}()
	<-g.at
	_, err := service.Examine(t.Context(), []verifier.Input{{Data: []byte(document)}}, verifier.Options{Offline: true})
	var failure *problem.Error
	if !errors.As(err, &failure) || failure.Kind != problem.Unavailable || failure.Key != "error.verify.busy" || failure.RetryAfter <= 0 {
		t.Errorf("a fourth: %v", err)
	}
	close(g.gate)
	for range 2 {
		if err := <-answers; err != nil {
			t.Error(err)
		}
	}
	<-third
	if item := one(t, service, document, verifier.Options{}); item.Report.Verdict != credential.Valid {
		t.Errorf("after them: %s", item.Report.Verdict)
	}
}

// What does not answer in time is unknown, and the badge is neither good nor bad.
func TestPatienceEnds(t *testing.T) {
	t.Parallel()
	document := sampleText(t, "status/bits-clear.json")
	g := newGated(nil)
	service := verifier.Service{Config: verifier.Config{Fetch: g.fetch, Now: morning, Patience: time.Millisecond}}
	r := one(t, service, document, verifier.Options{}).Report
	if check := r.Check(credential.CheckStatus); r.Verdict != credential.Unverifiable || check.Reason != "unreachable" {
		t.Errorf("%s, %+v", r.Verdict, check)
	}
	item := one(t, service, "https://badges.example/x", verifier.Options{})
	if key(item.Err) != "error.verify.unreachable" || !problem.Is(item.Err, problem.Unavailable) {
		t.Errorf("%v", item.Err)
	}
}

// The lists that twenty badges share are asked for once.
func TestEachDocumentIsAskedOnce(t *testing.T) {
	t.Parallel()
	document := sampleText(t, "status/both-clear.json")
	g := newGated(nil)
	close(g.gate)
	service := verifier.Service{Config: verifier.Config{Fetch: g.fetch, Now: morning, Pool: verifier.NewPool(2, 2)}}
	same := "[" + strings.TrimSuffix(strings.Repeat(document+",", 20), ",") + "]"
	items, err := service.Examine(t.Context(), []verifier.Input{{Data: []byte(same)}}, verifier.Options{})
	if err != nil || len(items) != 20 || g.asked.Load() != 2 { // a list of bits, and one of names
		t.Errorf("%d badges, %d documents, %v", len(items), g.asked.Load(), err)
	}
}

// A fault of ours in one badge is told of that badge, and the others are answered.
func TestPanicsStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	document := sampleText(t, "json/eddsa-rdfc-2022.json")
	service := verifier.Service{Config: verifier.Config{Now: morning, Pool: verifier.NewPool(1, 1),
		Fetch: func(context.Context, string, string) ([]byte, error) { panic("fault") }}}
	for range 3 { // no worker and no place is lost by it
		items, err := service.Examine(t.Context(), []verifier.Input{{Data: []byte("https://badges.example/x")}, {Data: []byte(sampleText(t, "status/bits-clear.json"))}, {Data: []byte(document)}}, verifier.Options{})
		if err != nil || len(items) != 3 || !problem.Is(items[0].Err, problem.Internal) || !problem.Is(items[1].Err, problem.Internal) || items[2].Report.Verdict != credential.Valid {
			t.Errorf("%v, %v", answersOf(items), err)
		}
	}
}

// Without going out, only what is near is asked.
func TestNoOutbound(t *testing.T) {
	t.Parallel()
	document := sampleText(t, "json/eddsa-rdfc-2022.json")
	g := newGated(web{"http://localhost:8080/x": document, "https://badges.example/x": document})
	close(g.gate)
	service := verifier.Service{Config: verifier.Config{Fetch: g.fetch, Now: morning, Near: func(address string) bool { return strings.HasPrefix(address, "http://localhost:8080/") }}}
	if item := one(t, service, "http://localhost:8080/x", verifier.Options{NoOutbound: true}); item.Report.Verdict != credential.Valid || g.asked.Load() != 1 {
		t.Errorf("near: %v, %v", item.Report.Verdict, item.Err)
	}
	if item := one(t, service, "https://badges.example/x", verifier.Options{NoOutbound: true}); key(item.Err) != "error.verify.offline" || g.asked.Load() != 1 {
		t.Errorf("far: %v, %v", item.Report.Verdict, item.Err)
	}
	if item := one(t, service, "http://localhost:8080/x", verifier.Options{Offline: true}); key(item.Err) != "error.verify.offline" || g.asked.Load() != 1 {
		t.Errorf("offline: %v, %v", item.Report.Verdict, item.Err)
	}
}
