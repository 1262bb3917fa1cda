package pgtest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// endWithParent has the kernel stop the child when the test process ends in any
// way: SIGQUIT is PostgreSQL's "immediate shutdown", which leaves no process
// and no shared memory behind.
func endWithParent(attributes *syscall.SysProcAttr) { attributes.Pdeathsig = syscall.SIGQUIT }

// childrenOf lists the processes whose parent is the given one.
func childrenOf(parent int) ([]int, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, fmt.Errorf("list PostgreSQL's processes: %w", err)
	}
	var children []int
	for _, entry := range entries {
		process, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue // not a process
		}
		if _, of, ok := stat(process); ok && of == parent {
			children = append(children, process)
		}
	}
	return children, nil
}

// isAlive tells whether a process still runs. A zombie doesn't: it holds no
// file and no memory, and waits for somebody else to bury it.
func isAlive(process int) bool {
	state, _, ok := stat(process)
	return ok && state != "Z" && state != "X"
}

// stat reads a process's state and parent from /proc/<pid>/stat (proc(5)):
// "pid (name) state parent …", where the name may hold anything.
func stat(process int) (state string, parent int, ok bool) {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", process))
	if err != nil {
		return "", 0, false
	}
	fields := strings.Fields(string(line[strings.LastIndexByte(string(line), ')')+1:]))
	if len(fields) < 2 {
		return "", 0, false
	}
	parent, err = strconv.Atoi(fields[1])
	return fields[0], parent, err == nil
}
