package qr

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/skip2/go-qrcode"

	"ramure/internal/problem"
)

const address = "https://badges.exemple.fr/v/Zk3vQ8r1T0mXy5Lw2NcB7A#q83vEjRWeJCrze8S"

func TestCardCodeIsSmall(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	if code.Version() > 6 {
		t.Errorf("version %d: a card of 25 mm holds 6", code.Version())
	}
	if want := 17 + 4*code.Version() + 2*QuietZone; code.Width() != want {
		t.Errorf("width %d, want %d", code.Width(), want)
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		address string
		kind    problem.Kind
	}{
		"empty":     {"", problem.Invalid},
		"accent":    {"https://médiathèque.fr/", problem.Invalid},
		"control":   {"https://exemple.fr/\r\n", problem.Invalid},
		"zero":      {"https://exemple.fr/\x00", problem.Invalid},
		"a byte on": {strings.Repeat("a", MaxContent+1), problem.TooLarge},
	}
	for name, test := range tests {
		if _, err := New(test.address); problem.KindOf(err) != test.kind {
			t.Errorf("%s: got %v, want %s", name, err, test.kind)
		}
	}
}

// TestSVGAndPNGAreTheSamePicture reads path and pixels back, at sizes with and
// without a margin that remains.
func TestSVGAndPNGAreTheSamePicture(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	drawn := readSVG(t, code)
	if len(drawn) == 0 {
		t.Fatal("the path is empty")
	}
	for _, size := range []int{0, code.Width() * 3, 300, 511, 512} {
		picture := readPNG(t, code, size)
		width := picture.Bounds().Dx()
		scale := width / code.Width()
		margin := (width - scale*code.Width()) / 2
		for y := range width {
			for x := range width {
				module := [2]int{(x - margin) / scale, (y - margin) / scale}
				black := color.GrayModel.Convert(picture.At(x, y)) == color.Gray{Y: 0}
				if black != drawn[module] {
					t.Fatalf("size %d: pixel %d,%d differs from module %v", size, x, y, module)
				}
			}
		}
	}
}

func readPNG(t *testing.T, code Code, size int) image.Image {
	t.Helper()
	file, err := code.PNG(size)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}

var runs = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

func readSVG(t *testing.T, code Code) map[[2]int]bool {
	t.Helper()
	dark := map[[2]int]bool{}
	for _, run := range runs.FindAllStringSubmatch(string(code.SVG("x")), -1) {
		x, _ := strconv.Atoi(run[1])
		y, _ := strconv.Atoi(run[2])
		length, _ := strconv.Atoi(run[3])
		if run[3] != run[4] {
			t.Fatalf("run %s does not close", run[0])
		}
		for i := range length {
			dark[[2]int{x + i, y}] = true
		}
	}
	return dark
}

func TestSVGIsNamedAndWellFormed(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	title := "Vérifier « L'atelier » <script>alert(1)</script> & \x01\xff"
	var read struct {
		XMLName xml.Name `xml:"http://www.w3.org/2000/svg svg"`
		Role    string   `xml:"role,attr"`
		ViewBox string   `xml:"viewBox,attr"`
		Title   string   `xml:"title"`
	}
	if err := xml.Unmarshal(code.SVG(title), &read); err != nil {
		t.Fatal(err)
	}
	if want := "Vérifier « L'atelier » <script>alert(1)</script> & \ufffd"; read.Title != want {
		t.Errorf("title %q, want %q", read.Title, want)
	}
	if want := fmt.Sprintf("0 0 %d %[1]d", code.Width()); read.ViewBox != want || read.Role != "img" {
		t.Errorf("viewBox %q, role %q", read.ViewBox, read.Role)
	}
}

func TestPNGSizes(t *testing.T) {
	t.Parallel()
	code, err := New(address)
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[int]int{-1: code.Width(), 0: code.Width(), 300: 300, 1 << 30: MaxSize} {
		picture, err := code.PNG(asked)
		if err != nil {
			t.Fatal(err)
		}
		if depth := picture[24]; depth != 1 {
			t.Errorf("size %d: %d bits a pixel, want 1", asked, depth)
		}
		header, err := png.DecodeConfig(bytes.NewReader(picture))
		if err != nil || header.Width != want || header.Height != want {
			t.Errorf("size %d: %d × %d (%v), want %d", asked, header.Width, header.Height, err, want)
		}
	}
}

// TestForeignReaderReads asks zbar, an independent implementation, to read what
// we draw at every length of interest. Its absence is a failure in CI.
func TestForeignReaderReads(t *testing.T) {
	t.Parallel()
	reader, err := exec.LookPath("zbarimg")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("zbarimg is missing: install the package zbar-tools")
		}
		t.Skip("zbarimg is missing (package zbar-tools): no foreign reader here; this fails in CI")
	}
	for _, content := range []string{address, "A", "0123456789", "https://x.fr/?a=1&b=%20~",
		"https://badges.exemple.fr/v/x#" + strings.Repeat("aZ9_-", 78),
		strings.Repeat("b", maxLevelM), strings.Repeat("c", MaxContent)} {
		code, err := New(content)
		if err != nil {
			t.Fatal(err)
		}
		if got := foreignRead(t, reader, code); got != content {
			t.Errorf("%d bytes (version %d) are read as %.60q", len(content), code.Version(), got)
		}
	}
}

func foreignRead(t *testing.T, reader string, code Code) string {
	t.Helper()
	picture, err := code.PNG(code.Width() * 4)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "code.png")
	if err := os.WriteFile(file, picture, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(reader, "--quiet", "--raw", "--oneshot", "-Sdisable", "-Sqrcode.enable", file).Output()
	if err != nil {
		t.Fatalf("zbarimg: %v", err)
	}
	return strings.TrimSuffix(string(out), "\n")
}

func FuzzNew(f *testing.F) {
	f.Add(address, "titre")
	f.Add("", "")
	f.Add("é", "<")
	f.Fuzz(func(t *testing.T, content, title string) {
		code, err := New(content)
		if err != nil {
			return
		}
		if err := xml.Unmarshal(code.SVG(title), new(struct{})); err != nil {
			t.Errorf("%q: %v", title, err)
		}
	})
}

// The four benchmarks are the two ratios of the goal: SVG ≤ 1.2 × the matrix,
// PNG ≤ 0.5 × the library's.
func BenchmarkMatrix(b *testing.B) {
	for b.Loop() {
		code, err := qrcode.New(address, qrcode.Medium)
		if err != nil {
			b.Fatal(err)
		}
		code.Bitmap()
	}
}

func BenchmarkSVG(b *testing.B) {
	for b.Loop() {
		code, err := New(address)
		if err != nil {
			b.Fatal(err)
		}
		code.SVG("Vérifier ce badge")
	}
}

func BenchmarkLibraryPNG(b *testing.B) {
	for b.Loop() {
		if _, err := qrcode.Encode(address, qrcode.Medium, 512); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	for b.Loop() {
		code, err := New(address)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := code.PNG(512); err != nil {
			b.Fatal(err)
		}
	}
}
