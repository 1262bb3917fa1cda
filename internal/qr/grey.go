package qr

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
)

// grey is a picture as the eye takes it: one byte a pixel, black is 0.
type grey struct {
	pixels        []byte
	width, height int
}

// greyOf makes a picture grey and no longer than side, each of its pixels the
// mean of those that it stands for. It goes through the picture once and keeps one
// line of it. What is transparent is white, as on paper.
func greyOf(picture image.Image, side int) grey {
	from := picture.Bounds()
	width, height := fit(from.Dx(), from.Dy(), side)
	out := grey{pixels: make([]byte, width*height), width: width, height: height}
	read, line, sums := rows(picture), make([]uint16, from.Dx()), make([]int, width)
	for y := range height {
		top, bottom := y*from.Dy()/height, (y+1)*from.Dy()/height
		clear(sums)
		for row := top; row < bottom; row++ {
			read(from.Min.Y+row, line)
			addLine(sums, line)
		}
		for x := range sums {
			count := ((x+1)*from.Dx()/width - x*from.Dx()/width) * (bottom - top)
			out.pixels[y*width+x] = byte(sums[x] / count / 4)
		}
	}
	return out
}

// rows reads the brightness of each pixel of a row, times four. Green counts twice,
// as it does to the eye. The largest pictures, greys, palettes and photos, need no
// colours for it.
func rows(picture image.Image) func(row int, line []uint16) {
	switch p := picture.(type) {
	case *image.Gray:
		return func(row int, line []uint16) { quadruple(line, p.Pix[p.PixOffset(p.Rect.Min.X, row):]) }
	case *image.YCbCr: // of a photo, where the brightness stands apart already
		return func(row int, line []uint16) { quadruple(line, p.Y[p.YOffset(p.Rect.Min.X, row):]) }
	case *image.Paletted:
		table := brightnesses(p.Palette)
		return func(row int, line []uint16) {
			for x, index := range p.Pix[p.PixOffset(p.Rect.Min.X, row):][:len(line)] {
				line[x] = table[index]
			}
		}
	}
	return drawn(picture)
}

func quadruple(line []uint16, pixels []byte) {
	for x, pixel := range pixels[:len(line)] {
		line[x] = 4 * uint16(pixel)
	}
}

// brightnesses are those of a palette; what it does not have is black.
func brightnesses(palette color.Palette) (table [256]uint16) {
	for i, one := range palette[:min(len(palette), len(table))] {
		r, g, b, a := one.RGBA()
		paper := 0xffff - a
		table[i] = uint16((r+paper)>>8 + 2*((g+paper)>>8) + (b+paper)>>8)
	}
	return table
}

// drawn reads any picture, by drawing it on paper row by row.
func drawn(picture image.Image) func(row int, line []uint16) {
	from := picture.Bounds()
	sheet, paper := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1)), image.NewUniform(color.White)
	return func(row int, line []uint16) {
		draw.Draw(sheet, sheet.Rect, paper, image.Point{}, draw.Src)
		draw.Draw(sheet, sheet.Rect, picture, image.Pt(from.Min.X, row), draw.Over)
		for x := range line {
			pixel := sheet.Pix[4*x : 4*x+3 : 4*x+3]
			line[x] = uint16(pixel[0]) + 2*uint16(pixel[1]) + uint16(pixel[2])
		}
	}
}

// fit holds the longer of two sides to a limit, and keeps their proportion.
func fit(width, height, side int) (int, int) {
	longer := max(width, height)
	if longer <= side {
		return width, height
	}
	return max(width*side/longer, 1), max(height*side/longer, 1)
}

// addLine adds the brightness of each pixel to the sum that it goes into.
func addLine(sums []int, line []uint16) {
	for x := range sums {
		sum := 0
		for _, pixel := range line[x*len(line)/len(sums) : (x+1)*len(line)/len(sums)] {
			sum += int(pixel)
		}
		sums[x] += sum
	}
}

// smaller is the picture again, no longer than side.
func (g grey) smaller(side int) grey {
	picture := &image.Gray{Pix: g.pixels, Stride: g.width, Rect: image.Rect(0, 0, g.width, g.height)}
	return greyOf(picture, side)
}

// larger repeats each pixel as many times in both directions: the eye needs a few
// pixels for each module.
func (g grey) larger(times int) grey {
	out := grey{width: g.width * times, height: g.height * times}
	out.pixels = make([]byte, 0, out.width*out.height)
	for y := range g.height {
		line := make([]byte, 0, out.width)
		for _, pixel := range g.pixels[y*g.width : (y+1)*g.width] {
			line = append(line, slices.Repeat([]byte{pixel}, times)...)
		}
		out.pixels = append(out.pixels, slices.Repeat(line, times)...)
	}
	return out
}

// inverted swaps light and dark.
func (g grey) inverted() grey {
	out := grey{pixels: make([]byte, len(g.pixels)), width: g.width, height: g.height}
	for i, pixel := range g.pixels {
		out.pixels[i] = ^pixel
	}
	return out
}

// turned turns the picture by an eighth of a circle, on a white ground. A large
// code that stands on its corner is crossed by the lines of the scan where its
// corners look least like themselves.
func (g grey) turned() grey {
	side := int(float64(g.width+g.height)*math.Sqrt2/2) + 1
	out := grey{pixels: bytes.Repeat([]byte{0xff}, side*side), width: side, height: side}
	for y := range side {
		for x := range side {
			u, v := float64(x-side/2)*math.Sqrt2/2, float64(y-side/2)*math.Sqrt2/2
			fromX, fromY := g.width/2+int(math.Round(u+v)), g.height/2+int(math.Round(v-u))
			if fromX >= 0 && fromX < g.width && fromY >= 0 && fromY < g.height {
				out.pixels[y*side+x] = g.pixels[fromY*g.width+fromX]
			}
		}
	}
	return out
}
