package qr

import (
	"bytes"
	"encoding/binary"
	"image"
	"math"
)

// Markers of a JPEG (ITU-T T.81 §B.1.1.3).
const (
	markerSOF0 = 0xc0 // baseline
	markerSOF1 = 0xc1 // extended
	markerSOF2 = 0xc2 // progressive
)

// costOfJPEG counts a byte a sample. A progressive picture keeps, besides, each
// coefficient in four until its last scan. Four components (CMYK) are no photo of
// a code, and become two pictures. An unknown layout costs too much.
func costOfJPEG(picture []byte, header image.Config) int64 {
	frame, progressive, found := frameOf(picture)
	if !found || bytes.Count(picture, []byte{0xff, 0xda}) > MaxScans {
		return math.MaxInt64
	}
	pixels := int64(header.Width+16) * int64(header.Height+16) // whole blocks
	samples := samplesOf(frame, pixels)
	if progressive {
		samples *= 5
	}
	return samples
}

// frameOf finds the frame header, which image/jpeg has read already: what this one
// misses, that one refused.
func frameOf(picture []byte) (frame []byte, progressive, found bool) {
	for rest := picture[2:]; len(rest) > 4; {
		if rest[0] != 0xff {
			return nil, false, false
		}
		if rest[1] == 0xff { // fill bytes
			rest = rest[1:]
			continue
		}
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || 2+length > len(rest) {
			return nil, false, false
		}
		switch rest[1] {
		case markerSOF0, markerSOF1, markerSOF2:
			return rest[4 : 2+length], rest[1] == markerSOF2, true
		}
		rest = rest[2+length:]
	}
	return nil, false, false
}

// samplesOf adds up the samples of the components: each has pixels divided by how
// much coarser it is than the finest (§A.1.1). frame is precision, height, width,
// their number, then three bytes each.
func samplesOf(frame []byte, pixels int64) int64 {
	if len(frame) < 6 || int(frame[5])*3+6 > len(frame) || frame[5] > 3 {
		return math.MaxInt64 / 5
	}
	finest, all := int64(1), int64(0)
	for i := range int(frame[5]) {
		factors := frame[6+3*i+1]
		area := int64(factors>>4) * int64(factors&15)
		finest, all = max(finest, area), all+area
	}
	return pixels * all / finest
}
