package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// patience bounds each wait for a process or a server.
const patience = 30 * time.Second

// pause is how often something that can only be asked is asked.
const pause = 5 * time.Millisecond

// postmaster is the running server: the first of its processes.
type postmaster struct {
	process *os.Process
	gone    chan struct{} // closed when it has ended and was waited for
	err     error         // how it ended; read after gone
}

// start runs postgres on the cluster's data and port.
func (c *cluster) start() error {
	log, err := os.OpenFile(c.log(), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	command := c.command("postgres", c.arguments()...)
	command.Stdout, command.Stderr = log, log
	c.postgres, err = run(command)
	return err
}

func (c *cluster) arguments() []string {
	arguments := []string{"-D", c.data(), "-p", fmt.Sprint(c.port)}
	for _, line := range c.settings {
		arguments = append(arguments, "-c", line)
	}
	return arguments
}

// run starts a command on a thread that stays until the command has ended: the
// kernel's "parent" of endWithParent is that thread, not the whole process.
func run(command *exec.Cmd) (*postmaster, error) {
	started := make(chan error)
	p := &postmaster{gone: make(chan struct{})}
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := command.Start()
		p.process = command.Process
		started <- err
		if err == nil {
			p.err = command.Wait()
			close(p.gone)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", command.Path, err)
	}
	return p, nil
}

// stop asks the server to break off its connections and end (SIGINT), and kills
// it when it doesn't in time. A server that doesn't run is already stopped.
func (c *cluster) stop() error {
	p := c.postgres
	if p == nil {
		return nil
	}
	_ = p.process.Signal(syscall.SIGINT) // an error means that it has ended already
	select {
	case <-p.gone:
		c.postgres = nil
		return nil
	case <-time.After(patience):
		return fmt.Errorf("PostgreSQL didn't stop within %s and was killed: %w", patience, c.kill())
	}
}

// kill ends the postmaster and each of its processes with SIGKILL.
func (c *cluster) kill() error {
	p := c.postgres
	if p == nil {
		return nil
	}
	// The postmaster is frozen first, so that it makes no new children while
	// they are listed.
	_ = p.process.Signal(syscall.SIGSTOP)
	children, err := childrenOf(p.process.Pid)
	if err != nil {
		_ = p.process.Signal(syscall.SIGCONT)
		return err
	}
	_ = p.process.Kill()
	for _, child := range children {
		_ = syscall.Kill(child, syscall.SIGKILL)
	}
	<-p.gone
	c.postgres = nil
	return awaitGone(children)
}

// awaitGone waits until none of the processes is left: a new postmaster refuses
// data to which an old process is still attached.
func awaitGone(processes []int) error {
	late := time.After(patience)
	for _, process := range processes {
		for isAlive(process) {
			select {
			case <-late:
				return fmt.Errorf("process %d of PostgreSQL outlived SIGKILL by %s", process, patience)
			case <-time.After(pause):
			}
		}
	}
	return nil
}

// ended says how the postmaster ended, if it has.
func (c *cluster) ended() error {
	select {
	case <-c.postgres.gone:
		return fmt.Errorf("PostgreSQL ended at once (%v):\n%s", c.postgres.err, strings.TrimSpace(c.logTail()))
	default:
		return nil
	}
}
