package web_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ramure/internal/locale"
)

// errorKey is the shape of a problem's message key.
var errorKey = regexp.MustCompile(`^error\.[a-zA-Z]+(\.[a-zA-Z]+)*$`)

// TestCodeNamesTexts reads the program's own source: each message key of a
// problem, and each key that a door gives to a Localizer in quotes, has a text
// in every language.
func TestCodeNamesTexts(t *testing.T) {
	t.Parallel()
	catalogue := open(t)
	keys := keysInCode(t)
	for key, where := range keys {
		for _, lang := range locale.Languages() {
			if !catalogue.Localizer(lang).Has(key) {
				t.Errorf("%s: no text %s in %s", where, key, lang)
			}
		}
	}
	if len(keys) < 50 {
		t.Errorf("only %d keys were found: the walk is broken", len(keys))
	}
}

// keysInCode gives each key with the file that names it.
func keysInCode(t *testing.T) map[string]string {
	t.Helper()
	keys := map[string]string{}
	source := os.DirFS("..")
	for _, root := range []string{"internal", "cmd"} {
		err := fs.WalkDir(source, root, func(name string, entry fs.DirEntry, err error) error {
			// storetest is a suite of tests, and names keys of its own making.
			if err != nil || path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/storetest/") {
				return err
			}
			data, err := fs.ReadFile(source, name)
			if err != nil {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, data, 0)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(node ast.Node) bool { note(keys, name, node); return true })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return keys
}

// note keeps a string that is an error key anywhere, and one that is the first
// argument of T, Count or List.
func note(keys map[string]string, file string, node ast.Node) {
	switch n := node.(type) {
	case *ast.BasicLit:
		if text, ok := quoted(n); ok && errorKey.MatchString(text) {
			keys[text] = file
		}
	case *ast.CallExpr:
		called, isMethod := n.Fun.(*ast.SelectorExpr)
		if !isMethod || len(n.Args) == 0 {
			return
		}
		text, ok := quoted(n.Args[0])
		switch called.Sel.Name {
		case "T", "Count":
			if ok && strings.Contains(text, ".") && !strings.HasSuffix(text, ".") {
				keys[text] = file
			}
		case "List":
			if ok && strings.Contains(text, ".") {
				keys[text+".0"] = file
			}
		}
	}
}

func quoted(node ast.Expr) (string, bool) {
	literal, ok := node.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(literal.Value)
	return text, err == nil
}
