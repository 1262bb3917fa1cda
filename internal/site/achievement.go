package site

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/auth"
	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/httpx"
	"ramure/internal/openbadges"
)

// achievementsView is the body of templates/site/achievements.
type achievementsView struct {
	Frame frame
	Lines []achievementLine
	More  string
}

type achievementLine struct {
	award.Achievement
	Issue string // where it is awarded; empty when it no longer is
	Page  string // as everybody sees it
}

// achievements lists what can be earned in the venue.
func (d *door) achievements(c *gin.Context) {
	f, err := d.frame(c, "badges")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	list, next, err := d.Awards.Achievements(c.Request.Context(), auth.ScopeOf(c), c.Query("depuis"), 50)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := achievementsView{Frame: f}
	base := "/lieux/" + c.Param("slug")
	for _, a := range list {
		line := achievementLine{Achievement: a, Page: httpx.Link(c, "/achievements/"+string(a.ID))}
		if a.Withdrawal == nil {
			line.Issue = httpx.Link(c, base+"/badges/"+string(a.ID)+"/delivrer")
		}
		view.Lines = append(view.Lines, line)
	}
	if next != "" {
		view.More = httpx.Link(c, base+"/badges?depuis="+next)
	}
	render(c, "achievements", "site.achievements.title", view)
}

// defineView is the body of templates/site/define.
type defineView struct {
	Frame  frame
	Form   defineForm
	Found  []competence.Item // by the search
	Chosen []competence.Item
	Faults map[string]string
	Fault  string
}

// defineForm is what was typed. Levels are lines of « name: what it means ».
type defineForm struct {
	Name, Description, Criteria, Levels, ValidFor, Search string
	Competences                                           []string
}

func (d *door) definePage(c *gin.Context) { d.showDefine(c, defineForm{}, nil) }

func (d *door) showDefine(c *gin.Context, typed defineForm, failure error) {
	f, err := d.frame(c, "badges")
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	view := defineView{Frame: f, Form: typed}
	for _, code := range typed.Competences {
		if item, known := d.Catalogue.Item(code); known {
			view.Chosen = append(view.Chosen, item)
		}
	}
	view.Found = d.search(typed.Search, typed.Competences)
	view.Faults, view.Fault = faults(c, failure, defineFields)
	render(c, "define", "site.define.title", view)
}

// define makes the achievement, or searches for competences in the same form: what
// was typed stays.
func (d *door) define(c *gin.Context) {
	typed := defineForm{Name: strings.TrimSpace(c.PostForm("nom")), Description: strings.TrimSpace(c.PostForm("resume")), Criteria: strings.TrimSpace(c.PostForm("criteres")),
		Levels: strings.TrimSpace(c.PostForm("niveaux")), ValidFor: c.PostForm("duree"), Search: strings.TrimSpace(c.PostForm("chercher")), Competences: c.PostFormArray("competence")}
	if c.PostForm("action") == "chercher" {
		d.showDefine(c, typed, nil)
		return
	}
	_, err := d.Awards.Define(c.Request.Context(), auth.ScopeOf(c), typed.definition())
	if again(err) {
		d.showDefine(c, typed, err)
		return
	}
	d.then(c, err, "/lieux/"+c.Param("slug")+"/badges")
}

func (f defineForm) definition() award.Definition {
	return award.Definition{Name: f.Name, Description: f.Description, Criteria: f.Criteria, Type: "Competency",
		Competences: f.Competences, Levels: levels(f.Levels), ValidFor: f.ValidFor}
}

// levels reads one level a line, the lowest first: « Indépendant : seul, dans des cas
// simples ».
func levels(text string) (list []award.Level) {
	for line := range strings.Lines(text) {
		name, meaning, _ := strings.Cut(strings.TrimSpace(line), ":")
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		mark := string(rune('1' + len(list)%9))
		list = append(list, award.Level{ID: mark, Name: name, Level: mark, Description: strings.TrimSpace(meaning)})
	}
	return list
}

var defineFields = map[string]string{
	"$.name": "nom", "$.description": "resume", "$.criteria": "criteres", "$.levels": "niveaux", "$.levels[0].name": "niveaux", "$.validFor": "duree", "$.competences": "competence",
}

// search finds competences whose code or words hold all that was typed, without
// regard to case and accents.
func (d *door) search(text string, chosen []string) (found []competence.Item) {
	parts := strings.Fields(openbadges.FoldName("", text))
	if len(parts) == 0 {
		return nil
	}
	for _, framework := range d.Catalogue.Frameworks() {
		for _, item := range d.Catalogue.Competences(framework.Code) {
			if len(found) < 20 && holds(openbadges.FoldName("", item.Code+" "+item.LabelFR+" "+item.LabelEN), parts) && !slices.Contains(chosen, item.Code) {
				found = append(found, item)
			}
		}
	}
	return found
}

func holds(text string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}
