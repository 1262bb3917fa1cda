package public

import (
	"slices"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// The forms of a credential, as media types: those of VC Data Model 2.0 and
// Open Badges 3.0 for JSON, those of VC-JOSE-COSE and Open Badges for VC-JWT.
var (
	jsonTypes = []string{typeVC, typeVCLD, typeLD, typeJSON}
	jwtTypes  = []string{typeVCJWT, typeJWT, typeText}
)

// laterForms are suffixes whose forms are not made yet.
var laterForms = []string{"png", "svg", "pdf"}

// credential answers GET /credentials/{id}: the signed bytes, the VC-JWT, or on
// to the page for people.
func (d *door) credential(c *gin.Context) {
	name, suffix, err := named(c)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	c.Header("X-Robots-Tag", "noindex")
	httpx.Cache(c, httpx.Revalidate)
	id := award.ID(name)
	form, err := credentialForm(c, suffix)
	switch {
	case err != nil:
		httpx.Fail(c, err)
	case form == typeHTML:
		d.sendToPage(c, id)
	case slices.Contains(jwtTypes, form):
		d.sendJWT(c, id, form)
	default:
		d.sendJSON(c, id, form)
	}
}

// credentialForm chooses the media type of the answer. A suffix forces a family
// of forms; within it Accept may still name one.
func credentialForm(c *gin.Context, suffix string) (string, error) {
	switch {
	case suffix == "":
		httpx.Vary(c, "Accept")
		form, acceptable := httpx.Negotiate(c.GetHeader("Accept"), slices.Concat(jsonTypes, jwtTypes, []string{typeHTML})...)
		if !acceptable {
			return "", problem.New(problem.NotAcceptable, "error.credential.form")
		}
		return form, nil
	case suffix == "json":
		return chosen(c, typeJSON, typeVC, typeVCLD, typeLD), nil
	case suffix == "jwt":
		return chosen(c, typeText, typeVCJWT, typeJWT), nil
	case slices.Contains(laterForms, suffix):
		return "", problem.New(problem.NotAcceptable, "error.credential.form")
	}
	return "", notHere()
}

func (d *door) sendJSON(c *gin.Context, id award.ID, form string) {
	document, err := d.Awards.Credential(c.Request.Context(), id)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	// The bytes of an id never change, so the id itself is their validator.
	httpx.Bytes(c, form, document, string(id))
}

// sendJWT counts the visitor's requests: the first for each badge costs an RSA
// signature.
func (d *door) sendJWT(c *gin.Context, id award.ID, form string) {
	if err := d.minters.Take(httpx.ClientAddress(c)); err != nil {
		httpx.Fail(c, err)
		return
	}
	jwt, err := d.Awards.JWT(c.Request.Context(), id)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	if form == typeText {
		form = plainText
	}
	httpx.Bytes(c, form, []byte(jwt), "")
}

// sendToPage sends people on. Only what exists is sent on, so that what is
// unknown, private or erased is answered here as everywhere.
func (d *door) sendToPage(c *gin.Context, id award.ID) {
	if _, err := d.Awards.Credential(c.Request.Context(), id); err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	httpx.SeeOther(c, httpx.Link(c, "/v/"+string(id)))
}
