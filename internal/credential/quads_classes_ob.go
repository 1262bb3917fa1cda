package credential

import "ramure/internal/openbadges"

// What the context of Open Badges 3.0.3 defines about achievements and results.

var achievementSubjectClass = class{
	scope: openbadges.TypeAchievementSubject,
	types: map[string]string{openbadges.TypeAchievementSubject: nsOB + "AchievementSubject"},
	terms: map[string]term{
		"achievement":       nodeTerm(nsOB + "achievement"),
		"activityStartDate": typedTerm(nsOB+"activityStartDate", nsXSDSecure+"date"),
		"activityEndDate":   typedTerm(nsOB+"activityEndDate", nsXSDSecure+"date"),
		"creditsEarned":     numberTerm(nsOB+"creditsEarned", nsXSDSecure+"float"),
		"identifier":        nodeTerm(nsOB + "identifier"),
		"image":             nodeTerm(nsOB + "image"),
		"licenseNumber":     textTerm(nsOB + "licenseNumber"),
		"narrative":         textTerm(nsOB + "narrative"),
		"result":            nodeTerm(nsOB + "result"),
		"role":              textTerm(nsOB + "role"),
		"source":            nodeTerm(nsOB + "source"),
		"term":              textTerm(nsOB + "term"),
	},
}

var achievementClass = class{
	scope: openbadges.TypeAchievement,
	types: map[string]string{openbadges.TypeAchievement: nsOB + "Achievement"},
	terms: map[string]term{
		"achievementType":   textTerm(nsOB + "achievementType"),
		"name":              textTerm(nsSchema + "name"),
		"description":       textTerm(nsSchema + "description"),
		"criteria":          nodeTerm(nsOB + "Criteria"),
		"alignment":         nodeTerm(nsOB + "alignment"),
		"creator":           nodeTerm(nsOB + "creator"),
		"creditsAvailable":  numberTerm(nsOB+"creditsAvailable", nsXSDSecure+"float"),
		"fieldOfStudy":      textTerm(nsOB + "fieldOfStudy"),
		"humanCode":         textTerm(nsOB + "humanCode"),
		"image":             nodeTerm(nsOB + "image"),
		"inLanguage":        textTerm(nsSchema + "inLanguage"),
		"otherIdentifier":   nodeTerm(nsOB + "otherIdentifier"),
		"related":           nodeTerm(nsOB + "related"),
		"resultDescription": nodeTerm(nsOB + "resultDescription"),
		"specialization":    textTerm(nsOB + "specialization"),
		"tag":               textTerm(nsSchema + "keywords"),
		"version":           textTerm(nsOB + "version"),
	},
}

var criteriaClass = class{
	terms: map[string]term{"narrative": textTerm(nsOB + "narrative")},
}

var alignmentClass = class{
	scope: openbadges.TypeAlignment,
	types: map[string]string{openbadges.TypeAlignment: nsSchema + "AlignmentObject"},
	terms: map[string]term{
		"targetName":        textTerm(nsSchema + "targetName"),
		"targetUrl":         typedTerm(nsSchema+"targetUrl", nsXSDSecure+"anyURI"),
		"targetCode":        textTerm(nsOB + "targetCode"),
		"targetDescription": textTerm(nsSchema + "targetDescription"),
		"targetFramework":   textTerm(nsSchema + "targetFramework"),
		"targetType":        textTerm(nsOB + "targetType"),
	},
}

var relatedClass = class{
	scope: openbadges.TypeRelated,
	types: map[string]string{openbadges.TypeRelated: nsOB + "Related"},
	terms: map[string]term{
		"inLanguage": textTerm(nsSchema + "inLanguage"),
		"version":    textTerm(nsOB + "version"),
	},
}

var resultDescriptionClass = class{
	scope: openbadges.TypeResultDescription,
	types: map[string]string{openbadges.TypeResultDescription: nsOB + "ResultDescription"},
	terms: map[string]term{
		"name":                 textTerm(nsSchema + "name"),
		"resultType":           textTerm(nsOB + "resultType"),
		"alignment":            nodeTerm(nsOB + "alignment"),
		"allowedValue":         listTerm(nsOB + "allowedValue"),
		"requiredLevel":        typedTerm(nsOB+"requiredLevel", nsXSDSecure+"anyURI"),
		"requiredValue":        textTerm(nsOB + "requiredValue"),
		"rubricCriterionLevel": nodeTerm(nsOB + "rubricCriterionLevel"),
		"valueMax":             textTerm(nsOB + "valueMax"),
		"valueMin":             textTerm(nsOB + "valueMin"),
	},
}

var rubricCriterionLevelClass = class{
	scope: openbadges.TypeRubricCriterionLevel,
	types: map[string]string{openbadges.TypeRubricCriterionLevel: nsOB + "RubricCriterionLevel"},
	terms: map[string]term{
		"name":        textTerm(nsSchema + "name"),
		"alignment":   nodeTerm(nsOB + "alignment"),
		"description": textTerm(nsSchema + "description"),
		"level":       textTerm(nsOB + "level"),
		"points":      textTerm(nsOB + "points"),
	},
}

var resultClass = class{
	scope: openbadges.TypeResult,
	types: map[string]string{openbadges.TypeResult: nsOB + "Result"},
	terms: map[string]term{
		"resultDescription": typedTerm(nsOB+"resultDescription", nsXSDSecure+"anyURI"),
		"achievedLevel":     typedTerm(nsOB+"achievedLevel", nsXSDSecure+"anyURI"),
		"value":             textTerm(nsSchema + "value"),
		"status":            textTerm(nsOB + "status"),
		"alignment":         nodeTerm(nsOB + "alignment"),
	},
}

var evidenceClass = class{
	scope: openbadges.TypeEvidence,
	types: map[string]string{openbadges.TypeEvidence: nsOB + "Evidence"},
	terms: map[string]term{
		"name":        textTerm(nsSchema + "name"),
		"narrative":   textTerm(nsOB + "narrative"),
		"description": textTerm(nsSchema + "description"),
		"genre":       textTerm(nsSchema + "genre"),
		"audience":    textTerm(nsSchema + "audience"),
	},
}
