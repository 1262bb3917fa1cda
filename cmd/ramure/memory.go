package main

import (
	"os"
	"runtime"
	"runtime/debug"
)

// reserveSize is how much garbage may pile up before it is collected, in bytes,
// however little is alive: with the few megabytes that the service needs, Go
// would collect many times a second under load.
const reserveSize = 24 << 20

// reserve holds address space that counts as alive and is never touched, so that
// it is never resident. An operator who sets GOGC or GOMEMLIMIT knows better.
func reserve() (release func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	space := make([]byte, reserveSize)
	return func() { runtime.KeepAlive(space) }
}

// tidy gives back what the start alone needed.
func tidy() { debug.FreeOSMemory() }
