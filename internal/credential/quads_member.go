package credential

import (
	"reflect"
	"slices"
	"strconv"

	"ramure/internal/jsonld"
)

// member places what a field says of its object.
func (w *walk) member(subject *jsonld.Term, f *field, v reflect.Value) {
	switch {
	case f.kind == noTerm:
		w.refuse(f.key, "is in no table")
	case f.kind == asContext:
		w.contexts(f, v)
	case f.kind == asName:
		if name := v.String(); name == "" || !w.takesText(name) {
			w.refuse(f.key, "is not what the JSON says")
		}
	case f.kind == asList:
		w.list(subject, f, v)
	case v.Kind() == reflect.Slice:
		w.set(subject, f, v)
	default:
		w.say(subject, f.predicate, w.value(f, v))
	}
}

// contexts asks for exactly those under which the tables hold.
func (w *walk) contexts(f *field, v reflect.Value) {
	if v.Len() != len(f.contexts) {
		w.refuse(f.key, "are others")
		return
	}
	w.each(v, func(i int, item reflect.Value) {
		if item.String() != f.contexts[i] || !w.takesText(f.contexts[i]) {
			w.refuse(f.key, "are others")
		}
	})
}

// set places each value of an array as a statement of its own. None is said
// twice, for one statement would stand for both.
func (w *walk) set(subject *jsonld.Term, f *field, v reflect.Value) {
	from := len(w.said)
	w.each(v, func(_ int, item reflect.Value) {
		object := w.value(f, item)
		if slices.Contains(w.said[from:], object) {
			w.refuse(f.key, "says a value twice")
		}
		w.said = append(w.said, object)
		w.say(subject, f.predicate, object)
	})
	w.said = w.said[:from]
}

// list places an ordered array as an RDF collection, a chain of blank nodes.
func (w *walk) list(subject *jsonld.Term, f *field, v reflect.Value) {
	predicate := f.predicate
	w.each(v, func(_ int, item reflect.Value) {
		cell := w.blank()
		w.say(subject, predicate, cell)
		w.say(&cell, listFirst, w.text(f, item.String()))
		subject, predicate = &cell, listRest
	})
	w.say(subject, predicate, jsonld.Term{Kind: jsonld.IRI, Value: nsRDF + "nil"})
}

// each walks an array along its text.
func (w *walk) each(v reflect.Value, do func(i int, item reflect.Value)) {
	mark := "["
	for i := range v.Len() {
		w.expect(mark)
		do(i, v.Index(i))
		mark = ","
	}
	w.expect("]")
}

// value gives the term for one value.
func (w *walk) value(f *field, v reflect.Value) jsonld.Term {
	switch f.kind {
	case asNode:
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		return w.object(v, f.plan)
	case asType:
		return w.typeName(f, v.String())
	case asLink:
		w.text(f, v.String())
		return w.iri(v.String())
	case asNumber:
		return w.number(f, v)
	case asFlag:
		form := strconv.FormatBool(v.Bool())
		w.expect(form)
		return jsonld.Term{Kind: jsonld.Literal, Value: form, Datatype: f.datatype}
	}
	return w.text(f, v.String())
}

func (w *walk) text(f *field, s string) jsonld.Term {
	if s == "" || !w.takesText(s) {
		w.refuse(f.key, "is empty, or not what the JSON says")
	}
	return jsonld.Term{Kind: jsonld.Literal, Value: s, Datatype: f.datatype}
}

// typeName knows the class's own names; another one could bring a meaning of
// its own to every other member.
func (w *walk) typeName(f *field, name string) jsonld.Term {
	iri, known := f.types[name]
	if !known || !w.takesText(name) {
		w.refuse(f.key, "is not the class's")
	}
	return jsonld.Term{Kind: jsonld.IRI, Value: iri}
}

func (w *walk) number(f *field, v reflect.Value) jsonld.Term {
	x := float64(0)
	if v.CanInt() {
		x = float64(v.Int())
	} else {
		x = v.Float()
	}
	text := strconv.FormatFloat(x, 'f', -1, 64)
	form, datatype, ok := lexical(x, text)
	if !ok {
		w.refuse(f.key, "is no plain number")
	}
	w.expect(text)
	if f.datatype != "" {
		datatype = f.datatype
	}
	return jsonld.Term{Kind: jsonld.Literal, Value: form, Datatype: datatype}
}
