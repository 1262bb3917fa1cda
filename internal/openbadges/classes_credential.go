package openbadges

// classes are the tables of Open Badges 3.0 §B.1, completed where Verifiable
// Credentials Data Model 2.0 and Bitstring Status List 1.0 say more. The order
// of the members is that in which violations are reported.
var classes = map[className]class{
	classAchievementCredential: {
		anyOf:   achievementTypeNames,
		also:    credentialRules,
		older:   classAchievementCredential11,
		members: append(credentialMembers(form20, optional, classAchievementSubject), achievementMembers...),
	},
	classAchievementCredential11: {
		anyOf:   achievementTypeNames,
		also:    credentialRules11,
		members: append(credentialMembers(form11, optional, classAchievementSubject), achievementMembers...),
	},
	classEndorsementCredential: {
		anyOf:   endorsementTypeNames,
		also:    credentialRules,
		older:   classEndorsementCredential11,
		members: credentialMembers(form20, required, classEndorsementSubject),
	},
	classEndorsementCredential11: {
		anyOf:   endorsementTypeNames,
		also:    credentialRules11,
		members: credentialMembers(form11, required, classEndorsementSubject),
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
		also: proofRules,
		members: []member{
			{name: "id", value: iri},
			{name: "type", value: text, need: required},
			{name: "cryptosuite", value: text},
			{name: "verificationMethod", value: iri, need: required},
			{name: "proofPurpose", value: text, need: required},
			{name: "proofValue", value: text},
			{name: "created", value: dateTime},
			{name: "expires", value: dateTime},
			{name: "challenge", value: text},
			{name: "domain", value: text, count: compact},
			{name: "nonce", value: text},
			{name: "previousProof", value: iri, count: compact},
			// Proofs over JSON itself repeat the contexts that they sign.
			{name: "@context", value: context, count: compact, need: unsignable},
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

var (
	achievementTypeNames = [][]string{{TypeVerifiableCredential}, {TypeOpenBadgeCredential, TypeAchievementCredential}}
	endorsementTypeNames = [][]string{{TypeVerifiableCredential}, {TypeEndorsementCredential}}
)

var achievementMembers = []member{
	{name: "image", class: classImage},
	{name: "evidence", class: classEvidence, count: many},
	{name: "endorsement", class: classEndorsementCredential, count: many},
	{name: "endorsementJwt", value: compactJWS, count: many, need: unsignable},
}

// credentialMembers are the members that both credentials share. The name is
// required of an endorsement only.
func credentialMembers(f form, name need, subject className) []member {
	return []member{
		{name: "@context", value: context, count: many, need: required},
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "issuer", class: classProfile, need: required | orIRI},
		{name: f.begin, value: dateTime, need: required},
		{name: f.end, value: dateTime},
		{name: "awardedDate", value: dateTime},
		{name: "name", value: text, need: name},
		{name: "description", value: text},
		{name: "credentialSubject", class: subject, need: required},
		{name: "credentialStatus", class: classCredentialStatus, count: several},
		{name: "credentialSchema", class: classCredentialSchema, count: compact},
		{name: "refreshService", class: classRefreshService},
		{name: "termsOfUse", class: classTermsOfUse, count: compact},
		{name: "relatedResource", class: classRelatedResource, count: compact},
		{name: "proof", class: classProof, count: compact},
	}
}
