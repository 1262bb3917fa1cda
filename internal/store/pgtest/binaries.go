package pgtest

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
)

// errMissing says what to do on a machine without PostgreSQL.
var errMissing = errors.New("the programs initdb and postgres were not found " +
	"(in PATH, or under /usr/lib/postgresql): install PostgreSQL 15 or later " +
	"(on Debian: apt-get install postgresql), or name a server in RAMURE_TEST_POSTGRES")

// binaries returns the folder that holds initdb and postgres: that of the
// newest version where Debian puts them, or else the one in PATH.
func binaries() (string, error) {
	versions, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(versions, func(a, b string) int { return version(b) - version(a) })
	return firstComplete(append(versions, folderInPath()))
}

// firstComplete returns the first folder that holds both programs: a machine
// with the client alone has the folder, but not these.
func firstComplete(folders []string) (string, error) {
	for _, folder := range folders {
		if isProgram(filepath.Join(folder, "initdb")) && isProgram(filepath.Join(folder, "postgres")) {
			return folder, nil
		}
	}
	return "", errMissing
}

// version reads the number in /usr/lib/postgresql/15/bin; 0 where there is none.
func version(folder string) int {
	number, err := strconv.Atoi(filepath.Base(filepath.Dir(folder)))
	if err != nil {
		return 0
	}
	return number
}

// folderInPath is the folder of the postgres that PATH finds, behind its links.
func folderInPath() string {
	found, err := exec.LookPath("postgres")
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(found); err == nil {
		found = real
	}
	return filepath.Dir(found)
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}
