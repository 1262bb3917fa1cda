package qr

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// MaxSize is the widest picture that is drawn, in pixels.
const MaxSize = 2048

// pngSignature opens every file (W3C PNG, §5.2).
const pngSignature = "\x89PNG\r\n\x1a\n"

// Filters of a line (W3C PNG, §9.2): as it is, or its difference from the line
// above, which is nothing for all but the first line of a row of modules.
const (
	filterNone = 0
	filterUp   = 2
)

// PNG draws the code as a picture of size × size pixels, black on white, one
// bit a pixel. size is held between one pixel a module and MaxSize. Modules are
// a whole number of pixels; what remains is shared by the quiet zone, so that
// the picture has the size asked for and every edge is sharp.
//
// The file is written here because image/png goes through a byte a pixel and
// an interface call for each, which costs more than the whole matrix.
func (c Code) PNG(size int) ([]byte, error) {
	size = min(max(size, c.Width()), MaxSize)
	lines, err := c.lines(size)
	if err != nil {
		return nil, fmt.Errorf("compress the picture: %w", err)
	}
	header := binary.BigEndian.AppendUint32(nil, uint32(size))
	header = binary.BigEndian.AppendUint32(header, uint32(size))
	header = append(header, 1, 0, 0, 0, 0) // one bit, grey, deflate, adaptive, not interlaced
	out := []byte(pngSignature)
	out = appendChunk(out, "IHDR", header)
	out = appendChunk(out, "IDAT", lines)
	return appendChunk(out, "IEND", nil), nil
}

// lines gives the compressed lines of the picture, each with its filter.
func (c Code) lines(size int) ([]byte, error) {
	var out bytes.Buffer
	deflate, err := zlib.NewWriterLevel(&out, zlib.BestSpeed)
	if err != nil {
		return nil, err
	}
	scale := size / c.Width()
	margin := (size - scale*c.Width()) / 2
	same := make([]byte, 1+(size+7)/8)
	same[0] = filterUp
	for y := range size {
		line := same
		if y == 0 || (y >= margin && (y-margin)%scale == 0) {
			line = c.line((y-margin)/scale, margin, scale, size)
		}
		if _, err := deflate.Write(line); err != nil {
			return nil, err
		}
	}
	if err := deflate.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// line gives one line of a row of modules: a bit is 1 where the paper is white.
// Rows beside the code are white, as the quiet zone is.
func (c Code) line(row, margin, scale, size int) []byte {
	line := bytes.Repeat([]byte{0xff}, 1+(size+7)/8)
	line[0] = filterNone
	if row < 0 || row >= c.Width() {
		return line
	}
	for x, dark := range c.modules[row] {
		if !dark {
			continue
		}
		for at := margin + x*scale; at < margin+(x+1)*scale; at++ {
			line[1+at/8] &^= 0x80 >> (at % 8)
		}
	}
	return line
}

// appendChunk writes length, type, data and checksum (W3C PNG, §5.3).
func appendChunk(out []byte, kind string, data []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
	start := len(out)
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
