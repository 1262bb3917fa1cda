package archtest

import (
	"fmt"
	"slices"
)

// checkImports holds a file to the house's direction of imports. Tests may look
// around in the whole house, but only those of a few rooms may build all of it.
func checkImports(s source) []Finding {
	var findings []Finding
	for _, one := range s.imports {
		if one.name == "." {
			findings = append(findings, Finding{s.line(one.at), "import", "a dot import hides whose words are used"})
		}
		to, ours := roomOf(one.path)
		if !ours || to == s.room {
			continue
		}
		if detail := whyNot(s, to); detail != "" {
			findings = append(findings, Finding{s.line(one.at), "import", detail})
		}
	}
	return findings
}

// whyNot says why a file may not import a room of ours; empty if it may.
func whyNot(s source, to string) string {
	switch {
	case to == "app" && !slices.Contains(mayImportApp, s.room):
		return fmt.Sprintf("%s may not import app: only %v join the whole program", s.room, mayImportApp)
	case s.test:
		return ""
	case slices.Contains(trials, to) && !slices.Contains(rooms[s.room], to):
		return fmt.Sprintf("%s imports %s, which is for tests alone", s.room, to)
	case !allows(s.room, to):
		return fmt.Sprintf("%s may not import %s (allowed: %v)", s.room, to, rooms[s.room])
	}
	return ""
}

// checkLandlords holds what ships to the rooms where a library of others, or a
// way out of the program, may be used.
func checkLandlords(s source) []Finding {
	if s.test {
		return nil
	}
	var findings []Finding
	for _, one := range s.imports {
		if detail := evicted(s.room, one.path); detail != "" {
			findings = append(findings, Finding{s.line(one.at), "landlord", detail})
		}
	}
	return findings
}

// evicted says why a package of others has no place in a room.
func evicted(room, importPath string) string {
	if _, ours := roomOf(importPath); ours {
		return ""
	}
	if isStandard(importPath) {
		return evictedStandard(room, importPath)
	}
	allowed, known := landlord(landlords, importPath)
	if !known {
		return fmt.Sprintf("%s has no landlord yet: choose one room for it in landlords.go", importPath)
	}
	return tenant(room, importPath, allowed)
}

func evictedStandard(room, importPath string) string {
	switch {
	case layer(room) == "words" && isWorldly(importPath):
		return fmt.Sprintf("%s does I/O; words don't", importPath)
	case layer(room) == "resources" && !slices.Contains(pure, importPath):
		return fmt.Sprintf("%s is not embed; resources only embed", importPath)
	}
	if allowed, known := landlord(standard, importPath); known {
		return tenant(room, importPath, allowed)
	}
	return ""
}

func tenant(room, importPath string, allowed []string) string {
	if slices.Contains(allowed, room) {
		return ""
	}
	return fmt.Sprintf("%s lives in %v, not in %s", importPath, allowed, room)
}
