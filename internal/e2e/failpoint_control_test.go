package e2e

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ramure/internal/failpoint"
)

func (x *trial) armed(point string) string {
	return filepath.Join(x.folder, "armed", failpoint.File(point))
}

func (x *trial) arm(point, action string) {
	x.Helper()
	// Complete at once: the program must not read half of it.
	draft := filepath.Join(x.folder, "draft")
	x.must(os.WriteFile(draft, []byte(action), 0o600))
	x.must(os.Rename(draft, x.armed(point)))
}

func (x *trial) disarm(point string) {
	x.Helper()
	if err := os.Remove(x.armed(point)); !errors.Is(err, fs.ErrNotExist) {
		x.must(err)
	}
}

// await waits until the point was met, or its act is done without.
func (x *trial) await(point string, done <-chan struct{}) bool {
	x.Helper()
	for ended := false; ; {
		if x.met(point) {
			return true
		}
		if ended {
			return false
		}
		select {
		case <-done:
			ended = true // and looked at once more
		case <-x.service.gone:
			if !x.met(point) {
				x.Fatalf("%s: the service ended by itself: %v", point, x.service.err)
			}
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func (x *trial) met(point string) bool {
	_, err := os.Stat(x.armed(point))
	return errors.Is(err, fs.ErrNotExist)
}
