package vcapi

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"ramure/internal/credential/statuslist"
	"ramure/internal/jsonld"
)

// checkStatus follows one entry to its list (Bitstring Status List §3.2). The list
// may be another issuer's, as the specification allows; its own proof must be its
// issuer's.
func (a *Adapter) checkStatus(ctx context.Context, entry map[string]any) (statusResult, *detail) {
	if !slices.Contains(texts(entry["type"]), statuslist.TypeEntry) {
		return statusResult{}, new(say(statusVerification, "a status of another type is not known here", ""))
	}
	address, _ := entry["statusListCredential"].(string)
	list, broken := a.statusList(ctx, address)
	if broken != nil {
		return statusResult{}, broken
	}
	if !slices.Contains(texts(list["type"]), statuslist.TypeCredential) {
		return statusResult{}, new(say(statusVerification, "what is there is no status list credential", ""))
	}
	subject, _ := list["credentialSubject"].(map[string]any)
	purpose, _ := entry["statusPurpose"].(string)
	if !slices.Contains(texts(subject["statusPurpose"]), purpose) {
		return statusResult{}, new(say(statusVerification, "the list has another purpose", ""))
	}
	if id, present := list["id"]; present && id != address {
		return statusResult{}, new(say(statusVerification, "the list is another one than the entry's", ""))
	}
	return readStatus(subject, entry, purpose)
}

// statusList gets a list credential and verifies it: form, proof, dates.
func (a *Adapter) statusList(ctx context.Context, address string) (map[string]any, *detail) {
	list, broken := a.listAt(ctx, address)
	if broken != nil {
		return nil, broken
	}
	if subject, isObject := list["credentialSubject"].(map[string]any); isObject {
		if broken := listLength(subject); broken != nil {
			return nil, broken
		}
	}
	// The status of a list is not looked up: it could go round in circles.
	r := a.verifyCredential(ctx, list, options{checks: []string{"proof", "validity"}})
	if !r.Verified {
		return nil, new(say(statusVerification, r.Errors[0].Detail, ""))
	}
	return r.Document, nil
}

// listAt gets a document: our own from where it is made, others by fetching them.
func (a *Adapter) listAt(ctx context.Context, address string) (map[string]any, *detail) {
	if number, isOurs := a.lists.numbered(address); isOurs {
		list, found := a.signedList(ctx, number)
		if len(found) > 0 {
			return nil, &found[0]
		}
		return list, nil
	}
	data, err := a.Fetch(ctx, address)
	if err != nil {
		return nil, new(say(statusRetrieval, "the address does not answer with it", ""))
	}
	if token := string(data); len(data) > 0 && data[0] == 'e' {
		return bareToken(token), nil // base64url of a header begins so
	}
	list, err := jsonld.DecodeObject(data)
	if err != nil {
		return nil, new(say(statusVerification, "what is there is no JSON object", ""))
	}
	return list, nil
}

// listLength tells a list that is too short from one that is malformed.
func listLength(subject map[string]any) *detail {
	encoded, _ := subject["encodedList"].(string)
	if _, err := statuslist.Decode(encoded); errors.Is(err, statuslist.ErrTooShort) {
		return new(say(statusLengthError, "fewer than 131,072 entries", ""))
	}
	return nil
}

// readStatus reads the value at an entry's place; the first bit of a value is its
// highest.
func readStatus(subject, entry map[string]any, purpose string) (statusResult, *detail) {
	encoded, _ := subject["encodedList"].(string)
	bits, err := statuslist.Decode(encoded)
	if err != nil {
		return statusResult{}, new(say(statusVerification, "malformed list", ""))
	}
	size, ok := statusSize(entry)
	if !ok {
		return statusResult{}, new(say(rangeError, "statusSize", ""))
	}
	if bits.Len()/size < statuslist.Entries {
		return statusResult{}, new(say(statusLengthError, "fewer than 131,072 entries", ""))
	}
	text, _ := entry["statusListIndex"].(string)
	index, err := statuslist.ParseIndex(text)
	if err != nil || (index+1)*size > bits.Len() {
		return statusResult{}, new(say(rangeError, "the index is beyond the list", ""))
	}
	value := 0
	for bit := range size {
		value <<= 1
		if bits.Get(index*size + bit) {
			value |= 1
		}
	}
	return statusResult{Purpose: purpose, Status: value, Valid: value == 0, Message: messageOf(entry, value)}, nil
}

// messageOf finds the words of a status value.
func messageOf(entry map[string]any, value int) string {
	for _, item := range items(entry["statusMessage"]) {
		line, _ := item.(map[string]any)
		said, _ := line["status"].(string)
		if at, err := strconv.ParseInt(said, 0, 64); err == nil && at == int64(value) {
			message, _ := line["message"].(string)
			return message
		}
	}
	return ""
}
