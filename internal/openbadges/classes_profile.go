package openbadges

var profile = class{
	anyOf: [][]string{{TypeProfile}},
	members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "name", value: text},
		{name: "url", value: iri},
		{name: "phone", value: text},
		{name: "description", value: text},
		{name: "endorsement", class: classEndorsementCredential, count: many},
		{name: "endorsementJwt", value: compactJWS, count: many, need: unsignable},
		{name: "image", class: classImage},
		{name: "email", value: email},
		{name: "address", class: classAddress},
		{name: "otherIdentifier", class: classIdentifierEntry, count: many},
		{name: "official", value: text},
		{name: "parentOrg", class: classProfile},
		{name: "familyName", value: text},
		{name: "givenName", value: text},
		{name: "additionalName", value: text},
		{name: "patronymicName", value: text},
		{name: "honorificPrefix", value: text},
		{name: "honorificSuffix", value: text},
		{name: "familyNamePrefix", value: text},
		{name: "dateOfBirth", value: date},
	},
}

var identityObject = class{
	anyOf:  [][]string{{TypeIdentityObject}},
	closed: true,
	also:   identityRules,
	members: []member{
		{name: "type", value: text, need: required},
		{name: "hashed", value: boolean, need: required},
		{name: "identityHash", value: text, need: required},
		{name: "identityType", value: identifierType, need: required},
		{name: "salt", value: text},
	},
}

var image = class{
	anyOf:  [][]string{{TypeImage}},
	closed: true,
	members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, need: required},
		{name: "caption", value: text},
	},
}

var address = class{
	anyOf: [][]string{{TypeAddress}},
	members: []member{
		{name: "type", value: text, count: compact, need: required},
		{name: "addressCountry", value: text},
		{name: "addressCountryCode", value: country},
		{name: "addressRegion", value: text},
		{name: "addressLocality", value: text},
		{name: "streetAddress", value: text},
		{name: "postOfficeBoxNumber", value: text},
		{name: "postalCode", value: text},
		{name: "geo", class: classGeoCoordinates},
	},
}

var geoCoordinates = class{
	anyOf:  [][]string{{TypeGeoCoordinates}},
	closed: true,
	members: []member{
		{name: "type", value: text, need: required},
		{name: "latitude", value: number, need: required},
		{name: "longitude", value: number, need: required},
	},
}

var identifierEntry = class{
	anyOf:  [][]string{{TypeIdentifierEntry}},
	closed: true,
	members: []member{
		{name: "type", value: text, need: required},
		{name: "identifier", value: text, need: required},
		{name: "identifierType", value: identifierType, need: required},
	},
}
