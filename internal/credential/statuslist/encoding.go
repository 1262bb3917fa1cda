package statuslist

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

const (
	// maxInflated bounds what a list may unfold to: 16,777,216 entries.
	maxInflated = 2 << 20
	// maxEncoded bounds the text; incompressible bits of maxInflated bytes
	// are under it.
	maxEncoded = 3 << 20
	// multibaseURL marks base64url without padding.
	multibaseURL = "u"
)

// Encode writes the list as encodedList: "u" and the base64url of the gzip of
// the bits. The same bits give the same text.
func Encode(b *Bits) string {
	var packed bytes.Buffer
	// No error can come from here on: the level is a constant, and a buffer in
	// memory takes every write.
	writer, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	_, _ = writer.Write(b.raw)
	_ = writer.Close()
	return multibaseURL + base64.RawURLEncoding.EncodeToString(packed.Bytes())
}

// Decode reads an encodedList strictly: one multibase prefix, canonical
// base64url, one gzip member and nothing after it, 131,072 entries to 2 MiB.
// The errors are ErrMalformed, ErrTooShort and ErrTooLarge.
func Decode(s string) (*Bits, error) {
	if len(s) > maxEncoded {
		return nil, ErrTooLarge
	}
	text, found := strings.CutPrefix(s, multibaseURL)
	// Go's decoder skips line ends, which are no characters of base64url.
	if !found || strings.ContainsAny(text, "\r\n") {
		return nil, fmt.Errorf("%w: encodedList is not multibase base64url", ErrMalformed)
	}
	packed, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("%w: encodedList is not multibase base64url", ErrMalformed)
	}
	raw, err := inflate(packed)
	if err != nil {
		return nil, err
	}
	return FromBytes(raw)
}

// inflate unpacks at most maxInflated bytes: the reader is never asked for
// more, whatever the gzip header promises.
func inflate(packed []byte) ([]byte, error) {
	source := bytes.NewReader(packed)
	reader, err := gzip.NewReader(source)
	if err != nil {
		return nil, fmt.Errorf("%w: encodedList is not gzip", ErrMalformed)
	}
	reader.Multistream(false)
	raw, err := io.ReadAll(io.LimitReader(reader, maxInflated+1))
	switch {
	case len(raw) > maxInflated:
		return nil, ErrTooLarge
	case err != nil:
		return nil, fmt.Errorf("%w: encodedList is damaged", ErrMalformed)
	case source.Len() > 0:
		return nil, fmt.Errorf("%w: encodedList has bytes after its end", ErrMalformed)
	}
	return raw, nil
}
