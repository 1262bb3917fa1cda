package qr

import (
	"fmt"
	"image/color"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ramure/internal/problem"
)

// lengths are texts for small, common and the largest codes.
func lengths() []string {
	return []string{"A", "0123456789", address, strings.Repeat("https://x.fr/?a=1&b=%20~", 12),
		strings.Repeat("b", maxLevelM), strings.Repeat("c", MaxContent)}
}

// TestEveryDrawnCodeIsRead: all that we draw, at each size, and at sizes of which
// the modules are no whole number of pixels.
func TestEveryDrawnCodeIsRead(t *testing.T) {
	t.Parallel()
	read := 0
	for _, content := range lengths() {
		code, err := New(content)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []int{0, 2 * code.Width(), 3 * code.Width(), 200, 300, 512, 777, MaxSize} {
			picture, err := code.PNG(size)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := Read(picture); err != nil || got != content {
				t.Errorf("%d characters at %d pixels: %.40q, %v", len(content), size, got, err)
			}
			read++
		}
	}
	t.Logf("%d drawn codes read", read)
}

// TestRandomAddressesAreRead: addresses as ours are, each with other data, so with
// other masks and other false corners.
func TestRandomAddressesAreRead(t *testing.T) {
	t.Parallel()
	const many = 100
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	random := rand.New(rand.NewPCG(4, 2))
	text := func(length int) string {
		out := make([]byte, length)
		for i := range out {
			out[i] = letters[random.IntN(len(letters))]
		}
		return string(out)
	}
	for i := range many {
		content := "https://badges.exemple.fr/v/" + text(22) + "#" + text(16)
		code, err := New(content)
		if err != nil {
			t.Fatal(err)
		}
		picture, err := code.PNG(code.Width() * (1 + i%6))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Read(picture); err != nil || got != content {
			t.Errorf("%s: %.60q, %v", content, got, err)
		}
	}
	t.Logf("%d of %d addresses read", many, many)
}

// photos are what a badge's code looks like from a hand.
func photos() map[string]photo {
	all := map[string]photo{
		"clean":               {},
		"on a dark table":     {table: 5},
		"on white":            {table: 255},
		"small on a table":    {width: 3000, height: 4000, share: 0.12, noise: 8, angle: 12},
		"far, light on dark":  {width: 1600, height: 1200, share: 0.07, inverted: true},
		"12 megapixels":       {width: 4000, height: 3000, share: 0.3, noise: 12, angle: 200, tilt: 0.2},
		"in the evening":      {dark: 20, light: 70, table: 30, noise: 8},
		"overexposed":         {dark: 150, light: 255, table: 255},
		"under a lamp":        {shade: 0.8, angle: 5},
		"shaken":              {blur: 3, angle: 5},
		"grainy":              {noise: 50, angle: 5},
		"badly compressed":    {quality: 15, angle: 8},
		"light on dark":       {inverted: true, angle: 20},
		"in a mirror":         {mirrored: true, angle: 40},
		"from a screen, dark": {inverted: true, dark: 0, light: 255, table: 255, share: 0.8},
		"all of it":           {angle: 33, tilt: 0.25, turn: -0.2, noise: 20, shade: 0.6, blur: 1, quality: 40},
	}
	for angle := 0.0; angle < 360; angle += 20 {
		all[fmt.Sprintf("turned by %g°", angle)] = photo{angle: angle, noise: 10}
	}
	for _, tilt := range []float64{-0.5, -0.3, 0.3, 0.5} {
		all[fmt.Sprintf("from the side, %g", tilt)] = photo{tilt: tilt, turn: tilt / 2, angle: 10}
	}
	return all
}

func TestPhotosAreRead(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range photos() {
		if got, err := Read(asJPEG(t, p.take(code), p.orDefaults().quality)); err != nil || got != address {
			t.Errorf("%s: %.60q, %v", name, got, err)
		}
	}
	t.Logf("%d photos read", len(photos()))
}

// TestLargeCodeStandingOnItsCorner is what the turned attempt is for.
func TestLargeCodeStandingOnItsCorner(t *testing.T) {
	t.Parallel()
	content := address + strings.Repeat("aZ9_-", 60)
	code, err := New(content)
	if err != nil {
		t.Fatal(err)
	}
	for _, angle := range []float64{45, 135, 225} {
		if got, err := Read(asJPEG(t, photo{angle: angle}.take(code), 80)); err != nil || got != content {
			t.Errorf("at %g°: %.60q, %v", angle, got, err)
		}
	}
}

// readFile gives a picture of testdata, whose README says how it was made.
func readFile(t *testing.T, name string) []byte {
	t.Helper()
	picture, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

// TestThumbnailsAreRead: pictures of 250 pixels, of which the code has two or three
// a module, are enlarged before they are looked at.
func TestThumbnailsAreRead(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	for angle := 0.0; angle < 90; angle += 10 {
		for _, blur := range []int{0, 1} {
			p := photo{width: 250, height: 250, share: 0.65, angle: angle, noise: 15, blur: blur, table: 255}
			if got, err := Read(asPNG(t, p.take(code))); err != nil || got != address {
				t.Errorf("at %g°, blurred by %d: %.60q, %v", angle, blur, got, err)
			}
		}
	}
}

// TestColoursAndFormats: every colour model that a PNG may have.
func TestColoursAndFormats(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	taken := photo{width: 400, height: 400, dark: 1, light: 255, table: 255}.take(code)
	clear := coloured(taken, color.RGBA{20, 20, 60, 255}, color.RGBA{})
	for name, picture := range map[string][]byte{
		"grey":                 asPNG(t, taken),
		"blue on yellow":       asPNG(t, coloured(taken, color.RGBA{30, 30, 120, 255}, color.RGBA{250, 230, 90, 255})),
		"on nothing":           asPNG(t, clear),
		"16 bits":              asPNG(t, converted(taken, color.NRGBA64Model)),
		"16 bits of grey":      asPNG(t, converted(taken, color.Gray16Model)),
		"a palette":            asPNG(t, paletted(taken)),
		"a JPEG in colours":    asJPEG(t, coloured(taken, color.RGBA{90, 0, 0, 255}, color.RGBA{255, 240, 240, 255}), 90),
		"a JPEG in grey":       asJPEG(t, taken, 90),
		"a JPEG and something": append(asJPEG(t, taken, 90), "more"...),
		"a progressive JPEG":   readFile(t, "progressive.jpg"),
		"an interlaced PNG":    interlaced(taken),
	} {
		if got, err := Read(picture); err != nil || got != address {
			t.Errorf("%s: %.60q, %v", name, got, err)
		}
	}
}

func TestNoCode(t *testing.T) {
	t.Parallel()
	for name, picture := range map[string][]byte{
		"a pixel": asPNG(t, photo{width: 1, height: 1}.take(Code{modules: [][]bool{{true}}})),
		"a line":  asPNG(t, photo{width: 3000, height: 1}.take(Code{modules: [][]bool{{true}}})),
		"a wall":  asPNG(t, photo{width: 500, height: 500, noise: 10}.take(Code{modules: [][]bool{{true}}})),
	} {
		if _, err := Read(picture); problem.KindOf(err) != problem.NotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}
