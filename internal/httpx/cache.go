package httpx

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
)

// Caching is a Cache-Control value (RFC 9111 §5.2).
type Caching string

// The usual ways to be kept. Every answer is NoStore until its handler says
// otherwise.
const (
	NoStore    Caching = "no-store"
	Revalidate Caching = "no-cache" // kept, asked again each time: a revocation shows at once
	Immutable  Caching = "public, max-age=31536000, immutable"
)

// Fresh lets an answer be kept by anyone for a while without asking.
func Fresh(lifetime time.Duration) Caching {
	return Caching(fmt.Sprintf("public, max-age=%d", int64(lifetime/time.Second)))
}

// Cache says how the answer may be kept. It is called before the answer.
func Cache(c *gin.Context, how Caching) { c.Header("Cache-Control", string(how)) }

// Vary adds request headers that the answer depends on, each once.
func Vary(c *gin.Context, names ...string) {
	header := c.Writer.Header()
	for _, name := range names {
		if !slices.Contains(header["Vary"], name) {
			header["Vary"] = append(header["Vary"], name)
		}
	}
}

// contentTag is a strong validator: the first 128 bits of the bytes' SHA-256.
func contentTag(body []byte) string {
	sum := sha256.Sum256(body)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// matches reads If-None-Match, whose comparison is weak (RFC 9110 §8.8.3.2): a
// proxy that compressed the answer may have put W/ before our validator.
func matches(header, quoted string) bool {
	for candidate := range strings.SplitSeq(header, ",") {
		candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
		if candidate == quoted || candidate == "*" {
			return true
		}
	}
	return false
}
