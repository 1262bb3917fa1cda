package demo

import (
	"fmt"
	"strings"

	"ramure/internal/award"
	"ramure/internal/mediation"
)

// levels is the degree of mastery in four steps; the marks are those of the
// scale of eight that DigComp and Pix share.
var levels = []award.Level{
	{Name: "Novice", Level: "2", Description: "Avec de l’aide, dans des situations simples et connues."},
	{Name: "Indépendant", Level: "4", Description: "Seul ou seule, dans des situations courantes."},
	{Name: "Avancé", Level: "6", Description: "Dans des situations nouvelles, et en aidant les autres."},
	{Name: "Expert", Level: "8", Description: "En résolvant des problèmes complexes et en proposant des pratiques nouvelles."},
}

func describe(m mediation.Module) string {
	text := "Module " + m.Code + " du cycle d’accompagnement aux cultures et usages numériques (ACUNUM)"
	if m.Hours > 0 {
		text += fmt.Sprintf(", %d heures", m.Hours)
	}
	if m.Audience != "" {
		text += ", pour " + strings.ReplaceAll(m.Audience, "groupe mixte", "un groupe mixte")
	}
	return text + "."
}

// criteria is what the participant did, in Markdown.
func criteria(m mediation.Module) string {
	lines := []string{"La personne a :", ""}
	if m.Hours > 0 {
		lines = append(lines, fmt.Sprintf("* suivi les **%d heures** du module, émargement à l’appui ;", m.Hours))
	} else {
		lines = append(lines, "* participé à l’accompagnement du groupe, sur la durée convenue avec lui ;")
	}
	lines = append(lines,
		"* présenté au groupe une production de son choix, en lien avec son métier ;",
		"* échangé avec la médiatrice ou le médiateur sur ce qu’elle sait faire seule, et sur ce qu’il reste à apprendre.",
		"", "Le degré de maîtrise est constaté pendant le module, sur la production et dans l’échange.")
	return strings.Join(lines, "\n")
}
