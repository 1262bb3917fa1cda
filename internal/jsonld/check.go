package jsonld

import (
	"encoding/json"
	"unicode/utf8"
)

// checker looks a decoded document over before anything is understood, and
// counts its leaves. A document that came through Decode passes; one that a
// program put together must keep the same rules.
type checker struct {
	trail
	wide                 bool // all of JSON, as RFC 8785 takes it, not only what documents hold
	nodes, bytes, leaves int
}

// check refuses what Decode would have refused and tells how many leaves the
// document has: strings, numbers, booleans and nulls, those under @context
// left out, for they are instructions and not content.
func check(document map[string]any) (leaves int, err error) {
	var c checker
	if err := c.value(document, 0); err != nil {
		return 0, err
	}
	return c.leaves, nil
}

func (c *checker) value(value any, depth int) error {
	if c.nodes++; c.nodes > MaxNodes {
		return c.refuse(ErrLimit, "nodes")
	}
	switch v := value.(type) {
	case map[string]any:
		return c.object(v, depth+1)
	case []any:
		return c.array(v, depth+1)
	case string:
		c.leaves++
		return c.text(v)
	case json.Number:
		c.leaves++
		return c.number(string(v))
	case bool, nil:
		c.leaves++
		return nil
	}
	return c.refuse(ErrJSON, "kind")
}

func (c *checker) object(members map[string]any, depth int) error {
	if depth > MaxDepth {
		return c.refuse(ErrLimit, "depth")
	}
	for name, value := range members {
		c.enter(name)
		if err := c.text(name); err != nil {
			return err
		}
		leaves := c.leaves
		if err := c.value(value, depth); err != nil {
			return err
		}
		if name == "@context" {
			c.leaves = leaves
		}
		c.leave()
	}
	return nil
}

func (c *checker) array(items []any, depth int) error {
	if depth > MaxDepth {
		return c.refuse(ErrLimit, "depth")
	}
	for i, value := range items {
		c.item(i)
		if err := c.value(value, depth); err != nil {
			return err
		}
		c.leave()
	}
	return nil
}

func (c *checker) number(text string) error {
	if c.bytes += len(text); c.bytes > MaxBytes {
		return c.refuse(ErrLimit, "size")
	}
	if !plainNumber(text) && !(c.wide && jsonNumber(text)) {
		return c.refuse(ErrJSON, "number")
	}
	return nil
}

func (c *checker) text(text string) error {
	if c.bytes += len(text); c.bytes > MaxBytes {
		return c.refuse(ErrLimit, "size")
	}
	if !utf8.ValidString(text) {
		return c.refuse(ErrJSON, "utf8")
	}
	if !c.wide && holdsForbidden(text) {
		return c.refuse(ErrJSON, "control")
	}
	return nil
}
