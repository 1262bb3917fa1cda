package competence

import (
	"io"
	"slices"
	"strings"
)

// Catalogue is a set of frameworks, complete and consistent. It never changes,
// so it may be read from everywhere at once; the slices that it gives away are
// the caller's own.
type Catalogue struct {
	items    []Item              // in the order of the table
	places   map[string]int      // code → place in items
	children map[string][]string // code → codes below, in order
	incoming map[string][]string // code → codes that are aligned to it, in order
}

// Load reads a table in the form of competences.csv, rows in the order of their
// "sort". The error is a Malformed or TooLarge problem, or an Invalid one that
// names the rules that rows break.
func Load(source io.Reader) (*Catalogue, error) {
	rows, err := ReadTable(source, columns)
	if err != nil {
		return nil, err
	}
	c := &Catalogue{places: map[string]int{}, children: map[string][]string{}, incoming: map[string][]string{}}
	var r Report
	for i, cells := range rows {
		c.add(&r, i, readItem(&r, i, cells))
	}
	c.align(&r)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return c, nil
}

// add puts an item below its parent, which must stand in a row before.
func (c *Catalogue) add(r *Report, row int, item Item) {
	if _, twice := c.places[item.Code]; twice {
		r.Add(row, "code", "duplicate", "the code stands in a row before")
		return
	}
	if n := len(c.items); n > 0 && item.Sort <= c.items[n-1].Sort {
		r.Add(row, "sort", "order", "the number must be above that of the row before")
	}
	c.place(r, row, item)
	c.places[item.Code] = len(c.items)
	c.items = append(c.items, item)
	c.children[item.Parent] = append(c.children[item.Parent], item.Code)
}

// place checks where the item stands: a framework names itself and is below
// nothing; all else is in the framework of its parent, with its code as prefix.
func (c *Catalogue) place(r *Report, row int, item Item) {
	if item.Kind == KindFramework {
		if item.Parent != "" || item.Framework != item.Code {
			r.Add(row, "parent", "framework", "a framework has no parent and is its own framework")
		}
		return
	}
	parent, found := c.Item(item.Parent)
	switch {
	case !found:
		r.Add(row, "parent", "parentUnknown", "the parent must stand in a row before")
	case parent.Framework != item.Framework || !strings.HasPrefix(item.Code, item.Framework+"."):
		r.Add(row, "framework", "framework", "the framework must be the parent's, and begin the code")
	case !slices.Contains(parents[item.Kind], parent.Kind):
		r.Add(row, "kind", "kindOrder", "nothing of this kind may stand below that parent")
	}
}

// align checks the alignments, which may lead to later rows, and turns them
// round.
func (c *Catalogue) align(r *Report) {
	for i, item := range c.items {
		for _, code := range item.Alignments {
			target, found := c.Item(code)
			switch {
			case !found:
				r.Add(i, "align", "alignmentUnknown", "the table has no such code")
			case target.Framework == item.Framework:
				r.Add(i, "align", "framework", "an alignment leads to another framework")
			default:
				c.incoming[code] = append(c.incoming[code], item.Code)
			}
		}
	}
}

// Item finds an item by its code.
func (c *Catalogue) Item(code string) (Item, bool) {
	place, found := c.places[code]
	if !found {
		return Item{}, false
	}
	item := c.items[place]
	item.ExternalIDs, item.Alignments = slices.Clone(item.ExternalIDs), slices.Clone(item.Alignments)
	return item, true
}

// Frameworks are the roots, in order.
func (c *Catalogue) Frameworks() []Item { return c.list(c.children[""]) }

// Children are the items right below a code, in order.
func (c *Catalogue) Children(code string) []Item {
	if code == "" {
		return nil
	}
	return c.list(c.children[code])
}

// Path leads from the framework down to the item itself; it is empty for an
// unknown code.
func (c *Catalogue) Path(code string) []Item {
	var path []Item
	for {
		item, found := c.Item(code)
		if !found {
			slices.Reverse(path)
			return path
		}
		path = append(path, item)
		code = item.Parent
	}
}

// Competences are the leaves of a framework, in order.
func (c *Catalogue) Competences(framework string) []Item {
	var codes []string
	for _, item := range c.items {
		if item.Framework == framework && item.Kind == KindCompetence {
			codes = append(codes, item.Code)
		}
	}
	return c.list(codes)
}

// Related are the codes that an item is aligned to, in the order of its row:
// « en lien avec ».
func (c *Catalogue) Related(code string) []string {
	item, _ := c.Item(code)
	return item.Alignments
}

// RelatedFrom are the codes of the items that are aligned to this one, in the
// order of the table.
func (c *Catalogue) RelatedFrom(code string) []string { return slices.Clone(c.incoming[code]) }

func (c *Catalogue) list(codes []string) []Item {
	items := make([]Item, 0, len(codes))
	for _, code := range codes {
		if item, found := c.Item(code); found {
			items = append(items, item)
		}
	}
	return items
}
