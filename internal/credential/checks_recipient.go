package credential

import (
	"context"
	"crypto/subtle"
	"strings"

	"ramure/internal/openbadges"
)

// maxRecipient is the longest text that is compared with identities, in bytes.
const maxRecipient = 2000

// checkRecipient holds whom the caller expects against whom the badge names: its
// subject's id, and each of the identities given (Open Badges 3.0 §8.5, Recipient).
// All of them are compared, whichever fits. A badge that names nobody in the way in
// which the caller does, or only by a hash whose salt its issuer keeps, answers
// neither yes nor no.
func (e *examination) checkRecipient(context.Context) (Check, bool) {
	wanted := strings.TrimSpace(e.src.Recipient)
	if wanted == "" {
		return unknown(CheckRecipient, "notAsked"), true
	}
	if len(wanted) > maxRecipient {
		return failed(CheckRecipient, "mismatch"), true
	}
	subject := e.cred.CredentialSubject
	matched := isID(subject.ID, wanted)
	comparable, secret := subject.ID != "" && sameKind(subject.ID, wanted), false
	for _, identity := range subject.Identifier {
		matched = identity.Matches(e.src.Recipient) || matched
		hidden := identity.Hashed && identity.Salt == "" && identity.IdentityType == openbadges.IdentityName
		secret = secret || hidden
		comparable = comparable || !hidden && answersFor(identity.IdentityType, wanted)
	}
	switch {
	case matched:
		return ok(CheckRecipient, "match"), true
	case comparable:
		return failed(CheckRecipient, "mismatch"), true
	case secret && !isEmail(wanted) && !openbadges.IsIRI(wanted):
		return unknown(CheckRecipient, "secret"), true
	}
	return unknown(CheckRecipient, "incomparable"), true
}

// isID reports whether the subject's id is what the caller expects, or the mail
// address that it expects.
func isID(id, wanted string) bool {
	same := subtle.ConstantTimeCompare([]byte(id), []byte(wanted))
	mail := subtle.ConstantTimeCompare([]byte(strings.ToLower(id)), []byte("mailto:"+strings.ToLower(wanted)))
	return same|mail == 1
}

// sameKind reports whether an id and what the caller expects could be the same: both
// identifiers, or both mail addresses.
func sameKind(id, wanted string) bool {
	if strings.HasPrefix(strings.ToLower(id), "mailto:") {
		return isEmail(wanted) || strings.HasPrefix(strings.ToLower(wanted), "mailto:")
	}
	return openbadges.IsIRI(wanted) && !strings.HasPrefix(strings.ToLower(wanted), "mailto:")
}

// answersFor reports whether an identity of a type says yes or no to what the caller
// expects: a name is not compared with a mail address.
func answersFor(identityType, wanted string) bool {
	switch identityType {
	case openbadges.IdentityEmail:
		return isEmail(wanted)
	case openbadges.IdentityName:
		return !isEmail(wanted) && !openbadges.IsIRI(wanted)
	}
	return false
}

func isEmail(text string) bool {
	name, host, found := strings.Cut(text, "@")
	return found && name != "" && host != "" && !strings.ContainsAny(text, " /")
}
