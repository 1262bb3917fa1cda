package verifier

import (
	"bytes"
	"strings"
	"testing"
)

const (
	pngBytes = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	jwtText  = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkaWQ6a2V5In0.c2lnbmF0dXJl"
)

// What bytes are, their beginning says; no name and no media type is asked.
func TestSniff(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		data string
		want kind
	}{
		"no bytes": {"", nothing}, "blanks": {" \r\n\t", nothing}, "a byte order mark alone": {byteOrderMark, nothing},
		"a PNG": {pngBytes, picture}, "a JPEG": {"\xff\xd8\xff\xe0\x00\x10JFIF", picture}, "an SVG": {`<svg xmlns="http://www.w3.org/2000/svg"/>`, picture},
		"an SVG with a prolog": {"\ufeff\n<?xml version=\"1.0\"?>\n<!-- x --><svg/>", picture}, "an SVG in capitals": {"<SVG>", picture},
		"a page": {"<!DOCTYPE html><title>x", webPage}, "a page without a doctype": {"<HTML lang=fr>", webPage}, "a page after a mark": {"\ufeff \n<!doctype html>", webPage},
		"a page that holds a drawing": {"<!doctype html><svg/>", webPage},
		"a PDF":                       {"%PDF-1.7\n", foreign}, "a GIF": {"GIF89a", foreign}, "a ZIP": {"PK\x03\x04", foreign}, "an empty ZIP": {"PK\x05\x06", foreign},
		"a WebP": {"RIFF\x00\x00\x00\x00WEBP", foreign}, "a TIFF": {"II*\x00", foreign}, "a photograph of a telephone": {"\x00\x00\x00\x18ftypheic", foreign},
		"gzip": {"\x1f\x8b\x08", foreign}, "a program": {"\x7fELF\x02", foreign},
		"JSON": {` {"a":1}`, object}, "broken JSON": {"{", object}, "JSON after a mark": {"\ufeff{}", object}, "a list": {"[1]", array}, "a text in quotes": {`"x"`, other}, "a number": {"12", other}, "null": {"null", other},
		"a JWT": {jwtText, token}, "a JWT with blanks around": {"\n " + jwtText + "\r\n", token}, "a JWT on two lines": {jwtText[:20] + "\n" + jwtText[20:], other},
		"a JWT with padding": {jwtText + "=", other}, "four parts": {jwtText + ".x", other}, "two parts": {"eyJ.eyJ", other}, "only dots": {"..", token}, "a JWE": {"a.b.c.d.e", other},
		"an address": {"https://badges.example/v/x", address}, "an address with blanks around": {"\n https://badges.example \n", address}, "plain http": {"http://badges.example", address}, "capitals": {"HTTPS://BADGES.EXAMPLE", address},
		"an address with three parts": {"https://a.b.c", address}, "two addresses": {"https://a.example\nhttps://b.example\n", addresses}, "addresses with an empty line": {"https://a.example\r\n\r\nhttps://b.example", addresses},
		"an address and a word": {"https://a.example\nbadge", other}, "two addresses on a line": {"https://a.example https://b.example", other}, "a sentence": {"Voir https://a.example", other},
		"a file address": {"file:///etc/passwd", other}, "a script": {"javascript:alert(1)//https://a.example", other}, "a data address": {"data:application/json,{}", other}, "a scheme alone": {"https://", other}, "another scheme": {"ftp://a.example", other},
		"junk": {"\x00\x01\x02\x03", other}, "half a PNG": {"\x89PN", other}, "UTF-16": {"\xff\xfe{\x00}\x00", other}, "broken UTF-8": {"https://a.example/\xff", other},
		// Files of two kinds at once are what their beginning says.
		"a PNG with JSON after it": {pngBytes + `{"a":1}`, picture}, "a JPEG with a ZIP after it": {"\xff\xd8\xff\xe0PK\x03\x04", picture}, "a PDF with an SVG inside": {"%PDF-1.7\n<svg/>", foreign},
		"JSON with a PNG inside": {`{"a":"` + pngBytes + `"}`, object}, "an SVG with a page inside": {"<svg><html/></svg>", picture}, "blanks before a PNG": {"  " + pngBytes, other}, "blanks before a PDF": {"\n%PDF-", other},
	} {
		if got := sniff([]byte(c.data)); got != c.want {
			t.Errorf("%s: %d, want %d", what, got, c.want)
		}
	}
}

// A list is its members as they stand, and what is not quite one is none.
func TestLists(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`[{"a":1}, "b", "c\u0064", [1]]`: `{"a":1} b cd [1]`, `[]`: ``, `[1] `: `1`, `[1`: `none`, `[1]x`: `none`, `[1] [2]`: `none`, `[1,]`: `none`, `[`: `none`,
		`{"credential":[{"a":1}]}`: `{"a":1}`, `{"compactJwsString":["x","y"],"n":{"m":[1]}}`: `x y`, `{"credential":[1],"compactJwsString":["x"]}`: `1 x`, `{"credential":[]}`: ``,
		`{"credential":[1],"@context":[]}`: `none`, `{"@context":[],"credential":[1]}`: `none`, `{"credential":{}}`: `none`, `{"credential":null}`: `none`, `{"credential":[1]`: `none`, `{"credential":[1]}x`: `none`, `{"credentials":[1]}`: `none`, `{}`: `none`, `{`: `none`,
		`{"Credential":[1]}`: `none`, `{"a":[1],"credential":[2]}`: `2`,
	} {
		members, several := listOf([]byte(text))
		got := string(bytes.Join(members, []byte(" ")))
		if !several {
			got = "none"
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	members, several := listOf([]byte("[" + strings.Repeat("1,", 1<<19) + "]"))
	if !several || len(members) != MaxItems+1 {
		t.Errorf("a long list: %d, %t", len(members), several)
	}
}

// Nothing is sniffed into a panic, and what is a text is what it is with blanks
// around.
func FuzzSniff(f *testing.F) {
	for _, seed := range []string{"", "{", "[", "<", "<!doctype html>", pngBytes, "\xff\xd8\xff", jwtText, "https://a.example\n\n", "\ufeff\ufeff", "PK", "\x00", "a.b.c", "http://"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got := sniff(data)
		if got < nothing || got > other {
			t.Fatal(got)
		}
		text := plain(data)
		if bytes.HasPrefix(text, []byte(byteOrderMark)) {
			return // a second mark is a character
		}
		if again := sniff(append(bytes.Clone(text), " \n"...)); got != picture && got != foreign && again != picture && again != foreign && again != got {
			t.Fatalf("%q: %d, with blanks %d", data, got, again)
		}
		if got == address && strings.ContainsAny(string(text), "\r\n\t ") {
			t.Fatalf("%q: an address with blanks", data)
		}
		if members, several := listing(text, got); several && len(members) > 2*MaxItems+1 {
			t.Fatalf("%d members", len(members))
		}
	})
}

func listing(text []byte, k kind) ([][]byte, bool) {
	if k != array && k != object {
		return nil, false
	}
	return listOf(text)
}
