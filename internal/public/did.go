package public

import (
	"encoding/json"

	"github.com/gin-gonic/gin"

	"ramure/internal/did"
	"ramure/internal/httpx"
)

// DID documents have two media types of their own (DID Core §6); browsers only
// show the plain one.
var didTypes = []string{typeJSON, "application/did+json", "application/did+ld+json", typeLD}

// issuerDID answers GET /issuers/{slug}/did.json (did:web §2.5.2).
func (d *door) issuerDID(c *gin.Context) {
	document, err := d.Awards.Document(c.Request.Context(), c.Param("slug"))
	if err != nil {
		httpx.Fail(c, refused(err))
		return
	}
	sendDID(c, document)
}

// networkDocument is the network's own document. Its keys sign the log, and
// receipts of verifications, and nothing else, so that no relationship
// (assertionMethod…) names them: a credential that claims the network as its issuer
// is refused.
type networkDocument struct {
	Context            []string                 `json:"@context"`
	ID                 string                   `json:"id"`
	VerificationMethod []did.VerificationMethod `json:"verificationMethod"`
}

// networkDID answers GET /.well-known/did.json.
func (d *door) networkDID(c *gin.Context) {
	var keys []did.PublishedKey
	for _, log := range d.Log.Policy().Logs {
		keys = append(keys, did.PublishedKey{Public: log.Key.Public})
	}
	if d.ReceiptKey != nil {
		keys = append(keys, did.PublishedKey{Public: d.ReceiptKey})
	}
	full, err := did.NewDocument(did.WebNetwork(d.Base), keys)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	sendDID(c, networkDocument{full.Context, full.ID, full.VerificationMethod})
}

func sendDID(c *gin.Context, document any) {
	body, err := json.Marshal(document)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	// A key that was made a moment ago must be found at once.
	httpx.Cache(c, httpx.Revalidate)
	httpx.Bytes(c, chosen(c, didTypes...), body, "")
}
