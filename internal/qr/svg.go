package qr

import (
	"strconv"
	"strings"
)

// escapeXML escapes a text for element content and attribute values.
var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;")

// SVG draws the code as one path on a white ground, one unit a module, so that
// its size is the page's to choose. title says in words what the code leads to
// (« Code à scanner : vérifier ce badge »), for those who do not see it.
func (c Code) SVG(title string) []byte {
	width := strconv.Itoa(c.Width())
	out := make([]byte, 0, 512+c.Width()*c.Width()*4)
	out = append(out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `+width+" "+width+
		`" role="img" shape-rendering="crispEdges"><title>`+escapeXML.Replace(printable(title))+
		`</title><path fill="#fff" d="M0 0h`+width+"v"+width+`H0z"/><path d="`...)
	for y, row := range c.modules {
		out = appendRuns(out, y, row)
	}
	return append(out, `"/></svg>`...)
}

// appendRuns writes each run of dark modules of a row as one rectangle.
func appendRuns(out []byte, y int, row []bool) []byte {
	for x := 0; x < len(row); x++ {
		if !row[x] {
			continue
		}
		start := x
		for x < len(row) && row[x] {
			x++
		}
		out = strconv.AppendInt(append(out, 'M'), int64(start), 10)
		out = strconv.AppendInt(append(out, ' '), int64(y), 10)
		out = strconv.AppendInt(append(out, 'h'), int64(x-start), 10)
		out = append(out, "v1h-"...)
		out = append(strconv.AppendInt(out, int64(x-start), 10), 'z')
	}
	return out
}

// printable leaves out what XML 1.0 cannot hold (§2.2): most control characters
// and the two non-characters.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if (r < 0x20 && r != '\t' && r != '\n' && r != '\r') || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
}
