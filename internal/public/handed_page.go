package public

import (
	"cmp"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// page is the whole answer, in the shape of those about our own badges.
func (h *handed) page() *verdictView {
	view := &verdictView{
		Alone:     h.below == "",
		Band:      h.band(),
		Notices:   h.notices(),
		Checks:    h.checks(),
		Elsewhere: h.say.T("handed.elsewhere"),
		Expert:    h.expert(),
		Keep:      h.say.T("handed.keep"),
		Receipt:   h.receipt(h.door.Base + "/verifier"),
	}
	if h.report.Credential != nil && h.item.Err == nil {
		h.show(view)
	}
	return view
}

// show adds what the badge says.
func (h *handed) show(view *verdictView) {
	achievement := h.cred.CredentialSubject.Achievement
	view.Shows = true
	view.Revocation = h.revocation()
	view.Badge = h.badgeName()
	view.Tongue = h.tongue()
	view.Description = achievement.Description
	view.Mastery = h.mastery()
	view.CompareTitle = h.say.T("handed.compareTitle")
	view.Compare = h.say.T("handed.compare")
	view.Fields = h.fields()
	view.Criteria = h.prose(achievement.Criteria.Narrative)
	view.Evidence = h.evidence()
	view.Endorsements = h.endorsements()
	view.Issuer = h.issuer()
	view.Frameworks = h.frameworks()
}

// badgeName is the title that the badge gives itself, or that of what it attests.
func (h *handed) badgeName() string {
	if h.cred.Name != "" {
		return h.cred.Name
	}
	return h.cred.CredentialSubject.Achievement.Name
}

// badge is badgeName, empty when nothing that the badge says is proven.
func (h *handed) badge() string {
	if h.verdict() == credential.Invalid || h.report.Credential == nil {
		return ""
	}
	return h.badgeName()
}

// checks are the report's, and before them who presented the badge.
func (h *handed) checks() []httpx.Check {
	if h.item.Err != nil {
		return nil
	}
	list := h.judged.checks()
	if holder := h.item.Holder; holder != nil {
		list = append(list, httpx.Check{ID: string(holder.ID) + h.below, Label: h.say.T("check.holder.label"),
			Status: httpx.Status(holder.Status), Reason: h.say.Message("check.holder."+holder.Reason, holder.Args)})
	}
	return list
}

// notices are what must not be missed below the band.
func (h *handed) notices() []noticeView {
	var list []noticeView
	if h.plight() == plain && h.report.Credential != nil {
		list = h.doubt()
	}
	if h.proven() && h.report.IssuerStanding == credential.UnknownStanding {
		list = append(list, noticeView{Tone: httpx.ToneStranger, Lines: []string{h.who()}})
	}
	if h.report.Check(credential.CheckEndorsements).Status == credential.Failed {
		list = append(list, noticeView{Tone: httpx.ToneAttention, Lines: []string{h.say.T("handed.weak")}})
	}
	if path, ours := h.ownPage(); ours {
		list = append(list, noticeView{Tone: httpx.ToneOK, Lines: []string{h.say.T("handed.ours")},
			Link: httpx.Anchor{Label: h.say.T("handed.ours.link"), Href: h.link(path)}})
	}
	return list
}

// who says what is certain of an issuer whom nobody here knows.
func (h *handed) who() string {
	if host := issuerHost(h.cred.Issuer.ID); host != "" {
		return h.say.T("stranger.who.site", "host", host)
	}
	return h.say.T("stranger.who.key")
}

// frameworks are what the badge says that it is in line with; its headings stand as
// deep as the answer does.
func (h *handed) frameworks() []frameworkLinks {
	var list groups
	achievement := h.cred.CredentialSubject.Achievement
	lang := h.tongue()
	for _, alignment := range achievement.Alignment {
		link := h.door.alignmentLink(h.c, alignment, lang)
		link.Note = strings.Join(said(alignment.TargetCode, alignment.TargetDescription), ". ")
		list.add(cmp.Or(alignment.TargetFramework, h.say.T("alignment.unnamed")), lang, link)
	}
	for i := range list {
		list[i].Deeper = h.below != ""
	}
	return list
}

// revocation says when the badge was taken back, where the issuer says it.
func (h *handed) revocation() []httpx.Field {
	if h.verdict() != credential.Revoked {
		return nil
	}
	fields := []httpx.Field{{Term: h.say.T("verification.field.means"), Value: h.say.T("verdict.revoked.meaning")}}
	if at := h.revokedAt(); !at.IsZero() {
		fields = append([]httpx.Field{{Term: h.say.T("verification.field.revoked"), At: at}}, fields...)
	}
	return fields
}

// endorsements are what others say, whose signatures a check of its own has
// examined.
func (h *handed) endorsements() []endorsementView {
	subject := h.cred.CredentialSubject
	list := h.endorsed(nil, h.cred.Endorsement, h.cred.EndorsementJWT, h.say.T("handed.endorsed.badge"))
	list = h.endorsed(list, subject.Achievement.Endorsement, subject.Achievement.EndorsementJWT, h.say.T("handed.endorsed.achievement"))
	return h.endorsed(list, h.cred.Issuer.Endorsement, h.cred.Issuer.EndorsementJWT, h.say.T("handed.endorsed.issuer"))
}

func (h *handed) endorsed(list []endorsementView, open []openbadges.EndorsementCredential, sealed []string, about string) []endorsementView {
	for _, e := range open {
		by := e.Issuer.Name
		if by == "" {
			by = e.Issuer.ID
		}
		list = append(list, endorsementView{By: by, About: about, Prose: h.prose(e.CredentialSubject.EndorsementComment)})
	}
	for range sealed {
		list = append(list, endorsementView{By: h.say.T("handed.endorsed.jwt"), About: about})
	}
	return list
}
