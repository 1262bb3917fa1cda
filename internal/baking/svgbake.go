package baking

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"ramure/internal/problem"
)

// SVG bakes a credential, a compact JWS or a JSON object, into a drawing. It
// becomes the first child of the root; whatever badge the drawing carried before,
// of either version, is taken away, and nothing else is touched but the opening
// tag, which declares the namespace. Errors are those of PNG.
func SVG(picture, payload []byte) ([]byte, error) {
	payload, err := checkPayload(picture, payload)
	if err != nil {
		return nil, err
	}
	if !isSVG(picture) {
		return nil, problem.New(problem.Unsupported, "error.baking.kind")
	}
	d, err := walk(picture)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.Grow(len(picture) + len(payload) + 256)
	out.Write(picture[:d.rootStart])
	d.writeRoot(&out, picture, payload)
	at := d.rootEnd
	for _, badge := range d.badges {
		out.Write(picture[at:badge.start])
		at = badge.end
	}
	out.Write(picture[at:])
	return readBack(out.Bytes(), payload)
}

// writeRoot writes the opening tag of the root and the badge after it. An empty
// tag is opened for it.
func (d drawing) writeRoot(out *bytes.Buffer, picture, payload []byte) {
	tag := picture[d.rootStart:d.rootEnd]
	name := tag[:1+bytes.IndexAny(tag[1:], " \t\r\n/>")]
	declared, here := d.prefix()
	out.Write(name)
	if !declared {
		out.WriteString(` xmlns:openbadges="` + namespace3 + `"`)
	}
	empty := bytes.HasSuffix(tag, []byte("/>"))
	out.Write(bytes.TrimSuffix(bytes.TrimSuffix(tag[len(name):], []byte(">")), []byte("/")))
	out.WriteString(">")
	out.WriteString(badge(payload, here))
	if empty {
		out.WriteString("</" + string(name[1:]) + ">")
	}
}

// prefix says whether the root declares the prefix "openbadges", and what the badge
// itself must declare: a drawing that was baked with 2.0 has it for that
// namespace, which other elements may go on using.
func (d drawing) prefix() (declared bool, here string) {
	at := slices.IndexFunc(d.root.Attr, func(a xml.Attr) bool {
		return a.Name == xml.Name{Space: "xmlns", Local: "openbadges"}
	})
	if at < 0 {
		return false, ""
	}
	if d.root.Attr[at].Value == namespace3 {
		return true, ""
	}
	return true, ` xmlns:openbadges="` + namespace3 + `"`
}

// badge is the element: a JWS in its attribute, a JSON text as its content (Open
// Badges 3.0 §7 SVG).
func badge(payload []byte, declares string) string {
	if payload[0] != '{' {
		return "<openbadges:credential" + declares + ` verify="` + string(payload) + `"/>`
	}
	content := strings.ReplaceAll(string(payload), "]]>", "]]]]><![CDATA[>")
	return "<openbadges:credential" + declares + "><![CDATA[" + content + "]]></openbadges:credential>"
}
