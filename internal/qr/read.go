package qr

import (
	"image"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"

	"ramure/internal/problem"
)

// Sides at which a picture is looked at, in pixels. The largest shows a card on a
// table, the others what is blurred or noisy; below enough, pixels are repeated.
const (
	widest = 1600
	middle = 800
	coarse = 400
	enough = 300

	turnable = 1200 // what is turned grows
)

// Read finds the QR code in a photo or a picture, PNG or JPEG, and gives its text,
// which is UTF-8, not empty, and otherwise anything. Of several codes it gives one.
// Errors are problems: Unsupported for another format, TooLarge over a limit,
// Malformed for a broken picture, NotFound for one in which no code is found.
func Read(picture []byte) (string, error) {
	decoded, err := unfold(picture)
	if err != nil {
		return "", err
	}
	for _, attempt := range attempts(decoded) {
		if text, found := attempt.read(); found {
			return text, nil
		}
	}
	return "", problem.New(problem.NotFound, "error.qr.none")
}

// attempt is one way of looking at a picture: at which size, and by which threshold
// between light and dark.
type attempt struct {
	view      func() grey
	threshold func(gozxing.LuminanceSource) gozxing.Binarizer
}

// attempts are in the order in which they mostly succeed. How many there are and
// how much each looks at is fixed, whatever the picture is.
func attempts(decoded image.Image) []attempt {
	whole := greyOf(decoded, widest)
	if shorter := min(whole.width, whole.height); shorter < enough {
		whole = whole.larger(max(1, min(enough/shorter+1, widest/max(whole.width, whole.height))))
	}
	plain := func() grey { return whole }
	return []attempt{
		{plain, gozxing.NewHybridBinarizer},
		{func() grey { return whole.smaller(middle) }, gozxing.NewHybridBinarizer},
		{plain, gozxing.NewGlobalHistgramBinarizer},
		{func() grey { return whole.inverted() }, gozxing.NewHybridBinarizer},
		{func() grey { return whole.smaller(coarse) }, gozxing.NewHybridBinarizer},
		{func() grey { return whole.smaller(turnable).turned() }, gozxing.NewHybridBinarizer},
		{func() grey { return whole.smaller(middle).inverted() }, gozxing.NewHybridBinarizer},
	}
}

// read looks once. The library says in errors what it did not find; that they are
// many and of no use to anyone else is why they end here. A picture that it stumbles
// over, as no fuzzer has made it do, is one without a code: it must not end the
// program.
func (a attempt) read() (text string, found bool) {
	defer func() {
		if recover() != nil {
			text, found = "", false
		}
	}()
	view := a.view()
	source, err := gozxing.NewPlanarYUVLuminanceSource(
		view.pixels, view.width, view.height, 0, 0, view.width, view.height, false)
	if err != nil {
		return "", false
	}
	matrix, err := a.threshold(source).GetBlackMatrix()
	if err != nil {
		return "", false
	}
	corners, three := cornersOf(matrix)
	if !three {
		return "", false
	}
	code, err := detector.NewDetector(matrix).ProcessFinderPatternInfo(corners)
	if err != nil {
		return "", false
	}
	result, err := decoder.NewDecoder().Decode(code.GetBits(), utf8Text)
	if err != nil || result.GetText() == "" || !utf8.ValidString(result.GetText()) {
		return "", false
	}
	return result.GetText(), true
}

// utf8Text has bytes without a declared character set read as UTF-8, as phones do.
var utf8Text = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_CHARACTER_SET: "UTF-8"}
