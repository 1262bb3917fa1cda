package e2e

import (
	"bytes"
	"os"
	"os/exec"
	"testing"

	"ramure/internal/failpoint"
)

// The program that ships has no failpoints: neither code of that package, nor the
// name of the variable. In the one that is built for trials both are found, so
// that this test knows how to look.
func TestProgramThatShipsHasNoFailpoints(t *testing.T) {
	t.Parallel()
	for tags, present := range map[string]bool{"nomsgpack": false, "nomsgpack,failpoint": true} {
		path := compile(t, tags)
		symbols, err := exec.CommandContext(t.Context(), "go", "tool", "nm", path).Output()
		if err != nil {
			t.Fatal(err)
		}
		program, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(symbols, []byte("ramure/internal/award.(*Service).Issue")) {
			t.Fatalf("%s: the symbols are not those of the program", tags)
		}
		for what, found := range map[string]bool{
			"code":     bytes.Contains(symbols, []byte("ramure/internal/failpoint.")),
			"drivers":  bytes.Contains(symbols, []byte("ramure/internal/store.failing")),
			"variable": bytes.Contains(program, []byte(failpoint.Folder)),
		} {
			if found != present {
				t.Errorf("%s: %s found: %t", tags, what, found)
			}
		}
	}
}
