package credential

import "ramure/internal/openbadges"

// What the context of Open Badges 3.0.3 defines about people, places and pictures.

var profileClass = class{
	scope: openbadges.TypeProfile,
	types: map[string]string{openbadges.TypeProfile: nsOB + "Profile"},
	terms: map[string]term{
		"name":             textTerm(nsSchema + "name"),
		"url":              typedTerm(nsSchema+"url", nsXSDSecure+"anyURI"),
		"phone":            textTerm(nsOB + "phone"),
		"description":      textTerm(nsSchema + "description"),
		"image":            nodeTerm(nsOB + "image"),
		"email":            textTerm(nsSchema + "email"),
		"address":          nodeTerm(nsOB + "address"),
		"otherIdentifier":  nodeTerm(nsOB + "otherIdentifier"),
		"official":         textTerm(nsOB + "official"),
		"parentOrg":        nodeTerm(nsOB + "parentOrg"),
		"familyName":       textTerm(nsSchema + "familyName"),
		"givenName":        textTerm(nsSchema + "givenName"),
		"additionalName":   textTerm(nsSchema + "additionalName"),
		"patronymicName":   textTerm(nsOB + "patronymicName"),
		"honorificPrefix":  textTerm(nsSchema + "honorificPrefix"),
		"honorificSuffix":  textTerm(nsSchema + "honorificSuffix"),
		"familyNamePrefix": textTerm(nsOB + "familyNamePrefix"),
		"dateOfBirth":      typedTerm(nsOB+"dateOfBirth", nsXSDSecure+"date"),
	},
}

var imageClass = class{
	scope: openbadges.TypeImage,
	types: map[string]string{openbadges.TypeImage: nsOB + "Image"},
	terms: map[string]term{"caption": textTerm(nsSchema + "caption")},
}

var addressClass = class{
	scope: openbadges.TypeAddress,
	types: map[string]string{openbadges.TypeAddress: nsOB + "Address"},
	terms: map[string]term{
		"addressCountry":      textTerm(nsSchema + "addressCountry"),
		"addressCountryCode":  textTerm(nsOB + "CountryCode"),
		"addressRegion":       textTerm(nsSchema + "addressRegion"),
		"addressLocality":     textTerm(nsSchema + "addressLocality"),
		"streetAddress":       textTerm(nsSchema + "streetAddress"),
		"postOfficeBoxNumber": textTerm(nsSchema + "postOfficeBoxNumber"),
		"postalCode":          textTerm(nsSchema + "postalCode"),
		"geo":                 nodeTerm(nsOB + "GeoCoordinates"),
	},
}

var geoCoordinatesClass = class{
	scope: openbadges.TypeGeoCoordinates,
	types: map[string]string{openbadges.TypeGeoCoordinates: nsOB + "GeoCoordinates"},
	terms: map[string]term{
		"latitude":  numberTerm(nsSchema+"latitude", ""),
		"longitude": numberTerm(nsSchema+"longitude", ""),
	},
}

var identifierEntryClass = class{
	scope: openbadges.TypeIdentifierEntry,
	types: map[string]string{openbadges.TypeIdentifierEntry: nsOB + "IdentifierEntry"},
	terms: map[string]term{
		"identifier":     textTerm(nsOB + "identifier"),
		"identifierType": textTerm(nsOB + "identifierType"),
	},
}

var identityObjectClass = class{
	scope: openbadges.TypeIdentityObject,
	types: map[string]string{openbadges.TypeIdentityObject: nsOB + "IdentityObject"},
	terms: map[string]term{
		"hashed":       flagTerm(nsOB+"hashed", nsXSDSecure+"boolean"),
		"identityHash": textTerm(nsOB + "identityHash"),
		"identityType": textTerm(nsOB + "identityType"),
		"salt":         textTerm(nsOB + "salt"),
	},
}
