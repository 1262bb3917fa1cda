package openbadges

// The JSON-LD contexts of what we issue, in their obligatory order
// (Open Badges 3.0 §B.1; Verifiable Credentials Data Model 2.0 §4.3).
const (
	ContextVC2 = "https://www.w3.org/ns/credentials/v2"
	ContextOB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
)

// ContextVC1 is the first context of the older form of a credential, that of the
// Verifiable Credentials Data Model 1.1, which is read and never written.
const ContextVC1 = "https://www.w3.org/2018/credentials/v1"

// The names of the classes, as they stand in "type".
const (
	TypeVerifiableCredential  = "VerifiableCredential"
	TypeOpenBadgeCredential   = "OpenBadgeCredential"
	TypeAchievementCredential = "AchievementCredential"
	TypeEndorsementCredential = "EndorsementCredential"
	TypeAchievementSubject    = "AchievementSubject"
	TypeEndorsementSubject    = "EndorsementSubject"
	TypeAchievement           = "Achievement"
	TypeProfile               = "Profile"
	TypeAddress               = "Address"
	TypeGeoCoordinates        = "GeoCoordinates"
	TypeIdentifierEntry       = "IdentifierEntry"
	TypeIdentityObject        = "IdentityObject"
	TypeImage                 = "Image"
	TypeEvidence              = "Evidence"
	TypeAlignment             = "Alignment"
	TypeRelated               = "Related"
	TypeResult                = "Result"
	TypeResultDescription     = "ResultDescription"
	TypeRubricCriterionLevel  = "RubricCriterionLevel"

	TypeDataIntegrityProof  = "DataIntegrityProof"
	TypeEd25519Signature    = "Ed25519Signature2020"
	TypeBitstringEntry      = "BitstringStatusListEntry"
	TypeRevocationListEntry = "1EdTechRevocationList"
	TypeRefreshService      = "1EdTechCredentialRefresh"
)

// Values of the open vocabularies that this product writes.
const (
	AchievementCompetency  = "Competency"
	AchievementCompletion  = "CertificateOfCompletion"
	AchievementBadge       = "Badge"
	ResultRubricLevel      = "RubricCriterionLevel"
	ResultStatus           = "Status"
	TargetCompetency       = "ceasn:Competency"
	IdentityName           = "name"
	IdentityEmail          = "emailAddress"
	PurposeRevocation      = "revocation"
	PurposeSuspension      = "suspension"
	PurposeMessage         = "message"
	PurposeRefresh         = "refresh"
	ProofPurposeAssertion  = "assertionMethod"
	ResultStatusCompleted  = "Completed"
	vocabularyExtensionTag = "ext:"
)

// vocabulary is a closed list of words, open to "ext:" words when extensible
// (Open Badges 3.0 §B.3, Enumeration and EnumExt).
type vocabulary struct {
	words      map[string]bool
	extensible bool
}

var achievementTypes = vocabulary{extensible: true, words: words(
	"Achievement", "ApprenticeshipCertificate", "Assessment", "Assignment",
	"AssociateDegree", "Award", AchievementBadge, "BachelorDegree", "Certificate",
	AchievementCompletion, "Certification", "CommunityService",
	AchievementCompetency, "Course", "CoCurricular", "Degree", "Diploma",
	"DoctoralDegree", "Fieldwork", "GeneralEducationDevelopment",
	"JourneymanCertificate", "LearningProgram", "License", "Membership",
	"ProfessionalDoctorate", "QualityAssuranceCredential", "MasterCertificate",
	"MasterDegree", "MicroCredential", "ResearchDoctorate", "SecondarySchoolDiploma",
)}

var targetTypes = vocabulary{extensible: true, words: words(
	TargetCompetency, "ceterms:Credential", "CFItem", "CFRubric",
	"CFRubricCriterion", "CFRubricCriterionLevel", "CTDL",
)}

var resultTypes = vocabulary{extensible: true, words: words(
	"GradePointAverage", "LetterGrade", "Percent", "PerformanceLevel",
	"PredictedScore", "RawScore", "Result", "RubricCriterion",
	ResultRubricLevel, "RubricScore", "ScaledScore", ResultStatus,
)}

var resultStatuses = vocabulary{words: words(
	ResultStatusCompleted, "Enrolled", "Failed", "InProgress", "OnHold", "Withdrew",
)}

var identifierTypes = vocabulary{extensible: true, words: words(
	IdentityName, "sourcedId", "systemId", "productId", "userName", "accountId",
	IdentityEmail, "nationalIdentityNumber", "isbn", "issn", "lisSourcedId",
	"oneRosterSourcedId", "sisSourcedId", "ltiContextId", "ltiDeploymentId",
	"ltiToolId", "ltiPlatformId", "ltiUserId", "identifier",
)}

// KnownAchievementType reports whether a word may stand as achievementType: one
// of the specification, or an extension ("ext:…").
func KnownAchievementType(word string) bool { return achievementTypes.has(word) }

func words(list ...string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, word := range list {
		set[word] = true
	}
	return set
}

// has reports whether the word is of the vocabulary. An extension is "ext:"
// and one or more ASCII letters, digits, dots, hyphens or underscores.
func (v vocabulary) has(word string) bool {
	if v.words[word] {
		return true
	}
	return v.extensible && isExtension(word)
}

func isExtension(word string) bool {
	if len(word) <= len(vocabularyExtensionTag) || word[:len(vocabularyExtensionTag)] != vocabularyExtensionTag {
		return false
	}
	for _, r := range word[len(vocabularyExtensionTag):] {
		if !isLetterOrDigit(r) && r != '.' && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

func isLetterOrDigit(r rune) bool { return isLetter(r) || r >= '0' && r <= '9' }

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
