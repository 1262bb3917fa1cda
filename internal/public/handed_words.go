package public

import (
	"time"

	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/locale"
	"ramure/internal/problem"
)

// word is the answer in a word or two.
func (h *handed) word() string {
	switch h.plight() {
	case stranger:
		return h.say.T("stranger.word")
	case alike:
		return h.say.T("stranger.alike.word")
	case noBadge:
		return h.say.T("handed.noBadge.word")
	case otherPerson:
		return h.say.T("handed.otherPerson.word")
	case unsure:
		return h.say.T("handed.unsure.word")
	case unread:
		return h.unreadWord()
	}
	return h.judged.word()
}

// unreadWord tells what did not answer from what holds no badge.
func (h *handed) unreadWord() string {
	switch problem.KindOf(h.item.Err) {
	case problem.Unavailable, problem.TooMany, problem.Internal:
		return h.say.T("handed.unread.word")
	}
	return h.say.T("handed.noBadge.word")
}

// tone keeps green for issuers that are known here.
func (h *handed) tone() httpx.Tone {
	switch h.plight() {
	case stranger:
		return httpx.ToneStranger
	case alike:
		return h.worse(httpx.ToneAttention)
	case unread, noBadge:
		return httpx.ToneUnverifiable
	case otherPerson:
		return httpx.ToneAttention
	}
	return h.judged.tone()
}

// worse is the tone given, unless the verdict's own is graver.
func (h *handed) worse(tone httpx.Tone) httpx.Tone {
	if h.judged.tone() == httpx.ToneRefused {
		return httpx.ToneRefused
	}
	return tone
}

// band is the answer: who the issuer is to us, then what the badge is worth.
func (h *handed) band() httpx.Band {
	return httpx.Band{Tone: h.tone(), Standing: h.standing(), Word: h.word(), Sentence: h.answer(), More: h.more(), Below: h.below}
}

// standing is empty where there is no issuer to speak of.
func (h *handed) standing() string {
	if p := h.plight(); p == unread || p == noBadge || h.verdict() == credential.Erased {
		return ""
	}
	if h.onlyOtherPerson() && h.verdict() == credential.Invalid {
		return h.say.T("standing." + string(h.report.IssuerStanding) + ".word")
	}
	return h.judged.standing()
}

// answer is the whole answer in one sentence.
func (h *handed) answer() string {
	switch h.plight() {
	case stranger:
		if until, limited := moment(h.cred.ValidUntil); limited {
			return h.say.T("stranger.sentenceUntil", "issuer", h.issuerName(), "until", h.say.Date(until))
		}
		return h.say.T("stranger.sentence", "issuer", h.issuerName())
	case alike:
		return h.say.T("stranger.alike.sentence", "issuer", h.issuerName(), "known", spoken(h.item.LookAlike))
	case noBadge:
		return h.say.T("handed.noBadge.sentence")
	case otherPerson:
		return h.say.T("handed.otherPerson.sentence", "asked", spoken(h.asked))
	case unsure:
		return h.say.T("handed.unsure.sentence", "asked", spoken(h.asked))
	case unread:
		return h.failure()
	}
	return h.sentence(h.award(), h.revokedAt())
}

// failure words why there is no report.
func (h *handed) failure() string { return worded(h.say, h.item.Err) }

// worded is the message of a failure, or that of its kind where it has none.
func worded(say *locale.Localizer, err error) string {
	fallback := "error.kind." + string(problem.KindOf(err)) + ".text"
	failure := problem.New(problem.KindOf(err), fallback)
	if found, isProblem := asProblem(err); isProblem && say.Has(found.Key) {
		failure = found
	}
	return say.Message(failure.Key, failure.Args)
}

// award phrases who signed the badge and when. The name of somebody unknown is told
// as the name that they give themselves.
func (h *handed) award() string {
	date := h.awardedAt()
	switch {
	case h.report.IssuerStanding != credential.UnknownStanding:
		return h.say.T("verification.award.unnamed", "issuer", h.issuerName(), "date", h.say.Date(date))
	case date.IsZero():
		return h.say.T("stranger.awardUndated", "issuer", h.issuerName())
	}
	return h.say.T("stranger.award", "issuer", h.issuerName(), "date", h.say.Date(date))
}

// issuerName is the name that the issuer gives itself, fit for a sentence.
func (h *handed) issuerName() string {
	if name := spoken(h.cred.Issuer.Name); name != "" {
		return name
	}
	return h.say.T("stranger.unnamed")
}

// more adds what a reader must know at once.
func (h *handed) more() []string {
	var list []string
	switch h.plight() {
	case alike:
		list = append(list, h.say.T("stranger.alike.do", "known", spoken(h.item.LookAlike)))
		if h.verdict() != credential.Valid {
			list = append(list, h.sentence(h.award(), h.revokedAt()))
		}
	case noBadge:
		list = append(h.reasons(credential.Failed), h.say.T("handed.noBadge.do"))
	case otherPerson:
		return []string{h.say.T("handed.otherPerson.do")}
	case unsure:
		return h.reasons(credential.Unknown)
	case unread:
		return []string{h.say.T("handed.unread.do")}
	default:
		list = h.because()
	}
	return append(list, h.person()...)
}

// because says why a badge is not simply good.
func (h *handed) because() []string {
	switch h.verdict() {
	case credential.Invalid:
		return h.reasons(credential.Failed)
	case credential.Unverifiable:
		return h.reasons(credential.Unknown)
	case credential.Revoked:
		return []string{h.say.T("verification.revoked.meaning")}
	case credential.Erased:
		return []string{h.say.T("verification.erased.more")}
	}
	return nil
}

// person says whether it is the person expected, when the visitor asked.
func (h *handed) person() []string {
	check := h.report.Check(credential.CheckRecipient)
	if h.asked == "" || check.Reason == "notAsked" || check.Reason == "notReached" || h.verdict() == credential.Invalid {
		return nil
	}
	if h.verdict() == credential.Unverifiable && check.Status == credential.Unknown {
		return nil // it stands among the reasons
	}
	return []string{check.Detail}
}

// revokedAt is when the issuer's list says that it was revoked, if it says so.
func (h *handed) revokedAt() time.Time {
	at, err := time.Parse(time.RFC3339, h.report.Check(credential.CheckStatus).Args["at"])
	if err != nil {
		return time.Time{}
	}
	return at
}

// title names the badge, unless nothing that it says is proven.
func (h *handed) title() string {
	word := h.word()
	if h.plight() == stranger {
		word = h.say.T("stranger.full")
	}
	if badge := spoken(h.badge()); badge != "" {
		return h.say.T("verification.title", "verdict", word, "badge", badge)
	}
	return word
}
