package public

import (
	"net/url"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/did"
	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// issuer is who stands behind the badge: first how they stand to us, then what is
// certain of them, and last what they say of themselves.
func (h *handed) issuer() []httpx.Field {
	issuer, standing := h.cred.Issuer, string(h.report.IssuerStanding)
	fields := []httpx.Field{
		{Term: h.say.T("issuer.field.standing"), Value: h.standing()},
		h.text("proofOf", h.certain()),
		{Term: h.say.T("issuer.field.name"), Value: issuer.Name},
		{Term: h.say.T("expert.field.issuerId"), Value: issuer.ID, Code: true},
	}
	if h.proven() {
		fields[0].Note = h.say.T("standing." + standing + ".meaning")
	}
	return append(filled(fields[:2]), append(fields[2:], filled(h.claimed(issuer))...)...)
}

// certain is what the signature proves of the issuer, whatever name it takes.
func (h *handed) certain() string {
	switch host := issuerHost(h.cred.Issuer.ID); {
	case !h.proven():
		return ""
	case host != "":
		return h.say.T("handed.proof.site", "host", host)
	}
	return h.say.T("handed.proof.key")
}

// claimed is what the issuer says of itself, proven by nobody.
func (h *handed) claimed(issuer openbadges.Profile) []httpx.Field {
	fields := []httpx.Field{
		h.text("fullName", fullNameOf(issuer)),
		h.away("site", issuer.URL, issuer.URL),
		h.text("email", issuer.Email),
		h.text("phone", issuer.Phone),
		h.text("address", postal(issuer.Address)),
		h.text("official", issuer.Official),
		h.text("identifiers", identifiers(issuer.OtherIdentifier)),
		h.markdown("about", issuer.Description),
		h.picture(issuer.Image),
	}
	if parent := issuer.ParentOrg; parent != nil {
		fields = append(fields, h.away("parent", parent.Name, parent.ID))
	}
	return fields
}

// fullNameOf puts the names of a person who issues in their order.
func fullNameOf(p openbadges.Profile) string {
	return strings.Join(said(p.HonorificPrefix, p.GivenName, p.AdditionalName, p.PatronymicName, p.FamilyNamePrefix, p.FamilyName, p.HonorificSuffix), " ")
}

// postal is an address on one line.
func postal(a *openbadges.Address) string {
	if a == nil {
		return ""
	}
	town := strings.Join(said(a.PostalCode, a.AddressLocality), " ")
	return strings.Join(said(a.StreetAddress, a.PostOfficeBoxNumber, town, a.AddressRegion, a.AddressCountry), ", ")
}

// issuerHost is the site that an issuer is bound to by its identifier; empty for one
// that is nothing but a key.
func issuerHost(id string) string {
	address := id
	if strings.HasPrefix(id, "did:") {
		found, err := did.LoopbackURL(id)
		if err != nil {
			found, err = did.WebURL(id)
		}
		if err != nil {
			return ""
		}
		address = found
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// ownPage is the page of a badge of this very deployment.
func (h *handed) ownPage() (path string, ours bool) {
	if !h.proven() || h.report.IssuerStanding != credential.OfNetwork {
		return "", false
	}
	path, ours = h.door.here(h.cred.ID)
	id, found := strings.CutPrefix(path, "/credentials/")
	return "/v/" + id, ours && found && idShape.MatchString(id)
}
