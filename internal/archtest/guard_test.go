package archtest

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// healthy is a small house in which every rule holds.
func healthy() fstest.MapFS {
	tree := fstest.MapFS{
		"go.mod":                       file("module ramure\n"),
		"README.md":                    file("Ramure\n"),
		".gitignore":                   file("bin/\n"),
		"data/ramure.db":               file(""),
		"schemas/schemas.go":           file("package schemas\n\nimport _ \"embed\"\n"),
		"cmd/ramure/main.go":           code("main", `"time"`, `"ramure/internal/app"`, `"github.com/alecthomas/kong"`),
		"internal/did/testdata/x.go":   file("not Go, and nobody's business"),
		"internal/e2e/foreign/x.mjs":   file(""),
		"internal/e2e/story_test.go":   code("e2e_test", `"ramure/internal/app"`, `"github.com/chromedp/chromedp"`),
		"internal/award/award_test.go": code("award_test", `"ramure/internal/store/pgtest"`),
	}
	for room, imports := range map[string][]string{
		"problem": {`"errors"`}, "openbadges": {`"net/url"`}, "scope": nil, "did": {`"github.com/go-jose/go-jose/v4"`},
		"award": {`"ramure/internal/did"`}, "network": nil, "e2e": nil,
		"store":        {`"database/sql"`, `"ramure/internal/award"`},
		"store/pgtest": {`"github.com/jackc/pgx/v5"`},
		"auth":         {`"ramure/internal/scope"`}, "httpx": {`"net/http"`, `"github.com/gin-gonic/gin"`},
		"public": {`"ramure/internal/httpx"`}, "app": {`"time"`, `"ramure/internal/store"`},
	} {
		name := path.Base(room)
		tree["internal/"+room+"/doc.go"] = file(fmt.Sprintf("// Package %s is here.\npackage %s\n", name, name))
		tree["internal/"+room+"/"+name+".go"] = code(name, imports...)
	}
	tree[mapFile] = file(mapOf(tree))
	return tree
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// code is a Go file with imports; what follows the imports is its body.
func code(name string, imports ...string) *fstest.MapFile {
	return file("package " + name + "\n\nimport (\n\t" + strings.Join(imports, "\n\t") + "\n)\n")
}

func body(name, imports, text string) *fstest.MapFile {
	return file("package " + name + "\n\nimport " + imports + "\n\n" + text + "\n")
}

// mapOf writes the map of a tree.
func mapOf(tree fstest.MapFS) string {
	folders := make(map[string]bool)
	for name := range tree {
		for folder := path.Dir(name); strings.HasPrefix(folder, "internal/"); folder = path.Dir(folder) {
			if path.Base(folder) != "testdata" {
				folders[folder] = true
			}
		}
	}
	var text strings.Builder
	for folder := range folders {
		fmt.Fprintf(&text, "- `%s/` — what it is for\n", strings.TrimPrefix(folder, "internal/"))
	}
	return text.String()
}

func TestHealthyHouseIsQuiet(t *testing.T) {
	t.Parallel()
	for _, one := range check(t, healthy()) {
		t.Error(one)
	}
}

// Each violation, put into the healthy house, gives one finding at its place.
func TestViolationsAreFound(t *testing.T) {
	t.Parallel()
	const at = "internal/award/issue.go"
	for name, c := range map[string]struct {
		path string
		file *fstest.MapFile
		want string // beginning of the finding
	}{
		"word imports a proof":       {"internal/problem/x.go", code("problem", `"ramure/internal/did"`), "internal/problem/x.go:4: import"},
		"word does I/O":              {"internal/openbadges/x.go", code("openbadges", `"os"`), "internal/openbadges/x.go:4: landlord"},
		"word opens a socket":        {"internal/openbadges/x.go", code("openbadges", `"net"`), "internal/openbadges/x.go:4: landlord"},
		"act imports an act":         {at, code("award", `"ramure/internal/network"`), at + ":4: import"},
		"act imports the store":      {at, code("award", `"ramure/internal/store"`), at + ":4: import"},
		"act speaks HTTP":            {at, code("award", `"net/http"`), at + ":4: landlord"},
		"act opens a database":       {at, code("award", `"database/sql"`), at + ":4: landlord"},
		"door imports the store":     {"internal/public/x.go", code("public", `"ramure/internal/store"`), "internal/public/x.go:4: import"},
		"somebody builds all of it":  {"internal/store/x_test.go", code("store", `"ramure/internal/app"`), "internal/store/x_test.go:4: import"},
		"what ships imports a trial": {"internal/app/x.go", code("app", `"ramure/internal/store/pgtest"`), "internal/app/x.go:4: import"},
		"dot import":                 {at, code("award", `. "strings"`), at + ":4: import"},
		"resource reads files":       {"schemas/x.go", code("schemas", `"os"`), "schemas/x.go:4: landlord"},
		"library in another's room":  {at, code("award", `"github.com/gin-gonic/gin"`), at + ":4: landlord"},
		"library without a landlord": {"internal/app/x.go", code("app", `"github.com/left/pad"`), "internal/app/x.go:4: landlord"},
		"clock":                      {at, body("award", `"time"`, "var now = time.Now"), at + ":5: word"},
		"clock by another name":      {at, body("award", `clock "time"`, "var age = clock.Since"), at + ":5: word"},
		"status in an act":           {at, body("award", `"net/http"`, "const gone = http.StatusGone"), at + ":5: word"},
		"status as a number":         {"internal/public/x.go", body("public", `"ramure/internal/httpx"`, "func f(c *httpx.C) { c.JSON(404, nil) }"), "internal/public/x.go:5: status"},
		"default client":             {"internal/app/x.go", body("app", `"net/http"`, "var get = http.Get"), "internal/app/x.go:5: word"},
		"default client in a test":   {"internal/app/x_test.go", body("app", `"net/http"`, "var c = http.DefaultClient"), "internal/app/x_test.go:5: word"},
		"client outside outbound":    {"internal/app/x.go", body("app", `"net/http"`, "var c http.Client"), "internal/app/x.go:5: word"},
		"scope made by an act":       {at, body("award", `"ramure/internal/scope"`, `var s = scope.Grant("a", "b")`), at + ":5: word"},
		"SQL in an act":              {at, body("award", `_ "errors"`, "var q = `\n SELECT id FROM award`"), at + ":5: sql"},
		"SQL question, small":        {at, body("award", `_ "errors"`, `var q = "select id, name from award where id = $1"`), at + ":5: sql"},
		"SQL in small letters":       {at, body("award", `_ "errors"`, `var q = "insert into award values (1)"`), at + ":5: sql"},
		"init":                       {at, body("award", `_ "errors"`, "func init() {}"), at + ":5: init"},
		"init in a test":             {"internal/award/x_test.go", body("award", `_ "errors"`, "func init() {}"), "internal/award/x_test.go:5: init"},
		"folder not on the map":      {"internal/award/pictures/x.txt", file(""), "internal/award/pictures: map"},
		"hollow name":                {"internal/utils/doc.go", file("// Package utils is here.\npackage utils\n"), "internal/utils/doc.go: package"},
		"room not in the table":      {"internal/garden/doc.go", file("// Package garden is here.\npackage garden\n"), "garden: package"},
		"name not the folder's":      {at, code("prize", `"errors"`), at + ": package"},
		"main outside cmd":           {at, code("main", `"errors"`), at + ": package"},
		"file at the top":            {"notes.txt", file(""), "notes.txt: tree"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tree := healthy()
			tree[c.path] = c.file
			wantFinding(t, check(t, tree), c.want)
		})
	}
}

// Without a room's doc.go, the map, or a folder that the map names.
func TestWhatIsMissingIsFound(t *testing.T) {
	t.Parallel()
	for missing, want := range map[string]string{
		"internal/award/doc.go":      "award: package: this room has no doc.go",
		mapFile:                      mapFile + ": map: ",
		"internal/e2e/foreign/x.mjs": mapFile + ": map: there is no folder e2e/foreign",
	} {
		t.Run(missing, func(t *testing.T) {
			t.Parallel()
			tree := maps.Clone(healthy())
			delete(tree, missing)
			wantFinding(t, check(t, tree), want)
		})
	}
}

func TestMapHasOneLineForEachFolder(t *testing.T) {
	t.Parallel()
	for added, want := range map[string]string{
		"- `did/` — once more\n":    "is here twice",
		"- `garden/`: no dash\n":    "not a caption",
		"- `garden/` — not there\n": "there is no folder garden",
	} {
		tree := healthy()
		tree[mapFile] = file(string(tree[mapFile].Data) + added)
		findings := check(t, tree)
		if len(findings) != 1 || !strings.Contains(findings[0].Detail, want) {
			t.Errorf("map with %q: %v, want one finding: %s", added, findings, want)
		}
	}
}

// What looks like a violation and isn't.
func TestInnocentsAreLeftAlone(t *testing.T) {
	t.Parallel()
	for path, file := range map[string]*fstest.MapFile{
		"internal/award/words.go":      body("award", `_ "errors"`, `var a = []string{"select one from the list", "Update failed", "With a level"}`),
		"internal/award/field.go":      body("award", `_ "errors"`, "type clock struct{ Now func() }\nfunc f(time clock) { time.Now() }"),
		"internal/award/x_test.go":     body("award", `"time"`, "var now = time.Now"),
		"internal/award/wait.go":       body("award", `"time"`, "var d = time.Second"),
		"internal/httpx/x.go":          body("httpx", `"net/http"`, "const ok = http.StatusOK"),
		"internal/store/x.go":          body("store", `"database/sql"`, "var q = `SELECT 1`\nvar db sql.DB"),
		"internal/auth/x.go":           body("auth", `"ramure/internal/scope"`, `var s = scope.Grant("a", "b")`),
		"internal/public/number.go":    body("public", `"ramure/internal/httpx"`, "func f(c *httpx.C) { c.Data(8, nil) }"),
		"internal/did/init.go":         body("did", `_ "errors"`, "type t struct{}\nfunc (t) init() {}"),
		"internal/e2e/foreign/x_a.mjs": {Mode: fs.ModePerm},
	} {
		tree := healthy()
		tree[path] = file
		for _, one := range check(t, tree) {
			t.Errorf("%s: %s", path, one)
		}
	}
}

func TestUnreadableCodeIsAnError(t *testing.T) {
	t.Parallel()
	tree := healthy()
	tree["internal/award/broken.go"] = file("package award\n\nfunc {")
	if _, err := Check(tree); err == nil {
		t.Error("a file that doesn't parse passed the guard")
	}
}

func check(t *testing.T, tree fs.FS) []Finding {
	t.Helper()
	findings, err := Check(tree)
	if err != nil {
		t.Fatal(err)
	}
	return findings
}

func wantFinding(t *testing.T, findings []Finding, want string) {
	t.Helper()
	for _, one := range findings {
		if strings.HasPrefix(one.String(), want) {
			return
		}
	}
	t.Errorf("findings %v, want one that begins with %q", findings, want)
}
