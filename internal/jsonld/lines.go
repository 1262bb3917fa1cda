package jsonld

import (
	"bytes"
	"slices"
	"strconv"
)

// line is one statement as text with gaps: text[start:cut[0]], the name of
// node[0], text[cut[0]:cut[1]], and so on.
type line struct {
	start, end int32
	predicate  [2]int32 // where <predicate> stands in the text
	cut        [3]int32
	node       [3]int32
	position   [3]byte // s, o or g
	gaps       uint8
}

// read writes every statement as a line with gaps.
func (d *desk) read(quads []Quad) error {
	d.statements = slices.Grow(d.statements, len(quads))
	d.text = slices.Grow(d.text, sizeOf(quads))
	d.said.clear(len(quads))
	for i := range quads {
		q := &quads[i]
		l, err := d.readLine(&q.Subject, &q.Predicate, &q.Object, &q.Graph)
		if err != nil {
			return &Error{Err: ErrQuad, Path: "[" + strconv.Itoa(i) + "]", Rule: "term"}
		}
		d.keep(&l, &d.said)
	}
	return nil
}

// keep adds a line that was not said before. Statements without blank nodes are
// hashed nowhere: equal ones fall together when the lines are sorted.
func (c *canonicalizer) keep(l *line, said *repetition) {
	if l.gaps > 0 && said.before(c, l) {
		c.text = c.text[:l.start]
		return
	}
	c.statements = append(c.statements, *l)
}

// sizeOf guesses the room for all lines, those with blank nodes twice: with gaps
// and with names.
func sizeOf(quads []Quad) int {
	const marks, names = len(`<> <> ""^^<> .`) + len("\n"), len("_:c14n00_:c14n00")
	size := 0
	for i := range quads {
		q := &quads[i]
		length := marks + len(q.Subject.Value) + len(q.Predicate.Value) +
			len(q.Object.Value) + len(q.Object.Datatype) + len(q.Graph.Value)
		if q.Subject.Kind == Blank || q.Object.Kind == Blank || q.Graph.Kind == Blank {
			length += length + names
		}
		size += length
	}
	return size
}

// readLine writes one statement at the end of the text.
func (c *canonicalizer) readLine(subject, predicate, object, graph *Term) (line, error) {
	l := line{start: c.here()}
	if subject.Kind == Literal || predicate.Kind != IRI || graph.Kind == Literal {
		return l, errTerm
	}
	if err := c.readTerm(&l, subject, 's'); err != nil {
		return l, err
	}
	l.predicate[0] = c.here()
	if err := c.readTerm(&l, predicate, 'p'); err != nil {
		return l, err
	}
	l.predicate[1] = c.here() - int32(len(" "))
	if err := c.readTerm(&l, object, 'o'); err != nil {
		return l, err
	}
	if graph.Kind != DefaultGraph {
		if err := c.readTerm(&l, graph, 'g'); err != nil {
			return l, err
		}
	}
	c.end(&l)
	return l, nil
}

func (c *canonicalizer) end(l *line) {
	c.text = append(c.text, ".\n"...)
	l.end = c.here()
}

// here is the place where the next byte of text goes.
func (c *canonicalizer) here() int32 { return int32(len(c.text)) }

// readTerm writes a term and the space after it, or leaves a gap for a blank
// node, whose name comes when it is known.
func (c *canonicalizer) readTerm(l *line, t *Term, position byte) (err error) {
	if t.Kind == Blank {
		l.cut[l.gaps], l.node[l.gaps], l.position[l.gaps] = c.here(), c.number(t.Value), position
		l.gaps++
	} else if c.text, err = appendTerm(c.text, t); err != nil {
		return err
	}
	c.text = append(c.text, ' ')
	return nil
}

// number gives the number of a blank node, a new one at its first appearance.
func (c *canonicalizer) number(label string) int32 {
	node, known := c.labels[label]
	if !known {
		node = int32(len(c.labels))
		c.labels[label] = node
	}
	return node
}

// lines writes the statements with their canonical names, sorted, each once, at
// the end of to.
func (c *canonicalizer) lines(to []byte) []byte {
	spans := make([][2]int32, len(c.statements))
	size := int32(0)
	for i := range c.statements {
		spans[i] = c.named(&c.statements[i])
		size += spans[i][1] - spans[i][0]
	}
	slices.SortFunc(spans, func(a, b [2]int32) int {
		return bytes.Compare(c.text[a[0]:a[1]], c.text[b[0]:b[1]])
	})
	to = slices.Grow(to, int(size))
	var last []byte
	for _, span := range spans {
		line := c.text[span[0]:span[1]]
		if !bytes.Equal(line, last) {
			to = append(to, line...)
		}
		last = line
	}
	return to
}

// named tells where a line stands in the text with names in its gaps; it is
// written there if it has any.
func (c *canonicalizer) named(l *line) [2]int32 {
	if l.gaps == 0 {
		return [2]int32{l.start, l.end}
	}
	start, from := c.here(), l.start
	for g := range l.gaps {
		c.text = append(c.text, c.text[from:l.cut[g]]...)
		c.text = canonicalName(append(c.text, "_:"...), c.issued[l.node[g]])
		from = l.cut[g]
	}
	c.text = append(c.text, c.text[from:l.end]...)
	return [2]int32{start, c.here()}
}

func canonicalName(to []byte, number int32) []byte {
	return strconv.AppendInt(append(to, "c14n"...), int64(number), 10)
}
