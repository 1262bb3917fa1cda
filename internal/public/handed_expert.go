package public

import (
	"regexp"

	"ramure/internal/httpx"
)

// shownSource bounds what the expert view shows of a document, in bytes.
const shownSource = 64 << 10

// expert is all that is needed to check without believing this page.
func (h *handed) expert() httpx.Expert {
	view := httpx.Expert{Fields: h.technical(), Elsewhere: elsewhere(h.say), Deeper: h.below != ""}
	if text := h.source(); text != "" {
		view.Sources = []httpx.Source{
			{ID: "commande" + h.below, Label: h.say.T("handed.command"), Text: "ramure verify " + shellName(h.item.Name) + "\n"},
			{ID: "credential" + h.below, Label: h.say.T("handed.document"), Text: text},
		}
	}
	return view
}

// technical are the facts for those who check by themselves.
func (h *handed) technical() []httpx.Field {
	facts := []httpx.Field{
		{Term: h.say.T("handed.field.file"), Value: spoken(h.item.Name), Note: h.carrier()},
		h.code("credentialId", h.report.CredentialID),
		h.code("issuerId", h.report.IssuerID),
		h.code("subject", h.cred.CredentialSubject.ID),
		h.code("docHash", h.report.DocHash),
		h.code("suite", h.report.Suite),
	}
	if len(h.cred.Proof) > 0 {
		facts = append(facts, h.code("method", h.cred.Proof[0].VerificationMethod))
	}
	if entry := h.cred.CredentialStatus; entry != nil {
		facts = append(facts, h.code("statusEntry", entry.ID))
	}
	return filled(facts)
}

// carrier is what the badge was found in, in words; empty when that is not known.
func (h *handed) carrier() string {
	for _, name := range []string{h.item.Carrier, h.report.Form} {
		if key := "carrier." + name; name != "" && h.say.Has(key) {
			return h.say.T(key)
		}
	}
	return ""
}

// source is the document as it was read, laid out when it is JSON.
func (h *handed) source() string {
	text := indented(h.item.Document)
	if len(text) > shownSource {
		return text[:shownSource] + "\n" + h.say.T("handed.cut")
	}
	return text
}

// filled leaves out the fields that the badge says nothing of.
func filled(fields []httpx.Field) (list []httpx.Field) {
	for _, field := range fields {
		if !field.Missing() {
			list = append(list, field)
		}
	}
	return list
}

// shellName is what can be typed after our command for a thing of that name. A name
// that a shell could take apart is not repeated: people copy what they see.
func shellName(name string) string {
	if plainName.MatchString(name) {
		return name
	}
	return "badge.json"
}

// plainName is a file's name or an address that a shell takes as it stands.
var plainName = regexp.MustCompile(`^(https?://)?[A-Za-z0-9_.][A-Za-z0-9_./:#-]*$`)
