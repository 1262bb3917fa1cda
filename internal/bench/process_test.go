package bench

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// process is a program under measurement.
type process struct {
	name    string
	address string // host:port that it answers at
	server  int    // process id of the database server that works for it; 0 for none
	command *exec.Cmd
	gone    chan struct{}
}

const (
	startPatience = 30 * time.Second
	stopPatience  = 20 * time.Second
)

// start runs a program until the benchmark ends, and returns when it answers.
// Its log goes to the null device: writing it is the program's work, keeping it
// isn't.
func start(tb testing.TB, name, address string, command *exec.Cmd) *process {
	tb.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		tb.Fatal(err)
	}
	defer null.Close()
	command.Stdout, command.Stderr = null, null
	endWithParent(command)
	if err := command.Start(); err != nil {
		tb.Fatalf("start %s: %v", name, err)
	}
	p := &process{name: name, address: address, command: command, gone: make(chan struct{})}
	go func() { _ = command.Wait(); close(p.gone) }()
	tb.Cleanup(p.stop)
	if err := p.ready(); err != nil {
		tb.Fatalf("%s: %v\n%s", name, err, complaint(command))
	}
	return p
}

// ready waits until the program takes connections, or has ended.
func (p *process) ready() error {
	late := time.After(startPatience)
	for {
		if conn, err := net.Dial("tcp", p.address); err == nil {
			return conn.Close()
		}
		select {
		case <-p.gone:
			return errors.New("it ended at once")
		case <-late:
			return fmt.Errorf("it takes no connection after %s", startPatience)
		case <-time.After(time.Millisecond):
		}
	}
}

// complaint runs a program that failed once more, for what it says.
func complaint(failed *exec.Cmd) []byte {
	again := exec.Command(failed.Path, failed.Args[1:]...)
	again.Env, again.Dir = failed.Env, failed.Dir
	again.WaitDelay = time.Second
	timer := time.AfterFunc(2*time.Second, func() { _ = again.Process.Signal(syscall.SIGTERM) })
	defer timer.Stop()
	said, _ := again.CombinedOutput()
	return bytes.TrimSpace(said)
}

// stop ends the program in good order, so that it writes what it has to write.
func (p *process) stop() {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.gone:
	case <-time.After(stopPatience):
		_ = p.command.Process.Kill()
		<-p.gone
	}
}

// freeAddress asks the kernel for a loopback port that nobody has now.
func freeAddress(tb testing.TB) string {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// itself is this test binary in a role.
func itself(tb testing.TB, role string, variables ...string) *exec.Cmd {
	tb.Helper()
	path, err := os.Executable()
	if err != nil {
		tb.Fatal(err)
	}
	command := exec.Command(path)
	command.Env = append(plainEnvironment(), append(variables, roleVariable+"="+role)...)
	return command
}

// plainEnvironment is ours without any setting of the product.
func plainEnvironment() []string {
	var kept []string
	for _, line := range os.Environ() {
		if !strings.HasPrefix(line, "RAMURE_") {
			kept = append(kept, line)
		}
	}
	return kept
}
