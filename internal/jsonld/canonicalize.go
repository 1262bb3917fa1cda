package jsonld

import (
	"cmp"
	"context"
	"crypto"
	"math"
	"slices"
)

// DefaultBudget is the work that Canonicalize spends on telling blank nodes
// apart, in steps of about a microsecond: one hash of a neighbour or one place
// of a permutation. Ordinary credentials need none or some dozens.
const DefaultBudget = 20_000

// Options of Canonicalize. The zero value is RDFC-1.0 with SHA-256, the default
// budget and any number of blank nodes.
type Options struct {
	Hash       crypto.Hash // crypto.SHA256 (also for zero) or crypto.SHA384
	Budget     int         // steps; zero means DefaultBudget
	BlankNodes int         // most blank nodes accepted; zero means no limit
}

// Canonicalize gives the canonical N-Quads of a set of statements (W3C RDF
// Dataset Canonicalization, RDFC-1.0 §4.4): each statement once, blank nodes
// named _:c14n0, _:c14n1, … in a way that depends on the graph alone, lines
// sorted by code point, each ended by a line feed.
//
// It fails with ErrQuad for a term that N-Quads cannot hold or that stands in
// the wrong place, ErrLimit for too many blank nodes, ErrBudget when the blank
// nodes cannot be told apart within the budget or before ctx ends.
func Canonicalize(ctx context.Context, quads []Quad, options Options) ([]byte, error) {
	d := sitDown()
	defer d.leave()
	if err := d.canonicalize(ctx, quads, options); err != nil {
		return nil, err
	}
	return d.lines(nil), nil
}

// CanonicalizeMap gives the canonical name of each blank node, both without
// "_:": the issued identifiers map of RDFC-1.0. Errors are those of Canonicalize.
func CanonicalizeMap(ctx context.Context, quads []Quad, options Options) (map[string]string, error) {
	d := sitDown()
	defer d.leave()
	if err := d.canonicalize(ctx, quads, options); err != nil {
		return nil, err
	}
	issued := make(map[string]string, len(d.labels))
	for label, node := range d.labels {
		issued[label] = string(canonicalName(nil, d.issued[node]))
	}
	return issued, nil
}

// canonicalizer holds the state of the algorithm. Blank nodes are numbers, in
// order of appearance; every statement is written once, with gaps for them.
type canonicalizer struct {
	budget
	hash       hasher
	labels     map[string]int32 // blank node label → its number
	statements []line           // without repetition, where they have blank nodes
	text       []byte           // what statements point into
	uses       uses             // node → the statements that mention it
	first      []digest         // node → its first-degree hash
	issued     []int32          // node → its canonical number, or unissued
	next       int32            // the next canonical number
}

const unissued = -1

// canonicalize issues a canonical number to every blank node.
func (d *desk) canonicalize(ctx context.Context, quads []Quad, options Options) error {
	if err := d.begin(ctx, options); err != nil {
		return err
	}
	if sizeOf(quads) > math.MaxInt32/8 { // an escape is at most six bytes long
		return &Error{Err: ErrLimit, Path: "$", Rule: "size"}
	}
	if err := d.read(quads); err != nil {
		return err
	}
	return d.finish(options)
}

func (c *canonicalizer) begin(ctx context.Context, options Options) (err error) {
	c.budget = budget{ctx: ctx, left: options.Budget}
	if options.Budget == 0 {
		c.left = DefaultBudget
	}
	c.hash, err = hasherFor(options.Hash)
	return err
}

// finish issues the numbers, once all statements have been read.
func (c *canonicalizer) finish(options Options) error {
	if options.BlankNodes > 0 && len(c.labels) > options.BlankNodes {
		return &Error{Err: ErrLimit, Path: "$", Rule: "blankNodes"}
	}
	c.uses = newUses(c.statements, len(c.labels))
	return c.issue()
}

// issue gives canonical numbers: first to the nodes that their own statements
// tell apart, then to the others by their neighbours (RDFC-1.0 §4.4.3).
func (c *canonicalizer) issue() error {
	c.first = make([]digest, len(c.labels))
	c.issued = make([]int32, len(c.labels))
	order := make([]int32, len(c.labels))
	var scratch firstDegree
	for node := range c.first {
		c.first[node] = scratch.hash(c, int32(node))
		c.issued[node], order[node] = unissued, int32(node)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(c.first[a].compare(&c.first[b]), cmp.Compare(a, b))
	})
	var alike [][]int32
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && c.first[order[to]] == c.first[order[from]] {
			to++
		}
		if to == from+1 {
			c.issueTo(order[from])
		} else {
			alike = append(alike, order[from:to])
		}
		from = to
	}
	for _, group := range alike {
		if err := c.issueAlike(group); err != nil {
			return err
		}
	}
	return nil
}

func (c *canonicalizer) issueTo(node int32) {
	if c.issued[node] == unissued {
		c.issued[node] = c.next
		c.next++
	}
}
