package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// receipt is what the answer about a sample holds for whoever wants to keep it, as a
// browser sends it: every line ends with CR LF.
func (s *stage) receipt(names ...string) string {
	s.t.Helper()
	p := s.hand(s.given(names...)).is(http.StatusOK, "").page()
	form := page{s.t, p.from, p.one("form", "action", "/verifier/recu")}
	return strings.ReplaceAll(attribute(form.one("input", "name", "recu"), "value"), "\n", "\r\n")
}

func (s *stage) save(receipt string) answer {
	return s.post("/verifier/recu", browser, "192.0.2.7", url.Values{"recu": {receipt}}.Encode())
}

// The receipt is given back as a file with the bytes that were signed, and told for
// ours when it is handed in again.
func TestReceiptIsKeptAndChecked(t *testing.T) {
	t.Parallel()
	s := desk(t, "", nil)
	receipt := s.receipt("json/eddsa-rdfc-2022.json", "json/altered-eddsa-rdfc-2022.json")
	a := s.save(receipt).is(http.StatusOK, "text/plain; charset=utf-8").says("Cache-Control", "no-store")
	if name := a.Header().Get("Content-Disposition"); name != `attachment; filename="recu-2026-11-22-110000.txt"` {
		t.Errorf("the file is %s", name)
	}
	saved := a.Body.String()
	if strings.Contains(saved, "\r") || !strings.Contains(saved, "verdict invalid") || !strings.Contains(saved, base) {
		t.Errorf("the receipt reads %q", saved)
	}
	for name, v := range map[string]things{"a file": {files: [][2]string{{"recu.txt", saved}}}, "a text": {text: "\r\n" + receipt + "\r\n"}} {
		p := s.hand(v).is(http.StatusOK, "").page()
		if p.tone() != "ok" || p.h1() != "Reçu intact" {
			t.Errorf("%s: %s", name, p.whole())
		}
		p.reads("fait par ce service le 22 novembre 2026")
	}
}

// What was changed by a letter, cut, or signed by somebody else is neither given back
// nor told for ours.
func TestReceiptThatIsNotOurs(t *testing.T) {
	t.Parallel()
	s, other := desk(t, "", nil), desk(t, "", nil)
	receipt := s.receipt("json/altered-eddsa-rdfc-2022.json")
	cases := map[string]string{
		"changed":           strings.Replace(receipt, "verdict invalid", "verdict valid", 1),
		"cut":               receipt[:len(receipt)/2],
		"without signature": receipt[:strings.LastIndex(receipt, "—")],
		"of another":        other.receipt("json/altered-eddsa-rdfc-2022.json"),
		"with a line more":  receipt + "verdict valid\r\n",
		"the header alone":  "ramure/receipt/v1\r\n",
	}
	for name, text := range cases {
		if text == receipt {
			t.Fatalf("%s: nothing was changed", name)
		}
		s.save(text).is(http.StatusUnprocessableEntity, "").hasNot("verdict valid")
		p := s.hand(things{text: text}).is(http.StatusOK, "").page()
		if p.tone() != "refused" || p.h1() != "Reçu non reconnu" {
			t.Errorf("%s: %s, %s", name, p.tone(), p.h1())
		}
	}
	s.save("").is(http.StatusUnprocessableEntity, "")
	s.save("{}").is(http.StatusUnprocessableEntity, "")
}
