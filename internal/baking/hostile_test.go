package baking

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"ramure/internal/problem"
)

// hostile is a picture that must be refused, for this very reason.
type hostile struct {
	name    string
	picture string
	key     string // of the problem
	why     error  // in its chain, where a key says too little
}

const (
	keyPNG  = "error.baking.png"
	keySVG  = "error.baking.svg"
	keyText = "error.baking.text"
)

// lying is a chunk whose length is not that of its data.
func lying(length uint32, kind, data string) string {
	out := binary.BigEndian.AppendUint32(nil, length)
	return string(out) + kind + data + "\x00\x00\x00\x00"
}

func badPNGs() []hostile {
	badge := international(keyword3, jws)
	flip := func(chunk string, at int) string { return chunk[:at] + string(chunk[at]^1) + chunk[at+1:] }
	header := func(change func(data []byte)) string {
		data := []byte(head(1, 1, 0)[8:21])
		change(data)
		return signature + block("IHDR", string(data)) + badge + pixels + end
	}
	return []hostile{
		{"400 megapixels", signature + head(20_000, 20_000, 0) + badge + pixels + end, "error.baking.pixels", nil},
		{"2³²-1 by 2³²-1", signature + head(1<<32-1, 1<<32-1, 6) + badge + pixels + end, "error.baking.pixels", nil},
		{"two lines too long", signature + head(MaxPixels/2+1, 2, 0) + badge + pixels + end, "error.baking.pixels", nil},
		{"one line too long", signature + head(MaxPixels+1, 1, 0) + badge + pixels + end, "error.baking.pixels", nil},
		{"no width", signature + head(0, 1, 0) + badge + pixels + end, keyPNG, faultHeader},
		{"no height", signature + head(1, 0, 0) + badge + pixels + end, keyPNG, faultHeader},
		{"a colour type of 1", signature + head(1, 1, 1) + badge + pixels + end, keyPNG, faultHeader},
		{"3 bits a sample", header(func(d []byte) { d[8] = 3 }), keyPNG, faultHeader},
		{"another compression", header(func(d []byte) { d[10] = 1 }), keyPNG, faultHeader},
		{"another filter", header(func(d []byte) { d[11] = 1 }), keyPNG, faultHeader},
		{"another interlace", header(func(d []byte) { d[12] = 2 }), keyPNG, faultHeader},
		{"a short header", signature + block("IHDR", "\x00\x00\x00\x01") + badge + pixels + end, keyPNG, faultHeader},
		{"two headers", start + head(1, 1, 0) + badge + pixels + end, keyPNG, faultOrder},
		{"no header", signature + badge + pixels + end, keyPNG, faultOrder},
		{"no pixels", start + badge + end, keyPNG, faultPixels},
		{"no end", start + badge + pixels, keyPNG, faultCut},
		{"an end with data", start + badge + pixels + block("IEND", "x"), keyPNG, faultPixels},
		{"nothing but the signature", signature, keyPNG, faultCut},
		{"pixels in two places", start + pixels + badge + pixels + end, keyPNG, faultOrder},
		{"a palette of grey", start + block("PLTE", "abc") + badge + pixels + end, keyPNG, faultOrder},
		{"a palette after the pixels", signature + head(1, 1, 2) + pixels + block("PLTE", "abc") + badge + end, keyPNG, faultOrder},
		{"a palette too few", signature + head(1, 1, 3) + badge + pixels + end, keyPNG, faultOrder},
		{"two palettes", signature + head(1, 1, 2) + block("PLTE", "abc") + block("PLTE", "abc") + badge + pixels + end, keyPNG, faultOrder},
		{"an unknown critical chunk", with(block("CgBI", "x"), badge), keyPNG, faultCritical},
		{"a type of digits", with(block("12,4", "x"), badge), keyPNG, faultType},
		{"a length of 2³²-1", start + lying(1<<32-1, "iTXt", keyword3) + pixels + end, keyPNG, faultCut},
		{"a length of 2³¹", start + lying(1<<31, "iTXt", keyword3) + pixels + end, keyPNG, faultCut},
		{"a length one too long", with(flip(badge, 3)), keyPNG, faultChecksum},
		{"a length of nothing", start + "\x00\x00\x00\x00" + badge[4:] + pixels + end, keyPNG, faultChecksum},
		{"a wrong checksum", with(flip(badge, len(badge)-1)), keyPNG, faultChecksum},
		{"a wrong checksum elsewhere", with(badge, flip(block("tIME", "1234567"), 9)), keyPNG, faultChecksum},
		{"text changed under its checksum", with(flip(badge, 40)), keyPNG, faultChecksum},
		{"a file cut in the badge", with(badge)[:80], keyPNG, faultCut},
		{"bytes after the end", with(badge) + "\x00", keyPNG, faultCut},
		{"a chunk after the end", with() + badge, keyPNG, faultTrailing},
		{"a second picture after the end", with(badge) + with(badge), keyPNG, nil},
		{"a ZIP after the end", with(badge) + "PK\x03\x04" + strings.Repeat("\x00", 40), keyPNG, nil},
		{"the badge twice", with(badge, badge), "error.baking.twice", nil},
		{"two badges", with(badge, international(keyword3, document)), "error.baking.twice", nil},
		{"two badges of 2.0", with(international(keyword2, assertion), block("tEXt", keyword2, "\x00", hosted)), "error.baking.twice", nil},
		{"100,000 badges", with(strings.Repeat(international(keyword3, "."), 100_000)), "error.baking.twice", nil},
		{"400,000 empty chunks and no end", start + strings.Repeat(block("aaAa"), 400_000), keyPNG, faultCut},
		{"a bomb of 1 MiB", with(folded(keyword3, zeros(1<<20))), "error.baking.payload", nil},
		{"a bomb of 256 MiB", with(folded(keyword3, zeros(1<<28))), "error.baking.payload", nil},
		{"a bomb of 2.0", with(folded(keyword2, zeros(64<<20))), "error.baking.payload", nil},
		{"a text one byte too long", with(international(keyword3, strings.Repeat("a", MaxPayload+1))), "error.baking.payload", nil},
		{"zlib cut", with(folded(keyword3, compress(jws)[:20])), keyText, faultUnfold},
		{"zlib with another checksum", with(folded(keyword3, compress(jws)[:len(compress(jws))-1]+"x")), keyText, faultUnfold},
		{"zlib and more", with(folded(keyword3, compress(jws)+"x")), keyText, faultUnfold},
		{"zlib with a dictionary", with(folded(keyword3, "\x78\xbb\x00\x00\x00\x01\x00")), keyText, faultUnfold},
		{"no zlib", with(folded(keyword3, jws)), keyText, faultUnfold},
		{"a compression flag of 2", with(block("iTXt", keyword3, "\x00\x02\x00\x00\x00", jws)), keyText, faultText},
		{"a compression method of 1", with(block("iTXt", keyword3, "\x00\x01\x01\x00\x00", compress(jws))), keyText, faultText},
		{"no language", with(block("iTXt", keyword3, "\x00\x00\x00", jws)), keyText, faultText},
		{"nothing after the keyword", with(block("iTXt", keyword3)), keyText, faultText},
		{"an empty text", with(international(keyword3, "")), keyText, faultEncoding},
		{"blanks", with(international(keyword3, " \n")), keyText, faultEncoding},
		{"a NUL in the text", with(international(keyword3, "{\x00}")), keyText, faultEncoding},
		{"a text in Latin-1", with(block("tEXt", keyword2, "\x00{\"a\":\"\xe9\"}")), keyText, faultEncoding},
		{"a text in UTF-16", with(international(keyword3, "\xff\xfe{\x00}\x00")), keyText, faultEncoding},
		{"line breaks changed in transfer", strings.Replace(with(badge), "\r\n", "\n", 1), "error.baking.kind", nil},
	}
}

func badSVGs() []hostile {
	badge := `<openbadges:credential verify="` + jws + `"/>`
	utf16 := func(order binary.AppendByteOrder, mark bool) string {
		var out []byte
		if mark {
			out = order.AppendUint16(out, 0xfeff)
		}
		for _, c := range open3 + badge + shut {
			out = order.AppendUint16(out, uint16(c))
		}
		return string(out)
	}
	laughs := `<!DOCTYPE svg [<!ENTITY a "ha">`
	for i := range 9 {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, 'b'+i, strings.Repeat(fmt.Sprintf("&%c;", 'a'+i), 10))
	}
	laughs += `]>`
	return []hostile{
		{"a billion laughs", laughs + open3 + badge + "<text>&j;</text>" + shut, keySVG, faultEntities},
		{"an entity of a file", `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + open3 + "<openbadges:credential>&x;</openbadges:credential>" + shut, keySVG, faultEntities},
		{"a parameter entity", `<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://192.0.2.1/x.dtd"> %x;]>` + open3 + badge + shut, keySVG, faultEntities},
		{"an entity that nobody defines", open3 + `<openbadges:credential>&nbsp;{}</openbadges:credential>` + shut, keySVG, nil},
		{"a document type inside", open3 + `<!DOCTYPE svg>` + badge + shut, keySVG, faultEntities},
		{"a document type at the end", open3 + badge + shut + `<!DOCTYPE svg>`, keySVG, faultEntities},
		{"10,000 deep", open3 + strings.Repeat("<g>", 10_000) + badge + strings.Repeat("</g>", 10_000) + shut, keySVG, faultDepth},
		{"150,000 deep and no end", open3 + strings.Repeat("<g>", 150_000), keySVG, faultDepth},
		{"one too deep", open3 + strings.Repeat("<g>", MaxDepth) + strings.Repeat("</g>", MaxDepth) + badge + shut, keySVG, faultDepth},
		{"a million tags", open3 + strings.Repeat("<g/>", 1_000_000) + badge + shut, keySVG, faultTags},
		{"a million attributes", open3 + "<g" + strings.Repeat(` a=""`, 1_000_000) + "/>" + badge + shut, keySVG, faultAttributes},
		{"45,000 attributes of one name on the badge", open3 + "<openbadges:credential" + strings.Repeat(` a=""`, 45_000) + "/>" + shut, keySVG, faultRepeated},
		{"45,000 namespaces, and a badge nowhere", open + namespaces(45_000) + shut, "error.baking.none", nil},
		{"UTF-16, little end first", utf16(binary.LittleEndian, true), "error.baking.kind", nil},
		{"UTF-16, big end first", utf16(binary.BigEndian, true), "error.baking.kind", nil},
		{"UTF-16, no mark", utf16(binary.LittleEndian, false), keySVG, nil},
		{"UTF-16 by its own word", `<?xml version="1.0" encoding="UTF-16"?>` + open3 + badge + shut, keySVG, nil},
		{"Latin-1 by its own word", `<?xml version="1.0" encoding="ISO-8859-1"?>` + open3 + badge + shut, keySVG, nil},
		{"UTF-7 by its own word", `<?xml version="1.0" encoding="UTF-7"?>+ADw-svg` + open3 + badge + shut, keySVG, nil},
		{"no UTF-8", open3 + "<desc>\xe9</desc>" + badge + shut, keySVG, faultUTF8},
		{"two byte order marks", byteOrderMark + byteOrderMark + open3 + badge + shut, "error.baking.kind", nil},
		{"a control character", open3 + "<desc>\x01</desc>" + badge + shut, keySVG, nil},
		{"a control character by number", open3 + "<openbadges:credential>&#1;{}</openbadges:credential>" + shut, keySVG, nil},
		{"XML 1.1", `<?xml version="1.1"?>` + open3 + badge + shut, keySVG, nil},
		{"a page", "<!DOCTYPE html><html><body>" + badge + "</body></html>", keySVG, faultRoot},
		{"an svg of no namespace", `<svg xmlns:openbadges="` + namespace3 + `">` + badge + "</svg>", keySVG, faultRoot},
		{"an svg of another namespace", strings.Replace(open3, namespaceSVG, "http://www.w3.org/2000/svg/", 1) + badge + "</svg>", keySVG, faultRoot},
		{"an svg inside a page", "<x>" + open3 + badge + shut + "</x>", keySVG, faultRoot},
		{"the badge twice", open3 + badge + badge + shut, "error.baking.twice", nil},
		{"the badge twice, once hidden", open3 + badge + "<g>" + badge + "</g>" + shut, "error.baking.twice", nil},
		{"40,000 badges", open3 + strings.Repeat("<openbadges:credential a=\"\"/>", 40_000) + shut, "error.baking.twice", nil},
		{"the badge deep inside", open3 + "<g>" + badge + "</g>" + shut, keyText, faultPlace},
		{"the badge in a badge", open3 + "<openbadges:credential>" + badge + "</openbadges:credential>" + shut, keySVG, faultInside},
		{"elements in the badge", open3 + "<openbadges:credential>{}<g/></openbadges:credential>" + shut, keySVG, faultInside},
		{"attribute and body", open3 + `<openbadges:credential verify="` + jws + `">{}</openbadges:credential>` + shut, keyText, faultBoth},
		{"two attributes of one name", open3 + `<openbadges:credential verify="a.b.c" verify="` + jws + `"/>` + shut, keySVG, faultRepeated},
		{"the namespace declared twice", strings.Replace(open3, ">", ` xmlns:openbadges="http://openbadges.org">`, 1) + badge + shut, keySVG, faultRepeated},
		{"an empty badge", open3 + "<openbadges:credential/>" + shut, keyText, faultEncoding},
		{"a body too long", open3 + "<openbadges:credential>" + strings.Repeat("a", MaxPayload+1) + "</openbadges:credential>" + shut, "error.baking.payload", nil},
		{"an attribute too long", open3 + `<openbadges:credential verify="` + strings.Repeat("a", MaxPayload+1) + `"/>` + shut, "error.baking.payload", nil},
		{"a body of 100,000 pieces", open3 + "<openbadges:credential>" + strings.Repeat("<![CDATA[aaaaaaaaaa]]>", 100_000) + "</openbadges:credential>" + shut, "error.baking.payload", nil},
		{"an end tag too few", open3 + badge + "<circle>", keySVG, nil},
		{"an end tag too many", open3 + badge + shut + "</svg>", keySVG, nil},
		{"end tags crossed", open3 + "<a><b></a></b>" + badge + shut, keySVG, nil},
		{"a second root", open3 + shut + open3 + badge + shut, keySVG, faultOutside},
		{"text after the root", open3 + badge + shut + "PK", keySVG, faultOutside},
		{"text before the root", "<!-- -->x" + open3 + badge + shut, keySVG, faultOutside},
		{"an attribute without quotes", open3 + "<openbadges:credential verify=" + jws + "/>" + shut, keySVG, nil},
		{"an unfinished comment", open3 + "<!--" + badge + shut, keySVG, nil},
		{"an unfinished CDATA", open3 + "<openbadges:credential><![CDATA[{}" + shut, keySVG, nil},
	}
}

// namespaces declares as many prefixes in one tag.
func namespaces(count int) string {
	var out strings.Builder
	out.WriteString("<g")
	for i := range count {
		fmt.Fprintf(&out, ` xmlns:a%d="b"`, i)
	}
	return out.String() + "/>"
}

func otherFiles() []hostile {
	return []hostile{
		{"nothing", "", "error.baking.kind", nil},
		{"a JPEG", "\xff\xd8\xff\xe0\x00\x10JFIF\x00" + with(international(keyword3, jws)), "error.baking.kind", nil},
		{"a JPEG before a drawing", "\xff\xd8\xff\xfe\x00\x40" + open3 + shut, "error.baking.kind", nil},
		{"a GIF", "GIF89a\x01\x00\x01\x00;", "error.baking.kind", nil},
		{"a WebP", "RIFF\x00\x00\x00\x00WEBPVP8 ", "error.baking.kind", nil},
		{"a PDF", "%PDF-1.7\n" + with(international(keyword3, jws)), "error.baking.kind", nil},
		{"a gzipped drawing", "\x1f\x8b\x08\x00\x00\x00\x00\x00", "error.baking.kind", nil},
		{"an MNG", "\x8aMNG\r\n\x1a\n", "error.baking.kind", nil},
		{"a blank before a PNG", " " + with(international(keyword3, jws)), "error.baking.kind", nil},
		{"a picture over 5 MiB", with(international(keyword3, jws), block("teSt", strings.Repeat("\x00", MaxPicture))), "error.baking.size", nil},
		{"a drawing over 5 MiB", open3 + strings.Repeat(" ", MaxPicture) + shut, "error.baking.size", nil},
	}
}

// mostMemory is what one refusal may allocate in all, thrown away or not: under
// the 64 MiB that a process may grow by (trust T8).
const mostMemory = 48 << 20

// TestBombsAndBrokenPictures: each is refused for its own reason, and none costs
// more than a picture may. It is not parallel, so that what it counts is its own.
func TestBombsAndBrokenPictures(t *testing.T) {
	all := append(append(badPNGs(), badSVGs()...), otherFiles()...)
	costliest, most := "", uint64(0)
	for _, one := range all {
		picture := []byte(one.picture)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Extract(picture)
		runtime.ReadMemStats(&after)
		var known *problem.Error
		if !errors.As(err, &known) || known.Key != one.key || one.why != nil && !errors.Is(err, one.why) {
			t.Errorf("%s: %v, want %s (%v)", one.name, err, one.key, one.why)
		}
		spent := after.TotalAlloc - before.TotalAlloc
		if spent > most {
			costliest, most = one.name, spent
		}
		if spent > mostMemory {
			t.Errorf("%s: %d KiB allocated", one.name, spent>>10)
		}
	}
	t.Logf("%d bombs and broken pictures refused; the costliest, « %s », allocated %d KiB", len(all), costliest, most>>10)
	if len(all) < 100 {
		t.Errorf("only %d pictures", len(all))
	}
}
