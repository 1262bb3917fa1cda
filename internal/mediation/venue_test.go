package mediation_test

import (
	"compress/gzip"
	"os"
	"strings"
	"testing"

	"ramure/internal/mediation"
	"ramure/internal/problem"
)

func TestVenueCheckNamesEachBrokenRule(t *testing.T) {
	t.Parallel()
	good := mediation.Venue{Slug: "eric-embrun", Name: "ERIC d’Embrun", Commune: "05046", JWTAlg: "RS256"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		path  string
		spoil func(*mediation.Venue)
	}{
		{"$.slug", func(v *mediation.Venue) { v.Slug = "Éric" }},
		{"$.slug", func(v *mediation.Venue) { v.Slug = "eric--embrun" }},
		{"$.slug", func(v *mediation.Venue) { v.Slug = strings.Repeat("a", 64) }},
		{"$.name", func(v *mediation.Venue) { v.Name = " " }},
		{"$.name", func(v *mediation.Venue) { v.Name = "ERIC\nd’Embrun" }},
		{"$.name", func(v *mediation.Venue) { v.Name = "ERIC \u202enurbmE" }},
		{"$.commune", func(v *mediation.Venue) { v.Commune = "5046" }},
		{"$.commune", func(v *mediation.Venue) { v.Commune = "2C004" }},
		{"$.jwtAlg", func(v *mediation.Venue) { v.JWTAlg = "none" }},
	}
	for _, c := range cases {
		v := good
		c.spoil(&v)
		err := v.Check()
		if problem.KindOf(err) != problem.Invalid || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%+v: %v does not name %s", v, err, c.path)
		}
	}
}

func TestCommunesAreKnownByTheirCode(t *testing.T) {
	t.Parallel()
	file, err := os.Open("../../schemas/data/communes.csv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	source, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	communes, err := mediation.LoadCommunes(source)
	if err != nil {
		t.Fatal(err)
	}
	for insee, want := range map[string]string{"05046": "Embrun", "2A004": "Ajaccio", "97411": "Saint-Denis"} {
		if got, _ := communes.Name(insee); got != want {
			t.Errorf("%s is %q, want %q", insee, got, want)
		}
	}
	if _, known := communes.Name("99999"); known || len(communes) < 35000 {
		t.Errorf("%d communes, 99999 known: %v", len(communes), known)
	}
	if _, err := mediation.LoadCommunes(strings.NewReader("code;nom\n")); err == nil {
		t.Error("another table was taken for the communes")
	}
}
