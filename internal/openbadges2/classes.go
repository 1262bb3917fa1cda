package openbadges2

// The tables of the specification, of the classes that are read here. Members that
// are not named may stand anywhere (§Additional Properties).
var classes = map[string]class{
	TypeAssertion: {
		types: []string{TypeAssertion},
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, count: many, need: required},
			{name: "recipient", class: "IdentityObject", need: required},
			{name: "badge", class: TypeBadgeClass, need: required | orAddress},
			{name: "verification", class: "VerificationObject", need: unlessVerify},
			{name: "verify", class: "VerificationObject"},
			{name: "issuedOn", value: dateTime, need: required},
			{name: "expires", value: dateTime},
			{name: "image", class: "Image", need: orAddress},
			{name: "evidence", class: "Evidence", count: many, need: orAddress},
			{name: "narrative", value: text},
			{name: "revoked", value: boolean},
			{name: "revocationReason", value: text},
		},
	},
	"IdentityObject": {members: []member{
		{name: "identity", value: text, need: required},
		{name: "type", value: text, need: required},
		{name: "hashed", value: boolean, need: required},
		{name: "salt", value: text},
	}},
	"VerificationObject": {members: []member{
		{name: "type", value: text, count: many},
		{name: "startsWith", value: text, count: many},
		{name: "allowedOrigins", value: text, count: many},
		{name: "url", value: text},
	}},
	"Evidence": {members: []member{
		{name: "id", value: iri},
		{name: "type", value: text, count: many},
		{name: "name", value: text},
		{name: "narrative", value: text},
		{name: "description", value: text},
		{name: "genre", value: text},
		{name: "audience", value: text},
	}},
	TypeBadgeClass: {
		types: []string{TypeBadgeClass},
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, count: many, need: required},
			{name: "name", value: text, need: required},
			{name: "description", value: text, need: required},
			{name: "image", class: "Image", need: required | orAddress},
			{name: "criteria", class: "Criteria", need: required | orAddress},
			{name: "issuer", class: TypeProfile, need: required | orAddress},
			{name: "alignment", class: "AlignmentObject", count: many},
			{name: "alignments", class: "AlignmentObject", count: many},
			{name: "tags", value: text, count: many},
		},
	},
	"Criteria": {members: []member{
		{name: "id", value: iri},
		{name: "type", value: text, count: many},
		{name: "narrative", value: text},
	}},
	"AlignmentObject": {members: []member{
		{name: "type", value: text, count: many},
		{name: "targetName", value: text, need: required},
		{name: "targetUrl", value: iri, need: required},
		{name: "targetDescription", value: text},
		{name: "targetFramework", value: text},
		{name: "targetCode", value: text},
	}},
	"Image": {members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: many},
		{name: "caption", value: text},
	}},
	TypeProfile: {
		types: []string{TypeIssuer, TypeProfile},
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, count: many, need: required},
			{name: "name", value: text, need: required},
			{name: "url", value: iri, need: required},
			{name: "email", value: text, need: required},
			{name: "telephone", value: text},
			{name: "description", value: text},
			{name: "image", class: "Image", need: orAddress},
			{name: "verification", class: "VerificationObject"},
			{name: "revocationList", value: iri},
		},
	},
	TypeRevocationList: {
		types: []string{TypeRevocationList},
		members: []member{
			{name: "id", value: iri},
			{name: "type", value: text, count: many, need: required},
			{name: "issuer", value: iri},
			{name: "revokedAssertions", class: "RevokedAssertion", count: many, need: orAddress},
		},
	},
	"RevokedAssertion": {members: []member{
		{name: "id", value: iri},
		{name: "uid", value: text},
		{name: "revoked", value: boolean},
		{name: "revocationReason", value: text},
	}},
}

// class is one table.
type class struct {
	types   []string // "type" must hold one of them, when there are any
	members []member
}

// member is one line of a table: a plain value, or an object of a class.
type member struct {
	name  string
	value format
	class string
	count count
	need  need
}

type count uint8

const (
	one  count = iota
	many       // an array, or its one value
)

type need uint8

const (
	required     need = 1 << iota
	orAddress         // an address may stand in place of the object
	unlessVerify      // required, but for its other name
)
