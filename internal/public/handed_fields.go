package public

import (
	"strings"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// fields are all that the badge says of itself, of the person and of what it
// attests, in the order of our own pages and then by how often a badge has it.
// What it does not say is left out, but for what every reader looks for.
func (h *handed) fields() []httpx.Field {
	subject := h.cred.CredentialSubject
	list := []httpx.Field{
		{Term: h.say.T("verification.field.badge"), Value: h.badgeName(), Lang: h.tongue()},
		h.personField(),
	}
	if scale, found := rubric(subject.Achievement); found {
		list = append(list, httpx.Field{Term: h.say.T("verification.field.level"), Value: h.levelWords(),
			Note: strings.Join(said(scale.Name, h.requiredWords()), ". ")})
	}
	list = append(list,
		httpx.Field{Term: h.say.T("verification.field.issuer"), Value: h.cred.Issuer.Name, Note: h.standing()},
		httpx.Field{Term: h.say.T("verification.field.awarded"), At: h.awardedAt()},
		httpx.Field{Term: h.say.T("verification.field.validity"), Value: h.validity()},
	)
	list = append(list, filled(h.resultFields())...)
	list = append(list, filled(h.subjectFields(subject))...)
	list = append(list, filled(h.achievementFields(subject.Achievement))...)
	return append(list, filled(h.credentialFields())...)
}

// text is a field of a name that the badge fills in.
func (h *handed) text(name, value string) httpx.Field {
	return httpx.Field{Term: h.say.T("handed.field." + name), Value: value}
}

// away is a field that leads elsewhere, when it is an address that can be opened.
func (h *handed) away(name, label, address string) httpx.Field {
	field := h.text(name, label)
	if field.Value == "" {
		field.Value = address
	}
	field.Href = webAddress(address)
	field.Elsewhere = field.Href != ""
	return field
}

// markdown is a field whose value is a text of several lines.
func (h *handed) markdown(name, source string) httpx.Field {
	field := h.text(name, "")
	text := h.prose(source)
	field.HTML, field.Value = text.HTML, text.Plain
	return field
}

// personField says whom the badge designates, and how.
func (h *handed) personField() httpx.Field {
	subject := h.cred.CredentialSubject
	field := h.text("person", "")
	for _, identity := range subject.Identifier {
		field.Values = append(field.Values, h.identity(identity))
	}
	switch {
	case len(field.Values) == 1:
		field.Value, field.Values = field.Values[0], nil
	case len(field.Values) == 0 && subject.ID != "":
		field.Value = h.say.T("handed.person.opaque", "id", subject.ID)
	}
	check := h.report.Check(credential.CheckRecipient)
	field.Note = check.Detail
	if h.asked == "" || check.Reason == "notReached" {
		field.Note = h.say.T("handed.person.how")
	}
	return field
}

// identity names a person by a plain or a hashed identifier. A hash is of no use to
// a reader: it is told what it stands for.
func (h *handed) identity(identity openbadges.IdentityObject) string {
	kind := "handed.identity." + identity.IdentityType
	if !h.say.Has(kind) {
		kind = "handed.identity.other"
	}
	if identity.Hashed {
		return h.say.T("handed.person.hashed", "kind", h.say.T(kind))
	}
	return h.say.T("handed.person.plain", "value", identity.IdentityHash, "kind", h.say.T(kind))
}
