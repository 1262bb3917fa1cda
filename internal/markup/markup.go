package markup

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"ramure/internal/problem"
)

// Limits of one source.
const (
	MaxSource = 16 << 10 // bytes; what is worst to read then costs about 0.1 s
	maxDepth  = 24       // nested blocks and emphasis
)

// HTML is a fragment that Render made, and that is therefore safe on a page.
type HTML struct{ text string }

// String gives the fragment's text.
func (h HTML) String() string { return h.text }

// Renderer holds the two walls; it may be used by many requests at once.
type Renderer struct {
	markdown goldmark.Markdown
	policy   *bluemonday.Policy
}

// New builds the walls.
func New() *Renderer {
	return &Renderer{markdown: newMarkdown(), policy: newPolicy()}
}

// Render turns Markdown into safe HTML. level is that of the page's heading
// above the text (1 to 5): a first-level heading of the source becomes level+1,
// and none goes beyond 6. An empty source gives empty HTML. Errors:
// problem.TooLarge over MaxSource bytes, problem.Invalid on extreme nesting.
func (r *Renderer) Render(source string, level int) (HTML, error) {
	if len(source) > MaxSource {
		return HTML{}, problem.New(problem.TooLarge, "error.markup.tooLarge").With("limit", fmt.Sprint(MaxSource>>10))
	}
	data := []byte(source)
	document := r.markdown.Parser().Parse(text.NewReader(data))
	if err := prepare(document, level); err != nil {
		return HTML{}, err
	}
	var rendered bytes.Buffer
	if err := r.markdown.Renderer().Render(&rendered, data, document); err != nil {
		return HTML{}, fmt.Errorf("render markdown: %w", err)
	}
	return HTML{text: string(r.policy.SanitizeBytes(rendered.Bytes()))}, nil
}

// newMarkdown is CommonMark whose raw HTML and images are written as text.
func newMarkdown() goldmark.Markdown {
	return goldmark.New(

		goldmark.WithRendererOptions(
			html.WithXHTML(),
			renderer.WithNodeRenderers(util.Prioritized(withholder{}, 1)),
		),
	)
}

// newPolicy lets through what newMarkdown can write, and nothing else.
func newPolicy() *bluemonday.Policy {
	policy := bluemonday.NewPolicy()
	policy.AllowElements("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li",
		"h2", "h3", "h4", "h5", "h6")
	policy.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	policy.AllowAttrs("href").OnElements("a")
	// One fixed rel of our own; bluemonday's switches would each add their word.
	policy.AllowAttrs("rel").Matching(regexp.MustCompile(`^` + linkRel + `$`)).OnElements("a")
	policy.AllowURLSchemeWithCustomPolicy("http", onWeb)
	policy.AllowURLSchemeWithCustomPolicy("https", onWeb)
	policy.AllowRelativeURLs(false)
	return policy
}

// prepare moves the headings down and refuses extreme nesting.
func prepare(document ast.Node, level int) error {
	depth := 0
	return ast.Walk(document, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		if depth++; depth > maxDepth {
			return ast.WalkStop, problem.New(problem.Invalid, "error.markup.tooDeep")
		}
		if heading, ok := node.(*ast.Heading); ok {
			heading.Level = min(heading.Level+max(level, 1), 6)
		}
		return ast.WalkContinue, nil
	})
}
