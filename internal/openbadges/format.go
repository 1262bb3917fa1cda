package openbadges

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// format is what one value must look like. A string format without holds takes
// any text; strictly, when there, is asked on top of our own documents.
type format struct {
	kind     kind
	rule     string
	detail   string
	holds    func(string) bool
	strictly func(string) bool
}

// kind is the JSON type of a value.
type kind uint8

const (
	isString kind = iota
	isNumber
	isBoolean
	isContext // a string, or in reading an object
)

var (
	text     = format{}
	number   = format{kind: isNumber}
	boolean  = format{kind: isBoolean}
	context  = format{kind: isContext}
	iri      = format{rule: RuleIRI, detail: "an absolute IRI in ASCII, under 2,000 characters", holds: IsIRI}
	dateTime = format{rule: RuleDateTime, detail: "a date-time with its time zone (ours: UTC, whole seconds)",
		holds: isDateTime, strictly: isWholeSeconds}
	date      = format{rule: RuleDate, detail: "a day as YYYY-MM-DD", holds: isDate}
	language  = format{rule: RuleLanguage, detail: "a language tag such as fr or fr-FR", holds: languageForm.MatchString}
	country   = format{rule: RuleCountry, detail: "a country code of two capital letters", holds: countryForm.MatchString}
	email     = format{rule: RuleEmail, detail: "an e-mail address", holds: isEmail}
	listIndex = format{rule: RuleIndex, detail: "a whole number in base 10 as a string, without leading zeros",
		holds: listIndexForm.MatchString}
	compactJWS = format{rule: RuleJWS, detail: "three base64url parts joined by dots", holds: compactJWSForm.MatchString}

	achievementType = enumeration(achievementTypes)
	targetType      = enumeration(targetTypes)
	resultType      = enumeration(resultTypes)
	resultStatus    = enumeration(resultStatuses)
	identifierType  = enumeration(identifierTypes)
)

var (
	languageForm   = regexp.MustCompile(`^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`)
	countryForm    = regexp.MustCompile(`^[A-Z]{2}$`)
	listIndexForm  = regexp.MustCompile(`^(0|[1-9][0-9]{0,17})$`)
	compactJWSForm = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$`)
	emailForm      = regexp.MustCompile(`^[^\s@"<>()\[\],:;\\.]+(\.[^\s@"<>()\[\],:;\\.]+)*@[^\s@.]+(\.[^\s@.]+)*$`)
	contextForm    = regexp.MustCompile(`^https://purl\.imsglobal\.org/spec/ob/v3p0/context(-3\.\d+\.\d+)*\.json$`)
)

func enumeration(v vocabulary) format {
	detail := "a word of the enumeration"
	if v.extensible {
		detail += ", or one that begins with ext:"
	}
	return format{rule: RuleVocabulary, detail: detail, holds: v.has}
}

func isEmail(s string) bool { return len(s) <= 254 && emailForm.MatchString(s) }

// float reads a JSON number that a double can hold.
func float(value any) (f float64, isNumber, inRange bool) {
	switch n := value.(type) {
	case json.Number:
		f, err := strconv.ParseFloat(string(n), 64)
		return f, true, err == nil
	case float64:
		return n, true, !math.IsInf(n, 0) && !math.IsNaN(n)
	}
	return 0, false, false
}

// decimal reads the plain decimal number in a string such as valueMin.
func decimal(s string) (float64, bool) {
	if strings.ContainsAny(s, "xXpP_iInN") { // hexadecimal, infinities and NaN
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}
