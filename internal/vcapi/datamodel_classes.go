package vcapi

// The two base contexts.
const (
	contextV2        = "https://www.w3.org/ns/credentials/v2"
	contextV1        = "https://www.w3.org/2018/credentials/v1"
	contextIntegrity = "https://w3id.org/security/data-integrity/v2"
	contextStatus    = "https://www.w3.org/ns/credentials/status/v1"
)

// className names a table.
type className string

// The classes of the data model.
const (
	classCredential     className = "Credential"
	classCredentialV1   className = "Credential 1.1"
	classPresentation   className = "Presentation"
	classPresentationV1 className = "Presentation 1.1"
	classParty          className = "Party"   // issuer or holder as an object
	classSubject        className = "Subject" // of a credential
	classTyped          className = "Typed"   // an object that must say its type
	classNamed          className = "Named"   // one that must say its type and its id
	classRelated        className = "RelatedResource"
	classProof          className = "Proof"
	classEntry          className = "BitstringStatusListEntry"
	classMessage        className = "StatusMessage"
	classList           className = "BitstringStatusList"
	classInside         className = "Inside" // a credential in a presentation, from outside
)

// class is the table of an object.
type class struct {
	members []member
	says    string // what its type must hold
	also    []func(m *model, path string, object map[string]any)
}

// member is one line of a table.
type member struct {
	name   string
	format format    // of a value that is no object
	class  className // of a value that is one
	count  count
	need   need
}

type need uint8

const (
	optional need = iota
	required
)

type count uint8

const (
	one   count = iota // one value
	some               // one value, or a list that is not empty
	any0               // one value, or a list
	whole              // the format looks at the value itself, list or not
)

// classes are the tables of Verifiable Credentials Data Model 2.0 §4 and §5, of
// 1.1 where that differs, and of Bitstring Status List 1.0 §2. What they do not
// name is left to JSON-LD, which refuses what no context defines.
var classes = map[className]class{
	classCredential: {
		says: "VerifiableCredential",
		also: []func(*model, string, map[string]any){period("validFrom", "validUntil"), uniqueResources},
		members: append([]member{
			{name: "name", format: words, count: whole},
			{name: "description", format: words, count: whole},
			{name: "validFrom", format: moment},
			{name: "validUntil", format: moment},
			{name: "credentialStatus", class: classTyped, count: some},
			{name: "credentialSchema", class: classNamed, count: some},
			{name: "refreshService", class: classTyped, count: some},
			{name: "relatedResource", class: classRelated, count: some},
			{name: "confidenceMethod", class: classTyped, count: some},
			{name: "renderMethod", class: classTyped, count: some},
		}, credentialMembers...),
	},
	classCredentialV1: {
		says: "VerifiableCredential",
		also: []func(*model, string, map[string]any){period("issuanceDate", "expirationDate")},
		members: append([]member{
			{name: "issuanceDate", format: moment, need: required},
			{name: "expirationDate", format: moment},
			{name: "credentialStatus", class: classNamed, count: some},
			{name: "credentialSchema", class: classNamed, count: some},
			{name: "refreshService", class: classNamed, count: some},
		}, credentialMembers...),
	},
	classPresentation:   {says: "VerifiablePresentation", members: presentationMembers},
	classPresentationV1: {says: "VerifiablePresentation", members: presentationMembers},
	classParty: {members: []member{
		{name: "id", format: url, need: required},
		{name: "name", format: words, count: whole},
		{name: "description", format: words, count: whole},
	}},
	classSubject: {also: []func(*model, string, map[string]any){notEmpty}, members: []member{{name: "id", format: url}}},
	classTyped:   {members: []member{{name: "type", format: typeName, count: some, need: required}, {name: "id", format: url}}},
	classNamed:   {members: []member{{name: "type", format: typeName, count: some, need: required}, {name: "id", format: url, need: required}}},
	classRelated: {
		also: []func(*model, string, map[string]any){someDigest},
		members: []member{
			{name: "id", format: url, need: required},
			{name: "mediaType", format: text},
			{name: "digestSRI", format: sri, count: some},
			{name: "digestMultibase", format: multibase, count: some},
		},
	},
	classProof: {members: []member{{name: "type", format: typeName, need: required}, {name: "id", format: url}}},
	classInside: {members: []member{
		{name: "@context", format: contextsOfAny, count: whole, need: required},
		{name: "type", format: typeName, count: some, need: required},
	}},
	classEntry: {
		also: []func(*model, string, map[string]any){entryRules},
		members: []member{
			{name: "id", format: url},
			{name: "statusPurpose", format: text, need: required},
			{name: "statusListIndex", format: index, need: required},
			{name: "statusListCredential", format: url, need: required},
			{name: "statusSize", format: positive},
			{name: "statusMessage", class: classMessage, count: some},
			{name: "statusReference", format: url, count: some},
		},
	},
	classMessage: {members: []member{
		{name: "status", format: hexadecimal, need: required},
		{name: "message", format: text, need: required},
	}},
	classList: {
		says: "BitstringStatusList",
		members: []member{
			{name: "statusPurpose", format: text, count: some, need: required},
			{name: "encodedList", format: encodedList, need: required},
			{name: "ttl", format: natural},
		},
	},
}

// credentialMembers are those that both versions share.
var credentialMembers = []member{
	{name: "@context", format: contexts, count: whole, need: required},
	{name: "id", format: url},
	{name: "type", format: typeName, count: some, need: required},
	{name: "issuer", format: url, class: classParty, need: required},
	{name: "credentialSubject", class: classSubject, count: some, need: required},
	{name: "termsOfUse", class: classTyped, count: some},
	{name: "evidence", class: classTyped, count: some},
	{name: "proof", class: classProof, count: some},
}

var presentationMembers = []member{
	{name: "@context", format: contexts, count: whole, need: required},
	{name: "id", format: url},
	{name: "type", format: typeName, count: some, need: required},
	{name: "holder", format: url, class: classParty},
	{name: "verifiableCredential", class: classInside, count: any0},
	{name: "termsOfUse", class: classTyped, count: some},
	{name: "proof", class: classProof, count: some},
}
