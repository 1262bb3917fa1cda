package credential

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
)

func ok(id CheckID, reason string) Check      { return Check{ID: id, Status: OK, Reason: reason} }
func failed(id CheckID, reason string) Check  { return Check{ID: id, Status: Failed, Reason: reason} }
func unknown(id CheckID, reason string) Check { return Check{ID: id, Status: Unknown, Reason: reason} }

// with returns the check with one more argument for its sentence.
func (c Check) with(name, value string) Check {
	args := map[string]string{name: value}
	for k, v := range c.Args {
		args[k] = v
	}
	c.Args = args
	return c
}

// checkForm reads the input: one JSON object, one compact JWT or one envelope of
// such, within limits.
func (e *examination) checkForm(input []byte) (Check, bool) {
	err := e.read(input)
	e.report.Form = string(e.form)
	switch {
	case err == nil:
		return ok(CheckForm, string(e.form)), true
	case errors.Is(err, errTooLarge), errors.Is(err, jsonld.ErrLimit):
		return failed(CheckForm, "limits"), false
	case errors.Is(err, errNoForm):
		return failed(CheckForm, "unknownForm"), false
	case errors.Is(err, errClaims):
		return failed(CheckForm, "claims"), false
	case errors.Is(err, errEnvelope):
		return failed(CheckForm, "envelope"), false
	case errors.Is(err, errPresentation):
		return failed(CheckForm, "presentation"), false
	case e.form == formJSON:
		return failed(CheckForm, "malformedJSON"), false
	}
	return failed(CheckForm, "malformedJWT"), false
}

// checkContexts asks for the two ordered contexts that say what the words mean
// (VC Data Model 2.0 §4.3 and 1.1 §4.1, an ordered set; Open Badges 3.0,
// AchievementCredential), and for no other than the embedded ones.
//
// Contexts that nobody here knows, or that contradict each other by themselves, as
// those of Open Badges 3.0 and 3.0.1 do after that of VC 2.0, prove nothing against
// the badge: what its words mean is unknown.
func (e *examination) checkContexts(ctx context.Context) (Check, bool) {
	e.broken = e.validate(e.doc)
	for _, v := range e.broken {
		if strings.HasPrefix(v.Path, "$.@context") {
			return failed(CheckContexts, v.Rule).with("path", v.Path), false
		}
	}
	if twice(e.doc["@context"]) {
		return failed(CheckContexts, openbadges.RuleContext).with("path", "$.@context"), false
	}
	words := map[string]any{"@context": e.doc["@context"]}
	var refusal *jsonld.Error
	if _, err := jsonld.Quads(ctx, words); !errors.Is(err, jsonld.ErrContext) || !errors.As(err, &refusal) {
		return ok(CheckContexts, "known"), true
	}
	path := strings.Replace(refusal.Path, "['@context']", ".@context", 1)
	switch refusal.Rule {
	case "unknown":
		return unknown(CheckContexts, "unknownContext").with("path", path), true
	case "protectedTerm":
		return unknown(CheckContexts, "redefinition").with("path", path), true
	}
	return failed(CheckContexts, "inline").with("path", path), false
}

// twice reports a list that names something twice.
func twice(list any) bool {
	names, _ := list.([]any)
	for i, name := range names {
		if text, isText := name.(string); isText && slices.Contains(names[:i], any(text)) {
			return true
		}
	}
	return false
}

// checkSchema holds the document against the tables of Open Badges 3.0.
func (e *examination) checkSchema(context.Context) (Check, bool) {
	violations := without(e.broken, resultRules)
	if len(violations) > 0 {
		first := violations[0]
		return failed(CheckSchema, "violations").with("path", first.Path).with("rule", first.Rule).
			with("count", strconv.Itoa(len(violations))), false
	}
	e.describe()
	e.shape()
	if openbadges.IsOlderForm(e.doc) {
		return ok(CheckSchema, "conform11"), true
	}
	return ok(CheckSchema, "conform"), true
}

// resultRules are the rules that the check of results answers for.
var resultRules = map[string]bool{openbadges.RuleLevelUnknown: true, openbadges.RuleResultDescriptionUnknown: true}

// without leaves out the violations of some rules.
func without(all []openbadges.Violation, rules map[string]bool) (rest []openbadges.Violation) {
	for _, v := range all {
		if !rules[v.Rule] {
			rest = append(rest, v)
		}
	}
	return rest
}

// checkSubject says how the person is designated: by a name that only a hash
// stands for, or by an opaque id.
func (e *examination) checkSubject(context.Context) (Check, bool) {
	subject := e.cred.CredentialSubject
	for _, identity := range subject.Identifier {
		if identity.Hashed && identity.IdentityType == openbadges.IdentityName {
			return ok(CheckSubject, "hashedName"), true
		}
	}
	if len(subject.Identifier) > 0 {
		return ok(CheckSubject, "identified"), true
	}
	return ok(CheckSubject, "opaque"), true
}
