package baking

import (
	"encoding/binary"
	"hash/crc32"
	"strings"

	"ramure/internal/problem"
)

// signature opens every PNG (W3C PNG §5.2).
const signature = "\x89PNG\r\n\x1a\n"

// overhead is what a chunk has around its data: length, type, checksum (§5.3).
const overhead = 12

// What can be wrong with the chunks of a file.
const (
	faultCut      fault = "the file ends inside a chunk"
	faultType     fault = "a chunk type is not four letters"
	faultChecksum fault = "a checksum does not fit"
	faultHeader   fault = "the header is none"
	faultOrder    fault = "a chunk stands in the wrong place"
	faultCritical fault = "a critical chunk is unknown"
	faultPixels   fault = "there is no picture"
	faultTrailing fault = "something follows the end"
)

// chunk is one block of a PNG. Its slices point into the file.
type chunk struct {
	kind string
	data []byte
	raw  []byte // length, type, data and checksum
}

// broken is the refusal of a PNG.
func broken(why error) error { return problem.Wrap(problem.Malformed, "error.baking.png", why) }

// scan reads a PNG from its first byte to its last and gives each chunk to visit,
// once it is known to be whole and in its place. It keeps nothing: the work is
// linear in the size of the file, whatever the chunks say of themselves.
func scan(picture []byte, visit func(chunk)) error {
	rest := picture[len(signature):]
	var order order
	for len(rest) > 0 {
		c, err := cut(rest)
		if err != nil {
			return broken(err)
		}
		rest = rest[len(c.raw):]
		if err := order.take(c); err != nil {
			return err
		}
		visit(c)
	}
	if order.last != "IEND" {
		return broken(faultCut)
	}
	return nil
}

// cut takes the first chunk (§5.3).
func cut(rest []byte) (chunk, error) {
	if len(rest) < overhead {
		return chunk{}, faultCut
	}
	length := uint64(binary.BigEndian.Uint32(rest))
	if length > uint64(len(rest)-overhead) {
		return chunk{}, faultCut
	}
	end := 8 + int(length)
	if !isChunkType(rest[4:8]) {
		return chunk{}, faultType
	}
	if crc32.ChecksumIEEE(rest[4:end]) != binary.BigEndian.Uint32(rest[end:]) {
		return chunk{}, faultChecksum
	}
	return chunk{kind: kindOf(rest[4:8]), data: rest[8:end], raw: rest[:end+4]}, nil
}

func isChunkType(b []byte) bool {
	for _, c := range b {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}

// kindOf names the types that matter here, and only says of the others whether a
// reader may leave them alone (§5.4, the ancillary bit): a file of many small
// chunks then costs no memory.
func kindOf(b []byte) string {
	for _, known := range [...]string{"IHDR", "PLTE", "IDAT", "IEND", "iTXt", "tEXt", "zTXt"} {
		if string(b) == known {
			return known
		}
	}
	if b[0]&0x20 == 0 {
		return critical
	}
	return ancillary
}

const (
	critical  = "a critical chunk"
	ancillary = "an ancillary chunk"
)

// order holds the critical chunks to their places (§5.6): the header first, the
// palette before the pixels, the pixels in one row, the end last.
type order struct {
	last            string // kind of the chunk before, "" at the beginning
	colour          byte   // colour type of the header
	palette, pixels bool   // whether there were any so far
}

func (o *order) take(c chunk) error {
	before := o.last
	o.last = c.kind
	switch {
	case before == "IEND":
		return broken(faultTrailing)
	case (before == "") != (c.kind == "IHDR"):
		return broken(faultOrder)
	case c.kind == "IHDR":
		return o.header(c.data)
	case c.kind == critical:
		return broken(faultCritical)
	}
	if why := o.place(c, before); why != "" {
		return broken(why)
	}
	return nil
}

// place looks at the chunks after the header.
func (o *order) place(c chunk, before string) fault {
	switch c.kind {
	case "PLTE":
		if o.palette || o.pixels || o.colour == grey || o.colour == greyAlpha || len(c.data)%3 != 0 {
			return faultOrder
		}
		o.palette = true
	case "IDAT":
		if o.pixels && before != "IDAT" || !o.palette && o.colour == indexed {
			return faultOrder
		}
		o.pixels = true
	case "IEND":
		if !o.pixels || len(c.data) > 0 {
			return faultPixels
		}
	}
	return ""
}

// The colour types that forbid a palette, and the one that needs it (§11.2.1).
const (
	grey      = 0
	indexed   = 3
	greyAlpha = 4
)

// depths are the bits of a sample that each colour type allows (§11.2.1).
var depths = map[byte]string{
	grey: "\x01\x02\x04\x08\x10", 2: "\x08\x10", indexed: "\x01\x02\x04\x08", greyAlpha: "\x08\x10", 6: "\x08\x10",
}

// header reads how large the picture says it is. Nothing is ever made of that
// size, but whoever is shown the picture will.
func (o *order) header(data []byte) error {
	if len(data) != 13 {
		return broken(faultHeader)
	}
	width, height := binary.BigEndian.Uint32(data), binary.BigEndian.Uint32(data[4:])
	o.colour = data[9]
	known := depths[o.colour]
	if width == 0 || height == 0 || known == "" || strings.IndexByte(known, data[8]) < 0 ||
		data[10] != 0 || data[11] != 0 || data[12] > 1 {
		return broken(faultHeader)
	}
	if uint64(width)*uint64(height) > MaxPixels {
		return tooLarge("error.baking.pixels", MaxPixels/1_000_000)
	}
	return nil
}
