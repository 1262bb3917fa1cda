package award

import (
	"testing"

	"ramure/internal/openbadges"
)

// A version is shaped once; another one, or another venue's, is not taken for it; and
// what is kept has an end.
func TestShapesAreKeptByVersion(t *testing.T) {
	t.Parallel()
	var k shapes
	shaped := 0
	take := func(key versionKey) string {
		return k.of(key, func() openbadges.Achievement {
			shaped++
			return openbadges.Achievement{Name: key.venue, Version: string(rune('0' + key.version%10))}
		}).Name
	}
	for range 3 {
		for n, key := range []versionKey{{"a", "x", 1}, {"a", "x", 2}, {"b", "x", 1}, {"a", "y", 1}} {
			if got := take(key); got != key.venue {
				t.Errorf("%d: %s", n, got)
			}
		}
	}
	if shaped != 4 {
		t.Errorf("shaped %d times", shaped)
	}
	for n := range 2 * mostShapes {
		take(versionKey{"c", "x", n})
	}
	if len(k.made) > mostShapes {
		t.Errorf("%d are kept", len(k.made))
	}
}
