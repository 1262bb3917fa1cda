package openbadges

// className names a table. Tables refer to each other by name, because a
// profile holds endorsements that hold profiles.
type className string

const (
	classAchievementCredential className = TypeAchievementCredential
	classEndorsementCredential className = TypeEndorsementCredential
	classAchievementSubject    className = TypeAchievementSubject
	classEndorsementSubject    className = TypeEndorsementSubject
	classAchievement           className = TypeAchievement
	classCriteria              className = "Criteria"
	classAlignment             className = TypeAlignment
	classRelated               className = TypeRelated
	classResultDescription     className = TypeResultDescription
	classRubricCriterionLevel  className = TypeRubricCriterionLevel
	classResult                className = TypeResult
	classIdentityObject        className = TypeIdentityObject
	classEvidence              className = TypeEvidence
	classProfile               className = TypeProfile
	classImage                 className = TypeImage
	classAddress               className = TypeAddress
	classGeoCoordinates        className = TypeGeoCoordinates
	classIdentifierEntry       className = TypeIdentifierEntry
	classCredentialStatus      className = "CredentialStatus"
	classBitstringEntry        className = TypeBitstringEntry
	classStatusMessage         className = "StatusMessage"
	classCredentialSchema      className = "CredentialSchema"
	classRefreshService        className = "RefreshService"
	classTermsOfUse            className = "TermsOfUse"
	classRelatedResource       className = "RelatedResource"
	classProof                 className = "Proof"

	// The credentials in the form of data model 1.1.
	classAchievementCredential11 className = "AchievementCredential 1.1"
	classEndorsementCredential11 className = "EndorsementCredential 1.1"
)

// class is one table of the specification.
type class struct {
	members []member
	// anyOf lists what "type" must contain: one word of each group.
	anyOf [][]string
	// closed classes allow no further member (the data model's classes
	// without Extensions).
	closed bool
	// variants add the members of another class when "type" is its name.
	variants []className
	// older is the table of the same class in the form of data model 1.1, for a
	// document that says by its first context that it is of that form.
	older className
	// also holds the rules between several members.
	also func(c *check, path string, object map[string]any)
}

// member is one line of a table.
type member struct {
	name  string
	value format    // of a string, number or boolean
	class className // of an object, when not empty
	count count
	need  need
}

// count is how many values a member takes.
type count uint8

const (
	one     count = iota // one value, never an array
	many                 // an array, even of one
	compact              // an array, or in reading its one value
	several              // one value, or in reading an array
)

// need is whether a member must be there, and other marks.
type need uint8

const (
	optional   need = 0
	required   need = 1 << iota
	orIRI           // in reading, an IRI may stand in place of the object
	unsignable      // no published context defines it: never in what we sign
)
