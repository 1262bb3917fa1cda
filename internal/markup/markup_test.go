package markup

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"ramure/internal/problem"
)

func TestRenderSubset(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		source string
		level  int
		want   string
	}{
		"empty":            {"", 2, ""},
		"paragraph":        {"Savoir *trier* ses **courriels**.", 2, "<p>Savoir <em>trier</em> ses <strong>courriels</strong>.</p>\n"},
		"heading shifted":  {"# Critères", 2, "<h3>Critères</h3>\n"},
		"heading capped":   {"#### Détail", 4, "<h6>Détail</h6>\n"},
		"level below one":  {"# Un", 0, "<h2>Un</h2>\n"},
		"list":             {"- un\n- deux", 2, "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n"},
		"list from three":  {"3. trois", 2, "<ol start=\"3\">\n<li>trois</li>\n</ol>\n"},
		"code":             {"`a < b`", 2, "<p><code>a &lt; b</code></p>\n"},
		"fenced code":      {"```go\nx := 1\n```", 2, "<pre><code>x := 1\n</code></pre>\n"},
		"quote":            {"> dit", 2, "<blockquote>\n<p>dit</p>\n</blockquote>\n"},
		"rule":             {"---", 2, "<hr/>\n"},
		"hard break":       {"un\\\ndeux", 2, "<p>un<br/>\ndeux</p>\n"},
		"link":             {"[site](https://exemple.fr/a?b=1&c=2 \"titre\")", 2, `<p><a href="https://exemple.fr/a?b=1&amp;c=2" rel="nofollow noopener noreferrer ugc">site</a></p>` + "\n"},
		"autolink":         {"<https://exemple.fr>", 2, `<p><a href="https://exemple.fr" rel="nofollow noopener noreferrer ugc">https://exemple.fr</a></p>` + "\n"},
		"reference link":   {"[site]\n\n[site]: http://exemple.fr", 2, `<p><a href="http://exemple.fr" rel="nofollow noopener noreferrer ugc">site</a></p>` + "\n"},
		"e-mail stays":     {"<a@exemple.fr>", 2, "<p>a@exemple.fr</p>\n"},
		"image to its alt": {"![Une carte](https://exemple.fr/c.png)", 2, "<p>Une carte</p>\n"},
		"raw HTML shown":   {"avant <b>gras</b> après", 2, "<p>avant &lt;b&gt;gras&lt;/b&gt; après</p>\n"},
		"HTML block shown": {"<div>\nbloc\n</div>", 2, "<p>&lt;div&gt;\nbloc\n&lt;/div&gt;</p>\n"},
		"relative link":    {"[x](/deconnexion)", 2, "<p>x</p>\n"},
		"user in address":  {"[x](https://banque.fr@mal.fr/)", 2, "<p>x</p>\n"},
		"upper scheme":     {"[x](HTTPS://exemple.fr)", 2, `<p><a href="https://exemple.fr" rel="nofollow noopener noreferrer ugc">x</a></p>` + "\n"},
	}
	renderer := New()
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := renderer.Render(test.source, test.level)
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestRenderLimits(t *testing.T) {
	t.Parallel()
	renderer := New()
	if _, err := renderer.Render(strings.Repeat("a", MaxSource), 2); err != nil {
		t.Errorf("a source of exactly the limit: %v", err)
	}
	_, err := renderer.Render(strings.Repeat("a", MaxSource+1), 2)
	if !problem.Is(err, problem.TooLarge) {
		t.Errorf("one byte over: got %v, want a tooLarge", err)
	}
	for _, deep := range []string{strings.Repeat(">", 500) + " x", strings.Repeat("- ", 200) + "x", strings.Repeat("*a ", 40) + "b" + strings.Repeat("*", 40)} {
		var broken *problem.Error
		if _, err := renderer.Render(deep, 2); !errors.As(err, &broken) || broken.Key != "error.markup.tooDeep" {
			t.Errorf("nesting %.20q: got %v, want tooDeep", deep, err)
		}
	}
}

// TestPayloads writes each hostile text in each place where a text can stand,
// and reads the answer as a browser would.
func TestPayloads(t *testing.T) {
	t.Parallel()
	renderer := New()
	places := []string{"%", "a % b", "[x](%)", "[x](<%>)", "[%](https://exemple.fr)", "![%](%)", "<%>", "# %", "- %", "> %", "`%`", "```\n%\n```", "[r]\n\n[r]: % \"%\""}
	count := 0
	for _, payload := range payloads() {
		for _, place := range places {
			source := strings.ReplaceAll(place, "%", payload)
			got, err := renderer.Render(source, 2)
			if err != nil {
				continue // refused whole
			}
			count++
			if fault := unsafe(got.String()); fault != "" {
				t.Errorf("%s in %q → %q", fault, source, got)
			}
		}
	}
	if len(payloads()) < 100 {
		t.Errorf("%d payloads, at least 100 are wanted", len(payloads()))
	}
	t.Logf("%d payloads × %d places: %d rendered, 0 let through", len(payloads()), len(places), count)
}

// unsafe names what a browser could be made to do by the fragment: it is an
// own, independent reading of the rule, with the HTML parser.
func unsafe(fragment string) string {
	root, err := html.Parse(strings.NewReader(fragment))
	if err != nil {
		return "not parseable"
	}
	allowed := map[string]bool{"html": true, "head": true, "body": true, "p": true, "br": true, "hr": true, "em": true, "strong": true,
		"code": true, "pre": true, "blockquote": true, "ul": true, "ol": true, "li": true, "a": true,
		"h2": true, "h3": true, "h4": true, "h5": true, "h6": true}
	for node := range root.Descendants() {
		switch {
		case node.Type == html.CommentNode:
			return "comment"
		case node.Type == html.ElementNode && !allowed[node.Data]:
			return "element " + node.Data
		}
		for _, attribute := range node.Attr {
			if fault := unsafeAttribute(node.Data, attribute); fault != "" {
				return fault
			}
		}
	}
	return ""
}

func unsafeAttribute(element string, attribute html.Attribute) string {
	switch {
	case element == "a" && attribute.Key == "href":
		if !strings.HasPrefix(attribute.Val, "http://") && !strings.HasPrefix(attribute.Val, "https://") {
			return "address " + attribute.Val
		}
	case element == "a" && attribute.Key == "rel":
		if attribute.Val != "nofollow noopener noreferrer ugc" {
			return "rel " + attribute.Val
		}
	case element == "ol" && attribute.Key == "start":
	default:
		return "attribute " + element + "/" + attribute.Key
	}
	return ""
}

// TestFirstWallAlone: what goldmark writes is safe before it is sanitised.
func TestFirstWallAlone(t *testing.T) {
	t.Parallel()
	markdown := New().markdown
	for _, payload := range payloads() {
		for _, place := range []string{"%", "[x](%)", "[x](<%>)", "<%>", "![%](%)", "> %"} {
			var written bytes.Buffer
			if err := markdown.Convert([]byte(strings.ReplaceAll(place, "%", payload)), &written); err != nil {
				t.Fatal(err)
			}
			// The first wall leaves two things to the second that are no danger:
			// the language of a block of code, and headings as they come.
			fault := unsafe(written.String())
			if fault != "" && fault != "attribute code/class" && fault != "element h1" {
				t.Errorf("%s in %q → %q", fault, payload, written.String())
			}
		}
	}
}

// TestSecondWallAlone: the sanitiser holds when the first wall is down and the
// payloads come as raw HTML, as elements and as addresses.
func TestSecondWallAlone(t *testing.T) {
	t.Parallel()
	policy := New().policy
	for _, payload := range payloads() {
		for _, place := range []string{"%", `<a href="%">x</a>`, "<a href='%'>x</a>", "<a href=%>x</a>"} {
			if fault := unsafe(policy.Sanitize(strings.ReplaceAll(place, "%", payload))); fault != "" {
				t.Errorf("%s in %q", fault, payload)
			}
		}
	}
}

// TestUnsafeSees breaks the guard on purpose: the judge must see raw payloads.
func TestUnsafeSees(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"<script>x</script>", `<a href="javascript:x">`, `<p onclick="x">`, "<!-- x -->", `<a href="/x">`, `<img src="x">`} {
		if unsafe(bad) == "" {
			t.Errorf("the judge let %q through", bad)
		}
	}
}

func FuzzRender(f *testing.F) {
	renderer := New()
	for _, payload := range payloads() {
		f.Add(payload)
	}
	f.Add("# Titre\n\n1. un\n2. [deux](https://exemple.fr)\n")
	f.Fuzz(func(t *testing.T, source string) {
		got, err := renderer.Render(source, 2)
		if err != nil {
			return
		}
		if fault := unsafe(got.String()); fault != "" {
			t.Errorf("%s in %q → %q", fault, source, got)
		}
	})
}

// TestNothingWrittenIsLost: a tag that a venue typed is read, not obeyed, and a
// closing line of a block (here a comment's) is read too.
func TestNothingWrittenIsLost(t *testing.T) {
	t.Parallel()
	renderer := New()
	for _, source := range []string{"<!-- un\n\ndeux --> trois", "<script>\nun deux\n</script> trois", "un <i deux> trois", "<?un\n\ndeux ?> trois"} {
		got, err := renderer.Render(source, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"un", "deux", "trois"} {
			if !strings.Contains(got.String(), word) {
				t.Errorf("%q lost %q: %q", source, word, got)
			}
		}
	}
}
