package archtest

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// rootEntries is the fixed top level; dotfiles are free.
var rootEntries = []string{
	"cmd", "internal", "schemas", "web", "migrations",
	"go.mod", "go.sum", "Dockerfile", "README.md", "LICENSE", "Makefile",
}

// ignored are folders that runs leave behind and git doesn't keep.
var ignored = []string{"bin", "data", "artifacts"}

const mapFile = "internal/README.md"

// checkTree holds the top level to its list.
func checkTree(h house) []Finding {
	var findings []Finding
	for _, name := range h.top {
		if !slices.Contains(rootEntries, name) && !strings.HasPrefix(name, ".") {
			findings = append(findings, Finding{name, "tree", "the top level is fixed; this belongs in one of its folders"})
		}
	}
	return findings
}

// caption is a line of the map: - `credential/vcjwt/` — what it is for
var caption = regexp.MustCompile("^- `([a-z0-9/]+)/` — (\\S.*)$")

// checkMap compares the folders below internal with the captions of the map.
func checkMap(h house) []Finding {
	text, err := fs.ReadFile(h.files, mapFile)
	if err != nil {
		return []Finding{{mapFile, "map", err.Error()}}
	}
	captions, findings := readMap(string(text))
	for _, folder := range h.folders {
		if !slices.Contains(captions, folder) {
			findings = append(findings, Finding{"internal/" + folder, "map", "this folder has no line in " + mapFile})
		}
	}
	for _, folder := range captions {
		if !slices.Contains(h.folders, folder) {
			findings = append(findings, Finding{mapFile, "map", "there is no folder " + folder})
		}
	}
	return findings
}

// readMap returns the folders that have a caption, each once.
func readMap(text string) (captions []string, findings []Finding) {
	for number, line := range strings.Split(text, "\n") {
		match := caption.FindStringSubmatch(line)
		if match == nil {
			if strings.HasPrefix(line, "- `") {
				findings = append(findings, Finding{fmt.Sprintf("%s:%d", mapFile, number+1), "map", "not a caption: - `room/` — what it is for"})
			}
			continue
		}
		if slices.Contains(captions, match[1]) {
			findings = append(findings, Finding{fmt.Sprintf("%s:%d", mapFile, number+1), "map", match[1] + " is here twice"})
		}
		captions = append(captions, match[1])
	}
	return captions, findings
}

// checkRooms holds each folder of Go code to an entry in the table, a doc.go
// with the package's comment, and a name that says something.
func checkRooms(h house) []Finding {
	var findings []Finding
	documented := make(map[string]bool)
	for _, s := range h.sources {
		if path.Base(s.path) == "doc.go" && s.syntax.Doc != nil {
			documented[s.room] = true
		}
	}
	seen := make(map[string]bool)
	for _, s := range h.sources {
		if detail := misnamed(s); detail != "" {
			findings = append(findings, Finding{s.path, "package", detail})
		}
		if seen[s.room] {
			continue
		}
		seen[s.room] = true
		if _, known := rooms[s.room]; !known {
			findings = append(findings, Finding{s.room, "package", "this room has no entry in archtest/house.go"})
		}
		if !documented[s.room] && strings.HasPrefix(s.path, "internal/") {
			findings = append(findings, Finding{s.room, "package", "this room has no doc.go with a package comment"})
		}
	}
	return findings
}

// misnamed wants a package to bear its folder's name (main in cmd, and _test
// for tests from outside), and the name not to be a hollow one.
func misnamed(s source) string {
	name := s.syntax.Name.Name
	if s.test {
		name = strings.TrimSuffix(name, "_test")
	}
	switch folder := path.Base(s.room); {
	case name == "main":
		if !strings.HasPrefix(s.room, "cmd/") {
			return "package main belongs in cmd"
		}
	case name != folder:
		return fmt.Sprintf("package %s in folder %s", name, folder)
	case slices.Contains(hollow, name):
		return fmt.Sprintf("package %s says nothing of what is inside", name)
	}
	return ""
}
