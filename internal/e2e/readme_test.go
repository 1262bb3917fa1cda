package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A newcomer follows the README from nothing to a badge that was issued,
// verified by everybody, spoiled, and taken back. The lines are the README's
// own; only the port and the place of the files are this test's.
func TestNewcomerFollowsReadme(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(root + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	said := walk(t, journey(t, string(text)))
	for _, step := range []string{
		`(?m)^did:web:localhost%3A\d+:issuers:eric-embrun$`,
		`(?m)^valid — [^\n]+\n(?s:.*?)^valid — [^\n]+\n(?s:.*?)^valid — `,
		`"verified": true,(?s:.*?)"verified": true,`,
		`(?m)^unverifiable — (?s:.*?)^ok +proof (?s:.*?)^unknown +status (?s:.*?)^ok +inclusion (?s:.*?)^exit status 3$`,
		`(?m)^invalid — (?s:.*?)^failed +proof (?s:.*?)^exit status 1$`,
		`\{"at":"[^"]+","reason":"Délivré par erreur\."\}`,
		`(?m)revoked — (?s:.*?)^failed +status (?s:.*?)^exit status 1$`,
	} {
		found := regexp.MustCompile(step).FindStringIndex(said)
		if found == nil {
			t.Fatalf("%s does not come, or not in its turn, in:\n%s", step, said)
		}
		said = said[found[1]:]
	}
}

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// journey gives the shell lines of the README's section, in order.
func journey(t *testing.T, readme string) string {
	t.Helper()
	_, section, found := strings.Cut(readme, "\n## Issue and verify a badge\n")
	section, _, ended := strings.Cut(section, "\n## ")
	blocks := shellBlock.FindAllStringSubmatch(section, -1)
	if !found || !ended || len(blocks) < 3 {
		t.Fatalf("the README has no journey any more: %d blocks", len(blocks))
	}
	var script strings.Builder
	for _, block := range blocks {
		script.WriteString(block[1])
	}
	return script.String()
}

// walk runs the journey in an empty folder, and gives all that was said.
func walk(t *testing.T, script string) string {
	t.Helper()
	folder, house := t.TempDir(), absolute(t, root)
	if err := os.Symlink(filepath.Join(house, "internal"), filepath.Join(folder, "internal")); err != nil {
		t.Fatal(err)
	}
	listen := freePort(t)
	_, port, _ := strings.Cut(listen, ":")
	script = strings.NewReplacer("go build ", "go build -C '"+house+"' ", "-o bin/", "-o '"+folder+"'/bin/",
		"localhost:8080", "localhost:"+port, "127.0.0.1:8080", listen).Replace(script)
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	shell := exec.CommandContext(ctx, "sh", "-eu", "-c", "trap 'kill $!; wait' EXIT\n"+script)
	shell.Dir, shell.SysProcAttr, shell.WaitDelay = folder, child(), 10*time.Second
	shell.Cancel = func() error { return syscall.Kill(-shell.Process.Pid, syscall.SIGKILL) }
	shell.Env = append(os.Environ(), "LC_ALL=C", "RAMURE_LISTEN="+listen, "RAMURE_ADMIN_LISTEN="+freePort(t))
	said, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v in:\n%s", err, said)
	}
	return string(said)
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	whole, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}
