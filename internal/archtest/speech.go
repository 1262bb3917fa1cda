package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strconv"
)

// checkWords looks for words that belong to another room.
func checkWords(s source) []Finding {
	var findings []Finding
	say := func(at token.Pos, rule, detail string) {
		findings = append(findings, Finding{s.line(at), rule, detail})
	}
	ast.Inspect(s.syntax, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.FuncDecl:
			if n.Recv == nil && n.Name.Name == "init" {
				say(n.Pos(), "init", "nothing happens before main: pass it in instead")
			}
		case *ast.SelectorExpr:
			if detail := misplaced(s, n); detail != "" {
				say(n.Pos(), "word", detail)
			}
		case *ast.BasicLit:
			if speaksSQL(s, n) {
				say(n.Pos(), "sql", "SQL is spoken in store")
			}
		case *ast.CallExpr:
			if answersNumber(s, n) {
				say(n.Pos(), "status", "httpx alone picks a status")
			}
		}
		return true
	})
	return findings
}

// misplaced says why a package's name may not stand in this file.
func misplaced(s source, selector *ast.SelectorExpr) string {
	name, ok := selector.X.(*ast.Ident)
	if !ok {
		return ""
	}
	of, imported := s.names[name.Name]
	if !imported {
		return ""
	}
	for _, one := range reserved {
		if one.of == of && one.names.MatchString(selector.Sel.Name) && one.forbids(s) {
			return fmt.Sprintf("%s.%s: %s", name.Name, selector.Sel.Name, one.why)
		}
	}
	return ""
}

func (w word) forbids(s source) bool {
	return (w.tests || !s.test) && !slices.Contains(w.rooms, s.room)
}

func speaksSQL(s source, literal *ast.BasicLit) bool {
	if literal.Kind != token.STRING || s.test || slices.Contains(speakers, s.room) {
		return false
	}
	text, err := strconv.Unquote(literal.Value)
	return err == nil && statement.MatchString(text)
}

// answersNumber finds c.JSON(404, …) and w.WriteHeader(503): a status that hides
// behind its number.
func answersNumber(s source, call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || s.test || len(call.Args) == 0 || slices.Contains(answerers, s.room) {
		return false
	}
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.INT || !answering.MatchString(method.Sel.Name) {
		return false
	}
	number, err := strconv.Atoi(literal.Value)
	return err == nil && number >= 100 && number < 600
}
