package openbadges

var achievementSubject = class{
	anyOf: [][]string{{TypeAchievementSubject}},
	also:  subjectRules,
	members: []member{
		{name: "id", value: iri},
		{name: "type", value: text, count: compact, need: required},
		{name: "achievement", class: classAchievement, need: required},
		{name: "activityStartDate", value: dateTime},
		{name: "activityEndDate", value: dateTime},
		{name: "creditsEarned", value: number},
		{name: "identifier", class: classIdentityObject, count: many},
		{name: "image", class: classImage},
		{name: "licenseNumber", value: text},
		{name: "narrative", value: text},
		{name: "result", class: classResult, count: many},
		{name: "role", value: text},
		{name: "source", class: classProfile},
		{name: "term", value: text},
	},
}

var achievement = class{
	anyOf: [][]string{{TypeAchievement}},
	also:  achievementRules,
	members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "achievementType", value: achievementType},
		{name: "name", value: text, need: required},
		{name: "description", value: text, need: required},
		{name: "criteria", class: classCriteria, need: required},
		{name: "alignment", class: classAlignment, count: many},
		{name: "creator", class: classProfile},
		{name: "creditsAvailable", value: number},
		{name: "endorsement", class: classEndorsementCredential, count: many},
		{name: "endorsementJwt", value: compactJWS, count: many, need: unsignable},
		{name: "fieldOfStudy", value: text},
		{name: "humanCode", value: text},
		{name: "image", class: classImage},
		{name: "inLanguage", value: language},
		{name: "otherIdentifier", class: classIdentifierEntry, count: many},
		{name: "related", class: classRelated, count: many},
		{name: "resultDescription", class: classResultDescription, count: many},
		{name: "specialization", value: text},
		{name: "tag", value: text, count: many},
		{name: "version", value: text},
	},
}

var criteria = class{
	also: criteriaRules,
	members: []member{
		{name: "id", value: iri},
		{name: "narrative", value: text},
	},
}

var alignment = class{
	anyOf: [][]string{{TypeAlignment}},
	members: []member{
		{name: "type", value: text, count: compact, need: required},
		{name: "targetName", value: text, need: required},
		{name: "targetUrl", value: iri, need: required},
		{name: "targetCode", value: text},
		{name: "targetDescription", value: text},
		{name: "targetFramework", value: text},
		{name: "targetType", value: targetType},
	},
}

var related = class{
	anyOf:  [][]string{{TypeRelated}},
	closed: true,
	members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "inLanguage", value: language},
		{name: "version", value: text},
	},
}

var resultDescription = class{
	anyOf: [][]string{{TypeResultDescription}},
	members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "name", value: text, need: required},
		{name: "resultType", value: resultType, need: required},
		{name: "alignment", class: classAlignment, count: many},
		{name: "allowedValue", value: text, count: many},
		{name: "requiredLevel", value: iri},
		{name: "requiredValue", value: text},
		{name: "rubricCriterionLevel", class: classRubricCriterionLevel, count: many},
		{name: "valueMax", value: text},
		{name: "valueMin", value: text},
	},
}

var rubricCriterionLevel = class{
	anyOf: [][]string{{TypeRubricCriterionLevel}},
	members: []member{
		{name: "id", value: iri, need: required},
		{name: "type", value: text, count: compact, need: required},
		{name: "name", value: text, need: required},
		{name: "alignment", class: classAlignment, count: many},
		{name: "description", value: text},
		{name: "level", value: text},
		{name: "points", value: text},
	},
}

var result = class{
	anyOf: [][]string{{TypeResult}},
	members: []member{
		{name: "type", value: text, count: compact, need: required},
		{name: "resultDescription", value: iri},
		{name: "achievedLevel", value: iri},
		{name: "value", value: text},
		{name: "status", value: resultStatus},
		{name: "alignment", class: classAlignment, count: many},
	},
}

var evidence = class{
	anyOf: [][]string{{TypeEvidence}},
	members: []member{
		{name: "id", value: iri},
		{name: "type", value: text, count: compact, need: required},
		{name: "name", value: text},
		{name: "narrative", value: text},
		{name: "description", value: text},
		{name: "genre", value: text},
		{name: "audience", value: text},
	},
}
