package store

import (
	"encoding/base64"
	"strings"
	"time"

	"ramure/internal/problem"
)

// cursor is the place after which a page begins: the instant and the public id
// of the last item of the page before.
type cursor struct {
	at time.Time
	id string
}

// String writes the cursor for the caller, who need not understand it.
func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.at.UTC().Format(timeLayout) + "/" + c.id))
}

// parseCursor reads a cursor of ours; another text is a problem.Invalid.
func parseCursor(text string) (cursor, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return cursor{}, badCursor()
	}
	instant, id, _ := strings.Cut(string(raw), "/")
	at, err := time.Parse(timeLayout, instant)
	if err != nil || (cursor{at: at, id: id}).String() != text {
		return cursor{}, badCursor()
	}
	return cursor{at: at, id: id}, nil
}

func badCursor() error {
	return problem.Violated(keyCursor, problem.Violation{Path: "$.cursor", Rule: "cursor",
		Detail: "give the cursor that the page before answered, or none for the first page"})
}

// Pages have 1 to 1,000 items.
const (
	defaultPage = 50
	largestPage = 1000
)

func pageSize(limit int) int {
	if limit < 1 {
		return defaultPage
	}
	return min(limit, largestPage)
}

// page cuts the one item too many that tells whether a page follows, and
// answers the cursor of that page, empty on the last.
func page[T any](items []T, limit int, at func(T) cursor) ([]T, string) {
	if len(items) <= limit {
		return items, ""
	}
	items = items[:limit]
	return items, at(items[limit-1]).String()
}
