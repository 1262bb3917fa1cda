package baking

import (
	"testing"

	"ramure/internal/problem"
)

// TestExtract is the table of the forms in which badges stand in pictures.
func TestExtract(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		picture string
		want    Baked
	}{
		"png, a token":         {with(international(keyword3, jws)), Baked{CarrierPNG, Version3, []byte(jws), ""}},
		"png, a document":      {with(international(keyword3, document)), Baked{CarrierPNG, Version3, []byte(document), ""}},
		"png, compressed":      {with(folded(keyword3, compress(document))), Baked{CarrierPNG, Version3, []byte(document), ""}},
		"png, after the image": {start + pixels + international(keyword3, jws) + end, Baked{CarrierPNG, Version3, []byte(jws), ""}},
		"png, with a language": {with(block("iTXt", keyword3, "\x00\x00\x00", "fr\x00", "badge\x00", jws)), Baked{CarrierPNG, Version3, []byte(jws), ""}},
		"png, 2.0":             {with(international(keyword2, assertion)), Baked{CarrierPNG, Version2, []byte(assertion), ""}},
		"png, 2.0 compressed":  {with(folded(keyword2, compress(assertion))), Baked{CarrierPNG, Version2, []byte(assertion), ""}},
		"png, 2.0 as it was":   {with(block("tEXt", keyword2, "\x00", hosted)), Baked{CarrierPNG, Version2, []byte(hosted), ""}},
		"png, both":            {with(international(keyword2, assertion), international(keyword3, jws)), Baked{CarrierPNG, Version3, []byte(jws), Version2}},
		"png, both, one bad":   {with(folded(keyword2, "x"), international(keyword3, jws)), Baked{CarrierPNG, Version3, []byte(jws), Version2}},
		"png, other text": {with(block("tEXt", "Comment\x00openbadges"), international("Title", "x"), block("zTXt", keyword2, "\x00\x00x"),
			block("vpAg", "x"), international(keyword3, jws)), Baked{CarrierPNG, Version3, []byte(jws), ""}},
		"png, a palette": {signature + head(1, 1, 3) + block("PLTE", "abc") + international(keyword3, jws) + pixels + pixels + end,
			Baked{CarrierPNG, Version3, []byte(jws), ""}},

		"svg, a token":       {open3 + `<openbadges:credential verify="` + jws + `"/>` + shut, Baked{CarrierSVG, Version3, []byte(jws), ""}},
		"svg, a document":    {open3 + "<openbadges:credential>\n<![CDATA[" + `{"end":"]]]]><![CDATA[>"}` + "]]>\n</openbadges:credential>" + shut, Baked{CarrierSVG, Version3, []byte(`{"end":"]]>"}`), ""}},
		"svg, escaped":       {open3 + `<openbadges:credential>{&quot;a&quot;:&#34;&lt;&#34;}</openbadges:credential>` + shut, Baked{CarrierSVG, Version3, []byte(`{"a":"<"}`), ""}},
		"svg, other prefix":  {open + `<b:credential xmlns:b="https://purl.imsglobal.org/ob/v3p0" verify="` + jws + `"/>` + shut, Baked{CarrierSVG, Version3, []byte(jws), ""}},
		"svg, prefixed root": {`<s:svg xmlns:s="http://www.w3.org/2000/svg"><credential xmlns="https://purl.imsglobal.org/ob/v3p0" verify="` + jws + `"/></s:svg>`, Baked{CarrierSVG, Version3, []byte(jws), ""}},
		"svg, with prolog": {byteOrderMark + `<?xml version="1.0" encoding="utf-8"?><!-- x --><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">` +
			open3 + `<g/><openbadges:credential verify="` + jws + `"/>` + shut + "\n<!-- x -->\n", Baked{CarrierSVG, Version3, []byte(jws), ""}},
		"svg, 2.0":      {open2 + `<openbadges:assertion verify="` + hosted + `"><![CDATA[` + assertion + `]]></openbadges:assertion>` + shut, Baked{CarrierSVG, Version2, []byte(assertion), ""}},
		"svg, 2.0, url": {open2 + `<openbadges:assertion verify="` + hosted + `"/>` + shut, Baked{CarrierSVG, Version2, []byte(hosted), ""}},
		"svg, both": {open2 + `<openbadges:assertion verify="` + hosted + `"/><c:credential xmlns:c="https://purl.imsglobal.org/ob/v3p0" verify="` + jws + `"/>` + shut,
			Baked{CarrierSVG, Version3, []byte(jws), Version2}},
	}
	for name, test := range tests {
		got, err := Extract([]byte(test.picture))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Carrier != test.want.Carrier || got.Version != test.want.Version || got.Also != test.want.Also || string(got.Payload) != string(test.want.Payload) {
			t.Errorf("%s: %+v (%s)", name, got, got.Payload)
		}
	}
}

// TestNothingBaked: a sound picture without a badge is no broken one.
func TestNothingBaked(t *testing.T) {
	t.Parallel()
	for name, picture := range map[string]string{
		"png":                       string(plainPNG(t)),
		"png, 3.0 in tEXt":          with(block("tEXt", keyword3, "\x00", jws)),
		"png, 2.0 in zTXt":          with(block("zTXt", keyword2, "\x00\x00", compress(hosted))),
		"png, a keyword's start":    with(international("openbadge", jws), international("OpenBadges", jws)),
		"svg":                       open + shut,
		"svg, the namespace of 2.0": open2 + `<openbadges:credential verify="x"/>` + shut,
		"svg, another namespace":    open + `<openbadges:credential xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0/" verify="x"/>` + shut,
		"svg, no namespace":         open + `<credential verify="x"/>` + shut,
		"svg, undeclared prefix":    open + `<openbadges:credential verify="x"/>` + shut,
		"svg, in a comment":         open3 + `<!-- <openbadges:credential verify="x"/> -->` + shut,
		"svg, in CDATA":             open3 + `<desc><![CDATA[<openbadges:credential verify="x"/>]]></desc>` + shut,
	} {
		if _, err := Extract([]byte(picture)); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestIs(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]bool{
		with(): true, open: true, "\ufeff\n <svg": true, "": false, jws: false, document: false, "\x89PN": false, "\xff\xd8\xff\xe0": false,
	} {
		if Is([]byte(file)) != want {
			t.Errorf("%.20q: want %v", file, want)
		}
	}
}

// FuzzExtract: whatever the bytes are, the payload is bounded and text, what is
// refused says so with a key, and baking what was found gives it back.
func FuzzExtract(f *testing.F) {
	for _, seed := range []string{with(international(keyword3, jws)), with(folded(keyword2, compress(assertion))), string(plainPNG(f)),
		open3 + `<openbadges:credential><![CDATA[` + assertion + `]]></openbadges:credential>` + shut, open2 + `<openbadges:assertion verify="x"/>` + shut} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, picture []byte) {
		baked, err := Extract(picture)
		if err != nil {
			if kind := problem.KindOf(err); kind == problem.Internal {
				t.Fatalf("no problem: %v", err)
			}
			return
		}
		if len(baked.Payload) == 0 || len(baked.Payload) > MaxPayload {
			t.Fatalf("a payload of %d bytes", len(baked.Payload))
		}
		bake := PNG
		if baked.Carrier == CarrierSVG {
			bake = SVG
		}
		again, err := bake(picture, []byte(jws))
		if err != nil {
			t.Fatalf("what can be read cannot be baked: %v", err)
		}
		if got, err := Extract(again); err != nil || string(got.Payload) != jws || got.Also != "" {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}
