package public

import (
	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
)

// checkpoint answers GET /log/checkpoint (C2SP tlog-tiles: text, never kept
// without asking again).
func (d *door) checkpoint(c *gin.Context) {
	checkpoint, err := d.Log.Latest(c.Request.Context())
	if err != nil {
		withhold(c, err)
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	httpx.Bytes(c, plainText, checkpoint, "")
}

// policy answers GET /log/policy (C2SP tlog-policy): what an offline verifier
// is given to trust.
func (d *door) policy(c *gin.Context) {
	text, err := d.Log.Policy().Marshal()
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	httpx.Bytes(c, plainText, text, "")
}
