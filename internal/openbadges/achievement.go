package openbadges

// Achievement is what can be earned: its criteria, the competences that it is
// aligned to, and the results that may be stated with it (Open Badges 3.0
// §B.1). Its ID stays the same over its versions.
type Achievement struct {
	ID                string                  `json:"id"`
	Type              Types                   `json:"type"`
	AchievementType   string                  `json:"achievementType,omitempty"`
	Name              string                  `json:"name"`
	Description       string                  `json:"description"`
	Criteria          Criteria                `json:"criteria"`
	Alignment         []Alignment             `json:"alignment,omitempty"`
	Creator           *Profile                `json:"creator,omitempty"`
	CreditsAvailable  float64                 `json:"creditsAvailable,omitempty"`
	Endorsement       []EndorsementCredential `json:"endorsement,omitempty"`
	EndorsementJWT    []string                `json:"endorsementJwt,omitempty"`
	FieldOfStudy      string                  `json:"fieldOfStudy,omitempty"`
	HumanCode         string                  `json:"humanCode,omitempty"`
	Image             *Image                  `json:"image,omitempty"`
	InLanguage        string                  `json:"inLanguage,omitempty"`
	OtherIdentifier   []IdentifierEntry       `json:"otherIdentifier,omitempty"`
	Related           []Related               `json:"related,omitempty"`
	ResultDescription []ResultDescription     `json:"resultDescription,omitempty"`
	Specialization    string                  `json:"specialization,omitempty"`
	Tag               []string                `json:"tag,omitempty"`
	Version           string                  `json:"version,omitempty"`
}

// Criteria says how the achievement is earned: a page, a Markdown text, or both
// (§B.1).
type Criteria struct {
	ID        string `json:"id,omitempty"`
	Narrative string `json:"narrative,omitempty"`
}

// Alignment links to a node of a framework of competences (§B.1).
type Alignment struct {
	Type              Types  `json:"type"`
	TargetName        string `json:"targetName"`
	TargetURL         string `json:"targetUrl"`
	TargetCode        string `json:"targetCode,omitempty"`
	TargetDescription string `json:"targetDescription,omitempty"`
	TargetFramework   string `json:"targetFramework,omitempty"`
	TargetType        string `json:"targetType,omitempty"`
}

// Related names another edition of the achievement (§B.1).
type Related struct {
	ID         string `json:"id"`
	Type       Types  `json:"type"`
	InLanguage string `json:"inLanguage,omitempty"`
	Version    string `json:"version,omitempty"`
}

// ResultDescription describes a result that may be stated. AllowedValue and
// RubricCriterionLevel are ordered from low to high; ValueMin and ValueMax are
// strings even when they are numbers (§B.1).
type ResultDescription struct {
	ID                   string                 `json:"id"`
	Type                 Types                  `json:"type"`
	Name                 string                 `json:"name"`
	ResultType           string                 `json:"resultType"`
	Alignment            []Alignment            `json:"alignment,omitempty"`
	AllowedValue         []string               `json:"allowedValue,omitempty"`
	RequiredLevel        string                 `json:"requiredLevel,omitempty"`
	RequiredValue        string                 `json:"requiredValue,omitempty"`
	RubricCriterionLevel []RubricCriterionLevel `json:"rubricCriterionLevel,omitempty"`
	ValueMax             string                 `json:"valueMax,omitempty"`
	ValueMin             string                 `json:"valueMin,omitempty"`
}

// RubricCriterionLevel is one step of the degree of mastery (§B.1).
type RubricCriterionLevel struct {
	ID          string      `json:"id"`
	Type        Types       `json:"type"`
	Name        string      `json:"name"`
	Alignment   []Alignment `json:"alignment,omitempty"`
	Description string      `json:"description,omitempty"`
	Level       string      `json:"level,omitempty"`
	Points      string      `json:"points,omitempty"`
}
