package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

func grammar(t *testing.T) *kong.Kong {
	t.Helper()
	p, err := kong.New(new(cli), kong.Name("ramure"), settings, kong.Writers(new(bytes.Buffer), new(bytes.Buffer)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// exampleLine is a line of an example that runs the program: what stands before
// its name in a shell, and what follows up to the end of the command.
var exampleLine = regexp.MustCompile(`^(?:\w+=\S+ )*(?:\w+=\$\()?ramure ([^>)]*)`)

// Each command has examples in its help, at least one is of the command itself,
// and every one is a command that the program understands.
func TestEveryCommandHasAnExample(t *testing.T) {
	t.Parallel()
	p := grammar(t)
	nodes := append([]*kong.Node{p.Model.Node}, p.Model.Children...)
	for _, group := range p.Model.Children {
		nodes = append(nodes, group.Children...)
	}
	if len(nodes) < 15 {
		t.Fatalf("only %d commands", len(nodes))
	}
	for _, node := range nodes {
		path := strings.TrimPrefix(node.FullPath(), "ramure")
		_, examples, found := strings.Cut(node.Detail, "Example:\n\n    ")
		if !found || !strings.Contains(examples, "ramure"+path) {
			t.Errorf("ramure%s: no example in %q", path, node.Detail)
		}
		for line := range strings.Lines(examples) {
			command := exampleLine.FindStringSubmatch(strings.TrimSpace(line))
			if command == nil {
				continue // HEALTHCHECK of a Dockerfile
			}
			if _, err := grammar(t).Parse(words(command[1])); err != nil {
				t.Errorf("ramure%s: the example %q: %v", path, line, err)
			}
		}
	}
}

// words splits a command line as a shell does that knows double quotes only.
func words(line string) (list []string) {
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			list = append(list, part)
			continue
		}
		list = append(list, strings.Fields(part)...)
	}
	return list
}

// The settings stand below a command's own flags, under a title of their own.
func TestHelpPutsSettingsLast(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	exited := false
	p, err := kong.New(new(cli), kong.Name("ramure"), settings, kong.Writers(&out, &out), kong.Exit(func(int) { exited = true }))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = p.Parse([]string{"verify", "--help"}) // it fails for want of a file, since Exit returns here
	text := out.String()
	own, title, base := strings.Index(text, "--offline"), strings.Index(text, "Settings, each"), strings.Index(text, "--base-url")
	if !exited || own < 0 || title < own || base < title {
		t.Errorf("--offline at %d, settings at %d, --base-url at %d in:\n%s", own, title, base, text)
	}
}
