package bench

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync"
	"testing"
	"time"

	"ramure/internal/app"
	"ramure/internal/config"
	"ramure/internal/store/pgtest"
)

// built is the real program, stripped, made once a run.
var built = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "ramure-bench-")
	if err != nil {
		return "", err
	}
	workshop = folder
	path := filepath.Join(folder, "ramure")
	command := exec.Command("go", "build", "-tags", "nomsgpack", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w",
		"-o", path, "ramure/cmd/ramure")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if said, err := command.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, said)
	}
	return path, nil
})

func program(tb testing.TB) string {
	tb.Helper()
	path, err := built()
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

// origin stands in every badge. It is not where the service listens: a server
// that speaks https would stand in front.
const origin = "https://badges.example.org"

// installation is a database and the key that seals its secrets.
type installation struct {
	engine string // sqlite or postgres
	data   string // folder of the master key, and of the SQLite file
	url    string // of the database
}

var engines = []string{"sqlite", "postgres"}

// fresh is an empty installation that goes with the benchmark.
func fresh(tb testing.TB, engine string) installation {
	tb.Helper()
	i := installation{engine: engine, data: tb.TempDir()}
	i.url = "sqlite:" + filepath.Join(i.data, "ramure.db")
	if engine == "postgres" {
		i.url = pgtest.Database(tb)
	}
	return i
}

func (i installation) settings(listen, admin string) []string {
	return []string{"RAMURE_BASE_URL=" + origin, "RAMURE_DATA_DIR=" + i.data, "RAMURE_DATABASE_URL=" + i.url,
		"RAMURE_LISTEN=" + listen, "RAMURE_ADMIN_LISTEN=" + admin}
}

// command prepares the program for this installation.
func (i installation) command(tb testing.TB, arguments ...string) *exec.Cmd {
	tb.Helper()
	command := exec.Command(program(tb), arguments...)
	command.Env = append(plainEnvironment(), i.settings("127.0.0.1:8080", "127.0.0.1:8081")...)
	return command
}

// tell runs a command of the program and answers what it printed.
func (i installation) tell(tb testing.TB, arguments ...string) string {
	tb.Helper()
	out, err := i.command(tb, arguments...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		tb.Fatalf("ramure %s: %v\n%s", strings.Join(arguments, " "), err, failed.Stderr)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// serving is the product at work.
type serving struct {
	*process
	installation
	admin string
}

// serve starts the program: the real one, or with PROFILE this binary in its
// place, which can be profiled.
func (i installation) serve(tb testing.TB) *serving {
	tb.Helper()
	s := &serving{installation: i, admin: freeAddress(tb)}
	listen := freeAddress(tb)
	command := i.command(tb, "serve")
	if folder := os.Getenv(profileVariable); folder != "" {
		command = itself(tb, "product", profileVariable+"="+folder)
	}
	command.Env = append(command.Env, i.settings(listen, s.admin)...)
	s.process = start(tb, "product on "+i.engine, listen, command)
	return s
}

// ask asks once, and expects a status.
func (s *serving) ask(tb testing.TB, status int, request []byte) reply {
	tb.Helper()
	w, err := dial(s.address)
	if err != nil {
		tb.Fatal(err)
	}
	defer w.close()
	r, err := w.ask(request)
	if err != nil || r.status != status {
		tb.Fatalf("%d %v %s", r.status, err, r.body)
	}
	return r
}

// keep writes bytes to a file that goes with the benchmark.
func keep(tb testing.TB, content []byte) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "content")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// token makes a venue, and a token of it with all rights.
func (i installation) token(tb testing.TB, venue string) string {
	tb.Helper()
	i.tell(tb, "venue", "create", "--slug", venue, "--name", "ERIC "+venue, "--commune", "13055")
	return i.tell(tb, "token", "create", "--venue", venue, "--scope", "issue,revoke,read", "--name", "bench")
}

// profiledProduct is the product in this binary, which has symbols, under the
// CPU profiler.
func profiledProduct(ctx context.Context) error {
	c := config.Config{Listen: os.Getenv("RAMURE_LISTEN"), AdminListen: os.Getenv("RAMURE_ADMIN_LISTEN"),
		BaseURL: os.Getenv("RAMURE_BASE_URL"), DataDir: os.Getenv("RAMURE_DATA_DIR"), DatabaseURL: os.Getenv("RAMURE_DATABASE_URL")}
	if err := c.Complete(); err != nil {
		return err
	}
	a, err := app.New(ctx, c, environment(slog.New(slog.NewJSONHandler(os.Stderr, nil))))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return errors.Join(err, a.Close())
	}
	file, err := os.Create(filepath.Join(os.Getenv(profileVariable), fmt.Sprintf("%s-%d.pprof", a.Store.Engine(), os.Getpid())))
	if err != nil {
		return errors.Join(err, a.Close())
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return errors.Join(err, a.Close())
	}
	defer runtime.KeepAlive(make([]byte, 24<<20)) // as the program itself does (cmd/ramure/memory.go)
	go a.Run(ctx)
	server, _ := a.Servers()
	go func() { _ = server.Serve(listener) }()
	<-ctx.Done()
	pprof.StopCPUProfile()
	return errors.Join(file.Close(), server.Close())
}

func environment(log *slog.Logger) app.Env {
	return app.Env{Now: time.Now, Rand: rand.Reader, Version: "bench", Log: log}
}
