package openbadges2

import (
	"encoding/json"
	"strings"
	"testing"
)

// whole is an assertion with everything inside that the classes name.
const whole = `{
  "@context": ["https://w3id.org/openbadges/v2", "https://exemple.fr/contextes/1"],
  "type": ["Assertion", "https://exemple.fr/types/atelier"],
  "id": "https://exemple.fr/assertions/1",
  "recipient": {"type": "email", "hashed": true, "salt": "Kosher",
    "identity": "sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399"},
  "verification": {"type": "HostedBadge"},
  "issuedOn": "2026-11-02T10:00:00+01:00",
  "expires": "2031-11-02T10:00Z",
  "image": "https://exemple.fr/assertions/1/image.png",
  "narrative": "Trois ateliers.",
  "evidence": ["https://exemple.fr/preuves/1",
    {"id": "https://exemple.fr/preuves/2", "type": "Evidence", "name": "Affiche", "description": "Une affiche", "genre": "Image", "audience": "Public", "narrative": "Faite seul."}],
  "badge": {
    "type": "BadgeClass", "id": "https://exemple.fr/badges/1",
    "name": "Vérifier une information", "description": "Recouper ses sources.",
    "image": {"id": "data:image/png;base64,AAAA", "type": "Image", "caption": "Une loupe"},
    "criteria": {"id": "https://exemple.fr/badges/1/criteres", "narrative": "Comparer **trois sources**."},
    "alignment": {"targetName": "DigComp 1.2", "targetUrl": "https://exemple.fr/digcomp/1.2", "targetDescription": "Évaluer", "targetFramework": "DigComp", "targetCode": "1.2"},
    "tags": ["information", "sources"],
    "issuer": {
      "type": "Issuer", "id": "https://exemple.fr/emetteur", "name": "ERIC d'Embrun", "url": "https://exemple.fr",
      "email": "contact@exemple.fr", "telephone": "+33400000000", "description": "Un lieu", "image": "https://exemple.fr/logo.png",
      "verification": {"type": "VerificationObject", "startsWith": "https://exemple.fr/assertions/", "allowedOrigins": ["exemple.fr"]},
      "revocationList": "https://exemple.fr/retraits"
    }
  }
}`

const list = `{
  "@context": "https://w3id.org/openbadges/v2", "type": "RevocationList", "id": "https://exemple.fr/retraits",
  "issuer": "https://exemple.fr/emetteur",
  "revokedAssertions": ["urn:uuid:1", {"id": "urn:uuid:2", "revocationReason": "Erreur"}, {"uid": "abc"}, {"id": "urn:uuid:3", "revoked": false}]
}`

func decode(t testing.TB, text string) map[string]any {
	t.Helper()
	var doc map[string]any
	if err := json.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// at walks to the object that holds the last member of a path: badge.issuer.name.
func at(doc map[string]any, path string) (map[string]any, string) {
	steps := strings.Split(path, ".")
	for _, step := range steps[:len(steps)-1] {
		doc, _ = doc[step].(map[string]any)
	}
	return doc, steps[len(steps)-1]
}
