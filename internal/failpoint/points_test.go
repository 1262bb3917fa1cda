package failpoint_test

import (
	"regexp"
	"testing"

	"ramure/internal/failpoint"
)

var form = regexp.MustCompile(`^[a-z]+/[a-z_.-]+$`)

func TestPointsHaveNames(t *testing.T) {
	t.Parallel()
	met := map[string]bool{}
	for _, point := range failpoint.Points() {
		if met[point.Name] || !form.MatchString(point.Name) {
			t.Errorf("%s is there twice, or no name", point.Name)
		}
		met[point.Name] = true
		if file := failpoint.File(point.Name); failpoint.Named(file) != point.Name {
			t.Errorf("%s is the file %s, which is %s", point.Name, file, failpoint.Named(file))
		}
	}
	if len(met) < 70 {
		t.Errorf("%d points", len(met))
	}
}
