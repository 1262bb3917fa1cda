package baking

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"ramure/internal/problem"
)

func TestPNGKeepsEveryPixelAndChunk(t *testing.T) {
	t.Parallel()
	plain := plainPNG(t)
	for _, payload := range []string{jws, document, strings.Repeat("a", MaxPayload-4) + ".b.c"} {
		baked, err := PNG(plain, []byte(payload))
		if err != nil {
			t.Fatal(err)
		}
		badge := international(keyword3, payload)
		if got := strings.Replace(string(baked), badge, "", 1); got != string(plain) {
			t.Errorf("more than the chunk of the badge was changed")
		}
		before, after := decodePNG(t, plain), decodePNG(t, baked)
		if !bytes.Equal(before.(*image.NRGBA).Pix, after.(*image.NRGBA).Pix) {
			t.Error("the pixels differ")
		}
	}
}

func decodePNG(t *testing.T, picture []byte) image.Image {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// TestBakingReplaces: whatever badges were there, of both versions and more than
// once, one is there afterwards, and baking it again changes nothing.
func TestBakingReplaces(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		bake    func(picture, payload []byte) ([]byte, error)
		picture string
	}{
		"png":          {PNG, with()},
		"png, baked":   {PNG, with(international(keyword3, document))},
		"png, thrice":  {PNG, with(international(keyword3, document), international(keyword2, assertion), block("tEXt", keyword3, "\x00x"), block("zTXt", keyword2, "\x00x"), block("tEXt", keyword2, "\x00x"))},
		"svg":          {SVG, open + shut},
		"svg, baked":   {SVG, open3 + `<openbadges:credential verify="x.y.z"/>` + shut},
		"svg, 2.0":     {SVG, open2 + `<openbadges:assertion verify="x"/><g openbadges:x="y"/>` + shut},
		"svg, thrice":  {SVG, open3 + `<g><openbadges:credential/></g><openbadges:credential/><a:assertion xmlns:a="http://openbadges.org">x</a:assertion>` + shut},
		"svg, empty":   {SVG, `<svg xmlns="http://www.w3.org/2000/svg"/>`},
		"svg, empty 2": {SVG, `<s:svg xmlns:s="http://www.w3.org/2000/svg" a=">"  />` + "\n"},
		"svg, prolog":  {SVG, byteOrderMark + `<?xml version="1.0"?><!DOCTYPE svg>` + "\n" + open + shut},
	}
	for name, test := range tests {
		for _, payload := range []string{jws, document} {
			baked, err := test.bake([]byte(test.picture), []byte("\n"+payload+" "))
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if got, err := Extract(baked); err != nil || string(got.Payload) != payload || got.Version != Version3 || got.Also != "" {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
			again, err := test.bake(baked, []byte(payload))
			if err != nil || !bytes.Equal(again, baked) {
				t.Errorf("%s: a second baking differs (%v)", name, err)
			}
		}
	}
}

// TestSVGIsWhatTheSpecificationAsks looks at the result with another reader: the
// badge is the first child of the root, and the drawing after it is as it was.
func TestSVGIsWhatTheSpecificationAsks(t *testing.T) {
	t.Parallel()
	drawing := `<title>é</title>` + shut
	for payload, want := range map[string]string{
		jws:      `<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" xmlns="http://www.w3.org/2000/svg"><openbadges:credential verify="` + jws + `"/>`,
		document: `<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" xmlns="http://www.w3.org/2000/svg"><openbadges:credential><![CDATA[` + strings.Replace(document, "]]>", "]]]]><![CDATA[>", 1) + `]]></openbadges:credential>`,
	} {
		baked, err := SVG([]byte(`<svg xmlns="http://www.w3.org/2000/svg">`+drawing), []byte(payload))
		if err != nil {
			t.Fatal(err)
		}
		if string(baked) != want+drawing {
			t.Errorf("got  %s\nwant %s", baked, want+drawing)
		}
		var read struct {
			XMLName    xml.Name `xml:"http://www.w3.org/2000/svg svg"`
			Credential struct {
				Verify string `xml:"verify,attr"`
				Text   string `xml:",chardata"`
			} `xml:"https://purl.imsglobal.org/ob/v3p0 credential"`
		}
		if err := xml.Unmarshal(baked, &read); err != nil || read.Credential.Verify+read.Credential.Text != payload {
			t.Errorf("%+v, %v", read, err)
		}
	}
}

func TestBakingRefuses(t *testing.T) {
	t.Parallel()
	plain := plainPNG(t)
	drawing := []byte(open + shut)
	tests := map[string]struct {
		bake             func(picture, payload []byte) ([]byte, error)
		picture, payload []byte
		kind             problem.Kind
	}{
		"no payload":             {PNG, plain, nil, problem.Invalid},
		"a text":                 {PNG, plain, []byte("bonjour"), problem.Invalid},
		"an array":               {PNG, plain, []byte("[]"), problem.Invalid},
		"half a document":        {PNG, plain, []byte(`{"a":`), problem.Invalid},
		"two parts of a token":   {PNG, plain, []byte("a.b"), problem.Invalid},
		"a payload too large":    {PNG, plain, bytes.Repeat([]byte("a"), MaxPayload+1), problem.TooLarge},
		"a picture too large":    {PNG, make([]byte, MaxPicture+1), []byte(jws), problem.TooLarge},
		"a result too large":     {SVG, []byte(open + strings.Repeat(" ", MaxPicture-len(open+shut)) + shut), []byte(jws), problem.TooLarge},
		"a drawing as PNG":       {PNG, drawing, []byte(jws), problem.Unsupported},
		"a PNG as drawing":       {SVG, plain, []byte(jws), problem.Unsupported},
		"a broken picture":       {PNG, plain[:len(plain)-1], []byte(jws), problem.Malformed},
		"a broken drawing":       {SVG, drawing[:len(drawing)-1], []byte(jws), problem.Malformed},
		"what XML has no way of": {SVG, drawing, []byte("{\"a\":\"\uffff\"}"), problem.Malformed},
		"what XML changes":       {SVG, drawing, []byte("{\r\n}"), problem.Invalid},
		"what is no UTF-8":       {PNG, plain, []byte("{\"a\":\"\xff\"}"), problem.Malformed},
	}
	for name, test := range tests {
		if _, err := test.bake(test.picture, test.payload); problem.KindOf(err) != test.kind {
			t.Errorf("%s: %v, want %s", name, err, test.kind)
		}
	}
}

// TestEverySingleByteChange changes each byte of a baked picture to each other
// value. A checksum stands behind every one but those of the signature, so that
// nothing may be read but the very payload, and that only where the chunk of the
// badge was left alone.
func TestEverySingleByteChange(t *testing.T) {
	t.Parallel()
	picture := []byte(with(international(keyword3, jws)))
	chunk := []byte(international(keyword3, jws))
	from := bytes.Index(picture, chunk)
	changes, refused := 0, 0
	for at := range picture {
		original := picture[at]
		for value := range 256 {
			if byte(value) == original {
				continue
			}
			picture[at] = byte(value)
			changes++
			baked, err := Extract(picture)
			switch {
			case err != nil:
				refused++
			case string(baked.Payload) != jws || at >= from && at < from+len(chunk):
				t.Fatalf("byte %d as %#x: %q is read", at, value, baked.Payload)
			}
		}
		picture[at] = original
	}
	t.Logf("%d single-byte changes, %d refused", changes, refused)
	if changes < 30_000 || refused != changes {
		t.Errorf("%d of %d refused", refused, changes)
	}
}

// TestEveryTruncation cuts a baked picture everywhere.
func TestEveryTruncation(t *testing.T) {
	t.Parallel()
	for _, picture := range []string{with(international(keyword3, document)), open3 + `<openbadges:credential verify="` + jws + `"/>` + shut} {
		for length := range len(picture) {
			if _, err := Extract([]byte(picture[:length])); err == nil {
				t.Errorf("%d of %d bytes are read", length, len(picture))
			}
		}
	}
}

// Problems keep their cause for the log.
func TestFaultsAreTold(t *testing.T) {
	t.Parallel()
	_, err := Extract([]byte(with() + "x"))
	if !errors.Is(err, faultTrailing) && !errors.Is(err, faultCut) {
		t.Error(err)
	}
	if _, err := Extract([]byte(with(folded(keyword3, "x")))); !errors.Is(err, faultUnfold) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}
