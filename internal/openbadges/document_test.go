package openbadges

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// decode reads a JSON object as the strict decoder of another room does:
// numbers stay as they are written.
func decode(t testing.TB, data []byte) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var doc map[string]any
	if err := decoder.Decode(&doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// full is a valid credential that holds every member of every class.
func full(t testing.TB) map[string]any { return decode(t, read(t, "full.json")) }

// ours is full without what only foreign documents may hold.
func ours(t testing.TB) map[string]any {
	doc := full(t)
	for _, path := range []string{
		"$.endorsementJwt", "$.issuer.endorsementJwt", "$.credentialSubject.achievement.endorsementJwt",
	} {
		remove(doc, path)
	}
	for _, path := range []string{
		"$.endorsement[0]", "$.issuer.endorsement[0]", "$.credentialSubject.achievement.endorsement[0]",
	} {
		remove(doc, path+".credentialStatus")
	}
	return doc
}

// steps splits $.a[0].b into a, 0, b.
func steps(path string) []string {
	path = strings.NewReplacer("[", ".", "]", "").Replace(strings.TrimPrefix(path, "$"))
	return strings.Split(path, ".")[1:]
}

// parent walks to the value that holds the last step.
func parent(doc map[string]any, path string) (holder any, last string) {
	holder = doc
	list := steps(path)
	for _, step := range list[:len(list)-1] {
		holder = child(holder, step)
	}
	return holder, list[len(list)-1]
}

func child(holder any, step string) any {
	if array, ok := holder.([]any); ok {
		i, _ := strconv.Atoi(step)
		return array[i]
	}
	return holder.(map[string]any)[step]
}

func get(doc map[string]any, path string) any {
	holder, last := parent(doc, path)
	return child(holder, last)
}

func set(doc map[string]any, path string, value any) {
	switch holder, last := parent(doc, path); h := holder.(type) {
	case []any:
		i, _ := strconv.Atoi(last)
		h[i] = value
	case map[string]any:
		h[last] = value
	}
}

func remove(doc map[string]any, path string) {
	holder, last := parent(doc, path)
	delete(holder.(map[string]any), last)
}

// paths lists every value of a document below the root, in a stable order.
func paths(value any, path string) []string {
	var list []string
	switch v := value.(type) {
	case map[string]any:
		names := make([]string, 0, len(v))
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			list = append(list, path+"."+name)
			list = append(list, paths(v[name], path+"."+name)...)
		}
	case []any:
		for i, element := range v {
			at := path + "[" + strconv.Itoa(i) + "]"
			list = append(list, at)
			list = append(list, paths(element, at)...)
		}
	}
	return list
}

// has reports whether the rule is named at the path.
func has(found []Violation, path, rule string) bool {
	return slices.ContainsFunc(found, func(v Violation) bool { return v.Path == path && v.Rule == rule })
}

// wantOnly fails unless the one broken rule is this one, at this path.
func wantOnly(t *testing.T, found []Violation, path, rule string) {
	t.Helper()
	if len(found) != 1 || found[0].Path != path || found[0].Rule != rule {
		t.Errorf("got %v, want only %s: %s", found, path, rule)
	}
	for _, v := range found {
		if v.Detail == "" {
			t.Errorf("%s: %s says nothing", v.Path, v.Rule)
		}
	}
}
