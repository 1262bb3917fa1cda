package web_test

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"ramure/internal/locale"
	"ramure/web"
)

// TestTemplatesNameTexts finds each key and asset that a template names, and
// looks it up in every language.
func TestTemplatesNameTexts(t *testing.T) {
	t.Parallel()
	catalogue := open(t)
	found := 0
	for name, tree := range trees(t) {
		for _, call := range calls(tree.Root) {
			literal, isLiteral := call.argument.(*parse.StringNode)
			if !isLiteral {
				t.Errorf("%s: %s is given something else than a text in quotes", name, call.function)
				continue
			}
			found++
			check(t, catalogue, name, call.function, literal.Text)
		}
	}
	if found < 100 {
		t.Errorf("only %d calls were found: the walk is broken", found)
	}
}

func check(t *testing.T, catalogue *locale.Catalogue, template, function, text string) {
	t.Helper()
	if function == "asset" {
		if _, err := fs.Stat(web.FS, "static/"+text); err != nil && text != "ramure.css" {
			t.Errorf("%s: no asset %s", template, text)
		}
		return
	}
	if function == "list" {
		text += ".0"
	}
	for _, lang := range locale.Languages() {
		if !catalogue.Localizer(lang).Has(text) {
			t.Errorf("%s: no text %s in %s", template, text, lang)
		}
	}
}

// TestTemplatesStayInTheFrame refuses what the content security policy would
// refuse too, only later, and what leads a visitor elsewhere unasked.
func TestTemplatesStayInTheFrame(t *testing.T) {
	t.Parallel()
	refused := regexp.MustCompile(`(?i)\sstyle=|\son[a-z]+=|<style|<script>|javascript:|<iframe|<form[^>]*action="http|(src|srcset)="(https?:)?//`)
	for name, source := range sources(t) {
		if strings.HasPrefix(name, "mail/") {
			source = strings.ReplaceAll(source, ` style="`, " ") // a message has no sheet to load
		}
		if found := refused.FindString(source); found != "" {
			t.Errorf("%s: %q", name, found)
		}
	}
}

// TestTemplatesWriteNoWords strips tags and actions: what remains is a word that
// the catalogue does not know. The page of a language has no other.
func TestTemplatesWriteNoWords(t *testing.T) {
	t.Parallel()
	strip := regexp.MustCompile(`(?s)\{\{.*?\}\}|<[^>]*>`)
	word := regexp.MustCompile(`\pL{2,}`)
	for name, source := range sources(t) {
		// Actions stand inside tags, so they go first.
		bare := regexp.MustCompile(`(?s)\{\{.*?\}\}`).ReplaceAllString(source, "")
		if found := word.FindString(strip.ReplaceAllString(bare, "")); found != "" {
			t.Errorf("%s: %q is written in the template", name, found)
		}
	}
}

// call is one use of a function that takes the name of something.
type call struct {
	function string
	argument parse.Node
}

// calls walks the tree for T, count, list and asset, wherever they stand.
func calls(node parse.Node) []call {
	var found []call
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, child := range n.Nodes {
			found = append(found, calls(child)...)
		}
	case *parse.ActionNode:
		return calls(n.Pipe)
	case *parse.TemplateNode:
		return calls(n.Pipe)
	case *parse.IfNode:
		return branch(&n.BranchNode)
	case *parse.RangeNode:
		return branch(&n.BranchNode)
	case *parse.WithNode:
		return branch(&n.BranchNode)
	case *parse.PipeNode:
		if n == nil {
			return nil
		}
		for _, command := range n.Cmds {
			found = append(found, calls(command)...)
		}
	case *parse.CommandNode:
		return command(n)
	}
	return found
}

func branch(n *parse.BranchNode) []call {
	return slices.Concat(calls(n.Pipe), calls(n.List), calls(n.ElseList))
}

func command(n *parse.CommandNode) []call {
	var found []call
	name, isName := n.Args[0].(*parse.IdentifierNode)
	if isName && slices.Contains([]string{"T", "count", "list", "asset"}, name.Ident) {
		found = append(found, call{name.Ident, n.Args[1]})
	}
	for _, argument := range n.Args {
		found = append(found, calls(argument)...)
	}
	// {{asset .}} in the layout takes the page's script: the page's test sees it.
	return slices.DeleteFunc(found, func(c call) bool {
		_, dot := c.argument.(*parse.DotNode)
		return dot && c.function == "asset"
	})
}

func trees(t *testing.T) map[string]*parse.Tree {
	t.Helper()
	all := map[string]*parse.Tree{}
	for name, source := range sources(t) {
		tree := parse.New(name)
		tree.Mode = parse.SkipFuncCheck
		set := map[string]*parse.Tree{}
		if _, err := tree.Parse(source, "", "", set); err != nil {
			t.Fatal(err)
		}
		for defined, tree := range set {
			all[name+"#"+defined] = tree
		}
	}
	return all
}

func sources(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(web.FS, "templates", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		data, err := fs.ReadFile(web.FS, name)
		all[strings.TrimPrefix(name, "templates/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
