package httpx

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gin-gonic/gin"
)

// TestPages asks for every page in both languages and judges what it says to
// people who see it, hear it or use the keyboard.
func TestPages(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, demoRoutes()...)
	titles := map[string]string{}
	for _, demo := range demoPages() {
		for _, lang := range []string{"fr", "en"} {
			answer := h.ask(t, "GET", demo.path+"?lang="+lang, nil)
			if answer.Code != 200 || answer.Header().Get("Content-Language") != lang || answer.Header().Get("ETag") == "" {
				t.Errorf("%s in %s: %d %v", demo.path, lang, answer.Code, answer.Header())
			}
			judge(t, demo.path+" "+lang, answer.Body.String(), lang)
		}
		leave(t, demo.file+".html", h.ask(t, "GET", demo.path, nil).Body.Bytes())
		if other, taken := titles[demo.view.Title]; taken {
			t.Errorf("%s and %s have the same title", demo.path, other)
		}
		titles[demo.view.Title] = demo.path
	}
	for path := range demoRefusals() {
		answer := h.ask(t, "GET", path, nil, "Accept", "text/html")
		judge(t, path, answer.Body.String(), "fr")
		leave(t, strings.ReplaceAll(strings.TrimPrefix(path, "/"), "/", "-")+".html", answer.Body.Bytes())
	}
	leave(t, "demo/qr.svg", h.ask(t, "GET", "/demo/qr.svg", nil).Body.Bytes())
	for _, file := range h.assets.byName {
		leave(t, strings.TrimPrefix(file.address, "/"), file.body)
	}
}

// leave writes the page where somebody asked to see it.
func leave(t *testing.T, name string, body []byte) {
	t.Helper()
	folder := os.Getenv("RAMURE_DEMO_DIR")
	if folder == "" {
		return
	}
	file := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body, 0o644); err != nil {
		t.Fatal(err)
	}
}

// judge asserts meaning: language, landmarks, one heading of the first rank and
// no rank skipped, names of what can be used, and nothing inline.
func judge(t *testing.T, name, source, lang string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	fault := func(format string, args ...any) { t.Errorf("%s: "+format, append([]any{name}, args...)...) }
	if strings.Contains(source, "⟦") {
		fault("a hole in the text")
	}
	ids, counts, rank := map[string]bool{}, map[atom.Atom]int{}, 0
	for node := range root.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		counts[node.DataAtom]++
		if id := attribute(node, "id"); id != "" && ids[id] {
			fault("id %s twice", id)
		} else {
			ids[id] = true
		}
		judgeElement(fault, root, node)
		if level := slices.Index([]string{"h1", "h2", "h3", "h4", "h5", "h6"}, node.Data) + 1; level > 0 {
			if level > rank+1 {
				fault("heading %q skips a rank", words(node))
			}
			rank = level
		}
	}
	for _, once := range []atom.Atom{atom.Main, atom.Header, atom.Footer, atom.H1, atom.Title} {
		if counts[once] != 1 {
			fault("%d × %s", counts[once], once)
		}
	}
	if got := attribute(find(root, "html"), "lang"); got != lang {
		fault("lang %q, want %q", got, lang)
	}
	if !strings.HasSuffix(words(find(root, "title")), " — Ramure") {
		fault("title %q", words(find(root, "title")))
	}
}

func judgeElement(fault func(string, ...any), root, node *html.Node) {
	for _, a := range node.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			fault("%s has %s", node.Data, a.Key)
		}
	}
	switch node.Data {
	case "img":
		if attribute(node, "alt") == "" || attribute(node, "width") == "" {
			fault("an image without words or size")
		}
	case "a", "button":
		if strings.TrimSpace(words(node)) == "" {
			fault("a %s without words", node.Data)
		}
	case "input":
		if !labelled(root, attribute(node, "id")) {
			fault("a field without label")
		}
	case "svg":
		if attribute(node, "aria-hidden") != "true" {
			fault("a drawing that is heard")
		}
	case "script":
		if node.FirstChild != nil || !strings.HasPrefix(attribute(node, "src"), "/static/") {
			fault("an inline or foreign script")
		}
	case "nav", "pre":
		if attribute(node, "aria-label") == "" && attribute(node, "aria-labelledby") == "" {
			fault("a %s without name", node.Data)
		}
	}
}

func labelled(root *html.Node, id string) bool {
	for node := range root.Descendants() {
		if node.Data == "label" && id != "" && attribute(node, "for") == id && words(node) != "" {
			return true
		}
	}
	return false
}

func find(root *html.Node, element string) *html.Node {
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && node.Data == element {
			return node
		}
	}
	return &html.Node{}
}

func attribute(node *html.Node, key string) string {
	for _, a := range node.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func words(node *html.Node) string {
	if node.Type == html.TextNode {
		return node.Data
	}
	text := ""
	for child := range node.ChildNodes() {
		text += words(child)
	}
	return text
}

// TestBandSaysItThrice: sign, word and sentence, for each tone.
func TestBandSaysItThrice(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, demoRoutes()...)
	seals := map[string]bool{}
	for _, band := range demoBands() {
		source := h.ask(t, "GET", "/demo/"+string(band.Tone), nil).Body.String()
		section := source[strings.Index(source, `<section class="band tone-`+string(band.Tone)):]
		section = section[:strings.Index(section, "</section>")]
		for _, part := range append([]string{band.Word, band.Sentence}, band.More...) {
			if !strings.Contains(section, html.EscapeString(part)) {
				t.Errorf("%s: %q is not in the band", band.Tone, part)
			}
		}
		seals[section[strings.Index(section, "<svg"):strings.Index(section, "</svg>")]] = true
	}
	if len(seals) != 4 {
		t.Errorf("%d different seals, want 4", len(seals))
	}
}

// TestUnknownIsNeverShownAsOK: each status has its own words and its own sign.
func TestUnknownIsNeverShownAsOK(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, demoRoutes()...)
	source := h.ask(t, "GET", "/demo/ok", nil).Body.String()
	for id, want := range map[string][2]string{"signature": {"icon-ok", "vérifié"}, "status": {"icon-refused", "échec"}, "log": {"icon-unverifiable", "non vérifiable ici"}} {
		line := source[strings.Index(source, `id="controle-`+id):]
		line = line[:strings.Index(line, "</li>")]
		if !strings.Contains(line, want[0]) || !strings.Contains(line, ">— "+want[1]+"<") {
			t.Errorf("%s: %s", id, line)
		}
	}
}

func TestMissingFieldSaysSo(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, demoRoutes()...)
	if source := h.ask(t, "GET", "/mentions-legales", nil).Body.String(); strings.Count(source, "non renseigné</span>") != 5 {
		t.Errorf("the notices that are missing are not said:\n%s", source)
	}
}

// TestChosenLanguageIsCarriedOn follows the links of a page.
func TestChosenLanguageIsCarriedOn(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil, append(demoRoutes(), page("/link", func(c *gin.Context) { OK(c, Link(c, "/v/x?a=1#f")) }))...)
	for target, want := range map[string]string{"/?lang=en": `href="/cookies?lang=en"`, "/": `href="/cookies"`} {
		if source := h.ask(t, "GET", target, nil, "Accept-Language", "en").Body.String(); !strings.Contains(source, want) {
			t.Errorf("%s: no %s", target, want)
		}
	}
	if source := h.ask(t, "GET", "/cookies?x=%22%3E&lang=fr", nil).Body.String(); !strings.Contains(source, `href="/cookies?lang=en&amp;x=%22%3E"`) {
		t.Error("the switch loses the address")
	}
	if got := h.ask(t, "GET", "/link?lang=en", nil).Body.String(); got != `"/v/x?a=1&lang=en#f"` {
		t.Errorf("Link: %s", got)
	}
}

func TestConformityInTheFooter(t *testing.T) {
	t.Parallel()
	for state, want := range map[Conformity]string{NotConform: "non conforme", PartlyConform: "partiellement conforme", FullyConform: "totalement conforme"} {
		h := newHall(t, func(c *Config) { c.Conformity = state }, demoRoutes()...)
		if source := h.ask(t, "GET", "/", nil).Body.String(); !strings.Contains(source, "Accessibilité\u202f: "+want) {
			t.Errorf("%q: no %q", state, want)
		}
	}
}

// TestForeignTextIsEscaped puts markup into every text of a view.
func TestForeignTextIsEscaped(t *testing.T) {
	t.Parallel()
	const evil = `"><script>canary()</script><img src=x onerror=canary()>`
	view := demoView(Band{Tone: ToneOK, Standing: evil, Word: evil, Sentence: evil, More: []string{evil, evil}})
	view.Fields = []Field{{Term: evil, Value: evil, Note: evil, Lang: evil}, {Term: evil, Values: []string{evil}}, {Term: evil, Value: evil, Href: "javascript:canary()"}, {Term: evil, Value: evil, Href: "javascript:canary()", Elsewhere: true}}
	view.Checks = []Check{{evil, evil, StatusOK, evil}}
	view.Scale = Scale{evil, []Level{{evil, evil, true}}}
	view.QR = Picture{"javascript:canary()", evil, evil, 1}
	view.Expert = Expert{Fields: view.Fields, Downloads: []Anchor{{evil, "javascript:canary()", evil}}, Sources: []Source{{evil, evil, evil}}}
	view.Receipt = Receipt{noon, evil}
	view.Fragment = Fragment{evil}
	h := newHall(t, nil, page("/evil", func(c *gin.Context) {
		Render(c, "demo/badge", Page{Title: evil, Description: evil, Canonical: evil, Robots: evil, Body: view})
	}))
	source := h.ask(t, "GET", "/evil", nil).Body.String()
	if !strings.Contains(source, "canary") {
		t.Fatal("the texts are not on the page")
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	for node := range root.Descendants() {
		for _, a := range node.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
				t.Errorf("%s %s=%q", node.Data, a.Key, a.Val)
			}
		}
		if node.DataAtom == atom.Script || (node.DataAtom == atom.Img && attribute(node, "src") == "x") {
			t.Errorf("%s was let through", node.Data)
		}
	}
}

func TestBrokenPageIsNeverSentHalf(t *testing.T) {
	t.Parallel()
	h := newHall(t, nil,
		page("/absent", func(c *gin.Context) { Render(c, "public/absent", Page{Title: "x"}) }),
		page("/wrong", func(c *gin.Context) { Render(c, "demo/badge", Page{Title: "x", Body: struct{ Band Band }{}}) }))
	for _, path := range []string{"/absent", "/wrong"} {
		answer := h.ask(t, "GET", path, nil)
		if answer.Code != 500 || strings.Contains(answer.Body.String(), "<") {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
		if n := strings.Count(h.log.String(), fmt.Sprintf(`"route":"%s","error"`, path)); n != 1 {
			t.Errorf("%s: logged %d times", path, n)
		}
	}
}
