package e2e

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"ramure/internal/credential"
)

// listBombs are status lists that unfold without end, or are none, each signed by
// the issuer of a good badge. A badge whose list cannot be read is never valid, and
// memory stays what it was.
func listBombs(t *testing.T) corpus {
	v := newVictim(t)
	v.with("u"+base64.RawURLEncoding.EncodeToString(zipped(zeros(16<<10)))).mustHold(t, "list", v.badge)
	return corpus{name: "gzip bombs and broken status lists", least: 70, heavy: 1, attacks: func(yield func(attack) bool) {
		for _, lists := range []map[string]any{encodings(), spellings()} {
			for _, name := range slices.Sorted(maps.Keys(lists)) {
				here := v.with(lists[name])
				if !yield(attack{name, func(ctx context.Context) string { return here.notValid(ctx, v.badge) }}) {
					return
				}
			}
		}
		for name, answer := range hostileAnswers(v) {
			here := elsewhere{victimList: answer}
			if !yield(attack{"answer: " + name, func(ctx context.Context) string { return here.notValid(ctx, v.badge) }}) {
				return
			}
		}
	}}
}

const victimList = "https://lieu.example/etats/1"

// victim is a badge with a status, and who may sign its list.
type victim struct {
	attacker
	badge []byte
}

func newVictim(t testing.TB) victim {
	a := newAttacker(t)
	issuer, _ := a.didKey("EdDSA")
	doc := badgeOf(issuer)
	doc["credentialStatus"] = map[string]any{"id": victimList + "#7", "type": "BitstringStatusListEntry",
		"statusPurpose": "revocation", "statusListIndex": "7", "statusListCredential": victimList}
	return victim{a, a.prove(doc, "EdDSA", "")}
}

// with is a world that answers a signed list with that encodedList.
func (v victim) with(encoded any) elsewhere { return elsewhere{victimList: v.list(encoded)} }

func (v victim) list(encoded any) []byte {
	issuer, _ := v.didKey("EdDSA")
	doc := map[string]any{"@context": []any{"https://www.w3.org/ns/credentials/v2"}, "id": victimList, "issuer": issuer,
		"type": []any{"VerifiableCredential", "BitstringStatusListCredential"}, "validFrom": "2026-01-05T09:00:00Z",
		"credentialSubject": map[string]any{"id": victimList + "#list", "type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": "u"}}
	subject := doc["credentialSubject"].(map[string]any)
	if text, isText := encoded.(string); isText {
		subject["encodedList"] = text
		if signed, err := v.tryProve(doc); err == nil {
			return signed
		}
		subject["encodedList"] = "u"
	}
	signed := parsed(v.t, v.prove(doc, "EdDSA", "")) // what no honest signer would sign
	signed["credentialSubject"].(map[string]any)["encodedList"] = encoded
	return written(v.t, signed)
}

// notValid wants no badge of the input to be valid.
func (e elsewhere) notValid(ctx context.Context, input []byte) string {
	for _, r := range e.examine(ctx, input) {
		if r.Verdict == credential.Valid {
			return fmt.Sprint(r.Checks)
		}
	}
	return ""
}

// encodings are bytes behind a right "u" and base64url.
func encodings() map[string]any {
	good, lists := zipped(zeros(16<<10)), map[string][]byte{}
	for name, bomb := range map[string][]byte{
		"200 MiB of zeros": zipped(zeros(200 << 20)), "200 MiB of ones": zipped(io.LimitReader(endless(0xff), 200<<20)),
		"a byte over 2 MiB": zipped(zeros(2<<20 + 1)), "16 MiB": zipped(zeros(16 << 20)),
		"12 members of 16 MiB": bytes.Repeat(zipped(zeros(16<<20)), 12), "10,000 empty members": bytes.Repeat(zipped(zeros(0)), 10_000),
		"a member after a good list": slices.Concat(good, zipped(zeros(200<<20))), "gzip in gzip": zipped(bytes.NewReader(zipped(zeros(100 << 20)))),
		"60,000 empty blocks": blocks(60_000), "a name of 300 KiB": named(300<<10, false), "a comment of 300 KiB": named(300<<10, true),
		"zlib": zlibbed(16 << 10), "deflate": deflated(16 << 10), "nothing": {}, "empty": zipped(zeros(0)), "a byte": zipped(zeros(1)),
		"a bit too short": zipped(zeros(16<<10 - 1)), "8 entries": zipped(bytes.NewReader([]byte{0})), "junk after it": slices.Concat(good, []byte("x")),
		"zeros after it": slices.Concat(good, make([]byte, 4096)), "not gzip": []byte("<html>"), "tar": []byte("ustar"), "zip": []byte("PK\x03\x04"),
		"brotli": {0x1b, 0xff, 0x3f, 0x00}, "zstd": {0x28, 0xb5, 0x2f, 0xfd},
	} {
		lists[name] = bomb
	}
	for at := 0; at < len(good); at += 3 { // cut short, and one bit changed
		lists[fmt.Sprintf("cut at %d", at)] = good[:at]
	}
	for _, at := range []int{0, 1, 2, len(good) - 8, len(good) - 5, len(good) - 4, len(good) - 1} {
		changed := slices.Clone(good)
		changed[at] ^= 0x41
		lists[fmt.Sprintf("byte %d changed", at)] = changed
	}
	texts := map[string]any{}
	for name, list := range lists {
		texts[name] = "u" + base64.RawURLEncoding.EncodeToString(list)
	}
	return texts
}

// spellings are values that are no encodedList at all.
func spellings() map[string]any {
	good := zipped(zeros(16 << 10))
	url := base64.RawURLEncoding.EncodeToString(good)
	return map[string]any{
		"no u": url, "z": "z" + url, "U": "U" + url, "m": "m" + base64.RawStdEncoding.EncodeToString(good), "padded": "u" + base64.URLEncoding.EncodeToString(good),
		"standard alphabet": "u" + base64.StdEncoding.EncodeToString(good), "line breaks": "u" + url[:20] + "\n" + url[20:], "blank in front": " u" + url, "twice": "u" + url + "u" + url,
		"empty": "", "u alone": "u", "hexadecimal": fmt.Sprintf("u%x", good), "a number": 7, "a list": []any{"u" + url}, "an object": map[string]any{"@value": "u" + url}, "null": nil, "true": true,
		"spare bits": "u" + url[:len(url)-1] + "_", "300 KiB of letters": "u" + strings.Repeat("A", 300<<10), "NUL at the end": "u" + url + "\x00", "an address": "data:application/gzip;base64," + url,
	}
}

// hostileAnswers stand where the list should.
func hostileAnswers(v victim) map[string][]byte {
	good := v.list("u" + base64.RawURLEncoding.EncodeToString(zipped(zeros(16<<10))))
	answers := map[string][]byte{
		"nothing": {}, "blanks": bytes.Repeat([]byte(" "), 1<<20), "a web page": []byte("<!doctype html><title>404</title>"), "null": []byte("null"), "a list": []byte("[]"),
		"a mebibyte of brackets": bytes.Repeat([]byte("["), 1<<20), "a mebibyte of objects": bytes.Repeat([]byte(`{"a":`), 200_000), "the badge itself": v.badge, "twice": slices.Concat(good, good),
		"zeros": make([]byte, 1<<20), "a number of a mebibyte": bytes.Repeat([]byte("9"), 1<<20), "unsigned": unsigned(v.t, good), "a text of a mebibyte": []byte(`"` + strings.Repeat("a", 1<<20) + `"`),
		"100,000 members": manyMembers(100_000), "gzip": zipped(bytes.NewReader(good)), "a token": []byte("a.b.c"),
	}
	poison := poisoner{v.attacker, parsed(v.t, good)["proof"].(map[string]any)}
	for name, document := range poison.cliques() {
		if strings.HasPrefix(name, "a clique of 40") {
			answers[name] = document
		}
	}
	return answers
}

func unsigned(t testing.TB, document []byte) []byte {
	doc := parsed(t, document)
	delete(doc, "proof")
	return written(t, doc)
}

func manyMembers(n int) []byte {
	members := make([]string, n)
	for i := range members {
		members[i] = fmt.Sprintf(`"m%d":0`, i)
	}
	return []byte("{" + strings.Join(members, ",") + "}")
}

// endless is a reader of one byte, again and again.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func zeros(n int64) io.Reader { return io.LimitReader(endless(0), n) }

func zipped(data io.Reader) []byte {
	return folded(data, func(w io.Writer) io.WriteCloser { z, _ := gzip.NewWriterLevel(w, gzip.BestCompression); return z })
}

func zlibbed(n int64) []byte {
	return folded(zeros(n), func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
}

func deflated(n int64) []byte {
	return folded(zeros(n), func(w io.Writer) io.WriteCloser { z, _ := flate.NewWriter(w, flate.BestSpeed); return z })
}

func folded(data io.Reader, open func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := open(&out)
	if _, err := io.Copy(w, data); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// blocks is gzip of stored blocks without content: work that gives nothing.
func blocks(n int) []byte {
	head := []byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}
	body := bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, n)
	return slices.Concat(head, body, []byte{1, 0, 0, 0xff, 0xff}, make([]byte, 8))
}

// named is a good list behind a long name or comment in the header.
func named(n int, comment bool) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if z.Name = strings.Repeat("n", n); comment {
		z.Name, z.Comment = "", strings.Repeat("c", n)
	}
	if _, err := io.Copy(z, zeros(16<<10)); err != nil {
		panic(err)
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}
