package openbadges

import "slices"

// MaxViolations is how many broken rules one validation names at most. A
// document that breaks more is not worth a longer list.
const MaxViolations = 100

// Violation is one broken rule. Detail is plain English and never holds the
// rejected value.
type Violation struct {
	Path   string // JSON path: $.credentialSubject.result[0].achievedLevel
	Rule   string // one of the Rule constants
	Detail string
}

// The rules, as stable words.
const (
	RuleRequired      = "required"      // a member is missing
	RuleType          = "type"          // another JSON type is expected
	RuleNull          = "null"          // null: leave the member out
	RuleEmptyArray    = "emptyArray"    // []: leave the member out
	RuleEmpty         = "empty"         // an empty string
	RuleArray         = "array"         // strict: a set is an array even with one value
	RuleTypeName      = "typeName"      // "type" lacks the name of the class
	RuleContext       = "context"       // wrong contexts, or wrong order
	RuleKeyword       = "keyword"       // a JSON-LD keyword where a member is expected
	RuleUnknownMember = "unknownMember" // not a member of a closed class; strict: of any class
	RuleUnsignable    = "unsignable"    // strict: no published context defines the member
	RuleIRI           = "iri"           // not an absolute ASCII IRI
	RuleDateTime      = "dateTime"      // no date-time with zone; strict: in UTC and whole seconds
	RuleDate          = "date"          // no calendar day
	RuleDateOrder     = "dateOrder"     // the end is not after the beginning
	RuleVocabulary    = "vocabulary"    // not a word of the enumeration
	RuleLanguage      = "language"      // not a language tag
	RuleCountry       = "country"       // not two capital letters
	RuleEmail         = "email"         // not an address
	RuleJWS           = "jws"           // not a compact JWS
	RuleNumber        = "number"        // a number out of the range of a double
	RuleIdentityHash  = "identityHash"  // not algorithm$hex; strict: not sha256
	RuleIndex         = "index"         // not a base-10 number without leading zeros
	RuleStatusID      = "statusId"      // the entry's id is the list's
	RuleStatusType    = "statusType"    // strict: not our status method or purpose
	RuleDuplicate     = "duplicate"     // an id used twice where it must be unique
	RuleOtherForm     = "otherForm"     // a date under its name of the other data model, saying something else

	RuleResultDescriptionUnknown = "resultDescriptionUnknown" // not of this achievement
	RuleLevelUnknown             = "levelUnknown"             // not a level of that description
	RuleValueNotAllowed          = "valueNotAllowed"          // not among allowedValue
	RuleValueOutOfRange          = "valueOutOfRange"          // not between valueMin and valueMax
	RuleStatusUnexpected         = "statusUnexpected"         // strict: status without resultType Status
)

// Option changes what is asked of a document.
type Option uint8

// Strict asks for the canonical form of our own documents: sets as arrays, the
// issuer as an object, no member that the classes do not name, UTC and whole
// seconds, SHA-256 identity hashes, Bitstring status entries for revocation.
const Strict Option = 1

// Validate checks a decoded JSON document as an AchievementCredential in its
// Verifiable Credentials 2.0 form or, when its first context says so, in that of
// data model 1.1. Numbers are json.Number or float64. No violation means that what
// Current makes of the document can be read into AchievementCredential. The
// violations stand in the order of the class tables.
func Validate(doc map[string]any, options ...Option) []Violation {
	return validate(doc, classAchievementCredential, options)
}

// ValidateEndorsement checks a document as an EndorsementCredential.
func ValidateEndorsement(doc map[string]any, options ...Option) []Violation {
	return validate(doc, classEndorsementCredential, options)
}

// ValidateAchievement checks an Achievement that stands alone; it may have an
// "@context", which then is that of a credential.
func ValidateAchievement(doc map[string]any, options ...Option) []Violation {
	return validate(doc, classAchievement, options)
}

// ValidateProfile checks a Profile that stands alone; it may have an
// "@context", which then is that of a credential.
func ValidateProfile(doc map[string]any, options ...Option) []Violation {
	return validate(doc, classProfile, options)
}

// ValidateContext checks nothing but the "@context" of a credential: which
// contexts, in which order.
func ValidateContext(doc map[string]any, options ...Option) []Violation {
	c := newCheck(options)
	contexts, present := doc["@context"]
	if !present {
		c.add("$.@context", RuleRequired, "the member is required")
		return c.found
	}
	c.member("$.@context", contexts, member{value: context, count: many, need: required})
	c.contexts("$.@context", contexts)
	return c.found
}

func validate(doc map[string]any, name className, options []Option) []Violation {
	c := newCheck(options)
	c.object("$", doc, name)
	return c.found
}

func newCheck(options []Option) *check {
	return &check{strict: slices.Contains(options, Strict)}
}
