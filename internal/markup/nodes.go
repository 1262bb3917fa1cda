package markup

import (
	"net/url"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// linkRel tells search engines that we do not vouch for the address, and the
// browser to hand over neither our window nor the page's address.
const linkRel = "nofollow noopener noreferrer ugc"

// withholder writes the nodes that are not shown as CommonMark would: raw HTML
// is shown as the text that it is (what was signed is not left out), an image
// becomes its alternative text, a link goes only to a web address and says that
// it is a stranger's.
type withholder struct{}

// RegisterFuncs implements goldmark's renderer.NodeRenderer.
func (w withholder) RegisterFuncs(to renderer.NodeRendererFuncRegisterer) {
	to.Register(ast.KindHTMLBlock, htmlBlock)
	to.Register(ast.KindRawHTML, rawHTML)
	to.Register(ast.KindImage, through)
	to.Register(ast.KindLink, link)
	to.Register(ast.KindAutoLink, autoLink)
}

func htmlBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<p>")
	block := node.(*ast.HTMLBlock)
	writeSegments(w, source, block.Lines())
	if block.HasClosure() {
		_, _ = w.Write(util.EscapeHTML(block.ClosureLine.Value(source)))
	}
	_, _ = w.WriteString("</p>\n")
	return ast.WalkSkipChildren, nil
}

func rawHTML(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		writeSegments(w, source, node.(*ast.RawHTML).Segments)
	}
	return ast.WalkSkipChildren, nil
}

func writeSegments(w util.BufWriter, source []byte, segments *text.Segments) {
	for i := range segments.Len() {
		segment := segments.At(i)
		_, _ = w.Write(util.EscapeHTML(segment.Value(source)))
	}
}

func through(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) {
	return ast.WalkContinue, nil
}

func link(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	address, ok := webAddress(string(node.(*ast.Link).Destination))
	switch {
	case !ok:
	case entering:
		openLink(w, address)
	default:
		_, _ = w.WriteString("</a>")
	}
	return ast.WalkContinue, nil
}

func autoLink(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	auto := node.(*ast.AutoLink)
	label := util.EscapeHTML(auto.Label(source))
	if address, ok := webAddress(string(auto.URL(source))); ok && auto.AutoLinkType == ast.AutoLinkURL {
		openLink(w, address)
		_, _ = w.Write(label)
		_, _ = w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	_, _ = w.Write(label)
	return ast.WalkContinue, nil
}

func openLink(w util.BufWriter, address string) {
	_, _ = w.WriteString(`<a href="`)
	_, _ = w.Write(util.EscapeHTML([]byte(address)))
	_, _ = w.WriteString(`" rel="` + linkRel + `">`)
}

// webAddress gives back an absolute http or https address with a host and
// without a user (https://bank.example@evil.example is a lure).
func webAddress(raw string) (string, bool) {
	address, err := url.Parse(string(util.URLEscape([]byte(raw), false)))
	if err != nil || !onWeb(address) {
		return "", false
	}
	return address.String(), address.Scheme == "http" || address.Scheme == "https"
}

// onWeb tells whether an address names a host, and no user.
func onWeb(address *url.URL) bool { return address.Host != "" && address.User == nil }
