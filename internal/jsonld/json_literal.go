package jsonld

// jsonLiteral places a value that is kept as JSON, whatever it holds.
func (p *placer) jsonLiteral(value any) Term {
	p.placed += leavesOf(value)
	return jsonTerm(value)
}

func jsonTerm(value any) Term {
	return Term{Kind: Literal, Value: string(appendJCS(nil, value)), Datatype: rdfJSON}
}

// leavesOf counts leaves in the way of check.
func leavesOf(value any) int {
	n := 0
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if name != "@context" {
				n += leavesOf(member)
			}
		}
	case []any:
		for _, item := range v {
			n += leavesOf(item)
		}
	default:
		n = 1
	}
	return n
}
