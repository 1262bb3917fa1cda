package e2e

import (
	"bytes"
	"fmt"
	"image"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"strings"
)

const badgeSpace = `xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"`

func svgOf(head, attributes, inside string) []byte {
	return []byte(head + `<svg xmlns="http://www.w3.org/2000/svg" ` + badgeSpace + " " + attributes + ">" + inside + "</svg>")
}

func element(text string) string {
	return "<openbadges:credential><![CDATA[" + text + "]]></openbadges:credential>"
}

// svgs are drawings that are too much, or that carry a badge wrongly.
func (b baker) svgs() map[string][]byte {
	good, spoiled, list := element(b.good), element(b.spoiled), map[string][]byte{}
	for name, inside := range map[string]string{
		"a badge twice": good + good, "a badge twice, far apart": good + strings.Repeat("<g/>", 100_000) + good, "a badge in a group": "<g>" + good + "</g>", "a badge in its description": "<metadata>" + good + "</metadata>",
		"verify and body": strings.Replace(good, "credential>", `credential verify="a.b.c">`, 1), "verify empty": `<openbadges:credential verify=""/>`, "nothing in it": `<openbadges:credential/>`,
		"another namespace": strings.ReplaceAll(good, "openbadges:", "other:"), "no namespace": strings.ReplaceAll(good, "openbadges:", ""), "prefix bound to another": "<g " + `xmlns:openbadges="http://evil.example/"` + ">" + good + "</g>",
		"an entity of nobody": `<openbadges:credential>&evil;</openbadges:credential>`, "a NUL": `<openbadges:credential>&#0;</openbadges:credential>` + spoiled, "a character of nobody": `<openbadges:credential>&#x110000;</openbadges:credential>`,
		"CDATA that never ends": "<openbadges:credential><![CDATA[" + b.good, "elements crossed": "<g><openbadges:credential></g></openbadges:credential>", "elements inside the badge": "<openbadges:credential><g/>" + b.spoiled + "</openbadges:credential>",
		"10,000 deep": strings.Repeat("<g>", 10_000) + good + strings.Repeat("</g>", 10_000), "500,000 deep": strings.Repeat("<g>", 500_000) + strings.Repeat("</g>", 500_000), "never closed": strings.Repeat("<g>", 1_000_000),
		"900,000 siblings": strings.Repeat("<g/>", 900_000) + spoiled, "190,000 siblings": strings.Repeat("<g/>", 190_000) + spoiled, "45,000 attributes": "<g " + attributes(45_000) + "/>" + spoiled, "100,000 attributes": "<g " + attributes(100_000) + "/>" + spoiled, "50,000 namespaces": strings.Repeat(`<g xmlns:a="urn:x:a"/>`, 50_000) + spoiled,
		"an attribute of 4 MiB": `<g d="` + strings.Repeat("M", 4<<20) + `"/>` + spoiled, "a comment of 4 MiB": "<!--" + strings.Repeat("x", 4<<20) + "-->" + spoiled, "CDATA of 4 MiB": element(padded(b.good, 4<<20)),
		"a comment that never ends": "<!--" + strings.Repeat("x", 1<<20), "a million angles": strings.Repeat("<", 1_000_000), "a name of a mebibyte": "<" + strings.Repeat("g", 1<<20) + "/>",
		"the same attribute twice": strings.Replace(good, "credential>", `credential a="1" a="2" verify="a.b.c" verify="d.e.f">`, 1),
	} {
		list["SVG: "+name] = svgOf("", "", inside)
	}
	list["SVG: over 5 MiB"] = svgOf("", "", strings.Repeat(" ", 5<<20)+good)
	list["SVG: gzip"] = zipped(bytes.NewReader(svgOf("", "", good)))
	list["SVG: a gzip bomb"] = zipped(zeros(300 << 20))
	list["SVG: not the first element"] = []byte("<html>" + string(svgOf("", "", good)) + "</html>")
	list["SVG: two drawings"] = append(svgOf("", "", spoiled), svgOf("", "", good)...)
	return list
}

func attributes(n int) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, `a%d="" `, i)
	}
	return text.String()
}

// entities unfold, or ask for files; a badge has none.
func (b baker) entities() map[string][]byte {
	good, list := element(b.good), map[string][]byte{}
	for name, head := range map[string]string{
		"a billion laughs": laughs(), "quadratic": `<!DOCTYPE svg [<!ENTITY a "` + strings.Repeat("a", 100_000) + `">]>`, "a file": `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>`,
		"an address": `<!DOCTYPE svg [<!ENTITY x SYSTEM "http://127.0.0.1/">]>`, "of parameters": `<!DOCTYPE svg [<!ENTITY % p SYSTEM "http://127.0.0.1/x.dtd"> %p;]>`, "a DTD elsewhere": `<!DOCTYPE svg SYSTEM "http://127.0.0.1/x.dtd">`,
		"UTF-16 declared": `<?xml version="1.0" encoding="UTF-16"?>`, "UTF-7 declared": `<?xml version="1.0" encoding="UTF-7"?>`, "Latin 1 declared": `<?xml version="1.0" encoding="ISO-8859-1"?>`,
		"two declarations": `<?xml version="1.0"?><?xml version="1.0"?>`,
	} {
		inside := strings.Repeat("&a;", 1_000) + "&x;"
		list["SVG, entities: "+name] = svgOf(head, "", good+"<text>"+inside+"</text>")
	}
	utf16 := []byte{0xff, 0xfe}
	for _, letter := range string(svgOf("", "", good)) {
		utf16 = append(utf16, byte(letter), byte(letter>>8))
	}
	list["SVG in UTF-16"] = utf16
	return list
}

func laughs() string {
	text := `<!DOCTYPE svg [<!ENTITY a0 "ha">`
	for i := 1; i <= 30; i++ {
		text += fmt.Sprintf(`<!ENTITY a%d "%s">`, i, strings.Repeat(fmt.Sprintf("&a%d;", i-1), 10))
	}
	return text + `<!ENTITY a "&a30;">]>`
}

// others are pictures of kinds that carry no badge, or that no reader should open.
func others() map[string][]byte {
	var jpg, animated bytes.Buffer
	small := image.NewPaletted(image.Rect(0, 0, 8, 8), palette.WebSafe)
	if err := jpeg.Encode(&jpg, small, nil); err != nil {
		panic(err)
	}
	if err := gif.Encode(&animated, small, nil); err != nil {
		panic(err)
	}
	large := bytes.Clone(jpg.Bytes())
	if at := bytes.Index(large, []byte{0xff, 0xc0}); at > 0 {
		copy(large[at+5:], []byte{0xff, 0xff, 0xff, 0xff}) // 65,535 × 65,535
	}
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewYCbCr(image.Rect(0, 0, 4_800, 4_800), image.YCbCrSubsampleRatio420), nil); err != nil {
		panic(err)
	}
	list := map[string][]byte{"JPEG of 23 megapixels": photo.Bytes(), "JPEG of 65,535 × 65,535": large, "JPEG of nothing": jpg.Bytes(), "JPEG, cut": jpg.Bytes()[:len(jpg.Bytes())/2], "GIF": animated.Bytes(),
		"JPEG of markers": append([]byte{0xff, 0xd8}, bytes.Repeat([]byte{0xff, 0xfe, 0, 2}, 500_000)...)}
	for name, head := range map[string]string{"TIFF": "II*\x00", "BMP": "BM", "WEBP": "RIFF\xff\xff\xff\xffWEBPVP8 ", "ICO": "\x00\x00\x01\x00", "PDF": "%PDF-1.7\n", "zip": "PK\x03\x04", "JPEG 2000": "\x00\x00\x00\x0cjP  ",
		"AVIF": "\x00\x00\x00\x20ftypavif", "HEIC": "\x00\x00\x00\x20ftypheic", "PostScript": "%!PS", "PSD": "8BPS", "XCF": "gimp xcf"} {
		list[name] = append([]byte(head), make([]byte, 100_000)...)
	}
	return list
}
