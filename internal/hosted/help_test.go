package hosted_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"ramure/internal/credential"
	"ramure/internal/hosted"
	"ramure/internal/problem"
)

const (
	assertionID = "https://lieu.exemple/assertions/1"
	badgeID     = "https://lieu.exemple/badges/1"
	issuerID    = "https://lieu.exemple/emetteur"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// world is what addresses answer: a document, or an error.
type world struct {
	docs   map[string]map[string]any
	errors map[string]error
	texts  map[string]string
	asked  []string
}

// newWorld publishes one good badge, each part at its own address.
func newWorld() *world {
	return &world{errors: map[string]error{}, texts: map[string]string{}, docs: map[string]map[string]any{
		assertionID: {
			"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": assertionID,
			"recipient": map[string]any{
				"type": "email", "hashed": true, "salt": "Kosher",
				"identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399",
			},
			"badge": badgeID, "verification": map[string]any{"type": "HostedBadge"},
			"issuedOn": "2026-11-02T10:00:00+01:00", "expires": "2031-11-02T10:00:00Z",
			"evidence":  []any{map[string]any{"id": "https://lieu.exemple/preuves/1", "name": "Affiche", "narrative": "Faite **seule**."}},
			"narrative": "Trois ateliers.", "image": "https://lieu.exemple/assertions/1.png",
		},
		badgeID: {
			"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "id": badgeID,
			"name": "Vérifier une information", "description": "Recouper ses sources.",
			"image":     map[string]any{"id": "https://lieu.exemple/badges/1.png", "caption": "Une loupe"},
			"criteria":  map[string]any{"narrative": "Comparer trois sources."},
			"issuer":    issuerID,
			"alignment": []any{map[string]any{"targetName": "DigComp 1.2", "targetUrl": "https://digcomp.exemple/1.2", "targetCode": "1.2"}},
			"tags":      []any{"sources"},
		},
		issuerID: {
			"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "id": issuerID,
			"name": "ERIC d'Embrun", "url": "https://lieu.exemple", "email": "contact@lieu.exemple", "telephone": "+33400000000",
		},
	}}
}

func (w *world) fetch(_ context.Context, address, accept string) ([]byte, error) {
	w.asked = append(w.asked, address)
	if !strings.Contains(accept, "json") {
		return nil, errors.New("no JSON is accepted")
	}
	err := w.errors[address]
	if text, found := w.texts[address]; found {
		return []byte(text), err
	}
	if doc, found := w.docs[address]; found {
		raw, encoding := json.Marshal(doc)
		return raw, errors.Join(err, encoding)
	}
	if err == nil {
		err = problem.New(problem.NotFound, "error.outbound.status")
	}
	return nil, err
}

// set changes the member at a path below an address; nil takes it away.
func (w *world) set(address, path string, value any) {
	object := w.docs[address]
	steps := strings.Split(path, ".")
	for _, step := range steps[:len(steps)-1] {
		object = object[step].(map[string]any)
	}
	if value == nil {
		delete(object, steps[len(steps)-1])
		return
	}
	object[steps[len(steps)-1]] = value
}

func (w *world) sources() hosted.Sources { return hosted.Sources{Fetch: w.fetch, Now: now} }

// answers are the checks of a report that are not as on a good badge, "id status
// reason".
func answers(r credential.Report) (all []string) {
	plain := map[string]string{
		"form": "ok hosted", "contexts": "ok known2", "schema": "ok conform2", "subject": "ok identified",
		"proof": "ok hosted", "issuer": "ok scope", "refresh": "ok none", "status": "ok notRevoked", "dates": "ok within",
		"endorsements": "ok none", "recipient": "unknown notAsked", "results": "ok noLevel", "inclusion": "unknown foreign",
	}
	for _, c := range r.Checks {
		if answer := string(c.Status) + " " + c.Reason; answer != plain[string(c.ID)] && c.Reason != "notReached" {
			all = append(all, string(c.ID)+" "+answer)
		}
	}
	return all
}
