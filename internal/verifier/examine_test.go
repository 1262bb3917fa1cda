package verifier_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/skip2/go-qrcode"

	"ramure/internal/credential"
	"ramure/internal/problem"
	"ramure/internal/verifier"
)

// morning is the clock of these tests: that of the samples.
func morning() time.Time { return sampled }

// web is what addresses answer in a test.
type web map[string]string

func (w web) fetch(_ context.Context, address, _ string) ([]byte, error) {
	answer, found := w[address]
	switch {
	case !found:
		return nil, problem.New(problem.NotFound, "error.outbound.notFound")
	case answer == "gone":
		return nil, problem.New(problem.Gone, "error.outbound.gone")
	case answer == "away":
		return nil, problem.New(problem.Unavailable, "error.outbound.failed")
	case answer == "refused":
		return nil, problem.New(problem.Invalid, "error.outbound.refused")
	case answer == "large":
		return nil, problem.New(problem.TooLarge, "error.outbound.tooLarge")
	}
	return []byte(answer), nil
}

// reader is a verifier in that web.
func reader(w web) verifier.Service {
	return verifier.Service{Config: verifier.Config{Fetch: w.fetch, Now: morning}}
}

func sampleText(t testing.TB, name string) string {
	t.Helper()
	return string(file(t, name))
}

// coded is a picture of a code that says a text.
func coded(t *testing.T, text string) string {
	t.Helper()
	picture, err := qrcode.Encode(text, qrcode.Low, 600)
	if err != nil {
		t.Fatal(err)
	}
	return string(picture)
}

func plainPicture(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	blank := image.NewGray(image.Rect(0, 0, 40, 40))
	blank.SetGray(1, 1, color.Gray{Y: 200})
	if err := png.Encode(&out, blank); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// answer is what is expected of one badge: its carrier, and its verdict or the key
// of why there is none.
type answer struct{ carrier, verdict string }

func answersOf(items []verifier.Item) (list []answer) {
	for _, item := range items {
		verdict := string(item.Report.Verdict)
		if item.Err != nil {
			verdict = key(item.Err)
		}
		list = append(list, answer{item.Carrier, verdict})
	}
	return list
}

// Whatever carries a badge, alone or with others, leads to it; what carries none is
// told so in words, and keeps nothing else from being examined.
func TestForms(t *testing.T) {
	t.Parallel()
	document, jwt, baked := sampleText(t, "json/eddsa-rdfc-2022.json"), strings.TrimSpace(sampleText(t, "jwt/es256.jwt")), sampleText(t, "baked/png-json.png")
	const at = "https://badges.example/"
	world := web{
		at + "json": document, at + "jwt": jwt, at + "png": baked, at + "svg": sampleText(t, "baked/svg-jwt.svg"), at + "page": "<!doctype html>", at + "gone": "gone", at + "away": "away",
		at + "refused": "refused", at + "large": "large", at + "loop": at + "loop", at + "far": at + "json", at + "code": coded(t, at+"json"), at + "long": "[" + strings.Repeat(" ", 1<<20) + "]", at + "empty": "",
		"https://badges.example/credentials/ZZZZZZZZZZZZZZZZZZZZZZ": document,
	}
	valid := func(carrier string) []answer { return []answer{{carrier, "valid"}} }
	none := func(carrier, key string) []answer { return []answer{{carrier, "error." + key}} }
	for what, c := range map[string]struct {
		input string
		want  []answer
	}{
		"JSON": {document, valid("json")}, "JSON after a mark": {"\ufeff" + document, valid("json")}, "a JWT": {"\n" + jwt + "\n", valid("jwt")}, "a baked PNG": {baked, valid("png")}, "a baked SVG": {world[at+"svg"], valid("svg")},
		"an address": {at + "json", valid("address")}, "the address of a JWT": {" " + at + "jwt\n", valid("address")}, "the address of a picture": {at + "png", valid("address")}, "of a drawing": {at + "svg", valid("address")},
		"a code": {coded(t, at+"json"), valid("qr")}, "the address of a code": {at + "code", valid("address")}, "a code of a code's address": {coded(t, at+"code"), valid("qr")},
		"the address of an address": {at + "far", valid("address")}, "a page of ours": {at + "v/ZZZZZZZZZZZZZZZZZZZZZZ", valid("address")}, "its report": {at + "v/ZZZZZZZZZZZZZZZZZZZZZZ.json?lang=en", valid("address")},
		"a foreign fragment": {at + "json#badge", valid("address")}, "three addresses": {at + "json\n" + at + "gone\n\n" + at + "nowhere", []answer{{"address", "valid"}, {"address", "erased"}, {"address", "error.verify.nothing"}}},
		"a list":                 {"[" + document + `,"` + jwt + `","` + at + `json"]`, []answer{{"json", "valid"}, {"json", "valid"}, {"json", "valid"}}},
		"an answer of the API":   {`{"credential":[` + document + `],"compactJwsString":["` + jwt + `"]}`, []answer{{"json", "valid"}, {"json", "valid"}}},
		"an empty answer of it":  {`{"credential":[],"compactJwsString":[]}`, none("json", "verify.empty")},
		"a presentation":         {sampleText(t, "presentation/unsigned.json"), []answer{{"presentation", "valid"}, {"presentation", "valid"}}},
		"a list of one":          {"[[[" + document + "]]]", valid("json")},
		"a list too deep":        {"[[[[[[" + document + "]]]]]]", none("json", "verify.nested")},
		"an empty list":          {"[]", none("json", "verify.empty")},
		"a list of nothing":      {`[" ",""]`, none("json", "verify.empty")},
		"a deleted badge":        {at + "gone", []answer{{"address", "erased"}}},
		"an unknown address":     {at + "nowhere", none("address", "verify.nothing")},
		"an address that is off": {at + "away", none("address", "verify.unreachable")},
		"a forbidden address":    {at + "refused", none("address", "outbound.refused")},
		"a large answer":         {at + "large", none("address", "outbound.tooLarge")},
		"a long text there":      {at + "long", none("address", "verify.text")},
		"nothing there":          {at + "empty", none("address", "verify.empty")},
		"an address that loops":  {at + "loop", none("address", "verify.nested")},
		"a page there":           {at + "page", none("address", "verify.page")},
		"nothing":                {"", none("", "verify.empty")},
		"a page":                 {"<!doctype html><title>x", none("", "verify.page")},
		"a PDF":                  {"%PDF-1.7", none("", "verify.kind")},
		"a picture of nothing":   {plainPicture(t), none("", "verify.noBadge")},
		"a code that says junk":  {coded(t, "bonjour"), []answer{{"qr", "invalid"}}},
		"a broken picture":       {baked[:len(baked)/2], none("", "baking.png")},
		"junk":                   {"\x00\x01\x02", []answer{{"", "invalid"}}},
		"a word":                 {"badge", []answer{{"", "invalid"}}},
		"broken JSON":            {`{"id":`, []answer{{"json", "invalid"}}},
		"JSON that is no badge":  {`{"id":"x"}`, []answer{{"json", "invalid"}}},
	} {
		items, err := reader(world).Examine(t.Context(), []verifier.Input{{Name: what, Data: []byte(c.input)}, {Name: "beside", Data: []byte(document)}}, verifier.Options{})
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		beside := len(items) - 1
		if got := fmt.Sprint(answersOf(items[:beside])); got != fmt.Sprint(c.want) || items[beside].Report.Verdict != credential.Valid || items[beside].Name != "beside" {
			t.Errorf("%s: %s, want %s; beside it %s", what, got, fmt.Sprint(c.want), items[beside].Report.Verdict)
		}
		for _, item := range items[:beside] {
			if item.Name != what || item.Digest.Size != len(c.input) || len(item.Report.Checks) != len(credential.Order()) || (item.Document == nil) != (item.Err != nil || item.Report.Verdict == credential.Erased) {
				t.Errorf("%s: %+v", what, item)
			}
		}
	}
}

// An address that is gone says that a badge was deleted, unless it goes on to say
// that it was revoked, as those of Open Badges 2.0 do.
func TestGone(t *testing.T) {
	t.Parallel()
	world := sample{World: "hosted/revoked.world.json"}
	item := one(t, world.verifier(t), "https://lieu.example/ob2/assertions/1", verifier.Options{})
	if item.Report.Verdict != credential.Revoked || item.Report.Form != "hosted" || item.Carrier != "address" || item.Err != nil {
		t.Errorf("revoked: %+v", item)
	}
	item = one(t, reader(web{"https://lieu.example/1": "gone"}), "https://lieu.example/1", verifier.Options{})
	if item.Report.Verdict != credential.Erased || item.Err != nil || item.Document != nil {
		t.Errorf("deleted: %+v", item)
	}
}

// What is over a limit is refused before anything of it is looked at.
func TestLimits(t *testing.T) {
	t.Parallel()
	document := sampleText(t, "json/eddsa-rdfc-2022.json")
	const at = "https://badges.example/"
	several := func(count int, data string) (inputs []verifier.Input) {
		for range count {
			inputs = append(inputs, verifier.Input{Data: []byte(data)})
		}
		return inputs
	}
	list := func(count int) string {
		return "[" + strings.TrimSuffix(strings.Repeat(document+",", count), ",") + "]"
	}
	picture := "\x89PNG\r\n\x1a\n" + strings.Repeat("x", 5<<20-8)
	for what, c := range map[string]struct {
		inputs []verifier.Input
		key    string // "" for an answer of so many badges
		items  int
	}{
		"nothing":                          {nil, "", 0},
		"twenty":                           {several(20, document), "", 20},
		"twenty-one":                       {several(21, document), "error.verify.tooMany", 0},
		"a list of twenty":                 {several(1, list(20)), "", 20},
		"a list of twenty-one":             {several(1, list(21)), "error.verify.tooMany", 0},
		"lists of twenty-one":              {several(3, list(7)), "error.verify.tooMany", 0},
		"a list of lists of lists":         {several(1, "["+strings.TrimSuffix(strings.Repeat("["+strings.TrimSuffix(strings.Repeat("[1],", 30), ",")+"],", 30), ",")+"]"), "error.verify.tooMany", 0},
		"an address of a list of too many": {several(1, at+"list"), "error.verify.tooMany", 0},
		"addresses of too many":            {several(1, strings.Repeat(at+"json\n", 21)), "error.verify.tooMany", 0},
		"a long text":                      {several(1, strings.Repeat("a", 1<<20+1)), "error.verify.text", 0},
		"a picture of 5 MiB":               {several(1, picture), "", 1},
		"a picture over 5 MiB":             {several(1, picture+"x"), "error.verify.picture", 0},
		"four such pictures":               {several(4, picture), "", 4},
		"five of them":                     {several(5, picture), "error.verify.total", 0},
	} {
		items, err := reader(web{at + "json": document, at + "list": list(21)}).Examine(t.Context(), c.inputs, verifier.Options{})
		if key(err) != c.key || len(items) != c.items || c.key != "" && problem.KindOf(err) != problem.TooLarge {
			t.Errorf("%s: %d items, %v; want %d, %q", what, len(items), err, c.items, c.key)
		}
	}
	item := one(t, reader(nil), strings.Replace(document, "{", "{"+strings.Repeat(" ", 512<<10), 1), verifier.Options{})
	if got := item.Report.Check(credential.CheckForm); got.Reason != "limits" {
		t.Errorf("a badge over 512 KiB: %+v", got)
	}
}
