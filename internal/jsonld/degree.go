package jsonld

import (
	"cmp"
	"slices"
	"strconv"
)

// outcome is the end of a search from one node: its hash, and the names that
// were given on the best way.
type outcome struct {
	hash   digest
	issuer *issuer
}

// issueAlike numbers nodes that their own statements do not tell apart: each is
// hashed with its surroundings, and the nodes met on each way are numbered in
// the order of these hashes (RDFC-1.0 §4.4.3 step 5).
func (c *canonicalizer) issueAlike(group []int32) error {
	var outcomes []outcome
	for _, node := range group {
		if c.issued[node] != unissued {
			continue
		}
		if err := c.spend(c.copyCost()); err != nil {
			return err
		}
		start := newIssuer(len(c.issued))
		start.issue(node)
		found, err := c.nDegree(node, start)
		if err != nil {
			return err
		}
		outcomes = append(outcomes, found)
	}
	slices.SortStableFunc(outcomes, func(a, b outcome) int { return a.hash.compare(&b.hash) })
	for _, found := range outcomes {
		for _, node := range found.issuer.order {
			c.issueTo(node)
		}
	}
	return nil
}

// related is a neighbour of a node, with the hash of how they are related.
type related struct {
	hash digest
	node int32
}

// nDegree hashes a node with everything that its neighbours lead to (RDFC-1.0
// §4.8). Neighbours that look alike are tried in every order; the order that
// gives the least path counts.
func (c *canonicalizer) nDegree(node int32, named *issuer) (outcome, error) {
	neighbours, err := c.neighbours(node, named)
	if err != nil {
		return outcome{}, err
	}
	var data []byte
	for from := 0; from < len(neighbours); {
		to := from + 1
		for to < len(neighbours) && neighbours[to].hash == neighbours[from].hash {
			to++
		}
		data = c.hash.appendHex(data, &neighbours[from].hash)
		best, err := c.bestPath(neighbours[from:to], named)
		if err != nil {
			return outcome{}, err
		}
		data = append(data, best.path...)
		named = best.issuer
		from = to
	}
	return outcome{hash: c.hash.sum(data), issuer: named}, nil
}

// neighbours lists the blank nodes that stand in a statement with node, sorted
// by the hash of how they do (RDFC-1.0 §4.7 for each).
func (c *canonicalizer) neighbours(node int32, named *issuer) ([]related, error) {
	var found []related
	var input []byte
	for _, i := range c.uses.of(node) {
		l := &c.statements[i]
		for g := range l.gaps {
			other := l.node[g]
			if other == node {
				continue
			}
			if err := c.spend(1); err != nil {
				return nil, err
			}
			input = append(input[:0], l.position[g])
			if l.position[g] != 'g' {
				input = append(input, c.text[l.predicate[0]:l.predicate[1]]...)
			}
			input = c.appendName(input, other, named)
			found = append(found, related{hash: c.hash.sum(input), node: other})
		}
	}
	slices.SortFunc(found, func(a, b related) int {
		return cmp.Or(a.hash.compare(&b.hash), cmp.Compare(a.node, b.node))
	})
	return found, nil
}

// appendName writes how a node is known so far: its canonical name, its name on
// this path, or its first-degree hash.
func (c *canonicalizer) appendName(to []byte, node int32, named *issuer) []byte {
	switch {
	case c.issued[node] != unissued:
		return canonicalName(append(to, "_:"...), c.issued[node])
	case named.number[node] != unissued:
		return appendPathName(to, named.number[node])
	}
	return c.hash.appendHex(to, &c.first[node])
}

func appendPathName(to []byte, number int32) []byte {
	return strconv.AppendInt(append(to, "_:b"...), int64(number), 10)
}
