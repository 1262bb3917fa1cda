package credential

import (
	"reflect"

	"ramure/internal/credential/statuslist"
	"ramure/internal/openbadges"
)

// class says what the words of one shape mean: the values of its "type" and its
// members. It is a transcript of the embedded contexts, and a test compares each
// line with them. The members @context, id and type go without saying.
type class struct {
	contexts []string          // of a document, exactly; nil for what stands inside one
	scope    string            // the type that gives the members their meaning; "" where a shape has no type
	types    map[string]string // word → IRI, of scope and of the others that may stand beside it
	terms    map[string]term   // member → meaning
}

// term is the meaning of a member.
type term struct {
	iri      string
	kind     kind
	datatype string // of a literal, "" for that of the JSON value itself
}

// kind is what the values of a member become.
type kind uint8

const (
	noTerm    kind = iota // nothing: no line of a table, so the member must be empty
	asContext             // @context: instructions, not content
	asName                // id: the node's own name
	asType                // type: IRIs of the class's table
	asText                // a literal
	asLink                // an IRI
	asNumber              // a literal, of a number
	asFlag                // a literal, of true or false
	asNode                // an object
	asList                // texts in order, an RDF collection
)

func textTerm(iri string) term             { return term{iri, asText, ""} }
func typedTerm(iri, datatype string) term  { return term{iri, asText, datatype} }
func linkTerm(iri string) term             { return term{iri, asLink, ""} }
func numberTerm(iri, datatype string) term { return term{iri, asNumber, datatype} }
func flagTerm(iri, datatype string) term   { return term{iri, asFlag, datatype} }
func nodeTerm(iri string) term             { return term{iri, asNode, ""} }
func listTerm(iri string) term             { return term{iri, asList, ""} }

// Beginnings of the names that the contexts give.
const (
	nsOB          = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
	nsSchema      = "https://schema.org/"
	nsCredentials = "https://www.w3.org/2018/credentials#"
	nsStatus      = "https://www.w3.org/ns/credentials/status#"
	nsSecurity    = "https://w3id.org/security#"
	nsRDF         = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsXSD         = "http://www.w3.org/2001/XMLSchema#"
	nsXSDSecure   = "https://www.w3.org/2001/XMLSchema#" // as Open Badges writes it
)

// classes has a line for every shape that the typed path can say. Members that a
// class leaves out go the guarded way when they are not empty: endorsements, whose
// content is that of other issuers, and schemas and services, whose types no
// context of ours defines.
var classes = map[reflect.Type]class{
	reflect.TypeFor[openbadges.AchievementCredential](): achievementCredentialClass,
	reflect.TypeFor[openbadges.StatusEntry]():           statusEntryClass,
	reflect.TypeFor[openbadges.RelatedResource]():       relatedResourceClass,
	reflect.TypeFor[openbadges.Evidence]():              evidenceClass,
	reflect.TypeFor[openbadges.AchievementSubject]():    achievementSubjectClass,
	reflect.TypeFor[openbadges.Achievement]():           achievementClass,
	reflect.TypeFor[openbadges.Criteria]():              criteriaClass,
	reflect.TypeFor[openbadges.Alignment]():             alignmentClass,
	reflect.TypeFor[openbadges.Related]():               relatedClass,
	reflect.TypeFor[openbadges.ResultDescription]():     resultDescriptionClass,
	reflect.TypeFor[openbadges.RubricCriterionLevel]():  rubricCriterionLevelClass,
	reflect.TypeFor[openbadges.Result]():                resultClass,
	reflect.TypeFor[openbadges.Profile]():               profileClass,
	reflect.TypeFor[openbadges.Image]():                 imageClass,
	reflect.TypeFor[openbadges.Address]():               addressClass,
	reflect.TypeFor[openbadges.GeoCoordinates]():        geoCoordinatesClass,
	reflect.TypeFor[openbadges.IdentifierEntry]():       identifierEntryClass,
	reflect.TypeFor[openbadges.IdentityObject]():        identityObjectClass,

	reflect.TypeFor[statuslist.Credential](): statusListCredentialClass,
	reflect.TypeFor[statuslist.Subject]():    statusListClass,
}
