package openbadges

// classes are the tables of Open Badges 3.0 §B.1, completed where Verifiable
// Credentials Data Model 2.0 and Bitstring Status List 1.0 say more. The order
// of the members is that in which violations are reported.
var classes = map[className]class{
	classAchievementCredential: {
		anyOf: [][]string{{TypeVerifiableCredential}, {TypeOpenBadgeCredential, TypeAchievementCredential}},
		also:  credentialRules,
		members: append(credentialMembers(optional, classAchievementSubject),
			member{name: "image", class: classImage},
			member{name: "evidence", class: classEvidence, count: many},
			member{name: "endorsement", class: classEndorsementCredential, count: many},
			member{name: "endorsementJwt", value: compactJWS, count: many, need: unsignable},
		),
	},
	classEndorsementCredential: {
		anyOf:   [][]string{{TypeVerifiableCredential}, {TypeEndorsementCredential}},
		also:    credentialRules,
		members: credentialMembers(required, classEndorsementSubject),
	},
	classEndorsementSubject: {
		anyOf: [][]string{{TypeEndorsementSubject}},
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, count: compact, need: required},
			{name: "endorsementComment", value: text},
		},
	},
	classCredentialStatus: {
		variants: []className{classBitstringEntry},
		also:     statusRules,
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, need: required},
		},
	},
	classBitstringEntry: {
		also: bitstringEntryRules,
		members: []member{
			{name: "statusPurpose", value: text, need: required},
			{name: "statusListIndex", value: listIndex, need: required},
			{name: "statusListCredential", value: iri, need: required},
			{name: "statusSize", value: number},
			{name: "statusMessage", class: classStatusMessage, count: many},
			{name: "statusReference", value: iri, count: compact},
		},
	},
	classStatusMessage: {
		members: []member{
			{name: "status", value: text, need: required},
			{name: "message", value: text, need: required},
		},
	},
	classCredentialSchema: {
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, need: required},
		},
	},
	classRefreshService: {
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "type", value: text, need: required},
		},
	},
	classTermsOfUse: {
		members: []member{
			{name: "id", value: iri},
			{name: "type", value: text, need: required},
		},
	},
	classRelatedResource: {
		also: relatedResourceRules,
		members: []member{
			{name: "id", value: iri, need: required},
			{name: "digestSRI", value: text},
			{name: "digestMultibase", value: text},
			{name: "mediaType", value: text},
		},
	},
	classProof: {
		variants: []className{classDataIntegrityProof},
		members: []member{
			{name: "type", value: text, need: required},
			{name: "verificationMethod", value: iri, need: required},
			{name: "proofPurpose", value: text, need: required},
			{name: "created", value: dateTime},
			{name: "challenge", value: text},
			{name: "domain", value: text, count: compact},
			{name: "nonce", value: text},
		},
	},
	classDataIntegrityProof: {
		members: []member{
			{name: "id", value: iri},
			{name: "cryptosuite", value: text, need: required},
			{name: "proofValue", value: text, need: required},
			{name: "expires", value: dateTime},
			{name: "previousProof", value: iri, count: compact},
		},
	},

	classAchievementSubject:   achievementSubject,
	classAchievement:          achievement,
	classCriteria:             criteria,
	classAlignment:            alignment,
	classRelated:              related,
	classResultDescription:    resultDescription,
	classRubricCriterionLevel: rubricCriterionLevel,
	classResult:               result,
	classIdentityObject:       identityObject,
	classEvidence:             evidence,
	classProfile:              profile,
	classImage:                image,
	classAddress:              address,
	classGeoCoordinates:       geoCoordinates,
	classIdentifierEntry:      identifierEntry,
}

// credentialMembers are the members that both credentials share. The name is
// required of an endorsement only.
func credentialMembers(name need, subject className) []member {
	return []member{
		{name: "@context", value: context, count: many, need: required},
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "issuer", class: classProfile, need: required | orIRI},
		{name: "validFrom", value: dateTime, need: required},
		{name: "validUntil", value: dateTime},
		{name: "awardedDate", value: dateTime},
		{name: "name", value: text, need: name},
		{name: "description", value: text},
		{name: "credentialSubject", class: subject, need: required},
		{name: "credentialStatus", class: classCredentialStatus},
		{name: "credentialSchema", class: classCredentialSchema, count: compact},
		{name: "refreshService", class: classRefreshService},
		{name: "termsOfUse", class: classTermsOfUse, count: compact},
		{name: "relatedResource", class: classRelatedResource, count: compact},
		{name: "proof", class: classProof, count: compact},
	}
}
