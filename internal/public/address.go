package public

import (
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// idShape is that of every public id: 128 bits as 22 base64url characters, the
// last of which has four bits to spare.
var idShape = regexp.MustCompile(`^[A-Za-z0-9_-]{21}[AQgw]$`)

// named reads the last part of an address: the id of an award or achievement,
// and the suffix that forces a form. What can't be an id is answered like an id
// that is unknown.
func named(c *gin.Context) (id, suffix string, err error) {
	id, suffix, dotted := strings.Cut(c.Param("id"), ".")
	if !idShape.MatchString(id) || dotted && suffix == "" {
		return "", suffix, notHere()
	}
	return id, suffix, nil
}

// alone is named for an address without suffix.
func alone(c *gin.Context) (award.ID, error) {
	id, suffix, err := named(c)
	if err == nil && suffix != "" {
		err = notHere()
	}
	return award.ID(id), err
}

// orJSON is named for an address whose one suffix is .json; its refusals are in
// JSON too.
func orJSON(c *gin.Context) (string, error) {
	id, suffix, err := named(c)
	if unknown := asJSON(c, suffix); err == nil {
		err = unknown
	}
	return id, err
}

// notHere is the one answer for what is unknown, what is private, and what can't
// be: an outsider learns nothing from it.
func notHere() error { return problem.New(problem.NotFound, "error.page.notFound") }

// refused gives the acts' NotFound and Gone the words of this door.
func refused(err error) error {
	switch problem.KindOf(err) {
	case problem.NotFound:
		return notHere()
	case problem.Gone:
		return problem.New(problem.Gone, "error.kind.gone.text")
	}
	return err
}

// The media types that a suffix stands for.
const (
	typeHTML  = "text/html"
	typeJSON  = "application/json"
	typeLD    = "application/ld+json"
	typeVC    = "application/vc"
	typeVCLD  = "application/vc+ld+json"
	typeVCJWT = "application/vc+jwt"
	typeJWT   = "application/jwt"
	typeText  = "text/plain"
	plainText = typeText + "; charset=utf-8"
)

// asJSON lets the suffix .json do what "Accept: application/json" does, for the
// answer and for its refusals alike. Any other suffix names nothing.
func asJSON(c *gin.Context, suffix string) error {
	switch suffix {
	case "":
		return nil
	case "json":
		c.Request.Header.Set("Accept", typeJSON)
		return nil
	}
	return notHere()
}

// chosen negotiates and says so to caches. When nothing offered is acceptable it
// is the first offer: an answer that may be of use rather than a refusal.
func chosen(c *gin.Context, offers ...string) string {
	httpx.Vary(c, "Accept")
	offer, acceptable := httpx.Negotiate(c.GetHeader("Accept"), offers...)
	if !acceptable {
		return offers[0]
	}
	return offer
}

// here turns an address of ours into its path; false for any other address.
func (d *door) here(address string) (path string, ours bool) {
	path, ours = strings.CutPrefix(address, d.Base)
	return path, ours && strings.HasPrefix(path, "/")
}
