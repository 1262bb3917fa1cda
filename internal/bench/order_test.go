package bench

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"

	"ramure/internal/award"
)

// What is awarded is like doc0 of the design: French text, a narrative of
// criteria, three alignments, levels with a result, evidence, a status entry, a
// hashed identifier; a credential of about 3.7 kB.

// meant is the achievement as the act takes it.
func meant() award.Definition {
	return award.Definition{
		Name:        "Vérifier la fiabilité d’une information",
		Description: "Savoir recouper ses sources et dire pourquoi on croit un contenu ou non.",
		Criteria:    "Avoir comparé **trois sources** devant le groupe, dont une officielle.",
		Competences: []string{"acunum.c1.4"}, ValidFor: "P3Y", Tags: []string{"sources"},
		Levels: []award.Level{
			{Name: "Indépendant", Level: "4", Description: "Seul, dans des situations courantes."},
			{Name: "Avancé", Level: "6", Description: "En aidant les autres."},
		},
	}
}

// definition is the same as the API takes it.
func definition(tb testing.TB) []byte {
	tb.Helper()
	d := meant()
	levels := make([]map[string]string, len(d.Levels))
	for n, l := range d.Levels {
		levels[n] = map[string]string{"name": l.Name, "level": l.Level, "description": l.Description}
	}
	body, err := json.Marshal(map[string]any{"name": d.Name, "description": d.Description, "criteria": d.Criteria,
		"competences": d.Competences, "levels": levels, "validFor": d.ValidFor, "tags": d.Tags})
	if err != nil {
		tb.Fatal(err)
	}
	return body
}

const (
	evidenceName = "Revue de presse commentée"
	evidenceURL  = "https://example.org/portfolio/revue-de-presse"
	evidenceText = "Douze articles, avec pour chacun sa source."
)

// ordered is the n-th award of a set, as the act takes it.
func ordered(n int, achievement award.AchievementID) award.Order {
	key := fmt.Sprintf("set-%d", n)
	return award.Order{Key: key, Fingerprint: sha256.Sum256([]byte(key)), Achievement: achievement, Level: "4",
		Recipient: award.Person{GivenName: "Lucie", FamilyName: "Le Goff-D’Œuvre"},
		Evidence:  []award.Evidence{{Name: evidenceName, URL: evidenceURL, Narrative: evidenceText}}}
}

// orders makes requests that issue awards of one achievement, each for a new
// person with a new idempotency key.
type orders struct {
	head, body string
	serial     atomic.Int64
}

func newOrders(tb testing.TB, token, achievement string) *orders {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"achievement": achievement, "level": "4",
		"recipient": map[string]string{"givenName": "Lucie", "familyName": "Le Goff-D’Œuvre"},
		"evidence":  []map[string]string{{"name": evidenceName, "url": evidenceURL, "narrative": evidenceText}}})
	if err != nil {
		tb.Fatal(err)
	}
	return &orders{head: head("/api/v1/awards", token, len(body)), body: string(body)}
}

func head(path, token string, length int) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: badges.example.org\r\nAuthorization: Bearer %s\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n", path, token, length)
}

// maker implements load's: it is for one connection.
func (o *orders) maker() maker {
	var request []byte
	return func() []byte {
		request = append(request[:0], o.head...)
		request = fmt.Appendf(request, "Idempotency-Key: bench-%d\r\n\r\n", o.serial.Add(1))
		return append(request, o.body...)
	}
}

// post sends a body once and answers the id of what it made.
func (s *serving) post(tb testing.TB, path, token string, body []byte) string {
	tb.Helper()
	return acknowledged(s.ask(tb, 201, []byte(head(path, token, len(body))+"\r\n"+string(body))).body)
}
