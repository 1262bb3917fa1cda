package pgtest

import (
	"fmt"
	"os"
	"sync"
	"testing"
)

// process is the server that the tests of one process share.
var process shared

type shared struct {
	mutex  sync.Mutex
	open   bool // between the start and the end of Run
	server *Server
	err    error // why there is no server; asked once, told to every test
}

// Run runs the tests of a package and then stops the server that they shared.
// It returns the exit code for os.Exit, and belongs in TestMain.
func Run(m *testing.M) int {
	process.mutex.Lock()
	process.open = true
	process.mutex.Unlock()
	code := m.Run()
	if err := process.close(); err != nil {
		fmt.Fprintf(os.Stderr, "pgtest: %v\n", err)
		return max(code, 1)
	}
	return code
}

// Start returns the server that the tests of this process share, and starts it
// at the first call: an own one, or the one that RAMURE_TEST_POSTGRES names.
func Start(tb testing.TB) *Server {
	tb.Helper()
	server, err := process.start()
	if err != nil {
		giveUp(tb, err)
	}
	return server
}

func (s *shared) start() (*Server, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if !s.open {
		return nil, fmt.Errorf("this package needs func TestMain(m *testing.M) { os.Exit(pgtest.Run(m)) }")
	}
	if s.server == nil && s.err == nil {
		s.server, s.err = named(os.Getenv("RAMURE_TEST_POSTGRES"))
	}
	return s.server, s.err
}

// named takes the server that a URL names, or an own one where there is none.
func named(address string) (*Server, error) {
	if address == "" {
		return launch(Options{})
	}
	return external(address)
}

func (s *shared) close() error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.open = false
	if s.server == nil {
		return nil
	}
	return s.server.close()
}

// giveUp ends a test that has no server: a failure, unless the person at this
// machine asked to do without. CI never does without.
func giveUp(tb testing.TB, err error) {
	tb.Helper()
	if os.Getenv("RAMURE_TEST_SKIP_POSTGRES") == "1" && os.Getenv("CI") == "" {
		tb.Skipf("skipped, as RAMURE_TEST_SKIP_POSTGRES asks: %v", err)
	}
	tb.Fatalf("pgtest: %v", err)
}
