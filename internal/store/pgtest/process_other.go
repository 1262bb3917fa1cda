//go:build !linux

package pgtest

import (
	"errors"
	"syscall"
)

// Elsewhere than on Linux the server is stopped by Run alone, and tests that
// kill it can't be run.

func endWithParent(*syscall.SysProcAttr) {}

func childrenOf(int) ([]int, error) {
	return nil, errors.New("killing PostgreSQL's processes needs Linux's /proc")
}

func isAlive(process int) bool { return syscall.Kill(process, 0) == nil }
