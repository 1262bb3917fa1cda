//go:build failpoint

package store

import (
	"context"
	"regexp"
	"strings"

	"ramure/internal/failpoint"
)

// stepsOf writes the verb of a list into its statements, which another goroutine
// may run, or the server by itself.
func stepsOf(ctx context.Context, list []statement) []statement {
	verb := failpoint.Verb(ctx)
	if verb == "" {
		return list
	}
	marked := make([]statement, len(list))
	for i, one := range list {
		one.text = "/*" + verb + "*/ " + one.text
		marked[i] = one
	}
	return marked
}

// step reads the verb and the step of a statement; no step when it is none that
// anything hangs on.
func step(ctx context.Context, text string) (verb, step string) {
	verb = failpoint.Verb(ctx)
	if mark, rest, marked := strings.Cut(text, "*/ "); marked && strings.HasPrefix(mark, "/*") {
		verb, text = mark[len("/*"):], rest
	}
	return verb, stepName(text)
}

var stepNames = []struct {
	form *regexp.Regexp
	name string
}{
	{regexp.MustCompile(`(?s)^INSERT INTO (\w+)`), "insert-$1"},
	{regexp.MustCompile(`(?s)^UPDATE (\w+) SET (\w+)`), "update-$1.$2"},
	{regexp.MustCompile(`(?s)^DELETE FROM (\w+)`), "delete-$1"},
	{regexp.MustCompile(`(?s)^SELECT EXISTS .*?FROM (\w+)`), "exists-$1"},
	{regexp.MustCompile(`(?s)^SELECT .*?FROM (\w+)`), "select-$1"},
	{regexp.MustCompile(`(?s)^WITH .*?(?:INSERT INTO|UPDATE) (\w+)`), "with-$1"},
	{regexp.MustCompile(`^(?:SAVEPOINT)`), "savepoint"},
	{regexp.MustCompile(`^(?:ROLLBACK TO)`), "undo"},
	{regexp.MustCompile(`^(?:RELEASE)`), "release"},
	{regexp.MustCompile(`^begin`), "begin"},
	{regexp.MustCompile(`^commit`), "commit"},
}

// stepName is the verb of SQL and the table, with the column where two statements
// of an act change the same one.
func stepName(text string) string {
	text = strings.TrimSpace(text)
	for _, s := range stepNames {
		if match := s.form.FindStringSubmatchIndex(text); match != nil {
			return string(s.form.ExpandString(nil, s.name, text, match))
		}
	}
	return ""
}
