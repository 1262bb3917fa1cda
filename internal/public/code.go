package public

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"ramure/internal/award"
	"ramure/internal/httpx"
	"ramure/internal/qr"
)

// codeSize is the side of the PNG when the reader asks for none, in pixels: 25
// mm on paper at 600 dots an inch.
const codeSize = 600

// qr answers GET /qr/{id}.svg and .png: the code that is printed on the badge.
func (d *door) qr(c *gin.Context) {
	id, suffix, err := named(c)
	if err == nil && suffix != "svg" && suffix != "png" {
		err = notHere()
	}
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	address, err := d.Awards.Printed(c.Request.Context(), award.ID(id))
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	code, err := qr.New(address)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Cache(c, httpx.Revalidate)
	if suffix == "svg" {
		drawSVG(c, code)
		return
	}
	drawPNG(c, code)
}

func drawSVG(c *gin.Context, code qr.Code) {
	httpx.Vary(c, "Accept-Language")
	httpx.Bytes(c, "image/svg+xml", code.SVG(httpx.Localizer(c).T("verification.qr.alt")), "")
}

// drawPNG draws ?size= pixels; the drawing itself holds the size within bounds.
func drawPNG(c *gin.Context, code qr.Code) {
	size, err := strconv.Atoi(c.Query("size"))
	if err != nil || size < 1 {
		size = codeSize
	}
	picture, err := code.PNG(size)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Bytes(c, "image/png", picture, "")
}
