// Package qr draws an address as a QR code (ISO/IEC 18004), as SVG for paper
// and as PNG for screens and office documents.
//
// The flow: New(address) → Code → SVG(title) or PNG(size). Level M, so that a
// card survives a fold and a stain; level L only when the address is longer
// than M can hold. The four quiet modules around are part of the drawing: a
// code without them is not read from a dark table.
//
// The matrix is github.com/skip2/go-qrcode's (this room is its landlord); the
// drawings are ours: one path or one bit a pixel, and modules of a whole number
// of pixels, so that nothing is blurred.
//
// It refuses what is not printable ASCII (an address never is anything else),
// and more than MaxContent bytes.
package qr
