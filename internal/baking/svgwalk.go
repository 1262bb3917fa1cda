package baking

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"ramure/internal/problem"
)

// walker goes over the tokens of an SVG once, from the first to the last.
type walker struct {
	drawing
	tokens *xml.Decoder
	depth  int
	ended  bool
	inside *element // the badge whose content is being read
	start  int      // where it began
}

// walk reads a drawing. encoding/xml in its strict form knows no entities but the
// five, no encoding but UTF-8, and keeps one token at a time; tags and the attributes
// of one tag are counted before it starts.
func walk(picture []byte) (drawing, error) {
	if !utf8.Valid(picture) {
		return drawing{}, misdrawn(faultUTF8)
	}
	if bytes.Count(picture, []byte("=")) > MaxAttributes {
		return drawing{}, misdrawn(faultAttributes)
	}
	if bytes.Count(picture, []byte("<")) > MaxTags {
		return drawing{}, misdrawn(faultTags)
	}
	skipped := 0
	if bytes.HasPrefix(picture, []byte(byteOrderMark)) {
		skipped = len(byteOrderMark)
	}
	w := walker{tokens: xml.NewDecoder(bytes.NewReader(picture[skipped:]))}
	for {
		start := skipped + int(w.tokens.InputOffset())
		token, err := w.tokens.Token()
		if errors.Is(err, io.EOF) && w.ended {
			return w.drawing, nil
		}
		if err == nil {
			err = w.take(token, span{start, skipped + int(w.tokens.InputOffset())})
		}
		if err != nil {
			return drawing{}, refusal(err)
		}
	}
}

// refusal gives the error of the walk: a problem as it is, anything else of the
// syntax.
func refusal(err error) error {
	var known *problem.Error
	if errors.As(err, &known) {
		return err
	}
	return misdrawn(err)
}

func (w *walker) take(token xml.Token, at span) error {
	switch t := token.(type) {
	case xml.StartElement:
		return w.open(t, at)
	case xml.EndElement:
		w.close(at)
	case xml.CharData:
		return w.text(t)
	case xml.Directive:
		if w.depth > 0 || w.ended || bytes.IndexByte(t, '[') >= 0 {
			return faultEntities
		}
	}
	return nil
}

func (w *walker) open(t xml.StartElement, at span) error {
	if w.depth++; w.depth > MaxDepth {
		return faultDepth
	}
	switch {
	case w.ended:
		return faultOutside
	case w.inside != nil:
		return faultInside
	case w.depth == 1:
		if t.Name != (xml.Name{Space: namespaceSVG, Local: "svg"}) {
			return faultRoot
		}
		w.root, w.rootStart, w.rootEnd = t.Copy(), at.start, at.end
		return once(t.Attr)
	}
	if version := versionOf(t.Name); version != "" {
		w.inside, w.start = &element{version: version, depth: w.depth}, at.start
		return w.inside.read(t.Attr)
	}
	return nil
}

// versionOf tells the elements that carry a badge.
func versionOf(name xml.Name) string {
	switch name {
	case xml.Name{Space: namespace3, Local: "credential"}:
		return Version3
	case xml.Name{Space: namespace2, Local: "assertion"}:
		return Version2
	}
	return ""
}

func (e *element) read(attributes []xml.Attr) error {
	for _, a := range attributes {
		if a.Name == (xml.Name{Local: "verify"}) {
			e.verify, e.hasVerify = a.Value, true
		}
	}
	return once(attributes)
}

// once refuses an attribute that stands twice in a tag, which encoding/xml lets
// through: readers differ in which one counts.
func once(attributes []xml.Attr) error {
	names := make([]string, 0, len(attributes))
	for _, a := range attributes {
		names = append(names, a.Name.Space+" "+a.Name.Local)
	}
	slices.Sort(names)
	if len(slices.Compact(names)) < len(attributes) {
		return faultRepeated
	}
	return nil
}

func (w *walker) close(at span) {
	if w.inside != nil && w.inside.depth == w.depth {
		w.badges = append(w.badges, span{w.start, at.end})
		if w.inside.version == Version3 {
			w.three.add(*w.inside)
		} else {
			w.two.add(*w.inside)
		}
		w.inside = nil
	}
	w.depth--
	w.ended = w.depth == 0
}

func (w *walker) text(t xml.CharData) error {
	if w.depth == 0 && len(bytes.TrimSpace(t)) > 0 {
		return faultOutside
	}
	if w.inside != nil {
		w.inside.body = append(w.inside.body, t...)
	}
	return nil
}
