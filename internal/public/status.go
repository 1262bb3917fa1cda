package public

import (
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// listFresh is how long a status list may be kept: its own ttl (Bitstring Status
// List 1.0 §2.2).
const listFresh = time.Minute

// status answers GET /status/{n} with the signed bytes of a list. A list that
// can't be had fresh is not served at all: an old one would hide revocations.
func (d *door) status(c *gin.Context) {
	number, err := listNumber(c.Param("n"))
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	list, err := d.Awards.List(c.Request.Context(), number)
	if err != nil {
		withhold(c, err)
		return
	}
	httpx.Cache(c, httpx.Fresh(listFresh))
	httpx.Bytes(c, chosen(c, jsonTypes...), list.Document, "")
}

// listNumber reads a number as we write it, so that each list has one address.
func listNumber(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || strconv.Itoa(n) != text {
		return 0, notHere()
	}
	return n, nil
}

// withhold refuses what must be fresh or not be served. A fault of ours is
// logged as such; verifiers are told to come back, not that all is lost.
func withhold(c *gin.Context, err error) {
	if problem.Is(err, problem.Internal) {
		httpx.Problem(c, err) // for its line in the log
		err = problem.Wrap(problem.Unavailable, "error.kind.unavailable.text", err)
	}
	httpx.Fail(c, refused(err))
}
