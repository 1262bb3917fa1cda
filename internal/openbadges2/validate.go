package openbadges2

import "ramure/internal/openbadges"

// Validate checks a decoded document, as Plain gives it, as an Assertion with
// whatever it has inside; of one that is revoked only the id is required. No violation means that it can be read into the shape.
// The violations stand in the order of the tables.
func Validate(doc map[string]any) []openbadges.Violation {
	c := check{revoked: doc["revoked"] == true}
	c.object("$", doc, TypeAssertion)
	return c.found
}

// ValidateBadgeClass checks a badge class that stands alone.
func ValidateBadgeClass(doc map[string]any) []openbadges.Violation {
	return validate(doc, TypeBadgeClass)
}

// ValidateIssuer checks the profile of an issuer that stands alone.
func ValidateIssuer(doc map[string]any) []openbadges.Violation { return validate(doc, TypeProfile) }

// ValidateRevocationList checks a list of revoked assertions.
func ValidateRevocationList(doc map[string]any) []openbadges.Violation {
	return validate(doc, TypeRevocationList)
}

func validate(doc map[string]any, name string) []openbadges.Violation {
	var c check
	c.object("$", doc, name)
	return c.found
}

// ValidateContext checks the "@context" of a document: that of 2.0 or 2.1 is in
// it, others may be named beside it, and none is written there, since it could
// give the words another meaning.
func ValidateContext(doc map[string]any) []openbadges.Violation {
	var c check
	contexts, isArray := doc["@context"].([]any)
	if !isArray {
		contexts = []any{doc["@context"]}
	}
	known := false
	for _, one := range contexts {
		address, isText := one.(string)
		switch {
		case one == nil:
			c.add("$.@context", openbadges.RuleRequired, "the member is required")
		case !isText:
			c.add("$.@context", openbadges.RuleContext, "we read published contexts only")
		}
		known = known || address == Context || address == ContextFile || address == Context21
	}
	if !known && len(c.found) == 0 {
		c.add("$.@context", openbadges.RuleContext, "the context of Open Badges 2.0 is expected")
	}
	return c.found
}

// IsAssertion reports whether a document says of itself that it is an assertion of
// 2.0, and not a credential.
func IsAssertion(doc map[string]any) bool {
	return hasType(doc, TypeAssertion) && len(ValidateContext(Plain(doc))) == 0
}
