package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"ramure/internal/auth"
	"ramure/internal/httpx"
)

// maxBody bounds a request's body, in bytes.
const maxBody = 64 << 10

// operation is one line of the table: huma's description, the right that a
// token needs, and how to hand it to huma.
type operation struct {
	huma.Operation
	right    auth.Right // "" for anybody
	body     httpx.Body
	lane     httpx.Lane
	register func(huma.API)
}

// operations is what the API can do, readable as a list.
func (d *door) operations() []operation {
	return []operation{
		with(http.MethodPost, "/api/v1/achievements", "defineAchievement", auth.Issue, http.StatusCreated, "Define an achievement", d.defineAchievement),
		with(http.MethodGet, "/api/v1/achievements", "listAchievements", auth.Read, http.StatusOK, "List the venue's achievements, newest first", d.listAchievements),
		with(http.MethodGet, "/api/v1/achievements/{id}", "readAchievement", auth.Read, http.StatusOK, "Read the latest version of an achievement", d.readAchievement),
		with(http.MethodPut, "/api/v1/achievements/{id}", "reviseAchievement", auth.Issue, http.StatusOK, "Make a new version of an achievement", d.reviseAchievement),
		with(http.MethodPost, "/api/v1/achievements/{id}/withdrawal", "withdrawAchievement", auth.Issue, http.StatusCreated, "End the awarding of an achievement", d.withdrawAchievement),
		with(http.MethodPost, "/api/v1/awards", "issueAward", auth.Issue, http.StatusCreated, "Award an achievement to a person", d.issueAward),
		with(http.MethodGet, "/api/v1/awards", "listAwards", auth.Read, http.StatusOK, "List the venue's awards, newest first", d.listAwards),
		with(http.MethodGet, "/api/v1/awards/{id}", "readAward", auth.Read, http.StatusOK, "Read an award", d.readAward),
		with(http.MethodPost, "/api/v1/awards/{id}/revocation", "revokeAward", auth.Revoke, http.StatusCreated, "Take an award back, for good", d.revokeAward),
		d.handIn(),
	}
}

// with makes a line of the table.
func with[I, O any](method, path, id string, right auth.Right, status int, summary string,
	handler func(context.Context, *I) (*O, error)) operation {
	noun, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1/"), "/")
	o := operation{right: right, body: maxBody, lane: httpx.Writing, Operation: huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, DefaultStatus: status, MaxBodyBytes: maxBody,
		Errors: refusals(method, path), Tags: []string{noun},
		Security: []map[string][]string{{"token": {string(right)}}}, Metadata: map[string]any{rightKey: right},
	}}
	if method == http.MethodGet {
		o.body, o.lane = httpx.NoBody, httpx.Reading
	}
	o.register = func(a huma.API) { huma.Register(a, o.Operation, handler) }
	return o
}

// refusals lists the statuses with which an operation may refuse; huma adds 500.
func refusals(method, path string) []int {
	list := []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusServiceUnavailable}
	if method != http.MethodGet {
		list = append(list, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict,
			http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusInsufficientStorage)
	}
	if strings.Contains(path, "{id}") && !slices.Contains(list, http.StatusNotFound) {
		list = append(list, http.StatusNotFound)
	}
	return list
}

// rightKey is where an operation says which right it needs.
const rightKey = "right"

// anonymous tells the operations that anybody may ask.
func anonymous(o *huma.Operation) bool { return o.Metadata[rightKey] == nil }

// policyToken is the policy of every other route here: a token with the right that
// the operation names.
const policyToken httpx.Policy = "token"

// routes gives the hall the policy, the body limit and the lane of every operation.
func routes(operations []operation) []httpx.Route {
	table := make([]httpx.Route, len(operations))
	for i, o := range operations {
		table[i] = httpx.Route{Method: o.Method, Path: ginPath(o.Path), Policy: policyToken, Body: o.body,
			Lane: o.lane, Note: o.Summary}
		if anonymous(&o.Operation) {
			table[i].Policy = httpx.Public
		}
	}
	return table
}
