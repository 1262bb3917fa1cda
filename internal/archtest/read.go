package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// house is what the guard sees of a tree.
type house struct {
	files   fs.FS
	top     []string // entries of the root
	folders []string // folders below internal, relative to it
	sources []source
}

// source is one parsed Go file.
type source struct {
	path    string // relative to the root: internal/did/web.go
	room    string // did
	test    bool
	syntax  *ast.File
	imports []imported
	names   map[string]string // local name of an import → its path
	lines   *token.FileSet
}

// imported is one import of a file.
type imported struct {
	name string // as the file calls it; "." would hide where its words come from
	path string
	at   token.Pos
}

// line is where a node stands, as file:line.
func (s source) line(at token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.lines.Position(at).Line)
}

// read walks the tree and parses every Go file of ours.
func read(files fs.FS) (house, error) {
	h := house{files: files}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && isForeign(name) {
			return fs.SkipDir
		}
		return h.enter(name, entry)
	})
	return h, err
}

// isForeign tells the folders that hold nothing of ours, or nothing to build.
func isForeign(name string) bool {
	base := path.Base(name)
	return base == "testdata" || base == "node_modules" ||
		len(base) > 1 && strings.HasPrefix(base, ".") || slices.Contains(ignored, name)
}

func (h *house) enter(name string, entry fs.DirEntry) error {
	if name != "." && path.Dir(name) == "." {
		h.top = append(h.top, name)
	}
	if entry.IsDir() {
		if inside, ok := strings.CutPrefix(name, "internal/"); ok {
			h.folders = append(h.folders, inside)
		}
		return nil
	}
	if path.Ext(name) != ".go" {
		return nil
	}
	return h.parse(name)
}

func (h *house) parse(name string) error {
	text, err := fs.ReadFile(h.files, name)
	if err != nil {
		return err
	}
	lines := token.NewFileSet()
	syntax, err := parser.ParseFile(lines, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	s := source{
		path: name, room: strings.TrimPrefix(path.Dir(name), "internal/"),
		test: strings.HasSuffix(name, "_test.go"), syntax: syntax, lines: lines,
	}
	s.imports, s.names = importsOf(syntax)
	h.sources = append(h.sources, s)
	return nil
}

// importsOf lists a file's imports, and the names under which it uses them.
func importsOf(syntax *ast.File) ([]imported, map[string]string) {
	var imports []imported
	names := make(map[string]string)
	for _, spec := range syntax.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has refused such a file
		}
		name := localName(spec, importPath)
		imports = append(imports, imported{name, importPath, spec.Pos()})
		names[name] = importPath
	}
	return imports, names
}

func localName(spec *ast.ImportSpec, importPath string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return path.Base(importPath)
}
