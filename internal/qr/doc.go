// Package qr draws an address as a QR code (ISO/IEC 18004), as SVG for paper
// and as PNG for screens and office documents, and reads the code in a picture.
//
// Drawing: New(address) → Code → SVG(title) or PNG(size). Level M, so that a
// card survives a fold and a stain; level L only when the address is longer
// than M can hold. The four quiet modules around are part of the drawing: a
// code without them is not read from a dark table.
//
// Reading: Read(picture) → limits, from the header alone (picture.go) → the
// pixels, once, in greys and no wider than it takes to read (grey.go) → a fixed
// list of attempts at a few sizes, light on dark too (read.go). A code is found at
// every angle, and in a mirror, by its three corners: no attempt turns the picture.
//
// The matrix is github.com/skip2/go-qrcode's, the eye is
// github.com/makiuchi-d/gozxing's (this room is the landlord of both); the
// drawings are ours: one path or one bit a pixel, and modules of a whole number
// of pixels, so that nothing is blurred. Other kinds of codes are not looked for.
//
// It refuses to draw what is not printable ASCII (an address never is anything
// else), and more than MaxContent bytes; to read other formats than PNG and JPEG,
// files over MaxPicture, pictures over MaxPixels, those that would take more than
// MaxMemory to unfold, and JPEGs of more than MaxScans scans.
package qr
