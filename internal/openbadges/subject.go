package openbadges

// AchievementSubject is the person and what they achieved. ID or at least one
// Identifier is required; we give an opaque urn:uuid (Open Badges 3.0 §B.1).
type AchievementSubject struct {
	ID                string           `json:"id,omitempty"`
	Type              Types            `json:"type"`
	Achievement       Achievement      `json:"achievement"`
	ActivityStartDate DateTime         `json:"activityStartDate,omitempty"`
	ActivityEndDate   DateTime         `json:"activityEndDate,omitempty"`
	CreditsEarned     float64          `json:"creditsEarned,omitempty"`
	Identifier        []IdentityObject `json:"identifier,omitempty"`
	Image             *Image           `json:"image,omitempty"`
	LicenseNumber     string           `json:"licenseNumber,omitempty"`
	Narrative         string           `json:"narrative,omitempty"`
	Result            []Result         `json:"result,omitempty"`
	Role              string           `json:"role,omitempty"`
	Source            *Profile         `json:"source,omitempty"`
	Term              string           `json:"term,omitempty"`
}

// Result is what was reached. ResultDescription is the id of a description of
// the same achievement, AchievedLevel that of one of its levels (§B.1).
type Result struct {
	Type              Types       `json:"type"`
	ResultDescription string      `json:"resultDescription,omitempty"`
	AchievedLevel     string      `json:"achievedLevel,omitempty"`
	Value             string      `json:"value,omitempty"`
	Status            string      `json:"status,omitempty"`
	Alignment         []Alignment `json:"alignment,omitempty"`
}

// IdentityObject names the person by a plain or a hashed identifier. The class
// is closed, and its type is one word (§B.1). Salt is left out where the
// hash must not be guessed.
type IdentityObject struct {
	Type         string `json:"type"`
	Hashed       bool   `json:"hashed"`
	IdentityHash string `json:"identityHash"`
	IdentityType string `json:"identityType"`
	Salt         string `json:"salt,omitempty"`
}

// Evidence is a piece of the person's work, or a page about it (§B.1).
type Evidence struct {
	ID          string `json:"id,omitempty"`
	Type        Types  `json:"type"`
	Name        string `json:"name,omitempty"`
	Narrative   string `json:"narrative,omitempty"`
	Description string `json:"description,omitempty"`
	Genre       string `json:"genre,omitempty"`
	Audience    string `json:"audience,omitempty"`
}
