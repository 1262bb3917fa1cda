package e2e

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"ramure/internal/verifier"
)

// answerAttacks put something hostile behind every address that a good sample leads
// to: the issuer's document, its key, its lists, the classes of Open Badges 2.0.
// Without the true answer no badge is valid; only a newer version that can't be had
// leaves the one at hand as it was.
func answerAttacks(t *testing.T) corpus {
	all := readSamples(t, sampleFolder)
	hostile := hostileAnswers(newVictim(t))
	return corpus{name: "hostile answers in place of every document that is fetched", least: 400, heavy: 16, attacks: func(yield func(attack) bool) {
		for _, one := range all.Samples {
			if !one.good() || one.World == "" || strings.HasPrefix(one.Name, "refresh/") {
				continue
			}
			here, input := all.world(t, one), all.read(t, one.File)
			here.mustHold(t, one.Name, input)
			for _, address := range here.asked(t, input) {
				for _, name := range slices.Sorted(maps.Keys(hostile)) {
					if bytes.Equal(hostile[name], here[address]) || namesNoKeys(one, address, hostile[name]) {
						continue
					}
					spoilt := maps.Clone(here)
					spoilt[address] = hostile[name]
					ask := func(ctx context.Context) string { return spoilt.notValid(ctx, input) }
					if !yield(attack{fmt.Sprintf("%s, %s answers %s", one.Name, address, name), ask}) {
						return
					}
				}
			}
		}
	}}
}

// namesNoKeys tells the one answer that takes nothing away: an issuer that is an
// https address may have anything there but an object, and then its origin alone says
// which keys are its own (package did).
func namesNoKeys(one sample, address string, answer []byte) bool {
	return strings.HasPrefix(one.Name, "issuer/https-") && strings.HasSuffix(address, "/issuers/atelier") && !bytes.HasPrefix(answer, []byte("{"))
}

// asked lists the addresses whose answers the verdict on an input rests on.
func (e elsewhere) asked(t *testing.T, input []byte) (addresses []string) {
	t.Helper()
	var mu sync.Mutex
	service := e.verifier()
	service.Fetch = func(ctx context.Context, address, accept string) ([]byte, error) {
		mu.Lock()
		addresses = append(addresses, address)
		mu.Unlock()
		return e.fetch(ctx, address, accept)
	}
	if _, err := service.Examine(t.Context(), []verifier.Input{{Data: input}}, verifier.Options{}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(addresses)
	return slices.DeleteFunc(slices.Compact(addresses), func(address string) bool { return e[address] == nil })
}
