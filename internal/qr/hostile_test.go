package qr

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"math/rand/v2"
	"runtime"
	"testing"

	"ramure/internal/problem"
)

// jpegOf is a JPEG as far as its frame header: a marker, a size, the sampling
// factors of its components. What follows is up to the test.
func jpegOf(marker byte, width, height uint16, factors ...byte) []byte {
	frame := binary.BigEndian.AppendUint16([]byte{8}, height)
	frame = binary.BigEndian.AppendUint16(frame, width)
	frame = append(frame, byte(len(factors)))
	for i, factor := range factors {
		frame = append(frame, byte(i+1), factor, 0)
	}
	out := append([]byte{0xff, 0xd8}, segment(marker, frame...)...)
	return append(out, scan()...)
}

// scan is the header of a scan of one component.
func scan() []byte { return segment(0xda, 1, 1, 0, 0, 63, 0) }

func segment(marker byte, data ...byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2)), data...)
}

// zeros are compressed lines of black.
func zeros(size int) []byte {
	var out bytes.Buffer
	w, _ := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	piece := make([]byte, 1<<20)
	for size > 0 {
		w.Write(piece[:min(size, len(piece))])
		size -= len(piece)
	}
	w.Close()
	return out.Bytes()
}

// tiled is a picture with the pattern in every square of side pixels.
func tiled(side int, dark func(x, y int) bool) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, widest, widest))
	for i := range out.Pix {
		if !dark(i%widest%side, i/widest%side) {
			out.Pix[i] = 255
		}
	}
	return out
}

// corner is the corner of a code, with a white module around, at one pixel a
// module.
func corner(x, y int) bool {
	ring := max(x-4, 4-x, y-4, 4-y)
	return ring <= 1 || ring == 3
}

func noise(width, height int) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, width, height))
	random := rand.New(rand.NewPCG(1, 2))
	for i := range out.Pix {
		out.Pix[i] = byte(random.UintN(2) * 255)
	}
	return out
}

// hostile is a picture that must be refused, for this very reason.
type hostile struct {
	name    string
	picture []byte
	key     string
}

func hostiles(t *testing.T) []hostile {
	const (
		broken, pixels, memory, none, kind = "error.qr.picture", "error.qr.pixels", "error.qr.memory", "error.qr.none", "error.qr.kind"
	)
	good := asJPEG(t, noise(64, 64), 80)
	goodPNG := asPNG(t, noise(64, 64))
	return []hostile{
		{"PNG of 400 megapixels", pngOf(20_000, 20_000, 8, 0, 0, zeros(1<<20)), pixels},
		{"PNG of 2³¹ lines", pngOf(1, 1<<31-1, 1, 0, 0, nil), pixels},
		{"PNG of 2³²-1 squared", pngOf(1<<32-1, 1<<32-1, 8, 6, 0, nil), broken},
		{"PNG without width", pngOf(0, 7, 8, 0, 0, nil), broken},
		{"PNG of 24 megapixels in 16 bits", pngOf(6000, 4000, 16, 6, 0, zeros(1<<20)), memory},
		{"PNG of 24 megapixels in colours", pngOf(6000, 4000, 8, 2, 0, zeros(1<<20)), memory},
		{"PNG of 24 megapixels, interlaced, 16 bits of grey", pngOf(6000, 4000, 16, 0, 1, zeros(1<<20)), memory},
		{"PNG of 24 megapixels, all black", pngOf(6000, 4000, 1, 0, 0, zeros(4000*751)), none},
		{"PNG of 24 megapixels with too few lines", pngOf(6000, 4000, 1, 0, 0, zeros(1000)), broken},
		{"PNG that unfolds for ever", pngOf(10, 10, 8, 0, 0, zeros(64<<20)), broken},
		{"PNG with a palette of nothing", pngOf(10, 10, 8, 3, 0, zeros(110)), none},
		{"PNG with an unknown colour type", pngOf(10, 10, 8, 5, 0, zeros(110)), broken},
		{"PNG cut", goodPNG[:len(goodPNG)/2], broken},
		{"PNG of its signature", []byte(pngSignature), broken},
		{"PNG with a wrong checksum", bytes.Replace(goodPNG, []byte("IDAT"), []byte("IDAt"), 1), broken},
		{"JPEG of 4,295 megapixels", jpegOf(markerSOF0, 65535, 65535, 0x11), pixels},
		{"JPEG without lines", jpegOf(markerSOF0, 10, 0, 0x11), broken},
		{"JPEG of 24 megapixels, none of them there", jpegOf(markerSOF0, 6000, 4000, 0x22, 0x11, 0x11), broken},
		{"JPEG of 24 megapixels, not subsampled", jpegOf(markerSOF0, 6000, 4000, 0x11, 0x11, 0x11), memory},
		{"JPEG of 24 megapixels, progressive", jpegOf(markerSOF2, 6000, 4000, 0x22, 0x11, 0x11), memory},
		{"JPEG of 4 components", jpegOf(markerSOF0, 64, 64, 0x11, 0x11, 0x11, 0x11), memory},
		{"JPEG of 10,000 scans", append(jpegOf(markerSOF2, 1000, 1000, 0x11), bytes.Repeat(scan(), 10_000)...), memory},
		{"JPEG, lossless", jpegOf(0xc3, 64, 64, 0x11), broken},
		{"JPEG, arithmetic", jpegOf(0xc9, 64, 64, 0x11), broken},
		{"JPEG of two frames", append(jpegOf(markerSOF0, 64, 64, 0x11), jpegOf(markerSOF2, 6000, 4000, 0x11)[2:]...), broken},
		{"JPEG with a segment longer than the file", append([]byte{0xff, 0xd8}, 0xff, 0xe1, 0xff, 0xff, 0x00), broken},
		{"JPEG with a segment of no length", append([]byte{0xff, 0xd8}, 0xff, 0xe1, 0x00, 0x00, 0x00), broken},
		{"JPEG of fill bytes", append([]byte{0xff, 0xd8}, bytes.Repeat([]byte{0xff}, 1<<20)...), broken},
		{"JPEG of its first bytes", []byte("\xff\xd8\xff"), broken},
		{"JPEG cut", good[:len(good)/2], broken},
		{"JPEG before a PNG", append([]byte("\xff\xd8\xff\xfe\x00\x10"), goodPNG...), broken},
		{"a file over 5 MiB", append(bytes.Clone(good), make([]byte, MaxPicture)...), "error.qr.size"},
		{"noise", asPNG(t, noise(widest, widest)), none},
		{"a carpet of corners", asPNG(t, tiled(9, corner)), none},
		{"a carpet of larger corners", asPNG(t, tiled(27, func(x, y int) bool { return corner(x/3, y/3) })), none},
		{"stripes in the proportion of a corner", asPNG(t, tiled(9, func(x, _ int) bool { return corner(x, 4) })), none},
		{"stripes across", asPNG(t, tiled(9, func(_, y int) bool { return corner(4, y) })), none},
		{"a chessboard", asPNG(t, tiled(2, func(x, y int) bool { return x == y })), none},
		{"nothing", nil, kind},
		{"a GIF", []byte("GIF89a"), kind},
		{"a WebP", []byte("RIFF\x00\x00\x00\x00WEBP"), kind},
		{"a TIFF", []byte("II*\x00"), kind},
		{"a BMP", []byte("BM"), kind},
		{"an HEIC", []byte("\x00\x00\x00\x18ftypheic"), kind},
		{"an SVG", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), kind},
	}
}

// mostMemory is what one look may allocate in all, thrown away or not (trust T8).
const mostMemory = 64 << 20

// TestHostilePictures: each is refused for its own reason, none costs more than a
// picture may. It is not parallel, so that what it counts is its own.
func TestHostilePictures(t *testing.T) {
	all := hostiles(t)
	costliest, most := "", uint64(0)
	for _, one := range all {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		text, err := Read(one.picture)
		runtime.ReadMemStats(&after)
		if key := keyOf(err); key != one.key {
			t.Errorf("%s: %q, %v, want %s", one.name, text, err, one.key)
		}
		spent := after.TotalAlloc - before.TotalAlloc
		if spent > most {
			costliest, most = one.name, spent
		}
		if spent > mostMemory {
			t.Errorf("%s: %d KiB allocated", one.name, spent>>10)
		}
	}
	t.Logf("%d hostile pictures refused; the costliest, « %s », allocated %d KiB", len(all), costliest, most>>10)
	if len(all) < 40 {
		t.Errorf("only %d pictures", len(all))
	}
}

func keyOf(err error) string {
	known, ok := err.(*problem.Error)
	if !ok {
		return ""
	}
	return known.Key
}
