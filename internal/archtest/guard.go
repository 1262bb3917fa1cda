package archtest

import (
	"fmt"
	"io/fs"
	"slices"
)

// Finding is one broken rule.
type Finding struct {
	At     string // internal/award/issue.go:12, or a folder
	Rule   string // import, landlord, word, sql, status, init, package, map, tree
	Detail string
}

func (f Finding) String() string { return fmt.Sprintf("%s: %s: %s", f.At, f.Rule, f.Detail) }

// Check puts a tree, whose root is the module's, before every rule.
func Check(files fs.FS) ([]Finding, error) {
	h, err := read(files)
	if err != nil {
		return nil, err
	}
	findings := slices.Concat(checkTree(h), checkMap(h), checkRooms(h))
	for _, s := range h.sources {
		findings = slices.Concat(findings, checkImports(s), checkLandlords(s), checkWords(s))
	}
	return findings, nil
}
