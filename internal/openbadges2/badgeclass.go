package openbadges2

import "ramure/internal/openbadges"

// BadgeClass is what can be earned (§BadgeClass).
type BadgeClass struct {
	ID          string                        `json:"id"`
	Name        string                        `json:"name"`
	Description string                        `json:"description"`
	Image       Link[Image]                   `json:"image"`
	Criteria    Criteria                      `json:"criteria"`
	Issuer      Link[Profile]                 `json:"issuer"`
	Alignment   openbadges.Compact[Alignment] `json:"alignment"`
	Alignments  openbadges.Compact[Alignment] `json:"alignments"` // as Moodle spells it
	Tags        openbadges.Compact[string]    `json:"tags"`
}

// Criteria says how the badge is earned: a page, a Markdown text, or both
// (§Criteria).
type Criteria struct {
	ID        string `json:"id"`
	Narrative string `json:"narrative"`
}

// UnmarshalJSON reads criteria, or the address of their page alone.
func (c *Criteria) UnmarshalJSON(data []byte) error {
	type plain Criteria
	return addressOr(data, &c.ID, (*plain)(c))
}

// Alignment links to a node of a framework (§AlignmentObject).
type Alignment struct {
	TargetName        string `json:"targetName"`
	TargetURL         string `json:"targetUrl"`
	TargetDescription string `json:"targetDescription"`
	TargetFramework   string `json:"targetFramework"`
	TargetCode        string `json:"targetCode"`
}

// Image is a picture with its alternative text; ID may be a data: URI (§Image).
type Image struct {
	ID      string `json:"id"`
	Caption string `json:"caption"`
}
