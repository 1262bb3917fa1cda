package credential

import (
	"ramure/internal/credential/statuslist"
	"ramure/internal/openbadges"
)

// What the context of VC 2.0 defines, and what Open Badges adds to a credential.

var achievementCredentialClass = class{
	contexts: []string{openbadges.ContextVC2, openbadges.ContextOB3},
	scope:    openbadges.TypeVerifiableCredential,
	types: map[string]string{
		openbadges.TypeVerifiableCredential:  nsCredentials + "VerifiableCredential",
		openbadges.TypeOpenBadgeCredential:   nsOB + "OpenBadgeCredential",
		openbadges.TypeAchievementCredential: nsOB + "OpenBadgeCredential",
	},
	terms: map[string]term{
		"name":              textTerm(nsSchema + "name"),
		"description":       textTerm(nsSchema + "description"),
		"image":             nodeTerm(nsOB + "image"),
		"issuer":            nodeTerm(nsCredentials + "issuer"),
		"validFrom":         typedTerm(nsCredentials+"validFrom", nsXSD+"dateTime"),
		"validUntil":        typedTerm(nsCredentials+"validUntil", nsXSD+"dateTime"),
		"awardedDate":       typedTerm(nsOB+"awardedDate", "xsd:dateTime"), // no context says what xsd stands for
		"credentialSubject": nodeTerm(nsCredentials + "credentialSubject"),
		"evidence":          nodeTerm(nsCredentials + "evidence"),
		"credentialStatus":  nodeTerm(nsCredentials + "credentialStatus"),
		"relatedResource":   nodeTerm(nsCredentials + "relatedResource"),
	},
}

var statusEntryClass = class{
	scope: openbadges.TypeBitstringEntry,
	types: map[string]string{openbadges.TypeBitstringEntry: nsStatus + "BitstringStatusListEntry"},
	terms: map[string]term{
		"statusPurpose":        textTerm(nsStatus + "statusPurpose"),
		"statusListIndex":      textTerm(nsStatus + "statusListIndex"),
		"statusListCredential": linkTerm(nsStatus + "statusListCredential"),
	},
}

var relatedResourceClass = class{
	terms: map[string]term{
		"digestSRI":       typedTerm(nsCredentials+"digestSRI", nsCredentials+"sriString"),
		"digestMultibase": typedTerm(nsSecurity+"digestMultibase", nsSecurity+"multibase"),
		"mediaType":       textTerm(nsSchema + "encodingFormat"),
	},
}

var statusListCredentialClass = class{
	contexts: []string{statuslist.ContextVC2},
	scope:    openbadges.TypeVerifiableCredential,
	types: map[string]string{
		openbadges.TypeVerifiableCredential: nsCredentials + "VerifiableCredential",
		statuslist.TypeCredential:           nsStatus + "BitstringStatusListCredential",
	},
	terms: map[string]term{
		"issuer":            linkTerm(nsCredentials + "issuer"),
		"validFrom":         typedTerm(nsCredentials+"validFrom", nsXSD+"dateTime"),
		"validUntil":        typedTerm(nsCredentials+"validUntil", nsXSD+"dateTime"),
		"credentialSubject": nodeTerm(nsCredentials + "credentialSubject"),
	},
}

var statusListClass = class{
	scope: statuslist.TypeList,
	types: map[string]string{statuslist.TypeList: nsStatus + "BitstringStatusList"},
	terms: map[string]term{
		"statusPurpose": textTerm(nsStatus + "statusPurpose"),
		"encodedList":   typedTerm(nsStatus+"encodedList", nsSecurity+"multibase"),
		"ttl":           numberTerm(nsStatus+"ttl", ""),
	},
}
