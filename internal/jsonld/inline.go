package jsonld

import "strings"

// i18n is the namespace of datatypes that hold a language and a direction
// (JSON-LD 1.1 §9.5, the i18n namespace; rdfDirection i18n-datatype).
const i18n = "https://www.w3.org/ns/i18n#"

// WithInline lets documents define words of their own: an entry of @context may be
// an object. What such a context may hold is what the embedded ones may (see the
// package comment), and protected terms stay protected. Whoever signs such a
// document lets its writer choose what the words mean: for interoperability tests
// only.
func WithInline() Option { return func(s *settings) { s.inline = true } }

// WithDirection places text with a base direction as a literal of the i18n
// namespace, as the published suites eddsa-rdfc-2022 and ecdsa-rdfc-2019 are
// implemented by others. Without it @direction is refused.
func WithDirection() Option { return func(s *settings) { s.direction = true } }

// inline applies a context that stands in the document. Its vocabularies have a
// memory of their own, which goes with the document: a stranger must not fill the
// one that all share.
func (p *placer) inline(v *vocabulary, body map[string]any) (*vocabulary, error) {
	if wrapped, isObject := body["@context"].(map[string]any); isObject && len(body) == 1 {
		body = wrapped // a context document in the place of a context
	}
	parsed, err := parseLocal(body)
	if err != nil {
		return nil, p.refuse(ErrContext, "unsupported")
	}
	if len(p.used) == maxVocabularies {
		return nil, p.refuse(ErrLimit, "vocabularies")
	}
	next, broken := v.derive(parsed, byDocument)
	if broken != "" {
		return nil, p.refuse(ErrContext, broken)
	}
	next.memory = new(memory)
	p.used[derivation{v, parsed, byDocument}] = next
	return next, nil
}

// directedTerm gives the literal of a text with a direction: the datatype holds
// the language, in small letters or empty, and the direction.
func directedTerm(value any, kind, language *member, direction any) (Term, string) {
	text, isText := value.(string)
	tag := ""
	if language != nil {
		tag, _ = language.value.(string)
		if !wellFormedLanguage(tag) {
			return Term{}, "language"
		}
	}
	switch {
	case !isText || direction != "ltr" && direction != "rtl":
		return Term{}, "direction"
	case kind != nil:
		return Term{}, "typeAndLanguage"
	}
	datatype := i18n + strings.ToLower(tag) + "_" + direction.(string)
	return Term{Kind: Literal, Value: text, Datatype: datatype}, ""
}
