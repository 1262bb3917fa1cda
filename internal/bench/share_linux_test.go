package bench

import (
	"path/filepath"
	"strconv"
	"syscall"
	"unsafe"
)

// allowed are the processors of a thread, the caller's for 0
// (sched_getaffinity(2)): of the first 64, which is enough for a ratio.
func allowed(thread int) processors {
	var set [16]processors
	_, _, failed := syscall.RawSyscall(syscall.SYS_SCHED_GETAFFINITY, uintptr(thread), unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set)))
	if failed != 0 {
		return 0
	}
	return set[0]
}

// restrict keeps a thread to some processors (sched_setaffinity(2)); what it starts
// inherits that.
func restrict(thread int, to processors) {
	if to != 0 {
		_, _, _ = syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, uintptr(thread), unsafe.Sizeof(to), uintptr(unsafe.Pointer(&to)))
	}
}

// restrictAll keeps all threads of a process to them.
func restrictAll(process int, to processors) {
	threads, _ := filepath.Glob("/proc/" + strconv.Itoa(process) + "/task/*")
	for _, thread := range threads {
		if id, err := strconv.Atoi(filepath.Base(thread)); err == nil {
			restrict(id, to)
		}
	}
}
