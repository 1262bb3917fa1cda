package qr

import (
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/detector"

	"ramure/internal/problem"
)

// TestCarpetsAreCutShort: what is compared by three is counted, and few.
func TestCarpetsAreCutShort(t *testing.T) {
	t.Parallel()
	for name, picture := range map[string]*image.Gray{
		"corners": tiled(9, corner), "larger corners": tiled(27, func(x, y int) bool { return corner(x/3, y/3) }),
	} {
		matrix := matrixOf(t, picture)
		finder := detector.NewFinderPatternFinder(matrix, nil)
		found := 0
		for y := range matrix.GetHeight() {
			scanRow(finder, matrix, y)
			found = len(finder.GetPossibleCenters())
			if found > 4*maxCorners {
				break
			}
		}
		if _, ok := cornersOf(matrix); ok || found <= maxCorners {
			t.Errorf("%s: %d corners are compared", name, found)
		}
	}
}

// TestLibraryThatStumbles ends one attempt, and nothing else.
func TestLibraryThatStumbles(t *testing.T) {
	t.Parallel()
	stumbling := attempt{func() grey { return grey{make([]byte, 1), 1, 1} },
		func(gozxing.LuminanceSource) gozxing.Binarizer { panic("index out of range") }}
	if text, found := stumbling.read(); found || text != "" {
		t.Errorf("%q", text)
	}
}

func matrixOf(t *testing.T, picture *image.Gray) *gozxing.BitMatrix {
	t.Helper()
	size := picture.Rect.Size()
	source, err := gozxing.NewPlanarYUVLuminanceSource(picture.Pix, size.X, size.Y, 0, 0, size.X, size.Y, false)
	if err != nil {
		t.Fatal(err)
	}
	matrix, err := gozxing.NewGlobalHistgramBinarizer(source).GetBlackMatrix()
	if err != nil {
		t.Fatal(err)
	}
	return matrix
}

// FuzzRead: whatever the file is, the answer is a text or a problem.
func FuzzRead(f *testing.F) {
	code, err := New(address)
	if err != nil {
		f.Fatal(err)
	}
	small, err := code.PNG(0)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(small)
	f.Add(asJPEG(f, photo{width: 60, height: 60, share: 0.9}.take(code), 60))
	f.Add(asPNG(f, noise(40, 40)))
	f.Fuzz(func(t *testing.T, picture []byte) {
		text, err := Read(picture)
		if kind := problem.KindOf(err); kind == problem.Internal || (err == nil) == (text == "") {
			t.Fatalf("%q, %v", text, err)
		}
	})
}

// FuzzMatrix gives the eye, not the decoder of the file, what a fuzzer makes up: a
// picture of the bits of data.
func FuzzMatrix(f *testing.F) {
	code, err := New("A")
	if err != nil {
		f.Fatal(err)
	}
	bits := make([]byte, 0, code.Width()*code.Width())
	for _, row := range code.modules {
		for _, dark := range row {
			if dark {
				bits = append(bits, 0)
			} else {
				bits = append(bits, 255)
			}
		}
	}
	f.Add(bits, uint8(code.Width()), uint8(4))
	f.Add(bits[:400], uint8(20), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, width, times uint8) {
		if width == 0 || times == 0 || times > 4 || len(data) < int(width) || len(data) > 8<<10 {
			return
		}
		height := len(data) / int(width)
		view := grey{pixels: data[:height*int(width)], width: int(width), height: height}.larger(int(times))
		for _, threshold := range []func(gozxing.LuminanceSource) gozxing.Binarizer{gozxing.NewHybridBinarizer, gozxing.NewGlobalHistgramBinarizer} {
			text, found := attempt{func() grey { return view }, threshold}.read()
			if found == (text == "") {
				t.Fatalf("%q, %v", text, found)
			}
		}
	})
}
