package public

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/httpx"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// versionFresh is how long a numbered version may be kept: its bytes never
// change.
const versionFresh = 24 * time.Hour

// achievement answers GET /achievements/{id}: the published bytes for programs,
// a page for people. ?version=n asks for an old version.
func (d *door) achievement(c *gin.Context) {
	id, err := orJSON(c)
	var version int
	if err == nil {
		version, err = versionAsked(c)
	}
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	found, err := d.Achievements.PublicAchievement(c.Request.Context(), award.AchievementID(id), version)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	form := chosen(c, typeLD, typeJSON, typeHTML)
	if form == typeHTML {
		d.showAchievement(c, found)
		return
	}
	if version > 0 {
		httpx.Cache(c, httpx.Fresh(versionFresh))
	}
	httpx.Bytes(c, form, found.Document, "")
}

// versionAsked reads ?version=, a number from 1; 0 without it.
func versionAsked(c *gin.Context) (int, error) {
	text, given := c.GetQuery("version")
	if !given {
		return 0, nil
	}
	version, err := strconv.Atoi(text)
	if err != nil || version < 1 || strconv.Itoa(version) != text {
		return 0, notHere()
	}
	return version, nil
}

// achievementView is the body of templates/public/achievement.
type achievementView struct {
	Name        string
	Tongue      string    // language of the texts when it is not the page's
	Withdrawn   time.Time // zero while it may be awarded
	Old         bool      // a newer version exists
	Latest      string    // address of the newest version
	Description prose
	Criteria    prose
	Mastery     *mastery
	Fields      []httpx.Field
	Frameworks  []frameworkLinks
	Downloads   []httpx.Anchor
}

func (d *door) showAchievement(c *gin.Context, a award.Achievement) {
	latest, err := d.Achievements.PublicAchievement(c.Request.Context(), a.ID, 0)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	var published openbadges.Achievement
	if err := json.Unmarshal(a.Document, &published); err != nil {
		httpx.Fail(c, problem.Wrap(problem.Internal, "error.kind.internal.text", err))
		return
	}
	path := "/achievements/" + string(a.ID)
	say := httpx.Localizer(c)
	httpx.Render(c, "public/achievement", httpx.Page{
		Title:       published.Name,
		Description: say.T("achievement.description", "name", published.Name),
		Canonical:   path,
		Body:        d.achievementPage(c, a, latest, published),
	})
}

func (d *door) achievementPage(c *gin.Context, a, latest award.Achievement, published openbadges.Achievement) achievementView {
	say, path := httpx.Localizer(c), "/achievements/"+string(a.ID)
	version := path + "?version=" + strconv.Itoa(a.Version)
	view := achievementView{
		Name:        published.Name,
		Tongue:      tongue(published, say),
		Old:         a.Version < latest.Version,
		Latest:      httpx.Link(c, path),
		Description: d.prose(published.Description),
		Criteria:    d.prose(published.Criteria.Narrative),
		Fields:      d.achievementFields(c, a, published),
		Frameworks:  d.alignments(c, published),
		Downloads: []httpx.Anchor{
			{Label: say.T("expert.download.achievement"), Href: path + ".json"},
			{Label: say.T("expert.download.version", "n", a.Version), Href: strings.Replace(version, "?", ".json?", 1)},
		},
	}
	if latest.Withdrawal != nil {
		view.Withdrawn = latest.Withdrawal.At
	}
	if description, found := rubric(published); found {
		view.Mastery = newMastery(description, "", say)
	}
	return view
}

func (d *door) achievementFields(c *gin.Context, a award.Achievement, published openbadges.Achievement) []httpx.Field {
	say := httpx.Localizer(c)
	by := httpx.Field{Term: say.T("achievement.field.by"), Value: a.Venue, Href: httpx.Link(c, "/issuers/"+a.Venue)}
	if published.Creator != nil && published.Creator.Name != "" {
		by.Value = published.Creator.Name
	}
	fields := []httpx.Field{
		by,
		{Term: say.T("achievement.field.duration"), Value: durationInWords(say, a.Definition.ValidFor)},
		{Term: say.T("achievement.field.version"), Value: say.T("achievement.version", "n", a.Version, "date", say.Date(a.CreatedAt))},
	}
	if len(published.Tag) > 0 {
		fields = append(fields, httpx.Field{Term: say.T("achievement.field.tags"), Value: strings.Join(published.Tag, ", ")})
	}
	return fields
}
