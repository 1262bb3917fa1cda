package pgtest

import (
	"fmt"
	"os"
	"os/user"
	"strconv"
	"syscall"
)

// owner is the user for whom the server runs.
type owner struct {
	name     string
	uid, gid int
	switched bool // whether it is another user than the one who tests
}

// unprivileged picks the owner: whoever tests, unless that is root, which
// initdb refuses.
func unprivileged() (owner, error) {
	if os.Geteuid() != 0 {
		return owner{name: "the current user"}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if account, err := user.Lookup(name); err == nil {
			return switched(account)
		}
	}
	return owner{}, fmt.Errorf("root can't run PostgreSQL, and this machine has neither a user postgres nor nobody to run it")
}

func switched(account *user.User) (owner, error) {
	uid, err := strconv.Atoi(account.Uid)
	if err != nil {
		return owner{}, fmt.Errorf("user %s: %w", account.Username, err)
	}
	gid, err := strconv.Atoi(account.Gid)
	if err != nil {
		return owner{}, fmt.Errorf("user %s: %w", account.Username, err)
	}
	return owner{name: account.Username, uid: uid, gid: gid, switched: true}, nil
}

// take makes the owner own the given files.
func (o owner) take(paths ...string) error {
	if !o.switched {
		return nil
	}
	for _, path := range paths {
		if err := os.Chown(path, o.uid, o.gid); err != nil {
			return err
		}
	}
	return nil
}

// attributes make a child process run as the owner, in a group of its own (a
// Ctrl-C at the terminal is for the tests to handle), and end with its parent.
func (o owner) attributes() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Setpgid: true}
	endWithParent(attributes)
	if o.switched {
		attributes.Credential = &syscall.Credential{Uid: uint32(o.uid), Gid: uint32(o.gid)}
	}
	return attributes
}
