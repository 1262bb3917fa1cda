package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"ramure/internal/credential"
)

// removed as a value takes the member away.
type removed struct{}

// spoils are changes of one place of a credential, each of which must cost it
// its signature or its key. OTHER stands for the other venue.
var spoils = []struct {
	path  string
	value any
}{
	{"id", "http://localhost/credentials/AAAAAAAAAAAAAAAAAAAAAA"},
	{"name", "Maître en tout"},
	{"type.2", "https://example.org/MoreThanThat"},
	{"@context.1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json"},
	{"@context.0", "https://www.w3.org/2018/credentials/v1"},
	{"issuer.id", "OTHER"},
	{"issuer.name", "Ministère de l’Éducation nationale"},
	{"issuer.url", "https://example.org/"},
	{"validFrom", "2020-01-01T00:00:00Z"},
	{"validUntil", "2099-01-01T00:00:00Z"},
	{"validUntil", removed{}},
	{"awardedDate", "2020-01-01T00:00:00Z"},
	{"credentialSubject.id", "urn:uuid:00000000-0000-4000-8000-000000000000"},
	{"credentialSubject.identifier.0.identityHash", "sha256$" + strings.Repeat("0", 64)},
	{"credentialSubject.identifier", removed{}},
	{"credentialSubject.achievement.name", "Maître en tout"},
	{"credentialSubject.achievement.description", "Sait tout faire."},
	{"credentialSubject.achievement.criteria.narrative", "Être venu."},
	{"credentialSubject.achievement.creator.name", "Une université"},
	{"credentialSubject.achievement.alignment.0.targetName", "Piloter un avion"},
	{"credentialSubject.achievement.resultDescription.0.rubricCriterionLevel.0.name", "Expert"},
	{"credentialSubject.result", removed{}},
	{"credentialSubject.unheardOf", "of any context"},
	{"evidence", []any{map[string]any{"id": "https://example.org/autre", "type": []any{"Evidence"}}}},
	{"credentialStatus.statusListIndex", "1"},
	{"credentialStatus", removed{}},
	{"proof.0.created", "2020-01-01T00:00:00Z"},
	{"proof.0.proofPurpose", "authentication"},
	{"proof.0.cryptosuite", "ecdsa-rdfc-2019"},
	{"proof.0.verificationMethod", "OTHER#key"},
	{"proof.0.proofValue", "z" + strings.Repeat("2", 86)},
	{"proof.0.domain", "example.org"},
	{"proof", removed{}},
}

// refuseSpoiled wants our verifier and the foreign judges to refuse each spoiled
// badge, as JSON and, where the claims let it be said, as a JWT.
func refuseSpoiled(t *testing.T, s *site, list badges) {
	t.Helper()
	named, other := list[0], list[len(list)-1]
	text := s.document("json", "application/vc", named.id).Document
	token := s.document("jwt", "application/vc+jwt", named.id).Document
	otherIssuer := s.get("/v/"+other.id+".json", "", http.StatusOK).member(t, "issuerId")
	var all []document
	var what []string
	for _, spoil := range spoils {
		value := spoil.value
		if given, isText := value.(string); isText {
			value = strings.Replace(given, "OTHER", otherIssuer, 1)
		}
		change := func(doc map[string]any) { put(t, doc, strings.Split(spoil.path, "."), value) }
		all = append(all, s.question("json", changed(t, text, change)))
		what = append(what, spoil.path)
		if !strings.HasPrefix(spoil.path, "proof") {
			all = append(all, s.question("jwt", reworded(t, token, 1, change)))
			what = append(what, spoil.path)
		}
	}
	for name, spoiled := range forged(t, token, s.document("jwt", "application/vc+jwt", other.id).Document) {
		all = append(all, s.question("jwt", spoiled))
		what = append(what, name)
	}
	for i, judged := range s.ask(t, all) {
		judged.is(t, "invalid", what[i])
		if ours := s.verdict(t, all[i].Document); ours != credential.Invalid {
			t.Errorf("%s, as %s: we say %s", what[i], all[i].Form, ours)
		}
	}
}

// forged are tokens whose header or signature was tampered with.
func forged(t *testing.T, token, other string) map[string]string {
	t.Helper()
	mine, theirs := strings.Split(token, "."), strings.Split(other, ".")
	flipped := "A"
	if strings.HasPrefix(mine[2], "A") {
		flipped = "B"
	}
	list := map[string]string{
		"another's signature": mine[0] + "." + mine[1] + "." + theirs[2],
		"another's header":    theirs[0] + "." + mine[1] + "." + mine[2],
		"no signature":        mine[0] + "." + mine[1] + ".",
		"a changed signature": mine[0] + "." + mine[1] + "." + flipped + mine[2][1:],
		"padding":             token + "=",
	}
	for name, header := range map[string]map[string]any{
		"alg none": {"alg": "none"}, "alg HS256": {"alg": "HS256"}, "alg PS256": {"alg": "PS256"}, "a stranger's typ": {"typ": "at+jwt"},
		"jku": {"jku": "https://example.org/keys"}, "crit": {"crit": []any{"b64"}, "b64": false}, "no kid": {"kid": removed{}},
	} {
		list[name] = reworded(t, token, 0, func(doc map[string]any) {
			for member, value := range header {
				put(t, doc, []string{member}, value)
			}
		})
	}
	return list
}

// changed decodes an object, changes it, and writes it again.
func changed(t *testing.T, text string, change func(map[string]any)) string {
	t.Helper()
	var doc map[string]any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	before, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	change(doc)
	after, err := json.Marshal(doc)
	if err != nil || bytes.Equal(before, after) {
		t.Fatalf("the change changed nothing (%v)", err)
	}
	return string(after)
}

// reworded changes the header (0) or the payload (1) of a token.
func reworded(t *testing.T, token string, part int, change func(map[string]any)) string {
	t.Helper()
	parts := strings.Split(token, ".")
	text, err := base64.RawURLEncoding.DecodeString(parts[part])
	if err != nil {
		t.Fatal(err)
	}
	parts[part] = base64.RawURLEncoding.EncodeToString([]byte(changed(t, string(text), change)))
	return strings.Join(parts, ".")
}

// put makes a change at a path of members and places, and answers the value with
// it; a place at the end of a list makes the list longer.
func put(t *testing.T, value any, path []string, to any) any {
	t.Helper()
	if len(path) == 0 {
		return to
	}
	switch v := value.(type) {
	case map[string]any:
		v[path[0]] = put(t, v[path[0]], path[1:], to)
		if _, remove := v[path[0]].(removed); remove {
			delete(v, path[0])
		}
		return v
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil || i > len(v) {
			t.Fatalf("no place %s in a list of %d", path[0], len(v))
		}
		if i == len(v) {
			v = append(v, nil)
		}
		v[i] = put(t, v[i], path[1:], to)
		return v
	}
	t.Fatalf("nothing to change at %v", path)
	return nil
}
