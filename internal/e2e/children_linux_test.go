package e2e

import "syscall"

// child makes a program the first of a group of its own, which can be ended as a
// whole, and has the kernel end it when the tests end in any way.
func child() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
