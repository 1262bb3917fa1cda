package httpx

import (
	"net/http"
	"testing"

	"ramure/internal/problem"
)

// What our own doors answer to ourselves is what they answer to others.
func TestReadOwn(t *testing.T) {
	t.Parallel()
	doors := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept") != "application/vc" || r.Method != http.MethodGet {
			t.Errorf("%s as %q", r.Method, r.Header.Get("Accept"))
		}
		status := map[string]int{"/gone": http.StatusGone, "/none": http.StatusNotFound, "/busy": http.StatusServiceUnavailable,
			"/on": http.StatusSeeOther}[r.URL.Path]
		if status != 0 {
			w.WriteHeader(status)
		}
		_, _ = w.Write([]byte(r.URL.Path))
	})
	for path, want := range map[string]problem.Kind{"/here": "", "/gone": problem.Gone, "/none": problem.NotFound,
		"/busy": problem.Unavailable, "/on": problem.Unavailable} {
		body, err := ReadOwn(t.Context(), doors, "https://badges.example"+path, "application/vc")
		if problem.KindOf(err) != want {
			t.Errorf("%s: %v", path, err)
		}
		if (want == "" || want == problem.Gone) && string(body) != path {
			t.Errorf("%s: %q", path, body)
		}
	}
	if _, err := ReadOwn(t.Context(), doors, "https://badges.example/\x7f", ""); !problem.Is(err, problem.Malformed) {
		t.Errorf("an address that is none: %v", err)
	}
}
