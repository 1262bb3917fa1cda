package bench

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
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
