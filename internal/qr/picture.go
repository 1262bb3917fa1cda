package qr

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"ramure/internal/problem"
)

// The limits of a picture that is looked at (decisions.md, Uploads; trust T8).
const (
	MaxPicture = 5 << 20    // bytes of the file
	MaxPixels  = 24_000_000 // by its header
	MaxMemory  = 48 << 20   // bytes that its pixels take while they are unfolded
	MaxScans   = 100        // of a JPEG: each goes over all of its blocks
)

// format is a kind of picture that is read here.
type format struct {
	head   string
	config func(picture []byte) (image.Config, error)
	decode func(picture []byte) (image.Image, error)
	// cost is how many bytes the decoder keeps for a picture of that header.
	cost func(picture []byte, header image.Config) int64
}

func formats() []format {
	return []format{
		{
			head:   pngSignature,
			config: func(picture []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(picture)) },
			decode: func(picture []byte) (image.Image, error) { return png.Decode(bytes.NewReader(picture)) },
			cost:   costOfPNG,
		},
		{
			head:   "\xff\xd8\xff",
			config: func(picture []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(picture)) },
			decode: func(picture []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(picture)) },
			cost:   costOfJPEG,
		},
	}
}

// unfold decodes a picture that keeps to the limits. All of them are known from
// its header, before a pixel is.
func unfold(picture []byte) (image.Image, error) {
	if len(picture) > MaxPicture {
		return nil, tooLarge("error.qr.size", MaxPicture>>20)
	}
	for _, f := range formats() {
		if bytes.HasPrefix(picture, []byte(f.head)) {
			return f.unfold(picture)
		}
	}
	return nil, problem.New(problem.Unsupported, "error.qr.kind")
}

func (f format) unfold(picture []byte) (image.Image, error) {
	header, err := f.config(picture)
	if err != nil {
		return nil, problem.Wrap(problem.Malformed, "error.qr.picture", err)
	}
	switch pixels := int64(header.Width) * int64(header.Height); {
	case pixels <= 0:
		return nil, problem.New(problem.Malformed, "error.qr.picture")
	case pixels > MaxPixels:
		return nil, tooLarge("error.qr.pixels", MaxPixels/1_000_000)
	case f.cost(picture, header) > MaxMemory:
		return nil, problem.New(problem.TooLarge, "error.qr.memory")
	}
	decoded, err := f.decode(picture)
	if err != nil {
		return nil, problem.Wrap(problem.Malformed, "error.qr.picture", err)
	}
	return decoded, nil
}

func tooLarge(key string, limit int) error {
	return problem.New(problem.TooLarge, key).With("limit", fmt.Sprint(limit))
}

// costOfPNG counts the bytes of a pixel in memory; an interlaced picture is put
// together from seven others, as large as itself in all.
func costOfPNG(picture []byte, header image.Config) int64 {
	bytesOf := int64(4)
	switch header.ColorModel {
	case color.GrayModel:
		bytesOf = 1
	case color.Gray16Model:
		bytesOf = 2
	case color.RGBA64Model, color.NRGBA64Model:
		bytesOf = 8
	}
	if _, paletted := header.ColorModel.(color.Palette); paletted {
		bytesOf = 1
	}
	const interlace = 28 // the last byte of the header (W3C PNG §11.2.1)
	if picture[interlace] != 0 {
		bytesOf *= 2
	}
	return bytesOf * int64(header.Width) * int64(header.Height)
}
