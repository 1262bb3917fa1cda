package demo

import (
	"strings"

	"ramure/internal/award"
	"ramure/internal/mediation"
)

// venue is a fictional venue and the stages of the cycle that it runs.
type venue struct {
	mediation.Venue
	stages string
}

func (v venue) teaches(m mediation.Module) bool { return strings.Contains(v.stages, m.Stage) }

// venues are three of the fictional venues of the sample file.
var venues = []venue{
	{mediation.Venue{Slug: "eric-des-micocouliers", Name: "ERIC des Micocouliers (lieu fictif)", Commune: "13055"}, "c"},
	{mediation.Venue{Slug: "mediatheque-du-grand-soleil", Name: "Médiathèque du Grand Soleil (lieu fictif)", Commune: "13001"}, "u"},
	{mediation.Venue{Slug: "fablab-des-ecrins", Name: "FabLab des Écrins (lieu fictif)", Commune: "05061", JWTAlg: "ES256"}, "m"},
}

// definition makes an achievement out of a module of the cycle.
func definition(m mediation.Module) award.Definition {
	return award.Definition{
		Name:        m.Title,
		Description: describe(m),
		Criteria:    criteria(m),
		Type:        "Competency",
		Competences: m.Competences,
		Levels:      levels,
		ValidFor:    "P3Y",
		Tags:        []string{"ACUNUM", "module " + m.Code},
	}
}

// Issuer is the venue that the printed token acts for.
const Issuer = "eric-des-micocouliers"
