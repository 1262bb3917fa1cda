package failpoint

import "strings"

// Folder is the environment variable that names the folder of control.
const Folder = "RAMURE_FAILPOINTS"

// What an armed point does, as its file says it.
const (
	Crash = "crash"
	Error = "error"
)

// File is the name of a point's file in `armed` and in `reached`.
func File(point string) string { return strings.ReplaceAll(point, "/", "+") }

// Named is the point of such a file.
func Named(file string) string { return strings.ReplaceAll(file, "+", "/") }
