package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A recruiter is shown badges of every form, made by other people's libraries, and
// gives each to the page, to the API and to the command. All three say the same of
// it, check by check, and what the table of samples says. What the samples ask of the
// network is made for the addresses of a server on this machine.
func TestThreeWaysOneAnswer(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	known, here := readSamples(t, sampleFolder), c.samplesHere(t)
	tried := 0
	for _, all := range []samples{known, here} {
		for _, one := range all.Samples {
			if all.folder == known.folder && here.has(one.Name) {
				continue // it comes with addresses of this machine
			}
			tried++
			c.serve(t, all, one)
			c.compare(t, all, known, one)
		}
	}
	c.severalAtOnce(t, known)
	t.Logf("%d samples, each asked of the page, the API and the command", tried)
	if tried != len(known.Samples) {
		t.Errorf("only %d of %d samples", tried, len(known.Samples))
	}
}

// compare wants one answer from all three, and that of the table.
func (c *counter) compare(t *testing.T, all, known samples, one sample) {
	t.Helper()
	want := fmt.Sprintf("%+v", c.askAPI(t, one, all))
	for way, got := range map[string][]reading{"page": c.askPage(t, one, all), "command": c.askCommand(t, one, all)} {
		if text := fmt.Sprintf("%+v", got); text != want {
			t.Errorf("%s: the %s says\n%s, the API\n%s", one.Name, way, text, want)
		}
	}
	if slices.Contains(otherHere, one.Name) {
		return
	}
	if text := fmt.Sprintf("%+v", one.readings(known, c.atHome())); text != want {
		t.Errorf("%s: the table says\n%s, the API\n%s", one.Name, text, want)
	}
}

// severalAtOnce hands in twenty files together, and wants the same answers in their
// order.
func (c *counter) severalAtOnce(t *testing.T, known samples) {
	t.Helper()
	var files []string
	var want []reading
	for _, one := range known.Samples {
		if one.World == "" && one.Options.Recipient == "" && len(one.Items) == 1 && one.Holder == "" && len(files) < 20 {
			files = append(files, one.File)
			want = append(want, one.readings(known, false)...)
		}
	}
	ways := map[string][]reading{"page": c.askPageWith(t, files, "", known), "command": c.askCommandWith(t, known, files)}
	for way, got := range ways {
		if a, b := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); a != b {
			t.Errorf("several at once, the %s says\n%s, want\n%s", way, a, b)
		}
	}
}

// otherHere are samples whose answer depends on their address: an issuer that is
// named by one must be under https, as an assertion must be to be asked whether it is
// gone, and an issuer under our own is asked of our log too.
var otherHere = []string{"issuer/https-key", "issuer/https-key-set", "issuer/web-gone", "hosted/gone"}

// atHome reports whether an issuer is named under the service's own address, whose
// log does not know the badge: here that is a failure, and elsewhere it is not.
func (c *counter) atHome() bool {
	for address := range *c.world.Load() {
		if strings.Contains(address, "/issuers/") {
			return true
		}
	}
	return false
}
