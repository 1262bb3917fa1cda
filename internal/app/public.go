package app

import (
	"compress/gzip"

	"ramure/internal/mediation"
	"ramure/internal/public"
	"ramure/schemas"
)

func (a *App) publicDoor() public.Config {
	c := a.Config
	return public.Config{Base: c.BaseURL, Awards: a.Award, Achievements: a.Store, Venues: a.Store, Frameworks: a.Catalog,
		Log: a.Log, Tiles: a.Log, Communes: a.Communes, Now: a.Env.Now, Changes: a.Store.Changes(),
		Examiner: a.verifier, ReceiptKey: a.verifier.Notary.Public(),
		Notice: public.Notice{Editor: c.LegalEditor, Director: c.LegalDirector, Host: c.LegalHost,
			Contact: c.ContactEmail, Source: c.SourceURL}}
}

// communes are read at the first page that names one, so that they cost the
// start nothing.
type communes struct{ load func() mediation.Communes }

// Name gives the name of an INSEE code.
func (c communes) Name(insee string) (string, bool) { return c.load().Name(insee) }

// loadCommunes reads the embedded table; a test of mediation holds it good.
func loadCommunes() mediation.Communes {
	file, err := schemas.FS.Open("data/communes.csv.gz")
	if err != nil {
		return nil
	}
	defer file.Close()
	source, err := gzip.NewReader(file)
	if err != nil {
		return nil
	}
	table, _ := mediation.LoadCommunes(source)
	return table
}
