package jsonld

import (
	"encoding/json"
	"strconv"
	"strings"
)

// value places one entry of a property: an object, a named graph, or a scalar.
func (p *placer) value(v *vocabulary, t *term, value any, graph Term) (Term, error) {
	if t.graph {
		return p.namedGraph(v, t, value)
	}
	switch x := value.(type) {
	case map[string]any:
		return p.object(v, t, x, graph, false)
	case []any:
		return Term{}, p.refuse(ErrLoss, "nestedArray")
	case nil:
		return Term{}, p.refuse(ErrLoss, "null")
	}
	object, rule, family := p.scalar(v, t, value)
	if rule != "" {
		return Term{}, p.refuse(family, rule)
	}
	p.placed++
	return object, nil
}

// namedGraph places an object in a graph of its own, as the terms proof and
// verifiableCredential ask for. The statement above points to the graph's name.
func (p *placer) namedGraph(v *vocabulary, t *term, value any) (Term, error) {
	name, err := p.blank()
	if err != nil {
		return Term{}, err
	}
	if _, err := p.subject(v, t, value, name); err != nil {
		return Term{}, err
	}
	return name, nil
}

// scalar gives the term for a string, number or boolean under a property
// (JSON-LD API §5.3), or the rule that it breaks with its family.
func (p *placer) scalar(v *vocabulary, t *term, value any) (object Term, rule string, family error) {
	if t.scoped != nil {
		if v, rule = p.apply(v, t.scoped, byProperty); rule != "" {
			return Term{}, rule, contextFamily(rule)
		}
	}
	text, isString := value.(string)
	switch {
	case isString && t.coercion == "@id":
		rule = v.reference(text)
		return iriTerm(text), rule, familyOf(rule)
	case isString && t.coercion == "@vocab":
		text, rule = v.word(text)
		return iriTerm(text), rule, familyOf(rule)
	case t.coercion != "" && t.coercion[0] != '@':
		object, rule = literal(value, t.coercion)
	default:
		object, rule = literal(value, "")
	}
	return object, rule, ErrLoss
}

// literal gives the term for a scalar of a datatype, "" for the scalar's own.
// A datatype takes one kind of JSON value: if xsd:boolean took both true and
// "true", the change from one to the other would leave no mark.
func literal(value any, datatype string) (Term, string) {
	kind := kindOf(datatype)
	switch x := value.(type) {
	case string:
		if datatype != "" && kind != textKind || datatype == rdfLang {
			return Term{}, "datatype"
		}
		if datatype == xsdString {
			datatype = ""
		}
		return Term{Kind: Literal, Value: x, Datatype: datatype}, ""
	case bool:
		if datatype != "" && kind != booleanKind {
			return Term{}, "datatype"
		}
		return Term{Kind: Literal, Value: strconv.FormatBool(x), Datatype: orElse(datatype, xsdBoolean)}, ""
	case json.Number:
		if datatype != "" && kind != numberKind {
			return Term{}, "datatype"
		}
		return numberTerm(string(x), datatype), ""
	}
	return Term{}, "null"
}

func orElse(datatype, native string) string {
	if datatype == "" {
		return native
	}
	return datatype
}

// numberTerm writes a number as RDF does (JSON-LD API §8.2.2): whole numbers as
// integers, all others in the canonical form of xsd:double.
func numberTerm(text, datatype string) Term {
	if datatype != xsdDouble && allDigits(strings.TrimPrefix(text, "-")) {
		return Term{Kind: Literal, Value: text, Datatype: orElse(datatype, xsdInteger)}
	}
	f, _ := strconv.ParseFloat(text, 64) // a number by Decode
	if datatype != xsdDouble && f == float64(int64(f)) {
		return Term{Kind: Literal, Value: strconv.FormatInt(int64(f), 10), Datatype: orElse(datatype, xsdInteger)}
	}
	return Term{Kind: Literal, Value: canonicalDouble(f), Datatype: orElse(datatype, xsdDouble)}
}

// canonicalDouble writes a mantissa of one digit, a point, no more zeros than
// one, and an exponent without sign or zeros: 2.5E0, 1.0E21.
func canonicalDouble(f float64) string {
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', 15, 64), "E")
	mantissa = strings.TrimRight(mantissa, "0")
	if strings.HasSuffix(mantissa, ".") {
		mantissa += "0"
	}
	n, _ := strconv.Atoi(exponent) // written by FormatFloat
	return mantissa + "E" + strconv.Itoa(n)
}

// kind is the JSON kind that a datatype takes.
type kind uint8

const (
	textKind kind = iota
	numberKind
	booleanKind
)

// kindOf knows the datatypes of XML Schema, under both schemes: Open Badges
// writes https, the W3C http.
func kindOf(datatype string) kind {
	_, rest, _ := strings.Cut(datatype, "://")
	name, ofSchema := strings.CutPrefix(rest, "www.w3.org/2001/XMLSchema#")
	if !ofSchema {
		return textKind
	}
	switch name {
	case "boolean":
		return booleanKind
	case "decimal", "float", "double", "integer", "nonNegativeInteger", "positiveInteger",
		"nonPositiveInteger", "negativeInteger", "long", "int", "short", "byte",
		"unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte":
		return numberKind
	}
	return textKind
}

// valueObject places an object with @value: a literal with a language or a
// datatype of its own (JSON-LD API §5.1.2 step 14).
func (p *placer) valueObject(scope *vocabulary, via *term, members []member, top bool) (Term, error) {
	if top {
		return Term{}, p.refuse(ErrLoss, "notAnObject")
	}
	if err := p.checkValueObject(members); err != nil {
		return Term{}, err
	}
	value, kind, language := find(members, "@value"), find(members, "@type"), find(members, "@language")
	object, rule := valueTerm(scope, value.value, kind, language)
	if direction := find(members, "@direction"); direction != nil {
		object, rule = directedTerm(value.value, kind, language, direction.value)
	}
	if rule == "" {
		// What the plain value would say too is refused: a reader that expects
		// a string would miss an object.
		if plain, broken, _ := p.scalar(scope, via, value.value); broken == "" && plain == object {
			rule = "notCompact"
		}
	}
	if rule != "" {
		return Term{}, p.refuse(familyOf(rule), rule)
	}
	p.placed += leavesOf(value.value) + len(members) - 1
	return object, nil
}

// checkValueObject refuses members that a value object does not have, and two of
// one meaning.
func (p *placer) checkValueObject(members []member) error {
	for i, m := range members {
		rule := ""
		switch {
		case m.meaning == "@direction" && !p.allowed.direction:
			rule = "keyword"
		case m.meaning != "@value" && m.meaning != "@type" && m.meaning != "@language" && m.meaning != "@direction":
			rule = "keyword"
		case find(members[:i], m.meaning) != nil:
			rule = "sameMeaning"
		}
		if rule != "" {
			return p.refuseAt(m.name, ErrLoss, rule)
		}
	}
	return nil
}

// valueTerm gives the literal of a value object, or the rule that it breaks.
func valueTerm(scope *vocabulary, value any, kind, language *member) (Term, string) {
	switch {
	case kind == nil && language == nil:
		return literal(value, "")
	case kind != nil && language != nil:
		return Term{}, "typeAndLanguage"
	case language != nil:
		return languageTerm(value, language.value)
	}
	name, isString := kind.value.(string)
	if !isString {
		return Term{}, "typeNotText"
	}
	if name == "@json" {
		return jsonTerm(value), ""
	}
	datatype, rule := scope.word(name)
	if rule != "" {
		return Term{}, rule
	}
	return literal(value, datatype)
}

func languageTerm(value, language any) (Term, string) {
	text, isText := value.(string)
	tag, isTag := language.(string)
	switch {
	case value == nil:
		return Term{}, "null"
	case !isText || !isTag || !wellFormedLanguage(tag):
		return Term{}, "language"
	}
	return Term{Kind: Literal, Value: text, Language: strings.ToLower(tag)}, ""
}
