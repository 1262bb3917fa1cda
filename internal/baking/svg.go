package baking

import (
	"bytes"
	"encoding/xml"
	"strings"

	"ramure/internal/problem"
)

// The names of the elements that carry a badge (Open Badges 3.0 §7 SVG, Open
// Badges Baking 1.0).
const (
	namespaceSVG = "http://www.w3.org/2000/svg"
	namespace3   = "https://purl.imsglobal.org/ob/v3p0"
	namespace2   = "http://openbadges.org"
)

const byteOrderMark = "\ufeff"

// What can be wrong with a drawing.
const (
	faultUTF8       fault = "the text is no UTF-8"
	faultRoot       fault = "the root is no svg element"
	faultEntities   fault = "a document type stands where none may, or defines entities"
	faultDepth      fault = "elements are nested too deep"
	faultAttributes fault = "there are too many attributes"
	faultTags       fault = "there are too many tags"
	faultOutside    fault = "something stands outside the root"
	faultRepeated   fault = "an attribute is there twice"
	faultInside     fault = "the badge has elements inside"
	faultPlace      fault = "the badge is not a child of the root"
	faultBoth       fault = "the badge has both an attribute and a body"
)

// isSVG looks for the first angle bracket: the walk says what it is.
func isSVG(file []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(bytes.TrimPrefix(file, []byte(byteOrderMark)), " \t\r\n"), []byte("<"))
}

func extractSVG(picture []byte) (Baked, error) {
	d, err := walk(picture)
	if err != nil {
		return Baked{}, err
	}
	baked, err := choose(d.three, d.two, element.payload)
	baked.Carrier = CarrierSVG
	return baked, err
}

// drawing is an SVG as far as badges go. Positions are bytes of the file.
type drawing struct {
	rootStart, rootEnd int // of the opening tag of the root
	root               xml.StartElement
	three, two         found[element]
	badges             []span // all that carry one, for baking to take away
}

// span is a stretch of the file.
type span struct{ start, end int }

// element is one that carries a badge.
type element struct {
	version   string
	depth     int
	verify    string
	hasVerify bool
	body      []byte
}

// payload is the body, or else the attribute. A 2.0 picture may have both: the
// attribute then is the address of what stands in the body.
func (e element) payload() ([]byte, error) {
	body := bytes.TrimSpace(e.body)
	switch {
	case e.depth != 2:
		return nil, unreadable(faultPlace)
	case e.hasVerify && len(body) > 0 && e.version == Version3:
		return nil, unreadable(faultBoth)
	case len(body) > 0:
		return checkText(body)
	}
	return checkText([]byte(strings.TrimSpace(e.verify)))
}

// misdrawn is the refusal of an SVG.
func misdrawn(why error) error { return problem.Wrap(problem.Malformed, "error.baking.svg", why) }
