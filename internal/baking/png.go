package baking

import (
	"bytes"
	"encoding/json"
	"regexp"

	"ramure/internal/problem"
)

// extractPNG reads the whole file before it opens a badge: one whose end is cut
// off or lies is no picture that can be relied upon.
func extractPNG(picture []byte) (Baked, error) {
	var three, two found[chunk]
	err := scan(picture, func(c chunk) {
		switch c.carries() {
		case Version3:
			if c.kind == "iTXt" {
				three.add(c)
			}
		case Version2:
			if c.kind != "zTXt" {
				two.add(c)
			}
		}
	})
	if err != nil {
		return Baked{}, err
	}
	baked, err := choose(three, two, chunk.payload)
	baked.Carrier = CarrierPNG
	return baked, err
}

// PNG bakes a credential, a compact JWS or a JSON object, into a picture. It goes
// right after the header; whatever badge the picture carried before, of either
// version, is taken away, and every other chunk stays as it was, byte for byte.
// Errors are problems, as those of Extract, and Invalid for a payload that is
// none.
func PNG(picture, payload []byte) ([]byte, error) {
	payload, err := checkPayload(picture, payload)
	if err != nil {
		return nil, err
	}
	if !isPNG(picture) {
		return nil, problem.New(problem.Unsupported, "error.baking.kind")
	}
	out := append(make([]byte, 0, len(picture)+len(payload)+64), signature...)
	err = scan(picture, func(c chunk) {
		if c.carries() == "" {
			out = append(out, c.raw...)
		}
		if c.kind == "IHDR" {
			out = appendBadge(out, payload)
		}
	})
	if err != nil {
		return nil, err
	}
	return readBack(out, payload)
}

var compactJWS = regexp.MustCompile(`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`)

// checkPayload gives the payload without the blanks around it.
func checkPayload(picture, payload []byte) ([]byte, error) {
	if err := checkSize(picture); err != nil {
		return nil, err
	}
	if len(payload) > MaxPayload {
		return nil, payloadTooLarge()
	}
	payload = bytes.TrimSpace(payload)
	if !compactJWS.Match(payload) && !(bytes.HasPrefix(payload, []byte("{")) && json.Valid(payload)) {
		return nil, problem.New(problem.Invalid, "error.baking.content")
	}
	return payload, nil
}

// readBack makes sure that what was baked is what a reader will find, to the byte:
// a carrier cannot hold every text (XML has no U+FFFE and one line break).
func readBack(picture, payload []byte) ([]byte, error) {
	baked, err := Extract(picture)
	if err != nil {
		return nil, err
	}
	if baked.Version != Version3 || baked.Also != "" || !bytes.Equal(baked.Payload, payload) {
		return nil, problem.New(problem.Invalid, "error.baking.content")
	}
	return picture, nil
}
