package baking

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

const (
	jws       = "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6InVybjp1dWlkOjEifQ.c2lnbmF0dXJl"
	document  = `{"id":"urn:uuid:1","name":"Vérifier l’information","end":"]]>"}`
	assertion = `{"@context":"https://w3id.org/openbadges/v2","id":"https://exemple.fr/a/1"}`
	hosted    = "https://exemple.fr/a/1"
)

// plainPNG is a small picture as image/png writes it.
func plainPNG(t testing.TB) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, 12, 9))
	for i := range picture.Pix {
		picture.Pix[i] = byte(i * 7)
	}
	picture.Set(0, 0, color.White)
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// block writes a chunk with a true length and checksum.
func block(kind string, data ...string) string {
	all := strings.Join(data, "")
	out := binary.BigEndian.AppendUint32(nil, uint32(len(all)))
	out = append(append(out, kind...), all...)
	return string(binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:])))
}

// head is an IHDR chunk of 8 bits a sample.
func head(width, height uint32, colour byte) string {
	data := binary.BigEndian.AppendUint32(nil, width)
	data = binary.BigEndian.AppendUint32(data, height)
	return block("IHDR", string(append(data, 8, colour, 0, 0, 0)))
}

func international(keyword, text string) string {
	return block("iTXt", keyword, "\x00\x00\x00\x00\x00", text)
}

func folded(keyword, compressed string) string {
	return block("iTXt", keyword, "\x00\x01\x00\x00\x00", compressed)
}

func compress(text string) string {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write([]byte(text))
	w.Close()
	return out.String()
}

// zeros is what a zlib bomb of that many bytes looks like; it is made in pieces.
func zeros(size int) string {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestCompression)
	piece := make([]byte, 1<<20)
	for range size / len(piece) {
		w.Write(piece)
	}
	w.Close()
	return out.String()
}

var (
	pixels = block("IDAT", compress("\x00\x00"))
	end    = block("IEND")
	start  = signature + head(1, 1, 0)
)

// with is a whole picture of one pixel with these chunks before its pixels.
func with(chunks ...string) string { return start + strings.Join(chunks, "") + pixels + end }

const (
	open  = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">`
	open3 = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">`
	open2 = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org">`
	shut  = `<circle r="4"/></svg>`
)
