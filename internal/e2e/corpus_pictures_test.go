package e2e

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// pictureBombs are PNG, SVG and other pictures that cost more than they weigh, or
// that carry a good badge in a way that the baking specification forbids. Where the
// carrying itself is what is wrong, the badge is a good one; elsewhere it is spoiled.
func pictureBombs(t *testing.T) corpus {
	b := newBaker(t)
	here := elsewhere{}
	return corpus{name: "bombs and broken pictures (PNG, SVG, other)", least: 110, heavy: 1, attacks: refusing(here, func(yield func(string, []byte) bool) {
		for _, family := range []map[string][]byte{b.pngs(), b.chunks(), b.svgs(), b.entities(), others()} {
			for _, name := range slices.Sorted(maps.Keys(family)) {
				if !yield(name, family[name]) {
					return
				}
			}
		}
	})}
}

// baker has a good badge and a spoiled one.
type baker struct {
	t             testing.TB
	good, spoiled string
	plain         []byte // a PNG without a badge
}

func newBaker(t testing.TB) baker {
	a := newAttacker(t)
	issuer, _ := a.didKey("EdDSA")
	good := string(a.prove(badgeOf(issuer), "EdDSA", ""))
	return baker{t, good, strings.Replace(good, "Collecter", "Diriger", 1), encoded(image.NewGray(image.Rect(0, 0, 8, 8)))}
}

func encoded(picture image.Image) []byte {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, picture); err != nil {
		panic(err)
	}
	return out.Bytes()
}

const pngSignature = "\x89PNG\r\n\x1a\n"

// chunk is one part of a PNG, with its length and checksum.
func chunk(kind string, data []byte) []byte {
	sum := crc32.NewIEEE()
	sum.Write([]byte(kind))
	sum.Write(data)
	return slices.Concat(binary.BigEndian.AppendUint32(nil, uint32(len(data))), []byte(kind), data, sum.Sum(nil))
}

// ihdr is the header of a picture.
func ihdr(width, height uint32, depth, colour, interlace byte) []byte {
	data := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return chunk("IHDR", append(data, depth, colour, 0, 0, interlace))
}

func pngOf(chunks ...[]byte) []byte {
	return slices.Concat([]byte(pngSignature), slices.Concat(chunks...), chunk("IEND", nil))
}

// baked puts chunks into the plain picture, before its end.
func (b baker) baked(chunks ...[]byte) []byte {
	end := len(b.plain) - 12
	return slices.Concat(b.plain[:end], slices.Concat(chunks...), b.plain[end:])
}

func badgeChunk(text string) []byte {
	return chunk("iTXt", []byte("openbadgecredential\x00\x00\x00\x00\x00"+text))
}

// pngs are pictures of impossible sizes.
func (b baker) pngs() map[string][]byte {
	list, one := map[string][]byte{}, chunk("IDAT", zlibbed(9))
	for name, head := range map[string][]byte{
		"0 × 0": ihdr(0, 0, 8, 0, 0), "0 × 8": ihdr(0, 8, 8, 0, 0), "4 billion × 1": ihdr(1<<32-1, 1, 8, 0, 0), "2³¹ × 2³¹": ihdr(1<<31, 1<<31, 16, 6, 0),
		"65,535 × 65,535": ihdr(65535, 65535, 8, 6, 0), "1 × 2 billion": ihdr(1, 1<<31-1, 1, 0, 0), "depth 3": ihdr(8, 8, 3, 0, 0), "colour 9": ihdr(8, 8, 8, 9, 0),
		"interlace 7": ihdr(8, 8, 8, 0, 7), "no palette": ihdr(8, 8, 8, 3, 0), "5,000 × 5,000, interlaced": ihdr(5000, 5000, 16, 6, 1),
	} {
		list["PNG of "+name] = pngOf(head, one, badgeChunk(b.spoiled))
		list["PNG of "+name+", without a badge"] = pngOf(head, one)
	}
	black := chunk("IDAT", zlibbed(20_000*2_501))
	list["PNG of 400 megapixels"] = pngOf(ihdr(20_000, 20_000, 1, 0, 0), black, badgeChunk(b.spoiled))
	list["PNG of 400 megapixels, without a badge"] = pngOf(ihdr(20_000, 20_000, 1, 0, 0), black)
	list["PNG of one pixel and 300 MiB"] = pngOf(ihdr(1, 1, 8, 0, 0), chunk("IDAT", zlibbed(300<<20)))
	list["PNG of 23 megapixels without a badge"] = pngOf(ihdr(4_800, 4_800, 1, 0, 0), chunk("IDAT", zlibbed(4_800*601)))
	list["PNG of a chessboard"] = encoded(chessboard(1_500))
	list["PNG of 23 megapixels of noise"] = encoded(noise(4_800))
	list["PNG of 64 bits a pixel"] = encoded(image.NewNRGBA64(image.Rect(0, 0, 2_500, 2_500)))
	list["PNG of 11 transparent megapixels"] = encoded(image.NewNRGBA(image.Rect(0, 0, 3_400, 3_400)))
	return list
}

// chessboard has a corner of a QR code at every place.
func chessboard(size int) image.Image {
	picture := image.NewGray(image.Rect(0, 0, size, size))
	for i := range picture.Pix {
		x, y := i%size%21, i/size%21
		ring := max(abs(x-10), abs(y-10)) / 3
		if ring%2 == 0 {
			picture.Pix[i] = 255
		}
	}
	return picture
}

// noise has edges everywhere, and a file that is as long as it can be.
func noise(size int) image.Image {
	picture, dice := image.NewPaletted(image.Rect(0, 0, size, size), color.Palette{color.Black, color.White}), rand.NewPCG(1, 1)
	for i := 0; i < len(picture.Pix); i += 64 {
		for bits, j := dice.Uint64(), i; j < min(i+64, len(picture.Pix)); j++ {
			picture.Pix[j] = byte(bits & 1)
			bits >>= 1
		}
	}
	return picture
}

func abs(n int) int { return max(n, -n) }

// chunks are parts that lie, repeat or unfold.
func (b baker) chunks() map[string][]byte {
	good, list, bomb := badgeChunk(b.good), map[string][]byte{}, zlibbed(300<<20)
	folded := func(kind, head string) []byte { return chunk(kind, slices.Concat([]byte(head), bomb)) }
	for name, chunks := range map[string][][]byte{
		"iTXt of 300 MiB": {folded("iTXt", "openbadgecredential\x00\x01\x00\x00\x00")}, "iTXt of 300 MiB, 2.0": {folded("iTXt", "openbadges\x00\x01\x00\x00\x00")},
		"zTXt of 300 MiB": {folded("zTXt", "openbadges\x00\x00")}, "iCCP of 300 MiB": {folded("iCCP", "x\x00\x00"), badgeChunk(b.spoiled)},
		"a badge twice": {good, good}, "a badge a hundred times": slices.Repeat([][]byte{good}, 100), "40,000 badges": slices.Repeat([][]byte{badgeChunk("{}")}, 40_000),
		"300,000 empty chunks": append(slices.Repeat([][]byte{chunk("teSt", nil)}, 300_000), badgeChunk(b.spoiled)),
		"a badge of 600 KiB":   {badgeChunk(padded(b.good, 600<<10))}, "a badge of 4 MiB": {badgeChunk(padded(b.good, 4<<20))},
		"no zeros after the keyword": {chunk("iTXt", []byte("openbadgecredential"))}, "keyword only": {chunk("iTXt", []byte("openbadgecredential\x00"))},
		"compression 7": {chunk("iTXt", []byte("openbadgecredential\x00\x01\x07\x00\x00"+b.good))}, "flag 2": {chunk("iTXt", []byte("openbadgecredential\x00\x02\x00\x00\x00"+b.good))},
		"compressed, and is not": {chunk("iTXt", []byte("openbadgecredential\x00\x01\x00\x00\x00"+b.good))}, "keyword of 80": {chunk("iTXt", []byte(strings.Repeat("k", 80)+"\x00\x00\x00\x00\x00"+b.good))},
		"keyword in capitals": {chunk("iTXt", []byte("OpenBadgeCredential\x00\x00\x00\x00\x00"+b.good))}, "keyword with a blank": {chunk("iTXt", []byte("openbadgecredential \x00\x00\x00\x00\x00"+b.good))},
		"not UTF-8": {badgeChunk(b.good + "\xff")}, "NUL inside": {badgeChunk(b.good + "\x00")}, "empty": {badgeChunk("")}, "blanks": {badgeChunk("   ")}, "a web page": {badgeChunk("<html>")},
		"3.0 as tEXt":      {chunk("tEXt", []byte("openbadgecredential\x00"+b.good))},
		"a PNG inside":     {badgeChunk("data:image/png;base64,iVBORw0KGgo=")},
		"a local file":     {chunk("tEXt", []byte("openbadges\x00file:///etc/passwd"))},
		"this machine":     {chunk("tEXt", []byte("openbadges\x00http://127.0.0.1/"))},
		"a second IHDR":    {ihdr(8, 8, 8, 0, 0), good},
		"a second end":     {chunk("IEND", nil), good},
		"APNG, 2³² frames": {chunk("acTL", []byte{255, 255, 255, 255, 0, 0, 0, 0}), badgeChunk(b.spoiled)},
	} {
		list["PNG: "+name] = b.baked(chunks...)
	}
	maps.Copy(list, b.torn(good))
	return list
}

// padded is the same JSON, larger.
func padded(document string, by int) string { return "{" + strings.Repeat(" ", by) + document[1:] }

// torn are files whose frame is broken.
func (b baker) torn(good []byte) map[string][]byte {
	whole, list := b.baked(good), map[string][]byte{}
	length := func(n uint32) []byte { return slices.Concat(binary.BigEndian.AppendUint32(nil, n), good[4:]) }
	sum := slices.Clone(good)
	sum[len(sum)-1] ^= 1
	for name, file := range map[string][]byte{
		"length 2³²−1": b.baked(length(1<<32 - 1)), "length 2³¹−1": b.baked(length(1<<31 - 1)), "length 0": b.baked(length(0)), "a wrong checksum": b.baked(sum),
		"no end": whole[:len(whole)-12], "a badge before the header": slices.Concat([]byte(pngSignature), good, b.plain[8:]), "signature alone": []byte(pngSignature),
		"a badge after the end": slices.Concat(b.plain, good), "a zip after the end": slices.Concat(whole, []byte("PK\x03\x04")), "a PNG after the end": slices.Concat(b.plain, whole),
		"text line ends": bytes.Replace(whole, []byte("\r\n"), []byte("\n"), 1), "bytes before it": slices.Concat([]byte("\ufeff"), whole),
	} {
		list["PNG: "+name] = file
	}
	for part := 1; part < 10; part++ {
		list[fmt.Sprintf("PNG: cut at %d tenths", part)] = whole[:len(whole)*part/10]
	}
	return list
}
