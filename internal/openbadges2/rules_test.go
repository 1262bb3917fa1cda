package openbadges2

import (
	"testing"

	"ramure/internal/openbadges"
)

// TestRules breaks one rule at a time, of the assertion and of what is inside.
func TestRules(t *testing.T) {
	t.Parallel()
	const missing = "missing"
	for _, test := range []struct {
		path  string
		value any
		rule  string
	}{
		{"id", missing, openbadges.RuleRequired},
		{"id", "assertions/1", openbadges.RuleIRI},
		{"id", 1.0, openbadges.RuleType},
		{"type", missing, openbadges.RuleRequired},
		{"type", "assertion", openbadges.RuleTypeName},
		{"type", []any{"BadgeClass"}, openbadges.RuleTypeName},
		{"recipient", missing, openbadges.RuleRequired},
		{"recipient", "a@example.com", openbadges.RuleType},
		{"recipient.identity", missing, openbadges.RuleRequired},
		{"recipient.identity", "", openbadges.RuleEmpty},
		{"recipient.identity", "sha1$abcdef", openbadges.RuleIdentityHash},
		{"recipient.identity", "sha256$28d50415252ab6c689a54413da15b083034b66e5", openbadges.RuleIdentityHash},
		{"recipient.identity", "md5$zzzz0415252ab6c689a54413da15b083", openbadges.RuleIdentityHash},
		{"recipient.hashed", missing, openbadges.RuleRequired},
		{"recipient.hashed", "true", openbadges.RuleType},
		{"recipient.type", missing, openbadges.RuleRequired},
		{"recipient.salt", 7.0, openbadges.RuleType},
		{"verification", missing, openbadges.RuleRequired},
		{"verification", "HostedBadge", openbadges.RuleType},
		{"issuedOn", missing, openbadges.RuleRequired},
		{"issuedOn", 1_478_000_000.0, openbadges.RuleType},
		{"issuedOn", "2026-11-02", openbadges.RuleDateTime},
		{"issuedOn", "2026-11-02T10:00:00", openbadges.RuleDateTime},
		{"issuedOn", "2026-02-30T10:00:00Z", openbadges.RuleDateTime},
		{"expires", "2031-11-02T10:00:00+15:00", openbadges.RuleDateTime},
		{"revoked", "true", openbadges.RuleType},
		{"narrative", []any{"a", "b"}, openbadges.RuleType},
		{"evidence", "preuves/1", openbadges.RuleIRI},
		{"image", "image.png", openbadges.RuleIRI},
		{"badge", missing, openbadges.RuleRequired},
		{"badge", "badges/1", openbadges.RuleIRI},
		{"badge", []any{"https://exemple.fr/badges/1"}, openbadges.RuleType},
		{"badge.type", "Badge", openbadges.RuleTypeName},
		{"badge.name", missing, openbadges.RuleRequired},
		{"badge.Name", "Autre", openbadges.RuleUnknownMember},
		{"badge.description", missing, openbadges.RuleRequired},
		{"badge.image", missing, openbadges.RuleRequired},
		{"badge.image.id", missing, openbadges.RuleRequired},
		{"badge.criteria", missing, openbadges.RuleRequired},
		{"badge.criteria", "criteres", openbadges.RuleIRI},
		{"badge.issuer", missing, openbadges.RuleRequired},
		{"badge.alignment.targetName", missing, openbadges.RuleRequired},
		{"badge.alignment.targetUrl", "digcomp", openbadges.RuleIRI},
		{"badge.tags", []any{"a", 1.0}, openbadges.RuleType},
		{"badge.issuer.type", "Organisation", openbadges.RuleTypeName},
		{"badge.issuer.name", missing, openbadges.RuleRequired},
		{"badge.issuer.url", "exemple.fr", openbadges.RuleIRI},
		{"badge.issuer.email", missing, openbadges.RuleRequired},
		{"badge.issuer.verification.startsWith", 1.0, openbadges.RuleType},
	} {
		doc := decode(t, whole)
		object, name := at(doc, test.path)
		object[name] = test.value
		if test.value == missing {
			delete(object, name)
		}
		found := Validate(doc)
		if len(found) != 1 || found[0].Rule != test.rule {
			t.Errorf("%s = %v: %v, want %s", test.path, test.value, found, test.rule)
		}
	}
}

// TestOtherForms: what the programs of ten years have written.
func TestOtherForms(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(doc map[string]any){
		"the badge by address": func(d map[string]any) { d["badge"] = "https://exemple.fr/badges/1" },
		"verify for 1.x": func(d map[string]any) {
			delete(d, "verification")
			d["verify"] = map[string]any{"type": "hosted", "url": "x"}
		},
		"nothing said":        func(d map[string]any) { d["narrative"], d["evidence"], d["expires"] = nil, []any{}, []any{nil} },
		"criteria by address": func(d map[string]any) { d["badge"].(map[string]any)["criteria"] = "https://exemple.fr/criteres" },
		"an extension": func(d map[string]any) {
			d["extensions:x"] = map[string]any{"@context": "https://x.fr", "type": []any{"Extension"}}
		},
		"a language":            func(d map[string]any) { d["@language"] = "fr" },
		"a version as a number": func(d map[string]any) { d["badge"].(map[string]any)["version"] = 2.0 },
		"a plain recipient": func(d map[string]any) {
			d["recipient"] = map[string]any{"type": "email", "hashed": false, "identity": "a@example.com"}
		},
		"md5": func(d map[string]any) {
			d["recipient"].(map[string]any)["identity"] = "md5$000102030405060708090A0b0c0d0e0f"
		},
		"revoked, stripped": func(d map[string]any) {
			clear(d)
			d["id"], d["revoked"], d["revocationReason"] = "https://exemple.fr/assertions/1", true, "Erreur"
		},
	} {
		doc := decode(t, whole)
		change(doc)
		doc = Plain(doc)
		if found := Validate(doc); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
		if _, err := Shape[Assertion](doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
