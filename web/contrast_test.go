package web_test

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"ramure/web"
)

// pairs are the texts and grounds that the style sheet puts together.
var pairs = [][2]string{
	{"ink", "paper"}, {"ink", "card"}, {"ink", "lichen"},
	{"quiet", "paper"}, {"quiet", "card"}, {"quiet", "lichen"}, {"quiet", "ok-ground"},
	{"seve", "paper"}, {"ecorce", "paper"}, {"ciel", "paper"}, {"ciel", "lichen"}, {"ciel", "card"},
	{"grenat", "paper"}, {"grenat", "card"}, {"ambre", "paper"}, {"action", "paper"}, {"action", "card"}, {"on-action", "action"},
	{"ok-ink", "ok-ground"}, {"attention-ink", "attention-ground"}, {"refused-ink", "refused-ground"},
	{"unverifiable-ink", "unverifiable-ground"}, {"stranger-ink", "stranger-ground"},
	{"ok-ink", "paper"}, {"attention-ink", "paper"}, {"refused-ink", "paper"}, {"unverifiable-ink", "paper"}, {"stranger-ink", "paper"},
	{"ink", "ok-ground"}, {"ink", "attention-ground"}, {"ink", "refused-ground"}, {"ink", "unverifiable-ground"}, {"ink", "stranger-ground"},
	{"ciel", "ok-ground"}, {"ciel", "attention-ground"}, {"ciel", "refused-ground"}, {"ciel", "unverifiable-ground"}, {"ciel", "stranger-ground"},
}

// TestContrast computes the ratio of each pair in both schemes (WCAG 2.2, 1.4.3
// and 1.4.11): 4.5 for text, 3 for the edge of a field.
func TestContrast(t *testing.T) {
	t.Parallel()
	light, dark := palettes(t)
	for scheme, palette := range map[string]map[string]string{"light": light, "dark": dark} {
		for _, pair := range pairs {
			if got := contrast(palette[pair[0]], palette[pair[1]]); got < 4.5 {
				t.Errorf("%s: %s on %s is %.2f to 1", scheme, pair[0], pair[1], got)
			}
		}
		if got := contrast(palette["edge"], palette["card"]); got < 3 {
			t.Errorf("%s: the edge of a field is %.2f to 1", scheme, got)
		}
	}
}

// TestKnownContrasts checks the arithmetic itself against published values.
func TestKnownContrasts(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]string{
		{"#000000", "#ffffff"}: "21.00", {"#767676", "#ffffff"}: "4.54", {"#595959", "#ffffff"}: "7.00",
	} {
		if got := fmt.Sprintf("%.2f", contrast(pair[0], pair[1])); got != want {
			t.Errorf("%v: %s, want %s", pair, got, want)
		}
	}
}

// TestSheetUsesThePalette keeps colours out of the rules: all but white, for
// paper and pictures, have a name and so a place in the table above.
func TestSheetUsesThePalette(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(web.FS, "static/css/*.css")
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, name := range files[1:] {
		data, err := fs.ReadFile(web.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, colour := range regexp.MustCompile(`#[0-9a-f]{3,8}\b|rgba?\(|gradient|url\(`).FindAllString(string(data), -1) {
			if colour != "#ffffff" {
				t.Errorf("%s: %s has no name", name, colour)
			}
		}
	}
}

// palettes reads the tokens; the dark scheme stands on the light one.
func palettes(t *testing.T) (light, dark map[string]string) {
	t.Helper()
	data, err := fs.ReadFile(web.FS, "static/css/1-tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	plain, scheme, found := strings.Cut(string(data), "prefers-color-scheme: dark")
	if !found {
		t.Fatal("no dark scheme")
	}
	light, dark = map[string]string{}, map[string]string{}
	token := regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)
	for _, match := range token.FindAllStringSubmatch(plain, -1) {
		light[match[1]], dark[match[1]] = match[2], match[2]
	}
	for _, match := range token.FindAllStringSubmatch(scheme, -1) {
		dark[match[1]] = match[2]
	}
	return light, dark
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(colour string) float64 {
	weights := [3]float64{0.2126, 0.7152, 0.0722}
	sum := 0.0
	for i, weight := range weights {
		channel, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return math.NaN()
		}
		v := float64(channel) / 255
		if v <= 0.04045 {
			sum += weight * v / 12.92
			continue
		}
		sum += weight * math.Pow((v+0.055)/1.055, 2.4)
	}
	return sum
}
