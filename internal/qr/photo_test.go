package qr

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"
)

// photo says how a code was photographed. The zero value is the code filling the
// middle of a clean grey picture.
type photo struct {
	width, height int     // of the picture; 900 × 1200
	share         float64 // of the picture's width that the code takes; 0.5
	angle         float64 // degrees
	tilt          float64 // how much nearer the lower edge is; 0.3 is a strong tilt
	turn          float64 // the same for the right edge
	noise         float64 // standard deviation of the noise, in levels of 255
	shade         float64 // how much light falls off from a corner to the other, 0 to 1
	blur          int     // radius in pixels
	dark, light   float64 // levels of ink and paper; 30 and 225
	table         float64 // level around the paper; 120
	mirrored      bool
	inverted      bool
	quality       int // of the JPEG; 80
	seed          uint64
}

func (p photo) orDefaults() photo {
	set := func(value *float64, otherwise float64) {
		if *value == 0 {
			*value = otherwise
		}
	}
	set(&p.share, 0.5)
	set(&p.dark, 30)
	set(&p.light, 225)
	set(&p.table, 120)
	if p.width == 0 {
		p.width, p.height = 900, 1200
	}
	if p.quality == 0 {
		p.quality = 80
	}
	return p
}

// take makes the picture, pixel by pixel backwards: where on the plane of the paper
// does each one look?
func (p photo) take(code Code) *image.Gray {
	p = p.orDefaults()
	out := image.NewGray(image.Rect(0, 0, p.width, p.height))
	random := rand.New(rand.NewPCG(p.seed, 7))
	sin, cos := math.Sincos(p.angle * math.Pi / 180)
	side := p.share * float64(p.width)
	for y := range p.height {
		for x := range p.width {
			u, v := float64(x)-float64(p.width)/2, float64(y)-float64(p.height)/2
			depth := 1 + p.tilt*v/float64(p.height) + p.turn*u/float64(p.width)
			u, v = u/depth/side, v/depth/side
			u, v = u*cos+v*sin, v*cos-u*sin
			if p.mirrored {
				u = -u
			}
			level := p.level(code, u+0.5, v+0.5)
			if p.inverted {
				level = 255 - level
			}
			level *= 1 - p.shade*float64(x+y)/float64(p.width+p.height)
			if p.noise > 0 {
				level += random.NormFloat64() * p.noise
			}
			out.Pix[y*out.Stride+x] = byte(min(max(level, 0), 255))
		}
	}
	return blurred(out, p.blur)
}

// level is how light the paper is at a place, 0 to 1 across the code.
func (p photo) level(code Code, u, v float64) float64 {
	if u < 0 || v < 0 || u >= 1 || v >= 1 {
		return p.table
	}
	width := float64(code.Width())
	if code.modules[int(v*width)][int(u*width)] {
		return p.dark
	}
	return p.light
}

func blurred(picture *image.Gray, radius int) *image.Gray {
	if radius == 0 {
		return picture
	}
	size := picture.Rect.Size()
	for range 2 {
		out := image.NewGray(picture.Rect)
		for y := range size.Y {
			for x := range size.X {
				sum, count := 0, 0
				for dy := max(0, y-radius); dy <= min(size.Y-1, y+radius); dy++ {
					for dx := max(0, x-radius); dx <= min(size.X-1, x+radius); dx++ {
						sum += int(picture.Pix[dy*picture.Stride+dx])
						count++
					}
				}
				out.Pix[y*out.Stride+x] = byte(sum / count)
			}
		}
		picture = out
	}
	return picture
}

func asJPEG(t testing.TB, picture image.Image, quality int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(t testing.TB, picture image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func coloured(picture *image.Gray, ink, paper color.RGBA) *image.NRGBA {
	out := image.NewNRGBA(picture.Rect)
	for i, level := range picture.Pix {
		mix := func(a, b byte) byte { return byte((int(a)*(255-int(level)) + int(b)*int(level)) / 255) }
		out.SetNRGBA(i%picture.Stride, i/picture.Stride, color.NRGBA{mix(ink.R, paper.R), mix(ink.G, paper.G), mix(ink.B, paper.B), mix(ink.A, paper.A)})
	}
	return out
}

func converted(picture *image.Gray, model color.Model) image.Image {
	var out interface {
		image.Image
		Set(x, y int, c color.Color)
	} = image.NewNRGBA64(picture.Rect)
	if model == color.Gray16Model {
		out = image.NewGray16(picture.Rect)
	}
	for i, level := range picture.Pix {
		out.Set(i%picture.Stride, i/picture.Stride, model.Convert(color.Gray{Y: level}))
	}
	return out
}

func paletted(picture *image.Gray) *image.Paletted {
	out := image.NewPaletted(picture.Rect, color.Palette{color.White, color.Black})
	for i, level := range picture.Pix {
		if level < 128 {
			out.Pix[i] = 1
		}
	}
	return out
}

// interlaced writes a picture in the seven passes of a PNG (W3C PNG §8.2), which
// image/png reads and does not write.
func interlaced(picture *image.Gray) []byte {
	size := picture.Rect.Size()
	var lines bytes.Buffer
	deflate := zlib.NewWriter(&lines)
	for _, pass := range [][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		for y := pass[1]; y < size.Y; y += pass[3] {
			line := []byte{filterNone}
			for x := pass[0]; x < size.X; x += pass[2] {
				line = append(line, picture.Pix[y*picture.Stride+x])
			}
			deflate.Write(line)
		}
	}
	deflate.Close()
	return pngOf(uint32(size.X), uint32(size.Y), 8, 0, 1, lines.Bytes())
}

// pngOf is a PNG with that header and those compressed lines.
func pngOf(width, height uint32, depth, colour, interlace byte, lines []byte) []byte {
	header := binary.BigEndian.AppendUint32(nil, width)
	header = binary.BigEndian.AppendUint32(header, height)
	header = append(header, depth, colour, 0, 0, interlace)
	out := appendChunk([]byte(pngSignature), "IHDR", header)
	if colour == 3 {
		out = appendChunk(out, "PLTE", []byte{0, 0, 0, 255, 255, 255})
	}
	return appendChunk(appendChunk(out, "IDAT", lines), "IEND", nil)
}
