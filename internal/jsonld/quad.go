package jsonld

// TermKind says what a Term is.
type TermKind uint8

// The kinds of terms. The zero kind stands in Quad.Graph only, for the default
// graph.
const (
	DefaultGraph TermKind = iota
	IRI
	Blank
	Literal
)

// Term is one RDF term.
//
// Value is the IRI without angle brackets, the label of a blank node without
// "_:", or the text of a literal, unescaped. Datatype and Language belong to
// literals: both empty means xsd:string, a Language means rdf:langString.
type Term struct {
	Kind     TermKind
	Value    string
	Datatype string
	Language string
}

// Quad is one statement: subject, predicate and object in a graph.
type Quad struct {
	Subject, Predicate, Object, Graph Term
}

// Names of RDF and XML Schema that the walk writes itself.
const (
	rdfType    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
	rdfFirst   = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
	rdfRest    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"
	rdfNil     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil"
	rdfJSON    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
	rdfLang    = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
	xsdString  = "http://www.w3.org/2001/XMLSchema#string"
	xsdBoolean = "http://www.w3.org/2001/XMLSchema#boolean"
	xsdInteger = "http://www.w3.org/2001/XMLSchema#integer"
	xsdDouble  = "http://www.w3.org/2001/XMLSchema#double"
)

func iriTerm(iri string) Term     { return Term{Kind: IRI, Value: iri} }
func blankTerm(label string) Term { return Term{Kind: Blank, Value: label} }
