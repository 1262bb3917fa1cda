package httpx

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"

	"ramure/internal/locale"
	"ramure/internal/markup"
)

// shared is the folder of what every page has: layout and partials.
const shared = "templates/shared/*.html"

// pages holds every page, parsed at start.
type pages struct {
	sets map[string]*sheet
}

// sheet is one page, parsed, and bound to a language when it is first asked for
// in it: most of a start would otherwise go into copies that nobody reads.
type sheet struct {
	copying sync.Mutex
	parsed  *template.Template // never executed, so that it can be copied
	bound   map[locale.Language]func() (*template.Template, error)
}

// newPages parses every templates/<room>/<page>/ with the shared partials.
func newPages(files fs.FS, catalogue *locale.Catalogue, assets *assets) (*pages, error) {
	base := template.New("").Funcs(functions(catalogue.Localizer(locale.French), assets))
	base, err := base.ParseFS(files, shared)
	if err != nil {
		return nil, fmt.Errorf("shared templates: %w", err)
	}
	folders, err := fs.Glob(files, "templates/*/*")
	if err != nil {
		return nil, err
	}
	p := &pages{sets: map[string]*sheet{}}
	for _, folder := range folders {
		if path.Ext(folder) != "" {
			continue // a file of templates/shared
		}
		name := strings.TrimPrefix(folder, "templates/")
		if p.sets[name], err = parsePage(base, files, folder, catalogue, assets); err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
	}
	return p, nil
}

// parsePage parses a page, so that one that does not parse fails at start.
func parsePage(base *template.Template, files fs.FS, folder string, catalogue *locale.Catalogue, assets *assets) (*sheet, error) {
	page, err := base.Clone()
	if err != nil {
		return nil, err
	}
	if page, err = page.ParseFS(files, folder+"/*.html"); err != nil {
		return nil, err
	}
	if page.Lookup("content") == nil {
		return nil, fmt.Errorf(`it defines no "content"`)
	}
	s := &sheet{parsed: page, bound: map[locale.Language]func() (*template.Template, error){}}
	for _, lang := range locale.Languages() {
		s.bound[lang] = sync.OnceValues(func() (*template.Template, error) {
			return s.bind(functions(catalogue.Localizer(lang), assets))
		})
	}
	return s, nil
}

// bind copies the page and gives the copy the voice of a language.
func (s *sheet) bind(voice template.FuncMap) (*template.Template, error) {
	s.copying.Lock()
	defer s.copying.Unlock()
	set, err := s.parsed.Clone()
	if err != nil {
		return nil, err
	}
	return set.Funcs(voice), nil
}

// functions are all that a template can call.
func functions(speaker *locale.Localizer, assets *assets) template.FuncMap {
	return template.FuncMap{
		"T":        speaker.T,
		"count":    speaker.Count,
		"list":     speaker.List,
		"number":   speaker.Number,
		"date":     speaker.Date,
		"dateTime": speaker.DateTime,
		"machine":  func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
		"asset":    assets.address,
		"safe":     func(h markup.HTML) template.HTML { return template.HTML(h.String()) },
		"iconOf":   iconOf,
	}
}

// render writes a page to a buffer: half a page is never sent.
func (p *pages) render(name string, page *Page) ([]byte, error) {
	sheet, known := p.sets[name]
	if !known {
		return nil, fmt.Errorf("page %q does not exist", name)
	}
	set, err := sheet.bound[page.lang]()
	if err != nil {
		return nil, fmt.Errorf("page %s in %s: %w", name, page.lang, err)
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, "layout", page); err != nil {
		return nil, fmt.Errorf("render page %s: %w", name, err)
	}
	return out.Bytes(), nil
}
