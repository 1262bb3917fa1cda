package public_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page is an answer read as a reader would: headings, fields, roles.
type page struct {
	t    *testing.T
	from string
	root *html.Node
}

const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"

func (s *stage) page(path string) page {
	s.t.Helper()
	return s.get(path, browser).page()
}

// page parses an answer and asks for what every page has: one h1, a title, a
// language, a main landmark, ids given once, no hole in its texts.
func (a answer) page() page {
	a.t.Helper()
	root, err := html.Parse(strings.NewReader(a.Body.String()))
	if err != nil {
		a.t.Fatal(err)
	}
	p := page{a.t, a.from, root}
	if n := len(p.all("h1", "", "")); n != 1 {
		a.t.Errorf("%s: %d h1", a.from, n)
	}
	if lang := attribute(p.one("html", "", ""), "lang"); lang != a.Header().Get("Content-Language") {
		a.t.Errorf("%s: lang=%q, header %q", a.from, lang, a.Header().Get("Content-Language"))
	}
	p.one("main", "id", "contenu")
	ids := map[string]bool{}
	for _, node := range p.all("", "id", "*") {
		id := attribute(node, "id")
		if ids[id] {
			a.t.Errorf("%s: id %q twice", a.from, id)
		}
		ids[id] = true
	}
	for _, node := range p.all("", "aria-labelledby", "*") {
		if target := attribute(node, "aria-labelledby"); !ids[target] {
			a.t.Errorf("%s: aria-labelledby %q leads nowhere", a.from, target)
		}
	}
	a.hasNot("⟦")
	return p
}

// all finds the elements with a tag (or any) and an attribute of a value (or *).
func (p page) all(tag, name, value string) []*html.Node {
	var found []*html.Node
	for node := range p.root.Descendants() {
		if node.Type != html.ElementNode || (tag != "" && node.Data != tag) {
			continue
		}
		if name == "" || (has(node, name) && (value == "*" || attribute(node, name) == value)) {
			found = append(found, node)
		}
	}
	return found
}

func (p page) one(tag, name, value string) *html.Node {
	p.t.Helper()
	found := p.all(tag, name, value)
	if len(found) == 0 {
		p.t.Fatalf("%s: no <%s %s=%q>", p.from, tag, name, value)
	}
	return found[0]
}

func has(node *html.Node, name string) bool {
	return slices.ContainsFunc(node.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what is read of an element, with plain spaces.
func text(node *html.Node) string {
	var out strings.Builder
	for part := range node.Descendants() {
		if part.Type == html.TextNode {
			out.WriteString(part.Data)
		}
	}
	return plain(out.String())
}

// plain undoes the typography that a test should not have to type.
func plain(s string) string {
	s = strings.NewReplacer("\u202f", " ", "\u00a0", " ", "’", "'").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

func (p page) h1() string { return text(p.one("h1", "", "")) }

func (p page) sentence() string { return text(p.one("p", "class", "band-sentence")) }

// field is the value beside a term.
func (p page) field(term string) string {
	p.t.Helper()
	for _, dt := range p.all("dt", "", "") {
		if text(dt) == term {
			for next := dt.NextSibling; next != nil; next = next.NextSibling {
				if next.Type == html.ElementNode {
					return text(next)
				}
			}
		}
	}
	p.t.Errorf("%s: no field %q", p.from, term)
	return ""
}

func (p page) headings() []string {
	var list []string
	for _, tag := range []string{"h1", "h2", "h3"} {
		for _, node := range p.all(tag, "", "") {
			list = append(list, text(node))
		}
	}
	return list
}

func (p page) hasHeading(want string) {
	p.t.Helper()
	if !slices.Contains(p.headings(), want) {
		p.t.Errorf("%s: no heading %q in %q", p.from, want, p.headings())
	}
}

// whole is everything that is read on the page.
func (p page) whole() string { return text(p.one("main", "", "")) }

func (p page) reads(want string) {
	p.t.Helper()
	if !strings.Contains(p.whole(), want) {
		p.t.Errorf("%s: does not say %q", p.from, want)
	}
}
