package e2e

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// program is the real program, built as the Makefile builds it, with settings
// of its own.
type program struct {
	t           *testing.T
	path        string
	env         []string
	base, admin string
}

// root is the repository, from this package.
const root = "../.."

// build builds the program, and gives it a data directory and two free ports.
func build(t *testing.T) *program {
	t.Helper()
	return install(t, compile(t, "nomsgpack"))
}

// compile builds the program and answers where it is.
func compile(t *testing.T, tags string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "ramure")
	command := exec.CommandContext(t.Context(), "go", "build", "-tags", tags, "-o", path, "./cmd/ramure")
	command.Dir = root
	if said, err := command.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, said)
	}
	return path
}

// install gives a program a data directory and two free ports.
func install(t *testing.T, path string) *program {
	t.Helper()
	p := &program{t: t, path: path}
	listen, admin := freePort(t), freePort(t)
	p.base, p.admin = "http://localhost"+strings.TrimPrefix(listen, "127.0.0.1"), "http://"+admin
	p.env = append(os.Environ(), "RAMURE_LISTEN="+listen, "RAMURE_ADMIN_LISTEN="+admin, "RAMURE_DATA_DIR="+t.TempDir())
	return p
}

// freePort finds a port below those that the kernel gives to clients
// (ip_local_port_range), so that no connection of another test takes it before
// the service does.
func freePort(t *testing.T) string {
	t.Helper()
	var refused error
	for range 100 {
		address := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(10000))
		listener, err := net.Listen("tcp", address)
		if err == nil {
			listener.Close()
			return address
		}
		refused = err
	}
	t.Fatal(refused)
	return ""
}

// run runs a command to its end and gives its standard output, without the line
// break at its end.
func (p *program) run(args ...string) string {
	p.t.Helper()
	command := exec.CommandContext(p.t.Context(), p.path, args...)
	command.Env = p.env
	var said bytes.Buffer
	command.Stderr = &said
	out, err := command.Output()
	if err != nil {
		p.t.Fatalf("ramure %s: %v: %s", strings.Join(args, " "), err, &said)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// service is a running `ramure serve`.
type service struct {
	*exec.Cmd
	out  bytes.Buffer // standard output, read after its end
	said bytes.Buffer // standard error, read after its end
	gone chan struct{}
	err  error // how it ended; read after gone
}

// serve starts the service and waits until it answers.
func (p *program) serve(flags ...string) *service {
	p.t.Helper()
	s := &service{Cmd: exec.Command(p.path, append([]string{"serve"}, flags...)...), gone: make(chan struct{})}
	s.Env, s.Stdout, s.Stderr, s.SysProcAttr = p.env, &s.out, &s.said, child()
	if err := s.Start(); err != nil {
		p.t.Fatal(err)
	}
	go func() { s.err = s.Wait(); close(s.gone) }()
	p.t.Cleanup(func() {
		_ = s.Process.Kill() // it has mostly ended already
		<-s.gone
	})
	p.await(s)
	return s
}

// await asks until the service answers, or has ended.
func (p *program) await(s *service) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), patience)
	defer cancel()
	for {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.admin+"/healthz", nil)
		if err != nil {
			p.t.Fatal(err)
		}
		if response, err := client.Do(request); err == nil {
			response.Body.Close()
			return
		}
		select {
		case <-s.gone:
			p.t.Fatalf("the service ended: %v: %s", s.err, &s.said)
		case <-ctx.Done():
			p.t.Fatal("the service does not answer")
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// stop sends SIGTERM, and wants a good end in good time.
func (p *program) stop(s *service) {
	p.t.Helper()
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	select {
	case <-s.gone:
	case <-time.After(patience):
		p.t.Fatal("the service does not stop")
	}
	var ended *exec.ExitError
	if errors.As(s.err, &ended) {
		p.t.Errorf("after SIGTERM the service ended with %v: %s", s.err, &s.said)
	}
}
