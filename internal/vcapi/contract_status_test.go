package vcapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"ramure/internal/credential/statuslist"
)

// lists of others stand at addresses of their own, one for each test.
var listNumber atomic.Int64

// elsewhere publishes a list of bob's with some bits set and members over it, and
// gives its address.
func elsewhere(t *testing.T, bits int, set []int, members, subject string) string {
	t.Helper()
	list, err := statuslist.FromBytes(make([]byte, bits/8))
	if err != nil {
		t.Fatal(err)
	}
	for _, bit := range set {
		list.Set(bit, true)
	}
	return publish(t, statuslist.Encode(list), members, subject)
}

func publish(t *testing.T, encoded, members, subject string) string {
	t.Helper()
	address := fmt.Sprintf("https://lists.example/%d", listNumber.Add(1))
	doc := plainCredential(t, bob.did, fmt.Sprintf(`"id":%q,"type":["VerifiableCredential","BitstringStatusListCredential"],
		"credentialSubject":{"id":%q,"type":"BitstringStatusList","statusPurpose":"revocation","encodedList":%q}`, address, address+"#list", encoded))
	over(t, doc["credentialSubject"].(map[string]any), subject)
	raw, err := json.Marshal(bob.prove(t, over(t, doc, members), said{}, further{}))
	if err != nil {
		t.Fatal(err)
	}
	shared.put(address, raw)
	return address
}

// entryAt writes the entry of a credential in a list, with members over it.
func entryAt(t *testing.T, address, index, members string) string {
	t.Helper()
	entry := object(t, fmt.Sprintf(`{"id":%q,"type":"BitstringStatusListEntry","statusPurpose":"revocation",
		"statusListIndex":%q,"statusListCredential":%q}`, address+"#"+index, index, address))
	return `"credentialStatus":` + inJSON(t, over(t, entry, members))
}

// listed asks about a credential of alice's whose entry is in bob's list.
func listed(bits int, set []int, index, members, ofList, ofSubject string) attempt {
	return func(t *testing.T) answer {
		address := elsewhere(t, bits, set, ofList, ofSubject)
		return verify(entryAt(t, address, index, members))(t)
	}
}

// malformedEntry asks for a credential with a spoiled entry to be issued.
func malformedEntry(members string) attempt {
	return func(t *testing.T) answer { return issue(entryAt(t, "https://lists.example/0", "7", members))(t) }
}

const full = statuslist.Entries

// revocable issues a credential with a place in the adapter's list of a purpose,
// sets it to a status, and asks about it.
func revocable(purpose string, status any) attempt {
	return func(t *testing.T) answer {
		id := fmt.Sprintf("urn:test:%d", listNumber.Add(1))
		issued := issueAt("/bitstring-status-list", fmt.Sprintf(`"credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":%q}`, purpose), fmt.Sprintf(`"id":%q`, id))(t)
		accepted(t, issued)
		if status != nil {
			accepted(t, shared.post(t, "/credentials/status", map[string]any{"credentialId": id, "status": status,
				"credentialStatus": map[string]any{"type": "BitstringStatusListEntry", "statusPurpose": purpose}}))
		}
		return askAbout(t, issued.body["verifiableCredential"], `"checks":["proof","credentialStatus"]`)
	}
}

// servedList gets one of the adapter's lists.
func servedList(number string) attempt {
	return func(t *testing.T) answer { return shared.get(t, "/status-lists/"+number, "application/vc") }
}

const messages = `"statusMessage":[{"status":"0x0","message":"ok"},{"status":"0x1","message":"lost"},{"status":"0x2","message":"found"},{"status":"0x3","message":"gone"}]`

// contractBitstring are the statements of Bitstring Status List.
func contractBitstring() []line {
	issued := issueAt("/bitstring-status-list", "", "")
	const entry = "verifiableCredential.credentialStatus."
	return []line{
		{bitstring, "2.1", "an entry stands in a credential that verifies", round("/bitstring-status-list", ""), yes},
		{bitstring, "2.1", "its type is BitstringStatusListEntry", issued, holds(entry+"type", "BitstringStatusListEntry")},
		{bitstring, "2.1", "its purpose is a text", issued, holds(entry+"statusPurpose", "revocation")},
		{bitstring, "2.1", "its index is a whole number as a text", issued, seen(func(t *testing.T, got answer) {
			if index, _ := lookUp(t, got.body, entry+"statusListIndex").(string); !indexForm.MatchString(index) {
				t.Errorf("%v", index)
			}
		})},
		{bitstring, "2.1", "its list is a URL of a list credential", issued, seen(func(t *testing.T, got answer) {
			address := lookUp(t, got.body, entry+"statusListCredential").(string)
			list := shared.get(t, strings.TrimPrefix(address, shared.Base), "application/vc")
			accepted(t, askAbout(t, list.body, ""))
		})},
		{bitstring, "2.1", "its id is not that of the list", issued, seen(func(t *testing.T, got answer) {
			if lookUp(t, got.body, entry+"id") == lookUp(t, got.body, entry+"statusListCredential") {
				t.Error("it is")
			}
		})},
		{bitstring, "2.1", "an id that is the list's is refused", malformedEntry(`"id":"https://lists.example/0"`), no(malformedValue)},
		{bitstring, "2.1", "an id is a URL", malformedEntry(`"id":"not-a-url"`), no(malformedValue)},
		{bitstring, "2.1", "an id is not obligatory", malformedEntry(`"id":null`), yes},
		{bitstring, "2.1", "an entry without type is refused", malformedEntry(`"type":null`), no(malformedValue)},
		{bitstring, "2.1", "an entry without purpose is refused", malformedEntry(`"statusPurpose":null`), no(malformedValue)},
		{bitstring, "2.1", "a purpose is one text", malformedEntry(`"statusPurpose":["revocation","suspension"]`), no(malformedValue)},
		{bitstring, "2.1", "a purpose is not a number", malformedEntry(`"statusPurpose":1`), no(malformedValue)},
		{bitstring, "2.1", "an entry without index is refused", malformedEntry(`"statusListIndex":null`), no(malformedValue)},
		{bitstring, "2.1", "an index is a text", malformedEntry(`"statusListIndex":94567`), no(malformedValue)},
		{bitstring, "2.1", "an index is not true", malformedEntry(`"statusListIndex":true`), no(malformedValue)},
		{bitstring, "2.1", "an index is in base 10", malformedEntry(`"statusListIndex":"0x5e"`), no(malformedValue)},
		{bitstring, "2.1", "an index has no leading zeros", malformedEntry(`"statusListIndex":"094"`), no(malformedValue)},
		{bitstring, "2.1", "an index is not negative", malformedEntry(`"statusListIndex":"-1"`), no(malformedValue)},
		{bitstring, "2.1", "an index is whole", malformedEntry(`"statusListIndex":"1.5"`), no(malformedValue)},
		{bitstring, "2.1", "an index is not empty", malformedEntry(`"statusListIndex":""`), no(malformedValue)},
		{bitstring, "2.1", "an entry without list is refused", malformedEntry(`"statusListCredential":null`), no(malformedValue)},
		{bitstring, "2.1", "a list is a URL", malformedEntry(`"statusListCredential":"not-a-url"`), no(malformedValue)},
		{bitstring, "2.1", "statusSize is above zero", malformedEntry(`"statusSize":0`), no(malformedValue)},
		{bitstring, "2.1", "statusSize is a whole number", malformedEntry(`"statusSize":1.5`), no(malformedValue)},
		{bitstring, "2.1", "statusSize is a number", malformedEntry(`"statusSize":"1"`), no(malformedValue)},
		{bitstring, "2.1", "statusSize 1 needs no messages", malformedEntry(`"statusSize":1`), yes},
		{bitstring, "2.1", "statusSize above 1 needs messages", malformedEntry(`"statusSize":2`), no(malformedValue)},
		{bitstring, "2.1", "one for each value", malformedEntry(`"statusSize":2,` + messages), yes},
		{bitstring, "2.1", "not fewer", malformedEntry(`"statusSize":2,"statusMessage":[{"status":"0x0","message":"ok"}]`), no(malformedValue)},
		{bitstring, "2.1", "not more", malformedEntry(`"statusSize":1,` + messages), no(malformedValue)},
		{bitstring, "2.1", "in a list", malformedEntry(`"statusMessage":{"status":"0x0","message":"ok"}`), no(malformedValue)},
		{bitstring, "2.1", "each with its value", malformedEntry(`"statusMessage":[{"message":"ok"},{"status":"0x1","message":"lost"}]`), no(malformedValue)},
		{bitstring, "2.1", "in hexadecimal", malformedEntry(`"statusMessage":[{"status":"0","message":"ok"},{"status":"0x1","message":"lost"}]`), no(malformedValue)},
		{bitstring, "2.1", "each with its words", malformedEntry(`"statusMessage":[{"status":"0x0"},{"status":"0x1","message":"lost"}]`), no(malformedValue)},
		{bitstring, "2.1", "the purpose message needs messages", malformedEntry(`"statusPurpose":"message"`), no(malformedValue)},
		{bitstring, "2.1", "statusReference is a URL", malformedEntry(`"statusReference":"https://example.org/codes"`), yes},
		{bitstring, "2.1", "or several", malformedEntry(`"statusReference":["https://example.org/codes","https://example.org/more"]`), yes},
		{bitstring, "2.1", "and nothing else", malformedEntry(`"statusReference":"codes"`), no(malformedValue)},
		{bitstring, "2.1", "a malformed entry is refused under another name too", issue(`"@context":["` + contextV2 + `","` + vocab + `"],"statusEntry":{"type":"BitstringStatusListEntry","statusListIndex":true,"statusListCredential":"https://example.com"}`), no(malformedValue)},
		{bitstring, "2.1", "a malformed entry is refused when verifying", tampered(`"credentialStatus":{"type":"BitstringStatusListEntry","statusListIndex":1}`), no(malformedValue)},
		{bitstring, "2.1", "a credential may have several entries", func(t *testing.T) answer {
			one, two := elsewhere(t, full, []int{1}, "", ""), elsewhere(t, full, []int{1}, "", `"statusPurpose":"suspension"`)
			first := strings.TrimPrefix(entryAt(t, one, "7", ""), `"credentialStatus":`)
			second := strings.TrimPrefix(entryAt(t, two, "7", `"statusPurpose":"suspension"`), `"credentialStatus":`)
			return verify(`"credentialStatus":[` + first + `,` + second + `]`)(t)
		}, yes},

		{bitstring, "2.2", "a list is a credential that verifies", func(t *testing.T) answer { return askAbout(t, servedList("1")(t).body, "") }, yes},
		{bitstring, "2.2", "its type holds BitstringStatusListCredential", servedList("1"), holds("type", "[VerifiableCredential BitstringStatusListCredential]")},
		{bitstring, "2.2", "its id is its address", servedList("1"), seen(func(t *testing.T, got answer) {
			if got.body["id"] != shared.Base+"/status-lists/1" {
				t.Errorf("%v", got.body["id"])
			}
		})},
		{bitstring, "2.2", "the type of its subject is BitstringStatusList", servedList("1"), holds("credentialSubject.type", "BitstringStatusList")},
		{bitstring, "2.2", "its purpose is one or several texts: revocation", servedList("1"), holds("credentialSubject.statusPurpose", "revocation")},
		{bitstring, "2.2", "its purpose is one or several texts: suspension", servedList("2"), holds("credentialSubject.statusPurpose", "suspension")},
		{bitstring, "2.2", "its purpose is one or several texts: message", servedList("3"), holds("credentialSubject.statusPurpose", "message")},
		{bitstring, "2.2", "its list is Multibase base64url of gzip of 16 KiB and more", servedList("1"), seen(func(t *testing.T, got answer) {
			encoded, _ := lookUp(t, got.body, "credentialSubject.encodedList").(string)
			if bits, err := statuslist.Decode(encoded); err != nil || bits.Len() < full {
				t.Errorf("%v", err)
			}
		})},
		{bitstring, "2.2", "its ttl is in milliseconds and agrees with the cache", servedList("1"), seen(func(t *testing.T, got answer) {
			if fmt.Sprint(lookUp(t, got.body, "credentialSubject.ttl")) != "1000" || got.header.Get("Cache-Control") != "public, max-age=1" {
				t.Errorf("%v, %s", got.body, got.header.Get("Cache-Control"))
			}
		})},
		{bitstring, "2.2", "its media type is application/vc", servedList("1"), seen(func(t *testing.T, got answer) {
			if got.header.Get("Content-Type") != "application/vc" {
				t.Errorf("%s", got.header.Get("Content-Type"))
			}
		})},
		{bitstring, "2.2", "a list of another type of subject is not issued", issueList(`"type":"Other"`), no(malformedValue)},
		{bitstring, "2.2", "a list without purpose is not issued", issueList(`"statusPurpose":null`), no(malformedValue)},
		{bitstring, "2.2", "a list whose purpose is a number is not issued", issueList(`"statusPurpose":1`), no(malformedValue)},
		{bitstring, "2.2", "a list may have several purposes", issueList(`"statusPurpose":["revocation","suspension"]`), yes},
		{bitstring, "2.2", "a list without bits is not issued", issueList(`"encodedList":null`), no(malformedValue)},
		{bitstring, "2.2", "a list that is not Multibase is not issued", issueList(`"encodedList":"H4sIAAAAAAAAA"`), no(malformedValue)},
		{bitstring, "2.2", "a list that is not gzip is not issued", issueList(`"encodedList":"uAAAA"`), no(malformedValue)},
		{bitstring, "2.2", "a list that is too short is not issued", issueList(`"encodedList":"` + tooShort + `"`), no(malformedValue)},
		{bitstring, "2.2", "a ttl that is no number is not issued", issueList(`"ttl":"300000"`), no(malformedValue)},

		{bitstring, "3.2", "a clear bit is valid", listed(full, []int{6, 8}, "7", "", "", ""), holds("credentialStatus", "[map[purpose:revocation status:0 valid:true]]")},
		{bitstring, "3.2", "a set bit is not: revocation", listed(full, []int{7}, "7", "", "", ""), no(statusSet)},
		{bitstring, "3.2", "a set bit is not: suspension", listed(full, []int{7}, "7", `"statusPurpose":"suspension"`, "", `"statusPurpose":"suspension"`), no(statusSet)},
		{bitstring, "3.2", "the first bit is the leftmost", listed(full, []int{0}, "0", "", "", ""), no(statusSet)},
		{bitstring, "3.2", "the last bit is the rightmost", listed(full, []int{full - 1}, "131071", "", "", ""), no(statusSet)},
		{bitstring, "3.2", "one of several entries is enough", func(t *testing.T) answer {
			clear, set := elsewhere(t, full, nil, "", ""), elsewhere(t, full, []int{7}, "", "")
			first := strings.TrimPrefix(entryAt(t, clear, "7", ""), `"credentialStatus":`)
			second := strings.TrimPrefix(entryAt(t, set, "7", ""), `"credentialStatus":`)
			return verify(`"credentialStatus":[` + first + `,` + second + `]`)(t)
		}, no(statusSet)},
		{bitstring, "3.2", "an index beyond the list is out of range", listed(full, nil, "131072", "", "", ""), no(rangeError)},
		{bitstring, "3.2", "an index beyond all lists too", listed(full, nil, "340282366920938463463374607431768211456", "", "", ""), no(rangeError)},
		{bitstring, "3.2", "an index times the size beyond the list too", listed(full*2, nil, "131072", `"statusSize":2,`+messages, "", ""), no(rangeError)},
		{bitstring, "3.2", "another purpose than the list's is refused", listed(full, nil, "7", `"statusPurpose":"suspension"`, "", ""), no(statusVerification)},
		{bitstring, "3.2", "one of several purposes of a list is enough", listed(full, nil, "7", "", "", `"statusPurpose":["suspension","revocation"]`), yes},
		{bitstring, "3.2", "none of several is refused", listed(full, nil, "7", "", "", `"statusPurpose":["suspension","refresh"]`), no(statusVerification)},
		{bitstring, "3.2", "a list that is away cannot be retrieved", verify(`"credentialStatus":{"type":"BitstringStatusListEntry","statusPurpose":"revocation","statusListIndex":"7","statusListCredential":"https://lists.example/away"}`), no(statusRetrieval)},
		{bitstring, "3.2", "a list that was changed is not relied upon", spoiled(func(list map[string]any) { list["validFrom"] = "2020-01-01T00:00:00Z" }), no(statusVerification)},
		{bitstring, "3.2", "a list without proof is not", spoiled(func(list map[string]any) { delete(list, "proof") }), no(statusVerification)},
		{bitstring, "3.2", "a list of another type is not", listed(full, nil, "7", "", `"type":["VerifiableCredential"]`, ""), no(statusVerification)},
		{bitstring, "3.2", "a list whose subject has another type is not", listed(full, nil, "7", "", `"@context":["`+contextV2+`","`+vocab+`"]`, `"type":"Other"`), no(statusVerification)},
		{bitstring, "3.2", "a list past its end is not", listed(full, nil, "7", "", `"validUntil":"2020-01-01T00:00:00Z"`, ""), no(statusVerification)},
		{bitstring, "3.2", "a list before its beginning is not", listed(full, nil, "7", "", `"validFrom":"2099-01-01T00:00:00Z"`, ""), no(statusVerification)},
		{bitstring, "3.2", "a list that bears another id is not", listed(full, nil, "7", "", `"id":"https://lists.example/other"`, ""), no(statusVerification)},
		{bitstring, "3.2", "a list without id is", listed(full, nil, "7", "", `"id":null`, ""), yes},
		{bitstring, "3.2", "a list in another's name is not", func(t *testing.T) answer {
			address := elsewhere(t, full, nil, `"issuer":"`+carol.did+`"`, "")
			return verify(entryAt(t, address, "7", ""))(t)
		}, no(statusVerification)},
		{bitstring, "3.2", "what is no JSON is not", func(t *testing.T) answer {
			shared.put("https://lists.example/text", []byte("<html>"))
			return verify(entryAt(t, "https://lists.example/text", "7", ""))(t)
		}, no(statusVerification)},
		{bitstring, "3.2", "a list that is too short is told so", func(t *testing.T) answer {
			return verify(entryAt(t, publish(t, tooShort, "", ""), "7", ""))(t)
		}, no(statusLengthError)},
		{bitstring, "3.2", "a list that is too short for the size too", listed(full, nil, "7", `"statusSize":2,`+messages, "", ""), no(statusLengthError)},
		{bitstring, "3.2", "a list that is malformed is refused", func(t *testing.T) answer {
			return verify(entryAt(t, publish(t, "uAAAA", "", ""), "7", ""))(t)
		}, no(statusVerification)},
		{bitstring, "3.2", "a status of several bits is read from its place", listed(full*2, []int{15}, "7", `"statusPurpose":"message","statusSize":2,`+messages, "", `"statusPurpose":"message"`),
			holds("credentialStatus", "[map[message:lost purpose:message status:1 valid:false]]")},
		{bitstring, "3.2", "its first bit is its highest", listed(full*2, []int{14}, "7", `"statusPurpose":"message","statusSize":2,`+messages, "", `"statusPurpose":"message"`),
			holds("credentialStatus", "[map[message:found purpose:message status:2 valid:false]]")},
		{bitstring, "3.2", "a list may be another issuer's", listed(full, nil, "7", "", "", ""), yes},
		{bitstring, "3.2", "a list may be a token", func(t *testing.T) answer {
			list := issueAt("/vc-jwt", "", `"type":["VerifiableCredential","BitstringStatusListCredential"],"id":"https://lists.example/token",
				"credentialSubject":{"type":"BitstringStatusList","statusPurpose":"revocation","encodedList":"`+statuslist.Encode(statuslist.New())+`"}`)(t)
			_, token, _ := strings.Cut(lookUp(t, list.body, "verifiableCredential.id").(string), ",")
			shared.put("https://lists.example/token", []byte(token))
			return verify(entryAt(t, "https://lists.example/token", "7", ""))(t)
		}, yes},
		{bitstring, "3.2", "a status of another type is not known", verify(`"credentialStatus":{"id":"did:example:s","type":"https://example.org/#Status"}`), no(statusVerification)},
		{bitstring, "3.2", "it is not looked up unless asked for", verifyWith(`"checks":["proof"]`, `"credentialStatus":{"id":"did:example:s","type":"https://example.org/#Status"}`, ""), yes},

		{bitstring, "3.1", "a revoked credential is revoked in the published list", revocable("revocation", true), no(statusSet)},
		{bitstring, "3.1", "a suspended one is suspended", revocable("suspension", true), no(statusSet)},
		{bitstring, "3.1", "and is not any more", revocable("suspension", false), yes},
		{bitstring, "3.1", "one that is not revoked verifies", revocable("revocation", nil), yes},
		{bitstring, "3.1", "a message is published, and informs", revocable("message", json.Number("2")), holds("credentialStatus", "[map[message:status 2 purpose:message status:2 valid:false]]")},
		{bitstring, "3.1", "a status of another type is not made", issueAt("", `"credentialStatus":{"type":"Other"}`, ""), no(malformedValue)},
		{bitstring, "3.1", "a purpose that has no list is not made", issueAt("", `"credentialStatus":{"statusPurpose":"other"}`, ""), no(malformedValue)},
		{bitstring, "3.5", "the types of errors are URLs of the vocabulary", listed(full, nil, "7", `"statusPurpose":"suspension"`, "", ""), want{kind: statusVerification, see: func(t *testing.T, got answer) {
			if !strings.Contains(fmt.Sprint(got.body["errors"]), "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR") {
				t.Errorf("%v", got.body["errors"])
			}
		}}},
	}
}

// tooShort is gzip of 8 KiB.
var tooShort = shortList()

func shortList() string {
	encoded := encodeGzip(make([]byte, 8<<10))
	return "u" + encoded
}

// issueList asks for a list credential with a spoiled subject to be issued.
func issueList(subject string) attempt {
	return func(t *testing.T) answer {
		members := object(t, `{"type":"BitstringStatusList","statusPurpose":"revocation","encodedList":"`+statuslist.Encode(statuslist.New())+`"}`)
		return issue(`"type":["VerifiableCredential","BitstringStatusListCredential"],"credentialSubject":` + inJSON(t, over(t, members, subject)))(t)
	}
}

// spoiled asks about a credential whose list was changed after it was signed.
func spoiled(change func(list map[string]any)) attempt {
	return func(t *testing.T) answer {
		address := elsewhere(t, full, nil, `"validFrom":"2019-01-01T00:00:00Z"`, "")
		raw, err := shared.fetch(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		list := object(t, string(raw))
		change(list)
		shared.put(address, []byte(inJSON(t, list)))
		return verify(entryAt(t, address, "7", ""))(t)
	}
}

// A list that there is not is not found, and a credential without entry has no
// status to set.
func TestStatusThatIsNotThere(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/status-lists/0", "/status-lists/4", "/status-lists/01", "/status-lists/x"} {
		if got := shared.get(t, path, "application/json"); got.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	got := shared.post(t, "/credentials/status", map[string]any{"credentialId": "urn:test:none"})
	if got.status != http.StatusNotFound {
		t.Errorf("%d %v", got.status, got.body)
	}
}
