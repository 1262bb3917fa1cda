package verifier

import (
	"bytes"
	"encoding/json"
	"io"
)

// listOf reads a JSON array of credentials, or the answer of the Open Badges API to
// a question for them (Open Badges 3.0 API, GetOpenBadgeCredentialsResponse). Each
// member stays as it was written, texts without their quotes. It reads no further
// than there are too many; false for what is neither, or no JSON.
func listOf(text []byte) (members [][]byte, several bool) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	if text[0] == '[' {
		members, several = readArray(decoder)
		return members, several && atEnd(decoder, members)
	}
	return readAnswer(decoder)
}

// readArray reads an array, up to one member too many.
func readArray(decoder *json.Decoder) (members [][]byte, whole bool) {
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('[') {
		return nil, false
	}
	for decoder.More() && len(members) <= MaxItems {
		var member json.RawMessage
		if decoder.Decode(&member) != nil {
			return nil, false
		}
		members = append(members, unquoted(member))
	}
	if len(members) > MaxItems {
		return members, true
	}
	_, err := decoder.Token()
	return members, err == nil
}

// atEnd makes sure that nothing follows a list that was read whole.
func atEnd(decoder *json.Decoder, members [][]byte) bool {
	if len(members) > MaxItems {
		return true
	}
	_, err := decoder.Token()
	return err == io.EOF
}

// readAnswer reads the lists of an answer. A credential has a context, and is none.
func readAnswer(decoder *json.Decoder) (members [][]byte, several bool) {
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return nil, false
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil || name == "@context" {
			return nil, false
		}
		if name != "credential" && name != "compactJwsString" {
			var skipped json.RawMessage
			if decoder.Decode(&skipped) != nil {
				return nil, false
			}
			continue
		}
		some, whole := readArray(decoder)
		if members = append(members, some...); !whole || len(members) > MaxItems {
			return members, whole
		}
		several = true
	}
	closing, err := decoder.Token()
	return members, several && err == nil && closing == json.Delim('}') && atEnd(decoder, members)
}

// unquoted takes a text out of its quotes: a JWT or an address in a list.
func unquoted(member json.RawMessage) []byte {
	var text string
	if json.Unmarshal(member, &text) == nil {
		return []byte(text)
	}
	return member
}
