package public

import (
	"bytes"
	"encoding/hex"
	"encoding/json"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/locale"
)

// Tools of others that check an Open Badge from its file.
const (
	validator1EdTech = "https://openbadgesvalidator.imsglobal.org/"
	verifierPlus     = "https://verifierplus.org/"
)

// expert is all that is needed to check without believing this page.
func (r *reading) expert() httpx.Expert {
	return httpx.Expert{
		Fields:    r.technical(),
		Downloads: r.downloads(),
		Elsewhere: elsewhere(r.say),
		Sources: []httpx.Source{
			{ID: "commande", Label: r.say.T("expert.command"), Text: r.commands()},
			{ID: "credential", Label: r.say.T("expert.credential"), Text: indented(r.view.Document)},
		},
	}
}

// elsewhere are others who check a badge from its file.
func elsewhere(say *locale.Localizer) []httpx.Anchor {
	return []httpx.Anchor{
		{Label: say.T("expert.other.validator"), Href: validator1EdTech, Note: say.T("expert.other.validatorNote")},
		{Label: say.T("expert.other.plus"), Href: verifierPlus, Note: say.T("expert.other.plusNote")},
	}
}

func (r *reading) technical() []httpx.Field {
	cred, report := r.cred, r.report
	fields := []httpx.Field{
		r.code("credentialId", cred.ID),
		r.code("issuerId", cred.Issuer.ID),
		r.code("subject", cred.CredentialSubject.ID),
		r.code("docHash", hex.EncodeToString(r.view.DocHash[:])),
	}
	if len(cred.Proof) > 0 {
		fields = append(fields, r.code("suite", cred.Proof[0].Cryptosuite), r.code("method", cred.Proof[0].VerificationMethod))
	}
	fields = append(fields, httpx.Field{Term: r.say.T("expert.field.key"), Value: r.view.Thumbprint, Code: true, Href: "/keys/" + r.view.Thumbprint})
	if entry := cred.CredentialStatus; entry != nil {
		fields = append(fields, r.code("statusEntry", entry.ID))
	}
	if place := report.Check(credential.CheckInclusion); place.Status == credential.OK {
		fields = append(fields, httpx.Field{Term: r.say.T("expert.field.inclusion"), Value: r.say.T("expert.inclusion",
			"index", place.Args["index"], "size", place.Args["size"], "origin", place.Args["origin"])})
	}
	return fields
}

// code is a technical field in fixed width.
func (j *judged) code(name, value string) httpx.Field {
	return httpx.Field{Term: j.say.T("expert.field." + name), Value: value, Code: true}
}

func (r *reading) downloads() []httpx.Anchor {
	id, slug := string(r.view.ID), r.view.Venue
	list := []httpx.Anchor{
		{Label: r.say.T("expert.download.credential"), Href: "/credentials/" + id + ".json"},
		{Label: r.say.T("expert.download.jwt"), Href: "/credentials/" + id + ".jwt"},
		{Label: r.say.T("expert.download.proof"), Href: "/v/" + id + "/proof"},
		{Label: r.say.T("expert.download.report"), Href: r.link("/v/" + id + ".json")},
		{Label: r.say.T("expert.download.did"), Href: "/issuers/" + slug + "/did.json"},
		{Label: r.say.T("expert.download.checkpoint"), Href: "/log/checkpoint"},
		{Label: r.say.T("expert.download.policy"), Href: "/log/policy"},
	}
	if entry := r.cred.CredentialStatus; entry != nil {
		if path, ours := r.door.here(entry.StatusListCredential); ours {
			list = append(list, httpx.Anchor{Label: r.say.T("expert.download.status"), Href: path})
		}
	}
	return list
}

// commands check the badge with our program: asking this service, then without
// asking anyone.
func (r *reading) commands() string {
	id := string(r.view.ID)
	return "ramure verify " + r.door.addresses.Credential(r.view.ID) + "\n\n" +
		"ramure verify " + id + ".json --offline --policy policy --proof proof\n"
}

// indented lays a signed document out for reading; its bytes are downloaded as
// they are.
func indented(document []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, document, "", "  "); err != nil {
		return string(document)
	}
	return out.String()
}
