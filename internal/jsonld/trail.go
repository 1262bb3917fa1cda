package jsonld

import (
	"strconv"
	"strings"
)

// maxPathKey bounds how much of a member name is shown in a path: names come
// from strangers and end up in logs and answers.
const maxPathKey = 40

// step is one level of the way down into a document: a member name, or an
// index where key is empty and index is not negative.
type step struct {
	key   string
	index int
}

// trail is the way from the root of a document to where a walk stands. It is
// turned into text only for an error.
type trail []step

func (t *trail) enter(key string) { *t = append(*t, step{key: key, index: -1}) }
func (t *trail) item(index int)   { *t = append(*t, step{index: index}) }
func (t *trail) leave()           { *t = (*t)[:len(*t)-1] }

// refuse makes an error for the place where the walk stands.
func (t trail) refuse(family error, rule string) error {
	return &Error{Err: family, Path: t.String(), Rule: rule}
}

// refuseAt makes an error for a member of the place where the walk stands.
func (t trail) refuseAt(key string, family error, rule string) error {
	t.enter(key)
	return t.refuse(family, rule)
}

// String writes the trail as a JSON path: $.a.b[2]['@context'].
func (t trail) String() string {
	var path strings.Builder
	path.WriteByte('$')
	for _, s := range t {
		switch {
		case s.index >= 0:
			path.WriteString("[" + strconv.Itoa(s.index) + "]")
		case plainKey(s.key):
			path.WriteString("." + s.key)
		default:
			path.WriteString("['" + shownKey(s.key) + "']")
		}
	}
	return path.String()
}

// plainKey reports whether a member name can stand after a dot.
func plainKey(key string) bool {
	if key == "" || len(key) > maxPathKey || isDigit(key[0]) {
		return false
	}
	for i := range len(key) {
		if c := key[i]; !isAlpha(c) && !isDigit(c) && c != '_' {
			return false
		}
	}
	return true
}

// shownKey cuts a member name to what is safe to show: printable ASCII without
// quotes and backslashes, everything else as '?'.
func shownKey(key string) string {
	shown := []byte(key[:min(len(key), maxPathKey)])
	for i, c := range shown {
		if c < ' ' || c >= 0x7F || c == '\'' || c == '\\' {
			shown[i] = '?'
		}
	}
	if len(key) > maxPathKey {
		shown = append(shown, "..."...)
	}
	return string(shown)
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
