package vcapi

import (
	"io"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/jsonld"
)

// options are what a request says beside its document (VC API, options). Members
// that are not named here are left aside: suites send settings of others along.
type options struct {
	kind, suite, alg, keyType string   // type, cryptosuite, alg, keyType
	checks                    []string // proof, credentialStatus, validity; none means all

	challenge string
	domain    []string
	purpose   string // proofPurpose when issuing, expectedProofPurpose when verifying

	created, expires time.Time // zero if absent
	proofID          string
	previous         []string // previousProof
	status           map[string]any
}

// chooses tells whether options say how to sign.
func (o options) chooses() bool {
	return o.suite != "" || o.alg != "" || o.keyType != "" || isTokenType(o.kind)
}

// asks tells whether a check is wanted; the checks of proof and data model always
// are.
func (o options) asks(check ...string) bool {
	return len(o.checks) == 0 || slices.ContainsFunc(check, func(c string) bool { return slices.Contains(o.checks, c) })
}

// readBody reads the one JSON object of a request, strictly (RFC 8259): what two
// readers could understand in two ways is not issued.
func readBody(c *gin.Context) (map[string]any, *detail, error) {
	data, err := io.ReadAll(c.Request.Body)
	if err != nil {
		return nil, nil, err
	}
	body, err := jsonld.DecodeObject(data)
	if err != nil {
		return nil, new(why(err, parsingError)), nil
	}
	return body, nil, nil
}

// readOptions reads the options of a request's body.
func readOptions(body map[string]any) (options, *detail) {
	var o options
	members, isObject := body["options"].(map[string]any)
	if _, present := body["options"]; present && !isObject {
		return o, new(say(parsingError, "an object is expected", "$.options"))
	}
	for name, into := range map[string]*string{
		"type": &o.kind, "cryptosuite": &o.suite, "alg": &o.alg, "keyType": &o.keyType, "challenge": &o.challenge,
		"proofPurpose": &o.purpose, "expectedProofPurpose": &o.purpose, "proofId": &o.proofID,
	} {
		if value, present := members[name]; present && value != nil {
			text, isText := value.(string)
			if !isText || text == "" {
				return o, new(say(parsingError, "a text is expected", "$.options."+name))
			}
			*into = text
		}
	}
	for name, into := range map[string]*[]string{"checks": &o.checks, "domain": &o.domain, "previousProof": &o.previous} {
		*into = texts(members[name])
		if len(*into) != len(items(members[name])) {
			return o, new(say(parsingError, "texts are expected", "$.options."+name))
		}
	}
	o.status, _ = members["credentialStatus"].(map[string]any)
	return o, readDates(members, &o)
}

// readDates reads the dates that a proof is to bear (VC Data Integrity §2.1).
func readDates(members map[string]any, o *options) *detail {
	for name, into := range map[string]*time.Time{"created": &o.created, "expires": &o.expires} {
		value, present := members[name]
		if !present {
			continue
		}
		text, _ := value.(string)
		at, err := dataintegrity.ParseDate(text)
		if err != nil {
			return new(say(generationError, "a dateTimeStamp is expected", "$.options."+name))
		}
		*into = at
	}
	return nil
}

// documentOf finds the one object that a request is about, under one of its names.
func documentOf(body map[string]any, names ...string) (map[string]any, *detail) {
	for _, name := range names {
		if value, present := body[name]; present {
			document, isObject := value.(map[string]any)
			if !isObject {
				return nil, new(say(parsingError, "an object is expected", "$."+name))
			}
			return document, nil
		}
	}
	return nil, new(say(parsingError, "missing", "$."+names[0]))
}
