package openbadges

import "maps"

// form is what the two data models of the W3C call the same things.
type form struct{ begin, end string }

var (
	form20 = form{begin: "validFrom", end: "validUntil"}
	form11 = form{begin: "issuanceDate", end: "expirationDate"}
)

// IsOlderForm reports whether a document says by its first context that it is a
// credential of data model 1.1.
func IsOlderForm(doc map[string]any) bool {
	contexts, _ := doc["@context"].([]any)
	return len(contexts) > 0 && contexts[0] == ContextVC1
}

// StatusEntries lists the status entries of a valid credential: none, one, or
// several in their order.
func StatusEntries(doc map[string]any) []StatusEntry {
	list, several := doc["credentialStatus"].([]any)
	if !several {
		list = []any{doc["credentialStatus"]}
	}
	var entries []StatusEntry
	for _, one := range list {
		if object, isObject := one.(map[string]any); isObject {
			entries = append(entries, statusEntry(object))
		}
	}
	return entries
}

func statusEntry(object map[string]any) (e StatusEntry) {
	for name, into := range map[string]*string{"id": &e.ID, "type": &e.Type, "statusPurpose": &e.StatusPurpose,
		"statusListIndex": &e.StatusListIndex, "statusListCredential": &e.StatusListCredential} {
		*into, _ = object[name].(string)
	}
	return e
}

// Current gives a valid credential of either form as one that can be read into a
// shape, with the dates under the names that they have there. Only the document
// itself was signed.
func Current(doc map[string]any) map[string]any {
	if !IsOlderForm(doc) {
		return doc
	}
	current := maps.Clone(doc)
	for older, name := range map[string]string{form11.begin: form20.begin, form11.end: form20.end} {
		if date, present := current[older]; present {
			current[name] = date
			delete(current, older)
		}
	}
	return current
}
