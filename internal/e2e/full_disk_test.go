package e2e

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"ramure/internal/config"
)

// The disk is full while several clients issue: the service says so and goes on
// showing what is there. Once there is room again it issues, without a restart,
// and nothing that was answered is lost or doubled.
func TestVenueIssuesOnAFullDisk(t *testing.T) {
	t.Parallel()
	disk := smallDisk(t)
	s := startIn(t, config.Config{DataDir: disk})
	token := s.venue("eric-embrun")
	body := order(s.achievement(token), nil)
	early := s.issue(token, body)
	s.get("/v/"+early, "text/html", http.StatusOK) // gives its leaf a place
	filler := fill(t, disk)
	answers := s.issueUntilFull(t, token, body)

	s.readsGoOn(t, early)
	want := s.revokeOnAFullDisk(t, token, early)

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	s.settleUp(t, token, body, map[string]string{early: want}, answers)
}

// revokeOnAFullDisk tries to take a badge back, which a gap in the journal may
// still let happen: what was answered is what the next read says.
func (s *site) revokeOnAFullDisk(t *testing.T, token, id string) (verdict string) {
	t.Helper()
	a := s.call(http.MethodPost, "/api/v1/awards/"+id+"/revocation", `{"reason":"Essai."}`,
		"Authorization", "Bearer "+token, "Content-Type", "application/json")
	verdict = "revoked"
	if a.Status != http.StatusCreated {
		s.expect(a, http.StatusInsufficientStorage)
		mustTellWhen(t, a, "error.store.full")
		verdict = "valid"
	}
	if got := s.get("/v/"+id+".json", "", http.StatusOK).member(t, "verdict"); got != verdict {
		t.Errorf("the revocation was answered with %d, and the badge is %s", a.Status, got)
	}
	return verdict
}

// smallDisk is a file system of 64 MiB. Only root may make one; in CI, where
// tests run as root, it is never skipped.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64m,mode=0700", "ramure-test", dir).CombinedOutput()
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("a small disk needs the right to mount one: %v: %s", err, said)
	}
	if err != nil {
		t.Fatalf("mount: %v: %s", err, said)
	}
	t.Cleanup(func() {
		if said, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, said)
		}
	})
	return dir
}

// room is what a full disk has left at first, so that clients are cut off in the
// middle of their work.
const room = 4 << 20

// fill leaves hardly any room on a disk.
func fill(t *testing.T, disk string) (filler string) {
	t.Helper()
	filler = filepath.Join(disk, "filler")
	file, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	block := make([]byte, 4096)
	size := int64(-room)
	for err == nil {
		var written int
		written, err = file.Write(block)
		size += int64(written)
	}
	if err := file.Truncate(size); err != nil {
		t.Fatal(err)
	}
	return filler
}

// startIn starts an installation of that configuration on a free port.
func startIn(t *testing.T, c config.Config) *site {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Listen, c.AdminListen = listener.Addr().String(), "127.0.0.1:0"
	return serve(t, c, listener)
}

// most bounds a story in which something has to happen some day.
const most = 5000

// issueUntilFull has four clients issue until each was told that there is no
// room.
func (s *site) issueUntilFull(t *testing.T, token string, body map[string]any) *outcomes {
	t.Helper()
	var known outcomes
	var all sync.WaitGroup
	for client := range 4 {
		all.Go(func() {
			for n := range most {
				key := fmt.Sprintf("full-%d-%d", client, n)
				got, err := s.patient(token).once(t.Context(), key, body)
				switch {
				case err == nil && got.Status == http.StatusCreated:
					known.set(key, got.member(t, "id"))
				case err == nil && got.Status == http.StatusInsufficientStorage:
					known.set(key, "")
					mustTellWhen(t, got, "error.store.full")
					return
				default:
					t.Errorf("%s: %d %s, %v", key, got.Status, got.Body, err)
					return
				}
			}
			t.Errorf("%d badges did not fill the disk", most)
		})
	}
	all.Wait()
	return &known
}

// readsGoOn asks for what a recruiter and a verifier ask for.
func (s *site) readsGoOn(t *testing.T, id string) {
	t.Helper()
	for path, accept := range map[string]string{
		"/v/" + id: "text/html", "/v/" + id + ".json": "application/json", "/credentials/" + id: "application/vc",
		"/qr/" + id + ".svg": "image/svg+xml", "/v/" + id + "/proof": "text/plain", "/status/1": "application/vc", "/log/checkpoint": "text/plain",
		"/issuers/eric-embrun/did.json": "application/json", "/": "text/html",
	} {
		if a := s.call(http.MethodGet, path, "", "Accept", accept); a.Status != http.StatusOK {
			t.Errorf("%s answered %d: %s", path, a.Status, a.Body)
		}
	}
}
