package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"ramure/internal/locale"
	"ramure/web"
)

func TestLanguageOfTheTerminal(t *testing.T) {
	t.Parallel()
	cases := []struct {
		env  map[string]string
		want locale.Language
	}{
		{nil, locale.French},
		{map[string]string{"LANG": "C.UTF-8"}, locale.French},
		{map[string]string{"LANG": "en_US.UTF-8"}, locale.English},
		{map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "fr_FR"}, locale.French},
		{map[string]string{"LANG": "fr_FR", "LC_MESSAGES": "fr_FR", "LC_ALL": "en_GB"}, locale.English},
	}
	for _, c := range cases {
		if got := language(func(name string) string { return c.env[name] }); got != c.want {
			t.Errorf("%v: %s, want %s", c.env, got, c.want)
		}
	}
}

func TestPrintableKeepsStrangersInTheirLine(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ERIC d’Embrun (lieu fictif), l\u00a0été": "ERIC d’Embrun (lieu fictif), l\u00a0été",
		"a\nok       proof":                       "a?ok       proof",
		"\x1b[2Jvalid":                            "?[2Jvalid",
		"\u009b2J":                                "?2J",
		"gpj\u202etxe":                            "gpj?txe",
		"a\u2028b\u2029c":                         "a?b?c",
		"tab\there\r":                             "tab?here?",
	} {
		if got := printable(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// Each reason that a check can give has a sentence in both languages. The
// reasons are read in the source of the checks, so that a new one is missed here
// and not by a recruiter.
func TestEveryReasonHasASentence(t *testing.T) {
	t.Parallel()
	catalogue, err := locale.Open(web.FS)
	if err != nil {
		t.Fatal(err)
	}
	keys := reasons(t)
	if len(keys) < 40 {
		t.Fatalf("only %d reasons were found: the walk is broken", len(keys))
	}
	for key := range keys {
		for _, lang := range locale.Languages() {
			if !catalogue.Localizer(lang).Has(key) {
				t.Errorf("%s is not said in %s", key, lang)
			}
		}
	}
}

// reasons gives the message key of each ok(CheckX, "reason"), failed and unknown,
// and of what is handed to them by name.
func reasons(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for _, name := range []string{"checks_form.go", "checks_proof.go", "checks_state.go"} {
		source, err := os.ReadFile("../../internal/credential/" + name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, source, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			ast.Inspect(declared, func(node ast.Node) bool { note(keys, declared, node); return true })
		}
	}
	for _, check := range []string{"proof", "issuer", "status", "inclusion"} {
		for _, reason := range []string{"offline", "unreachable", "pending", "foreign", "stale"} {
			keys["check."+check+"."+reason] = true
		}
	}
	for _, rule := range []string{"levelUnknown", "resultDescriptionUnknown", "valueNotAllowed", "valueOutOfRange"} {
		keys["check.results."+rule] = true
	}
	return keys
}

// tellers are functions of the checks that answer a reason alone.
var tellers = map[string]string{"spoiled": "proof", "embeddedProof": "proof"}

func note(keys map[string]bool, declared ast.Decl, node ast.Node) {
	switch n := node.(type) {
	case *ast.CallExpr:
		name, isName := n.Fun.(*ast.Ident)
		if isName && (name.Name == "ok" || name.Name == "failed" || name.Name == "unknown") && len(n.Args) == 2 {
			check := strings.ToLower(strings.TrimPrefix(n.Args[0].(*ast.Ident).Name, "Check"))
			noteText(keys, check, n.Args[1])
		}
	case *ast.ReturnStmt:
		function, isFunction := declared.(*ast.FuncDecl)
		if check, tells := tellers[nameOf(function, isFunction)]; tells {
			noteText(keys, check, n.Results[len(n.Results)-1])
		}
	}
}

func nameOf(function *ast.FuncDecl, isFunction bool) string {
	if !isFunction {
		return ""
	}
	return function.Name.Name
}

func noteText(keys map[string]bool, check string, value ast.Expr) {
	literal, isLiteral := value.(*ast.BasicLit)
	if !isLiteral {
		return
	}
	if reason, err := strconv.Unquote(literal.Value); err == nil && reason != "" {
		keys["check."+check+"."+reason] = true
	}
}
