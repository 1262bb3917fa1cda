//go:build !linux

package e2e

import "syscall"

// child makes a program the first of a group of its own, which can be ended as a
// whole.
func child() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
