package public

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// proof answers GET /v/{id}/proof, as c2sp.org/tlog-proof@v1 text. While the
// leaf waits for its place the answer says to come back.
func (d *door) proof(c *gin.Context) {
	id, err := alone(c)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	proof, err := d.Awards.Proof(c.Request.Context(), id)
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	c.Header("X-Robots-Tag", "noindex")
	httpx.Cache(c, httpx.Revalidate)
	httpx.Bytes(c, plainText, proof, "")
}
