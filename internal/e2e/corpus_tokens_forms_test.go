package e2e

import (
	"crypto"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ramure/internal/credential/vcjwt"
)

// claims contradict the credential, or each other.
func (s smith) claims() map[string]string {
	list := map[string]string{}
	with := func(name string, change func(map[string]any)) {
		payload := reread(s.t, s.payload)
		change(payload)
		list["claims: "+name] = s.around(written(s.t, payload))
	}
	put := func(name, member string, value any) { with(name, func(p map[string]any) { p[member] = value }) }
	for _, claim := range []string{"iss", "jti", "sub"} {
		put(claim+" of another", claim, "urn:example:other")
		put(claim+" as a list", claim, []any{s.payload[claim]})
		put(claim+" with a blank", claim, fmt.Sprint(s.payload[claim], " "))
		put(claim+" in capitals", claim, strings.ToUpper(fmt.Sprint(s.payload[claim])))
		put(claim+" null", claim, nil)
	}
	put("nbf a second off", "nbf", dawn.Unix()+1)
	put("nbf as a text", "nbf", fmt.Sprint(dawn.Unix()))
	put("nbf with a fraction", "nbf", json.Number(fmt.Sprintf("%d.5", dawn.Unix())))
	put("nbf in the year 10000", "nbf", int64(253402300800))
	put("exp without an end", "exp", dawn.AddDate(9, 0, 0).Unix())
	put("Issuer beside issuer", "Issuer", map[string]any{"id": "urn:example:other", "type": []any{"Profile"}})
	put("vc beside the credential", "vc", badgeOf("urn:example:other"))
	put("vp beside the credential", "vp", map[string]any{"holder": "urn:example:other"})
	put("issuer of another", "issuer", map[string]any{"id": "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "type": []any{"Profile"}, "name": "x"})
	with("the older form under 2.0", func(p map[string]any) {
		vc := maps.Clone(p)
		for _, claim := range []string{"iss", "jti", "sub", "nbf"} {
			delete(vc, claim)
		}
		vc["name"] = "Une autre"
		p["vc"] = vc
	})
	with("an inner vc of another issuer", func(p map[string]any) {
		clear(p)
		maps.Copy(p, map[string]any{"iss": s.issuer, "jti": "urn:example:x", "sub": "urn:example:y", "nbf": dawn.Unix(), "vc": badgeOf("did:example:other")})
	})
	return list
}

// payloadJSON are payloads that two readers read differently.
func (s smith) payloadJSON() map[string]string {
	text := string(written(s.t, s.payload))
	list := map[string]string{}
	for name, payload := range map[string]string{
		"name twice": strings.Replace(text, `"name":"Organiser`, `"name":"Diriger","name":"Organiser`, 1),
		"iss twice":  strings.Replace(text, `"iss":`, `"iss":"urn:example:other","iss":`, 1), "iss by escape": strings.Replace(text, `"iss":`, `"\u0069ss":"urn:example:other","iss":`, 1),
		"two objects": text + text, "more after": text + "x", "byte order mark": "\ufeff" + text, "list": "[" + text + "]", "text": `"x"`, "null": `null`, "empty": "",
		"lone surrogate": strings.Replace(text, "Organiser", `\ud800`, 1), "control": strings.Replace(text, "Organiser", "Orga\x01niser", 1),
		"broken UTF-8": strings.Replace(text, "Organiser", "\xff", 1), "a claim as 1e400": strings.Replace(text, `"nbf":`, `"nbf":1e400,"x":`, 1),
		"comment": "/**/" + text,
	} {
		list["payload JSON: "+name] = s.around([]byte(payload))
	}
	return list
}

// spellings are other texts of the bytes that were signed.
func (s smith) spellings() map[string]string {
	parts, list := strings.Split(s.good, "."), map[string]string{}
	for i, part := range []string{"header", "payload", "signature"} {
		for name, change := range map[string]func(string) string{
			"padded": func(p string) string { return p + "=" }, "line break": func(p string) string { return p[:9] + "\n" + p[9:] },
			"CR LF": func(p string) string { return p[:9] + "\r\n" + p[9:] }, "tab": func(p string) string { return p[:9] + "\t" + p[9:] },
			"NUL": func(p string) string { return p + "\x00" }, "percent": func(p string) string { return "%" + p }, "one letter more": func(p string) string { return p + "A" },
			"empty": func(string) string { return "" }, "long s": func(p string) string { return p[:9] + "ſ" + p[9:] }, "standard alphabet": func(p string) string { return p[:8] + "++//" + p[12:] },
			"blank inside": func(p string) string { return p[:9] + " " + p[9:] },
		} {
			changed := slices.Clone(parts)
			changed[i] = change(parts[i])
			list[part+": "+name] = strings.Join(changed, ".")
		}
	}
	return list
}

func (s smith) shapes() map[string]string {
	parts, list := strings.Split(s.good, "."), map[string]string{}
	flattened := written(s.t, map[string]any{"protected": parts[0], "payload": parts[1], "signature": parts[2], "header": map[string]any{"kid": s.kid}})
	general := written(s.t, map[string]any{"payload": parts[1], "signatures": []any{map[string]any{"protected": parts[0], "signature": parts[2]}}})
	for name, token := range map[string]string{
		"one part": parts[0], "two parts": parts[0] + "." + parts[1], "four parts": s.good + "." + parts[2], "five parts": s.good + "." + parts[2] + "." + parts[2],
		"dots only": "..", "a million dots": strings.Repeat(".", 1<<20), "dot in front": "." + s.good, "dot at the end": s.good + ".", "detached": parts[0] + ".." + parts[2],
		"flattened JSON": string(flattened), "general JSON": string(general), "in quotes": `"` + s.good + `"`, "Bearer": "Bearer " + s.good, "twice": s.good + s.good,
		"two lines": s.good + "\n" + s.good, "SD-JWT": s.good + "~", "parts reversed": parts[2] + "." + parts[1] + "." + parts[0],
		"over 512 KiB":    s.around([]byte(`{"x":"` + strings.Repeat("A", 512<<10) + `"}`)),
		"no signature":    parts[0] + "." + parts[1] + ".",
		"other payload":   parts[0] + "." + enc(written(s.t, map[string]any{"iss": s.issuer})) + "." + parts[2],
		"other header":    enc(`{"alg":"EdDSA"}`) + "." + parts[1] + "." + parts[2],
		"zero signature":  parts[0] + "." + parts[1] + "." + enc(make([]byte, 64)),
		"short signature": parts[0] + "." + parts[1] + "." + enc(make([]byte, 63)),
	} {
		list["shape: "+name] = token
	}
	return list
}

// wrongKeys are tokens of the right form by the wrong key, and signatures that are none.
func (s smith) wrongKeys() map[string]string {
	list := map[string]string{}
	for alg, key := range s.keys {
		for _, other := range []string{"EdDSA", "ES256", "ES384", "RS256"} {
			if issuer, kid := s.didJWK(other); other != alg {
				list["key: "+alg+" in the name of "+other] = s.token(alg, key, issuer, kid)
			}
		}
		issuer, kid := s.didJWK(alg)
		good := s.token(alg, key, issuer, kid)
		at := strings.LastIndexByte(good, '.') + 1
		raw, err := base64.RawURLEncoding.DecodeString(good[at:])
		s.must(err)
		for name, signature := range misshapen(raw) {
			list["signature: "+alg+" "+name] = good[:at] + enc(signature)
		}
	}
	return list
}

// token is a good token of some issuer by whatever key.
func (s smith) token(alg string, key crypto.Signer, issuer, kid string) string {
	s.t.Helper()
	token, err := vcjwt.Sign(written(s.t, withClaims(badgeOf(issuer))), alg, kid, key)
	s.must(err)
	return token
}

// misshapen are signatures made of a good one.
func misshapen(raw []byte) map[string][]byte {
	half := len(raw) / 2
	return map[string][]byte{
		"of zeros": make([]byte, len(raw)), "of ones": []byte(strings.Repeat("\xff", len(raw))), "one byte short": raw[1:],
		"one byte long": append([]byte{0}, raw...), "halves exchanged": slices.Concat(raw[half:], raw[:half]),
		"first half zero": slices.Concat(make([]byte, half), raw[half:]), "second half zero": slices.Concat(raw[:half], make([]byte, len(raw)-half)),
		"turned round": turned(raw), "a single byte": {0}, "twice": slices.Concat(raw, raw),
	}
}

func turned(raw []byte) []byte {
	raw = slices.Clone(raw)
	slices.Reverse(raw)
	return raw
}
