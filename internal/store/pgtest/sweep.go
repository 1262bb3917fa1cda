package pgtest

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// folderPrefix begins the name of each cluster's folder; the id of the test
// process follows.
const folderPrefix = "ramure-pgtest-"

// sweep removes the folders that test processes left when they were killed.
// What can't be removed belongs to somebody else, or goes next time.
func sweep() {
	folders, err := filepath.Glob(filepath.Join(os.TempDir(), folderPrefix+"*"))
	if err != nil {
		return
	}
	for _, folder := range folders {
		if maker, ok := makerOf(folder); ok && !isAlive(maker) {
			_ = os.RemoveAll(folder)
		}
	}
}

// makerOf reads the process in ramure-pgtest-1234-567890.
func makerOf(folder string) (int, bool) {
	number, _, found := strings.Cut(strings.TrimPrefix(filepath.Base(folder), folderPrefix), "-")
	maker, err := strconv.Atoi(number)
	return maker, found && err == nil
}
