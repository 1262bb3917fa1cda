package vcapi

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"ramure/internal/credential/statuslist"
)

// contexts accepts an ordered set whose first item is a base context and whose
// others are URLs or objects (§4.3).
func contexts(_ *model, value any) string {
	list, isList := value.([]any)
	if !isList || len(list) == 0 || list[0] != contextV2 && list[0] != contextV1 {
		return "context"
	}
	for i, item := range list {
		switch entry := item.(type) {
		case string:
			if !isURL(entry) || slices.Contains(list[:i], item) {
				return "context"
			}
		case map[string]any:
		default:
			return "context"
		}
	}
	return ""
}

// contextsOfAny accepts what a credential inside a presentation may have: an
// envelope may name its one context bare (§4.13.1).
func contextsOfAny(m *model, value any) string {
	if s, isText := value.(string); isText {
		value = []any{s}
	}
	return contexts(m, value)
}

// period asks that the end be no earlier than the beginning (§4.9).
func period(from, until string) func(*model, string, map[string]any) {
	return func(m *model, path string, object map[string]any) {
		first, _ := object[from].(string)
		last, _ := object[until].(string)
		begins, _, hasBegin := readMoment(first)
		ends, _, hasEnd := readMoment(last)
		if hasBegin && hasEnd && ends.Before(begins) {
			m.add(path+"."+until, "beforeBeginning")
		}
	}
}

// notEmpty asks a subject for a claim (§4.8).
func notEmpty(m *model, path string, object map[string]any) {
	if len(object) == 0 {
		m.add(path, "empty")
	}
}

// someDigest asks a related resource for a digest (§5.3).
func someDigest(m *model, path string, object map[string]any) {
	_, hasSRI := object["digestSRI"]
	_, hasMultibase := object["digestMultibase"]
	if !hasSRI && !hasMultibase {
		m.add(path, "digest")
	}
}

// uniqueResources asks that no resource be named twice (§5.3).
func uniqueResources(m *model, path string, object map[string]any) {
	seen := map[string]bool{}
	for i, item := range items(object["relatedResource"]) {
		id := identifier(item)
		if id != "" && seen[id] {
			m.add(path+".relatedResource["+strconv.Itoa(i)+"].id", "duplicate")
		}
		seen[id] = true
	}
}

// list looks at the subject of a status list credential (Bitstring Status List
// §2.2).
func (m *model) list(doc map[string]any) {
	if slices.Contains(texts(doc["type"]), statuslist.TypeCredential) {
		m.object("$.credentialSubject", doc["credentialSubject"], classList)
	}
}

// entryRules are those of a status entry that one member alone does not tell
// (Bitstring Status List §2.1).
func entryRules(m *model, path string, object map[string]any) {
	if id := object["id"]; id != nil && id == object["statusListCredential"] {
		m.add(path+".id", "listItself")
	}
	size, sized := statusSize(object)
	messages, hasMessages := object["statusMessage"]
	if !hasMessages {
		if size > 1 || object["statusPurpose"] == "message" {
			m.add(path+".statusMessage", "required")
		}
		return
	}
	list, isList := messages.([]any)
	if !isList {
		m.add(path+".statusMessage", "list")
	} else if sized && len(list) != 1<<size {
		m.add(path+".statusMessage", "count")
	}
}

// statusSize is how many bits one status has, 1 by default; ok says that it is a
// size that a list can have.
func statusSize(object map[string]any) (size int, ok bool) {
	value, present := object["statusSize"]
	if !present {
		return 1, true
	}
	n, _ := value.(json.Number)
	bits, err := n.Int64()
	const most = 16
	return int(min(max(bits, 0), most+1)), err == nil && bits > 0 && bits <= most
}

// entries looks for status entries anywhere in a document, by their type: one that
// is malformed is refused under whatever name it stands.
func (m *model) entries(path string, value any) {
	switch v := value.(type) {
	case map[string]any:
		if slices.Contains(texts(v["type"]), statuslist.TypeEntry) {
			m.object(path, v, classEntry)
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if !strings.HasPrefix(name, "@") {
				m.entries(path+"."+name, v[name])
			}
		}
	case []any:
		for i, item := range v {
			m.entries(path+"["+strconv.Itoa(i)+"]", item)
		}
	}
}
