package bench

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

// What is awarded is like doc0 of the design: French text, a narrative of
// criteria, three alignments, levels with a result, evidence, a status entry, a
// hashed identifier; a credential of about 3.7 kB.

type level struct {
	Name        string `json:"name"`
	Level       string `json:"level"`
	Description string `json:"description"`
}

var levels = []level{
	{"Novice", "2", "Avec de l’aide, dans des situations simples et connues."},
	{"Indépendant", "4", "Seul ou seule, dans des situations courantes."},
	{"Avancé", "6", "Dans des situations nouvelles, et en aidant les autres."},
}

const (
	achievementName        = "Vérifier la fiabilité d’une information"
	achievementDescription = "Savoir recouper ses sources, reconnaître un contenu trompeur et dire pourquoi on le croit ou non."
	achievementCriteria    = "La personne a :\n\n* comparé **trois sources** devant le groupe, dont une officielle et un média ;\n" +
		"* retrouvé l’origine d’une image et sa date ;\n* échangé avec la médiatrice sur ce qui reste à apprendre."
	competence = "acunum.c1.4"
)

// definition is the achievement as the API takes it.
func definition(tb testing.TB) []byte {
	tb.Helper()
	body, err := json.Marshal(map[string]any{"name": achievementName, "description": achievementDescription,
		"criteria": achievementCriteria, "competences": []string{competence}, "levels": levels,
		"requiredLevel": "2", "validFor": "P3Y", "tags": []string{"information", "sources"}})
	if err != nil {
		tb.Fatal(err)
	}
	return body
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
		"evidence": []map[string]string{{"name": "Revue de presse commentée", "url": "https://example.org/portfolio/revue-de-presse",
			"narrative": "Une revue de presse de douze articles, avec pour chacun sa source et ce qui la rend croyable."}}})
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

// post sends a body once, and answers the member "id" of a 201.
func (s *serving) post(tb testing.TB, path, token string, body []byte, headers ...string) string {
	tb.Helper()
	w, err := dial(s.address)
	if err != nil {
		tb.Fatal(err)
	}
	defer w.close()
	request := head(path, token, len(body)) + strings.Join(append(headers, "\r\n"), "\r\n") + string(body)
	if len(headers) == 0 {
		request = head(path, token, len(body)) + "\r\n" + string(body)
	}
	r, err := w.ask([]byte(request))
	if err != nil || r.status != 201 {
		tb.Fatalf("POST %s: %d %v %s", path, r.status, err, r.body)
	}
	return idOf(r.body)
}

// idOf reads the member "id" of an answer of ours, which stands first.
func idOf(body []byte) string {
	var answer struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(body, &answer)
	return answer.ID
}
