package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestExternalServerIsUsedAndLeftAlone(t *testing.T) {
	t.Parallel()
	own := New(t, Options{NoSync: true})
	named, err := named(own.URL("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	one, other := named.Database(t), named.Database(t)
	if one == other {
		t.Error("two tests were given one database")
	}
	for name, act := range map[string]func() error{"Kill": named.Kill, "Stop": named.Stop, "Restart": named.Restart} {
		if err := act(); !errors.Is(err, ErrExternal) {
			t.Errorf("%s = %v, want ErrExternal", name, err)
		}
	}
	if err := named.close(); err != nil {
		t.Errorf("close = %v", err)
	}
	if err := own.exec("SELECT 1"); err != nil {
		t.Errorf("the external server is gone: %v", err)
	}
}

func TestExternalServerMustBeThere(t *testing.T) {
	t.Parallel()
	port, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"localhost:5432", "mysql://localhost/x", fmt.Sprintf("postgres://a:b@127.0.0.1:%d/x", port)} {
		if _, err := named(address); err == nil || !strings.Contains(err.Error(), "RAMURE_TEST_POSTGRES") {
			t.Errorf("named(%q) = %v, want an error that names the setting", address, err)
		}
	}
}

func TestWithoutProgramsTheErrorSaysWhatToInstall(t *testing.T) {
	t.Parallel()
	clientOnly := t.TempDir()
	if err := os.WriteFile(filepath.Join(clientOnly, "initdb"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	_, err := firstComplete([]string{"", filepath.Join(clientOnly, "none"), clientOnly})
	if err == nil || !strings.Contains(err.Error(), "apt-get install postgresql") {
		t.Errorf("error %v does not say what to install", err)
	}
}

func TestSharedServerNeedsRun(t *testing.T) {
	t.Parallel()
	var outside shared
	if _, err := outside.start(); err == nil || !strings.Contains(err.Error(), "pgtest.Run(m)") {
		t.Errorf("start outside Run = %v, want an error that says what to write", err)
	}
}

func TestFailedStartIsToldToEveryTest(t *testing.T) {
	t.Parallel()
	broken := shared{open: true, err: errMissing}
	if _, err := broken.start(); !errors.Is(err, errMissing) {
		t.Errorf("start = %v, want the first failure again", err)
	}
}

// childOnly makes this test binary start a server and wait to be killed.
const childOnly = "PGTEST_CHILD"

func TestServerEndsWithItsProcessAndIsSweptUp(t *testing.T) {
	if os.Getenv(childOnly) != "" {
		child(t)
	}
	t.Parallel()
	command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
	command.Env = append(os.Environ(), childOnly+"=1")
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := command.StdinPipe(); err != nil { // its end, if we die, ends the child
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var postmaster int
	var folder string
	if _, err := fmt.Fscanln(bufio.NewReader(output), &postmaster, &folder); err != nil {
		t.Fatal(err)
	}
	if !isAlive(postmaster) {
		t.Fatal("the child's server doesn't run")
	}
	_ = command.Process.Kill()
	_ = command.Wait()
	if err := awaitGone([]int{postmaster}); err != nil {
		_ = syscall.Kill(postmaster, syscall.SIGQUIT)
		t.Fatal(err)
	}
	sweep()
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the folder of a dead process is still there: %v", err)
	}
}

// child starts a server, says which, and waits for the end.
func child(t *testing.T) {
	server, err := launch(Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(server.cluster.postgres.process.Pid, server.cluster.folder)
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(1)
}
