package baking

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"unicode/utf8"

	"ramure/internal/problem"
)

// The keywords of the chunks that carry a badge (Open Badges 3.0 §7 PNG, Open
// Badges Baking 1.0).
const (
	keyword3 = "openbadgecredential"
	keyword2 = "openbadges"
)

// What can be wrong with the text of a badge.
const (
	faultText     fault = "the text chunk is not well formed"
	faultUnfold   fault = "the compressed text does not unfold"
	faultEncoding fault = "the text is empty, or no UTF-8"
)

// unreadable is the refusal of a badge in a sound picture.
func unreadable(why error) error { return problem.Wrap(problem.Malformed, "error.baking.text", why) }

// carries gives the version of the badge in a chunk, "" for any other chunk. Text
// that we do not read a badge from (a 3.0 credential in anything but iTXt) counts
// too: baking takes it away.
func (c chunk) carries() string {
	if c.kind != "iTXt" && c.kind != "tEXt" && c.kind != "zTXt" {
		return ""
	}
	switch keyword, _, _ := bytes.Cut(c.data, []byte{0}); string(keyword) {
	case keyword3:
		return Version3
	case keyword2:
		return Version2
	}
	return ""
}

// payload opens the text of a chunk that carries a badge.
func (c chunk) payload() ([]byte, error) {
	_, text, _ := bytes.Cut(c.data, []byte{0})
	if c.kind == "iTXt" {
		return openInternational(text)
	}
	return checkText(text)
}

// openInternational reads what follows the keyword of an iTXt chunk (W3C PNG
// §11.3.3.4): compression flag and method, language, translated keyword, text.
func openInternational(data []byte) ([]byte, error) {
	if len(data) < 2 || data[0] > 1 || data[0] == 1 && data[1] != 0 {
		return nil, unreadable(faultText)
	}
	parts := bytes.SplitN(data[2:], []byte{0}, 3)
	if len(parts) != 3 {
		return nil, unreadable(faultText)
	}
	if data[0] == 0 {
		return checkText(parts[2])
	}
	text, err := unfold(parts[2])
	if err != nil {
		return nil, err
	}
	return checkText(text)
}

// unfold decompresses as much as a credential may have and one byte, so that a
// bomb costs what a credential costs.
func unfold(folded []byte) ([]byte, error) {
	source := bytes.NewReader(folded)
	inflate, err := zlib.NewReader(source)
	if err != nil {
		return nil, unreadable(errors.Join(faultUnfold, err))
	}
	text, err := io.ReadAll(io.LimitReader(inflate, MaxPayload+1))
	switch {
	case len(text) > MaxPayload:
		return nil, payloadTooLarge()
	case err != nil:
		return nil, unreadable(errors.Join(faultUnfold, err))
	case source.Len() > 0:
		return nil, unreadable(faultUnfold)
	}
	return text, nil
}

func checkText(text []byte) ([]byte, error) {
	switch {
	case len(text) > MaxPayload:
		return nil, payloadTooLarge()
	case len(bytes.TrimSpace(text)) == 0, !utf8.Valid(text), bytes.IndexByte(text, 0) >= 0:
		return nil, unreadable(faultEncoding)
	}
	return bytes.Clone(text), nil
}

// appendBadge writes the iTXt chunk of a credential: not compressed, without
// language and translated keyword (Open Badges 3.0 §7 PNG).
func appendBadge(out, payload []byte) []byte {
	head := keyword3 + "\x00" + "\x00\x00" + "\x00" + "\x00"
	out = binary.BigEndian.AppendUint32(out, uint32(len(head)+len(payload)))
	start := len(out)
	out = append(append(append(out, "iTXt"...), head...), payload...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[start:]))
}
