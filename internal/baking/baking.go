package baking

import (
	"bytes"
	"fmt"

	"ramure/internal/problem"
)

// The limits of a picture that carries a badge.
const (
	MaxPicture    = 5 << 20    // bytes of the file
	MaxPixels     = 24_000_000 // of a PNG, by its header
	MaxPayload    = 512 << 10  // bytes of the credential, unfolded
	MaxDepth      = 256        // elements of an SVG inside one another
	MaxAttributes = 50_000     // of a whole SVG, counted by its equals signs
	MaxTags       = 200_000    // of a whole SVG, counted by its opening brackets
)

// The carriers and the versions of Open Badges.
const (
	CarrierPNG = "png"
	CarrierSVG = "svg"

	Version3 = "3.0"
	Version2 = "2.0"
)

// Baked is what a picture carries.
type Baked struct {
	Carrier string // CarrierPNG or CarrierSVG
	Version string // Version3 or Version2
	// Payload is the text as it stands: a compact JWS or a JSON object; of 2.0 also
	// the address of an assertion. It is UTF-8, not empty, and nothing else is known
	// of it.
	Payload []byte
	// Also is the version of another badge in the same picture, which was not read:
	// Version2 or "".
	Also string
}

// Extract takes the badge out of a picture. Errors are problems: Unsupported for
// what is neither PNG nor SVG, TooLarge over a limit, Malformed for a picture that
// is broken or ambiguous, and NotFound for a sound one that carries no badge.
func Extract(picture []byte) (Baked, error) {
	if err := checkSize(picture); err != nil {
		return Baked{}, err
	}
	switch {
	case isPNG(picture):
		return extractPNG(picture)
	case isSVG(picture):
		return extractSVG(picture)
	}
	return Baked{}, problem.New(problem.Unsupported, "error.baking.kind")
}

// Is reports whether a file begins like a picture that Extract reads.
func Is(file []byte) bool { return isPNG(file) || isSVG(file) }

func isPNG(file []byte) bool { return bytes.HasPrefix(file, []byte(signature)) }

func checkSize(picture []byte) error {
	if len(picture) > MaxPicture {
		return tooLarge("error.baking.size", MaxPicture>>20)
	}
	return nil
}

// tooLarge names the limit in the unit of its sentence: MiB of the picture,
// millions of pixels, KiB of the credential.
func tooLarge(key string, limit int) error {
	return problem.New(problem.TooLarge, key).With("limit", fmt.Sprint(limit))
}

func payloadTooLarge() error { return tooLarge("error.baking.payload", MaxPayload>>10) }

// fault is what is wrong with a picture, in a word for logs.
type fault string

func (f fault) Error() string { return "baking: " + string(f) }

// found is what a picture carries of one version: how often, and where first.
type found[T any] struct {
	times int
	first T
}

func (f *found[T]) add(one T) {
	if f.times++; f.times == 1 {
		f.first = one
	}
}

// choose takes the 3.0 badge before the 2.0 one. Each must stand there once: of
// two, no reader could say which one is meant.
func choose[T any](three, two found[T], open func(T) ([]byte, error)) (Baked, error) {
	baked, chosen := Baked{Version: Version3}, three
	switch {
	case three.times == 0:
		baked.Version, chosen = Version2, two
	case two.times > 0:
		baked.Also = Version2
	}
	switch chosen.times {
	case 0:
		return Baked{}, problem.New(problem.NotFound, "error.baking.none")
	case 1:
		payload, err := open(chosen.first)
		baked.Payload = payload
		return baked, err
	}
	return Baked{}, problem.New(problem.Malformed, "error.baking.twice")
}
