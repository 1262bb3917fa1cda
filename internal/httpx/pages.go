package httpx

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"time"

	"ramure/internal/locale"
	"ramure/internal/markup"
)

// shared is the folder of what every page has: layout and partials.
const shared = "templates/shared/*.html"

// pages holds one template set a page and a language, all parsed at start.
type pages struct {
	sets map[string]map[locale.Language]*template.Template
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
	p := &pages{sets: map[string]map[locale.Language]*template.Template{}}
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

// parsePage parses a page once and binds it to each language.
func parsePage(base *template.Template, files fs.FS, folder string, catalogue *locale.Catalogue, assets *assets) (map[locale.Language]*template.Template, error) {
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
	bound := map[locale.Language]*template.Template{}
	for _, lang := range locale.Languages() {
		set, err := page.Clone()
		if err != nil {
			return nil, err
		}
		bound[lang] = set.Funcs(functions(catalogue.Localizer(lang), assets))
	}
	return bound, nil
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
	set, known := p.sets[name][page.lang]
	if !known {
		return nil, fmt.Errorf("page %q does not exist", name)
	}
	var out bytes.Buffer
	if err := set.ExecuteTemplate(&out, "layout", page); err != nil {
		return nil, fmt.Errorf("render page %s: %w", name, err)
	}
	return out.Bytes(), nil
}
