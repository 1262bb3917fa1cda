package vcapi

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/credential/statuslist"
	"ramure/internal/httpx"
	"ramure/internal/problem"
)

// How long a list is valid, and how long a copy of it may be used: tests want to see
// a change at once.
const (
	listLife = time.Hour
	listTTL  = time.Second
)

// addStatus gives a credential entries in the adapter's lists, if the issuer or the
// options ask for them and it has none.
func (a *Adapter) addStatus(doc map[string]any, o options, issuer Issuer) *detail {
	if _, present := doc["credentialStatus"]; present || !issuer.Status && o.status == nil {
		return nil
	}
	if kind, asked := o.status["type"]; asked && kind != statuslist.TypeEntry {
		return new(say(malformedValue, "no status of this type is made", "$.options.credentialStatus.type"))
	}
	purposes := texts(o.status["statusPurpose"])
	if len(purposes) == 0 {
		purposes = []string{statuslist.PurposeRevocation}
	}
	var entries []any
	for _, purpose := range purposes {
		entry, ok := a.lists.entry(identifier(doc), purpose)
		if !ok {
			return new(say(malformedValue, "there is no list of this purpose", "$.options.credentialStatus.statusPurpose"))
		}
		entries = append(entries, entry)
	}
	addContext(doc, contextStatus)
	if len(entries) == 1 {
		doc["credentialStatus"] = entries[0]
	} else {
		doc["credentialStatus"] = entries
	}
	return nil
}

// setStatus sets or clears the status of a credential that has an entry in one of
// the adapter's lists (VC API, update status).
func (a *Adapter) setStatus(c *gin.Context, _ string) {
	body, unread, err := readBody(c)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	if unread != nil {
		refuse(c, *unread)
		return
	}
	id, _ := body["credentialId"].(string)
	wanted, _ := body["credentialStatus"].(map[string]any)
	purpose, _ := wanted["statusPurpose"].(string)
	value, ok := statusValue(body["status"])
	if !ok {
		refuse(c, say(malformedValue, "true, false or a status value is expected", "$.status"))
		return
	}
	if id == "" || !a.lists.set(id, purpose, value) {
		httpx.OKAs(c, problem.NotFound, say(statusRetrieval, "the credential has no such entry here", "$.credentialId"))
		return
	}
	httpx.OK(c, map[string]any{"credentialId": id, "status": value != 0})
}

// statusValue reads what a status is to be; without one it is set.
func statusValue(value any) (int, bool) {
	switch v := value.(type) {
	case nil:
		return 1, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case json.Number:
		n, err := strconv.Atoi(string(v))
		return n, err == nil && n >= 0 && n < 4
	}
	return 0, false
}

// serveList answers with a status list, signed afresh.
func (a *Adapter) serveList(c *gin.Context) {
	number, ok := a.lists.numbered(a.Base + c.Request.URL.Path)
	if !ok {
		httpx.Fail(c, problem.New(problem.NotFound, "error.page.notFound"))
		return
	}
	signed, found := a.signedList(c.Request.Context(), number)
	if len(found) > 0 {
		refuse(c, found...)
		return
	}
	httpx.Vary(c, "Accept")
	media, _ := httpx.Negotiate(c.GetHeader("Accept"), "application/json", "application/vc", "application/ld+json")
	if media == "" {
		media = "application/json"
	}
	body, err := json.Marshal(signed)
	if err != nil {
		httpx.Fail(c, err)
		return
	}
	httpx.Cache(c, httpx.Fresh(listTTL))
	httpx.Bytes(c, media, body, "")
}

// signedList makes a list credential (Bitstring Status List §2.2).
func (a *Adapter) signedList(ctx context.Context, number int) (map[string]any, []detail) {
	purpose, encoded := a.lists.encoded(number)
	now, issuer := a.Now().UTC().Truncate(time.Second), a.issuers[0]
	address := a.lists.address(number)
	doc := map[string]any{
		"@context": []any{contextV2}, "id": address, "issuer": issuer.DID,
		"type":      []any{"VerifiableCredential", statuslist.TypeCredential},
		"validFrom": now.Add(-skew).Format(time.RFC3339), "validUntil": now.Add(listLife).Format(time.RFC3339),
		"credentialSubject": map[string]any{
			"id": address + "#list", "type": statuslist.TypeList, "statusPurpose": purpose, "encodedList": encoded,
			"ttl": json.Number(strconv.FormatInt(listTTL.Milliseconds(), 10)),
		},
	}
	return a.sign(ctx, doc, options{}, issuer)
}

// statusResult is what a status list says of a credential (Bitstring Status List
// §3.2).
type statusResult struct {
	Purpose string `json:"purpose"`
	Status  int    `json:"status"`
	Valid   bool   `json:"valid"`
	Message string `json:"message,omitempty"`
}

// invalidating are the purposes for which a set bit takes validity away. Others
// inform.
var invalidating = []string{"revocation", "suspension"}

// checkStatuses follows every status entry of a credential.
func (a *Adapter) checkStatuses(ctx context.Context, doc map[string]any) (results []statusResult, found []detail) {
	for i, item := range items(doc["credentialStatus"]) {
		path := "$.credentialStatus"
		if _, isList := doc["credentialStatus"].([]any); isList {
			path += "[" + strconv.Itoa(i) + "]"
		}
		entry, _ := item.(map[string]any) // objects, by the data model
		result, broken := a.checkStatus(ctx, entry)
		if broken != nil {
			broken.Path = path
			found = append(found, *broken)
			continue
		}
		results = append(results, result)
		if !result.Valid && slices.Contains(invalidating, result.Purpose) {
			found = append(found, say(statusSet, result.Purpose, path))
		}
	}
	return results, found
}
