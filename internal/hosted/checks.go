package hosted

import (
	"slices"
	"strconv"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/openbadges2"
)

func ok(id credential.CheckID, reason string, args ...string) credential.Check {
	return credential.NewCheck(id, credential.OK, reason, args...)
}

func failed(id credential.CheckID, reason string, args ...string) credential.Check {
	return credential.NewCheck(id, credential.Failed, reason, args...)
}

func unknown(id credential.CheckID, reason string, args ...string) credential.Check {
	return credential.NewCheck(id, credential.Unknown, reason, args...)
}

// checkContexts asks for the context that says what the words mean.
func (e *examination) checkContexts() (credential.Check, bool) {
	if broken := openbadges2.ValidateContext(e.given); len(broken) > 0 {
		return failed(credential.CheckContexts, broken[0].Rule, "path", broken[0].Path), false
	}
	return ok(credential.CheckContexts, "known2"), true
}

// checkSchema holds what was given, and what is published, against the tables of
// Open Badges 2.0.
func (e *examination) checkSchema() (credential.Check, bool) {
	broken := openbadges2.Validate(e.given)
	broken = append(broken, e.violations()...)
	if len(broken) > 0 {
		return failed(credential.CheckSchema, "violations",
			"path", broken[0].Path, "rule", broken[0].Rule, "count", strconv.Itoa(len(broken))), false
	}
	return ok(credential.CheckSchema, "conform2"), true
}

// violations are those of the published documents, with their paths as if they were
// in one. What is gone owes nothing but the word.
func (e *examination) violations() (all []openbadges.Violation) {
	for _, one := range []struct {
		document
		path     string
		validate func(map[string]any) []openbadges.Violation
	}{
		{e.assertion, "$", openbadges2.Validate},
		{e.badge, "$.badge", openbadges2.ValidateBadgeClass},
		{e.issuer, "$.badge.issuer", openbadges2.ValidateIssuer},
	} {
		if one.doc == nil || e.gone {
			continue
		}
		for _, v := range one.validate(one.doc) {
			v.Path = one.path + strings.TrimPrefix(v.Path, "$")
			if !slices.Contains(all, v) {
				all = append(all, v)
			}
		}
	}
	return all
}

// checkSubject: the person is always named by a property, such as an e-mail
// address. Of a badge that says of itself that it is revoked, it may be left out.
func (e *examination) checkSubject() (credential.Check, bool) {
	if e.said().Recipient.Identity == "" {
		return unknown(credential.CheckSubject, "withdrawn"), true
	}
	return ok(credential.CheckSubject, "identified"), true
}

// checkProof holds what was given against what its own address answers.
func (e *examination) checkProof() (credential.Check, bool) {
	switch d := e.assertion; {
	case e.signed:
		return unknown(credential.CheckProof, "signed2"), true
	case !isAddress(d.address):
		return failed(credential.CheckProof, "nowhere"), false
	case e.isStripped():
		return unknown(credential.CheckProof, "withdrawn"), true
	case d.why != "":
		return unknown(credential.CheckProof, d.why), true
	}
	missing := ""
	member, differ := difference(e.given, e.assertion.doc, func(address string) (map[string]any, bool) {
		d, asked := e.asked(address)
		if asked && d.doc == nil {
			missing = d.why
		}
		return d.doc, asked
	})
	switch {
	case differ:
		return failed(credential.CheckProof, "differs", "member", member), false
	case missing != "":
		return unknown(credential.CheckProof, missing), true
	}
	return ok(credential.CheckProof, Form), true
}

// asked finds the badge class or the profile that came from an address.
func (e *examination) asked(address string) (document, bool) {
	for _, d := range []document{e.badge, e.issuer} {
		if d.address == address && address != "" {
			return d, true
		}
	}
	return document{}, false
}

// isStripped reports that the issuer revoked the badge and left nothing to compare.
func (e *examination) isStripped() bool {
	doc := e.assertion.doc
	return e.gone && (doc == nil || doc["recipient"] == nil) || doc["revoked"] == true && doc["recipient"] == nil
}

// checkIssuer asks whether the issuer says that its assertions stand where this one
// does.
func (e *examination) checkIssuer() (credential.Check, bool) {
	switch {
	case e.signed:
		return unknown(credential.CheckIssuer, "signed2"), true
	case e.isStripped():
		return unknown(credential.CheckIssuer, "withdrawn"), true
	case e.assertion.why != "":
		return unknown(credential.CheckIssuer, e.assertion.why), true
	case e.issuer.why == "nowhere":
		return failed(credential.CheckIssuer, "nowhere"), false
	case e.issuer.why != "":
		return unknown(credential.CheckIssuer, e.issuer.why), true
	case e.badge.doc["id"] != e.badge.address || e.issuer.doc["id"] != e.issuer.address:
		return failed(credential.CheckIssuer, "misplaced"), false
	}
	profile, err := openbadges2.Shape[openbadges2.Profile](e.issuer.doc)
	if err != nil || !inScope(e.assertion.address, e.badge.address, profile) {
		return failed(credential.CheckIssuer, "outOfScope"), false
	}
	return ok(credential.CheckIssuer, "scope"), true
}

// checkRefresh: what is published is the newest version there is.
func (e *examination) checkRefresh() (credential.Check, bool) {
	return ok(credential.CheckRefresh, "none"), true
}
