package qr

import (
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// How much of one view may look like the corner of a code. The library compares
// each candidate with every corner found before, and then all corners by three:
// without an end, a picture tiled with corners would take hours.
const (
	maxCandidates = 40_000
	maxCorners    = 200
)

// rowStep is how many lines further the next one is looked at: the heart of a
// corner is three modules high.
const rowStep = 2

// cornersOf finds the three corners of a code (ISO/IEC 18004 §12, step b): what is
// dark, light, dark, light, dark in the proportion 1:1:3:1:1, in a line and then
// in every direction, which the library makes sure of.
func cornersOf(matrix *gozxing.BitMatrix) (*detector.FinderPatternInfo, bool) {
	finder := detector.NewFinderPatternFinder(matrix, nil)
	candidates := 0
	for y := rowStep - 1; y < matrix.GetHeight(); y += rowStep {
		candidates += scanRow(finder, matrix, y)
		if candidates > maxCandidates || len(finder.GetPossibleCenters()) > maxCorners {
			return nil, false
		}
	}
	best, err := finder.SelectBestPatterns()
	if err != nil {
		return nil, false
	}
	lower, upper, right := gozxing.ResultPoint_OrderBestPatterns(best[0], best[1], best[2])
	return detector.NewFinderPatternInfo(
		lower.(*detector.FinderPattern), upper.(*detector.FinderPattern), right.(*detector.FinderPattern)), true
}

// scanRow gives the finder each stretch of a line that has the proportion of a
// corner, and says how many there were. runs are the lengths of the last five runs
// of one colour.
func scanRow(finder *detector.FinderPatternFinder, matrix *gozxing.BitMatrix, y int) (candidates int) {
	runs := make([]int, 5)
	dark := false
	for x := 0; x <= matrix.GetWidth(); x++ {
		if x < matrix.GetWidth() && matrix.Get(x, y) == dark {
			runs[4]++
			continue
		}
		if dark && detector.FinderPatternFinder_foundPatternCross(runs) {
			candidates++
			finder.HandlePossibleCenter(runs, y, x)
		}
		copy(runs, runs[1:])
		runs[4], dark = 1, !dark
	}
	return candidates
}
