package bench

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// endWithParent has the kernel end the program when the benchmark ends in any
// way.
func endWithParent(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}

// peak is the most memory that the process had resident since forget, in bytes
// (VmHWM, proc(5)); 0 when it can't be told.
func (p *process) peak() int64 { return p.status("VmHWM:") }

// resident is the memory that it has now, in bytes.
func (p *process) resident() int64 { return p.status("VmRSS:") }

func (p *process) status(field string) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(text) {
		var kilobytes int64
		if rest, found := bytes.CutPrefix(line, []byte(field)); found {
			_, _ = fmt.Sscan(string(rest), &kilobytes)
			return kilobytes << 10
		}
	}
	return 0
}

// spent is the processor time that the process has used so far, to a hundredth of
// a second (proc(5)).
func (p *process) spent() time.Duration { return used(p.command.Process.Pid) }

func used(pid int) time.Duration {
	fields := statOf(pid)
	if len(fields) < 13 {
		return 0
	}
	var ticks time.Duration
	for _, field := range fields[11:13] { // utime and stime
		n, _ := strconv.Atoi(field)
		ticks += time.Duration(n)
	}
	return ticks * (time.Second / 100)
}

// statOf gives the fields that follow the name of a process: its state is the
// first of them.
func statOf(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	return strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
}

// family is a process and its children.
func family(parent int) []int {
	if parent == 0 {
		return nil
	}
	found := []int{parent}
	folders, _ := filepath.Glob("/proc/[0-9]*")
	for _, folder := range folders {
		pid, _ := strconv.Atoi(filepath.Base(folder))
		if fields := statOf(pid); len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			found = append(found, pid)
		}
	}
	return found
}

// parentOf is the process that started another.
func parentOf(pid int) int {
	parent := 0
	if fields := statOf(pid); len(fields) > 1 {
		parent, _ = strconv.Atoi(fields[1])
	}
	return parent
}

// forget lets peak begin anew (clear_refs, proc(5)).
func (p *process) forget() {
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.command.Process.Pid), []byte("5"), 0)
}

// loadAverage says how busy the machine was over the last minute.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(text), " ")
	return first
}
