package pgtest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

const superuser = "ramure"

// cluster is the data of one server, in a temporary folder, and its processes.
type cluster struct {
	folder   string // holds data/, password and log
	programs string // where initdb and postgres are
	owner    owner
	password string
	port     int
	settings []string
	postgres *postmaster // nil when it isn't running
}

// initialise makes an empty cluster.
func initialise(options Options) (*cluster, error) {
	programs, err := binaries()
	if err != nil {
		return nil, err
	}
	who, err := unprivileged()
	if err != nil {
		return nil, err
	}
	sweep()
	folder, err := os.MkdirTemp("", folderPrefix+strconv.Itoa(os.Getpid())+"-")
	if err != nil {
		return nil, fmt.Errorf("make the cluster's folder: %w", err)
	}
	c := &cluster{folder: folder, programs: programs, owner: who, password: rand.Text(), settings: settings(options)}
	if err := c.initdb(); err != nil {
		return nil, errors.Join(err, c.remove())
	}
	return c, nil
}

// settings are the lines by which a test server differs from a new cluster.
func settings(options Options) []string {
	lines := []string{
		"listen_addresses=127.0.0.1",
		"unix_socket_directories=",
		"max_connections=200",
		"shared_buffers=64MB",
		"timezone=UTC",
		"log_timezone=UTC",
		"logging_collector=off",
	}
	if options.NoSync {
		lines = append(lines, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	return append(lines, options.Settings...)
}

// initdb fills the data folder, as the user who will own the server. The C
// locale makes sorting the same on every machine.
func (c *cluster) initdb() error {
	secret := filepath.Join(c.folder, "password")
	if err := os.WriteFile(secret, []byte(c.password), 0o600); err != nil {
		return err
	}
	if err := c.owner.take(c.folder, secret); err != nil {
		return fmt.Errorf("hand the cluster's folder over: %w", err)
	}
	command := c.command("initdb", "--pgdata", c.data(), "--username", superuser,
		"--pwfile", secret, "--auth", "scram-sha-256", "--encoding", "UTF8",
		"--locale", "C", "--no-instructions")
	said, err := command.CombinedOutput()
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("initdb as %s: %w (the folder for temporary files, %s, must be open to that user: set TMPDIR)",
			c.owner.name, err, os.TempDir())
	}
	if err != nil {
		return fmt.Errorf("initdb as %s: %w\n%s", c.owner.name, err, said)
	}
	return nil
}

func (c *cluster) data() string { return filepath.Join(c.folder, "data") }

func (c *cluster) log() string { return filepath.Join(c.folder, "log") }

func (c *cluster) address() url.URL {
	return url.URL{
		Scheme:   "postgres",
		User:     url.UserPassword(superuser, c.password),
		Host:     net.JoinHostPort("127.0.0.1", strconv.Itoa(c.port)),
		Path:     "/postgres",
		RawQuery: "sslmode=disable",
	}
}

// command prepares one of PostgreSQL's programs for the cluster's owner, with
// an environment in which no PG… variable leads it astray.
func (c *cluster) command(name string, args ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(c.programs, name), args...)
	command.Dir = c.folder
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC", "HOME=" + c.folder}
	command.SysProcAttr = c.owner.attributes()
	return command
}

// logTail returns the end of the server's log, for the message of a failure.
func (c *cluster) logTail() string {
	const most = 2000
	said, err := os.ReadFile(c.log())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err.Error()
	}
	said = bytes.TrimSpace(said)
	return string(said[max(0, len(said)-most):])
}

func (c *cluster) remove() error { return os.RemoveAll(c.folder) }

// freePort asks the kernel for a loopback port that nobody has now.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	return port, listener.Close()
}
