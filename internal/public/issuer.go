package public

import (
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/credential"
	"ramure/internal/httpx"
	"ramure/internal/mediation"
)

// offered bounds the achievements that an issuer's page lists.
const offered = 200

// issuerView is the body of templates/public/issuer.
type issuerView struct {
	Name      string
	Fields    []httpx.Field
	Offers    []httpx.Anchor
	Technical []httpx.Field
	Downloads []httpx.Anchor
}

// issuer answers GET /issuers/{slug}: the Profile for programs, since the DID's
// address leads here, and a page for people.
func (d *door) issuer(c *gin.Context) {
	slug, suffix, _ := strings.Cut(c.Param("slug"), ".")
	if err := asJSON(c, suffix); err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	form := chosen(c, typeLD, typeJSON, typeHTML)
	if form == typeHTML {
		d.showIssuer(c, slug)
		return
	}
	profile, err := d.Awards.Profile(c.Request.Context(), slug)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	httpx.Bytes(c, form, profile, "")
}

func (d *door) showIssuer(c *gin.Context, slug string) {
	ctx := c.Request.Context()
	venue, err := d.Venues.Venue(ctx, slug)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	offers, err := d.Achievements.PublicAchievements(ctx, slug, offered)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	say := httpx.Localizer(c)
	httpx.Render(c, "public/issuer", httpx.Page{
		Title:       venue.Name,
		Description: say.T("issuer.description", "name", venue.Name),
		Canonical:   "/issuers/" + slug,
		Body:        d.issuerPage(c, venue, offers),
	})
}

func (d *door) issuerPage(c *gin.Context, venue mediation.Venue, offers []award.Achievement) issuerView {
	say, path := httpx.Localizer(c), "/issuers/"+venue.Slug
	view := issuerView{
		Name: venue.Name,
		Fields: []httpx.Field{
			{Term: say.T("issuer.field.commune"), Value: d.commune(venue.Commune)},
			{Term: say.T("issuer.field.since"), At: venue.CreatedAt},
			{Term: say.T("issuer.field.standing"), Value: say.T("standing.network.word"), Note: say.T("standing.network.meaning")},
		},
		Technical: []httpx.Field{{Term: say.T("expert.field.issuerId"), Value: d.addresses.Issuer(venue.Slug), Code: true}},
		Downloads: []httpx.Anchor{
			{Label: say.T("expert.download.profile"), Href: path + ".json"},
			{Label: say.T("expert.download.did"), Href: path + "/did.json"},
		},
	}
	for _, offer := range offers {
		view.Offers = append(view.Offers, httpx.Anchor{Label: offer.Definition.Name,
			Href: httpx.Link(c, "/achievements/"+string(offer.ID))})
	}
	return view
}

// issuer is who stands behind a badge, and how they stand to this network. The
// name comes from the signed bytes; a name alone proves nothing, so that the
// standing is said beside it.
func (r *reading) issuer() []httpx.Field {
	issuer, standing := r.cred.Issuer, string(r.report.IssuerStanding)
	name := httpx.Field{Term: r.say.T("issuer.field.name"), Value: issuer.Name}
	if r.report.IssuerStanding == credential.OfNetwork {
		name.Href = r.link("/issuers/" + r.view.Venue)
	}
	return []httpx.Field{
		name,
		{Term: r.say.T("issuer.field.commune"), Value: r.city},
		{Term: r.say.T("issuer.field.standing"), Value: r.say.T("standing." + standing + ".word"),
			Note: r.say.T("standing." + standing + ".meaning")},
	}
}
