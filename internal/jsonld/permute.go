package jsonld

import (
	"bytes"
	"slices"
)

// issuer names nodes along a path with temporary numbers, in order. It is copied
// whenever the search tries another way.
type issuer struct {
	number []int32 // node → its number, or unissued
	order  []int32 // the nodes, as numbered
}

func newIssuer(nodes int) *issuer {
	i := &issuer{number: make([]int32, nodes)}
	for node := range i.number {
		i.number[node] = unissued
	}
	return i
}

func (i *issuer) copy() *issuer {
	return &issuer{number: slices.Clone(i.number), order: slices.Clone(i.order)}
}

// copyCost is what making or copying an issuer costs, in steps.
func (c *canonicalizer) copyCost() int { return 1 + len(c.issued)/512 }

func (i *issuer) issue(node int32) int32 {
	if i.number[node] == unissued {
		i.number[node] = int32(len(i.order))
		i.order = append(i.order, node)
	}
	return i.number[node]
}

// way is one order of neighbours: the path that it writes and the names given.
type way struct {
	path   []byte
	issuer *issuer
}

// bestPath tries every order of neighbours that look alike and keeps the least
// path.
func (c *canonicalizer) bestPath(alike []related, named *issuer) (way, error) {
	order := make([]int32, len(alike))
	for i, r := range alike {
		order[i] = r.node
	}
	var best way
	for more := true; more; more = nextPermutation(order) {
		tried, err := c.tryOrder(order, named, best.path)
		if err != nil {
			return way{}, err
		}
		if tried.issuer != nil && (best.issuer == nil || bytes.Compare(tried.path, best.path) < 0) {
			best = tried
		}
	}
	return best, nil
}

// tryOrder walks neighbours in one order. It gives up, with no issuer, as soon as
// the path cannot become the least any more.
func (c *canonicalizer) tryOrder(order []int32, named *issuer, best []byte) (way, error) {
	if err := c.spend(c.copyCost()); err != nil {
		return way{}, err
	}
	w := way{issuer: named.copy()}
	var deeper []int32
	for _, node := range order {
		if err := c.spend(1); err != nil {
			return way{}, err
		}
		if c.issued[node] != unissued {
			w.path = canonicalName(append(w.path, "_:"...), c.issued[node])
		} else {
			if w.issuer.number[node] == unissued {
				deeper = append(deeper, node)
			}
			w.path = appendPathName(w.path, w.issuer.issue(node))
		}
		if beyond(w.path, best) {
			return way{}, nil
		}
	}
	for _, node := range deeper {
		found, err := c.nDegree(node, w.issuer)
		if err != nil {
			return way{}, err
		}
		w.path = appendPathName(w.path, w.issuer.issue(node))
		w.path = append(c.hash.appendHex(append(w.path, '<'), &found.hash), '>')
		w.issuer = found.issuer
		if beyond(w.path, best) {
			return way{}, nil
		}
	}
	return w, nil
}

// beyond tells whether a path that is still growing already sorts after the
// best one.
func beyond(path, best []byte) bool {
	return len(best) > 0 && len(path) >= len(best) && bytes.Compare(path, best) > 0
}

// nextPermutation puts the next order, by value, into place; it tells whether
// there was one. Equal values are not tried twice.
func nextPermutation(order []int32) bool {
	i := len(order) - 2
	for i >= 0 && order[i] >= order[i+1] {
		i--
	}
	if i < 0 {
		return false
	}
	j := len(order) - 1
	for order[j] <= order[i] {
		j--
	}
	order[i], order[j] = order[j], order[i]
	slices.Reverse(order[i+1:])
	return true
}
