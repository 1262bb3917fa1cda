package openbadges

import (
	"bytes"
	"encoding/json"
)

// Profile describes an issuer, a creator, an assessor or an endorser (Open
// Badges 3.0 §B.1).
type Profile struct {
	ID               string                  `json:"id"`
	Type             Types                   `json:"type,omitempty"`
	Name             string                  `json:"name,omitempty"`
	URL              string                  `json:"url,omitempty"`
	Phone            string                  `json:"phone,omitempty"`
	Description      string                  `json:"description,omitempty"`
	Endorsement      []EndorsementCredential `json:"endorsement,omitempty"`
	EndorsementJWT   []string                `json:"endorsementJwt,omitempty"`
	Image            *Image                  `json:"image,omitempty"`
	Email            string                  `json:"email,omitempty"`
	Address          *Address                `json:"address,omitempty"`
	OtherIdentifier  []IdentifierEntry       `json:"otherIdentifier,omitempty"`
	Official         string                  `json:"official,omitempty"`
	ParentOrg        *Profile                `json:"parentOrg,omitempty"`
	FamilyName       string                  `json:"familyName,omitempty"`
	GivenName        string                  `json:"givenName,omitempty"`
	AdditionalName   string                  `json:"additionalName,omitempty"`
	PatronymicName   string                  `json:"patronymicName,omitempty"`
	HonorificPrefix  string                  `json:"honorificPrefix,omitempty"`
	HonorificSuffix  string                  `json:"honorificSuffix,omitempty"`
	FamilyNamePrefix string                  `json:"familyNamePrefix,omitempty"`
	DateOfBirth      string                  `json:"dateOfBirth,omitempty"`
}

// UnmarshalJSON reads a profile, or an issuer that is given by its IRI alone
// (ProfileRef): then only ID is set.
func (p *Profile) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(`"`)) {
		*p = Profile{}
		return json.Unmarshal(data, &p.ID)
	}
	type plain Profile
	return json.Unmarshal(data, (*plain)(p))
}

// Image is a picture with its alternative text. ID may be a data: URI. The
// class is closed, and its type is one word (§B.1).
type Image struct {
	ID      string `json:"id"`
	Type    string `json:"type"`
	Caption string `json:"caption,omitempty"`
}

// Address is a postal address (§B.1, from the common data model).
type Address struct {
	Type                Types           `json:"type"`
	AddressCountry      string          `json:"addressCountry,omitempty"`
	AddressCountryCode  string          `json:"addressCountryCode,omitempty"`
	AddressRegion       string          `json:"addressRegion,omitempty"`
	AddressLocality     string          `json:"addressLocality,omitempty"`
	StreetAddress       string          `json:"streetAddress,omitempty"`
	PostOfficeBoxNumber string          `json:"postOfficeBoxNumber,omitempty"`
	PostalCode          string          `json:"postalCode,omitempty"`
	Geo                 *GeoCoordinates `json:"geo,omitempty"`
}

// GeoCoordinates is a place in degrees of WGS 84. Zero is a true coordinate, so
// both are always written.
type GeoCoordinates struct {
	Type      string  `json:"type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// IdentifierEntry is another identifier of the entity, such as a SIRET.
type IdentifierEntry struct {
	Type           string `json:"type"`
	Identifier     string `json:"identifier"`
	IdentifierType string `json:"identifierType"`
}
