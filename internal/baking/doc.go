// Package baking carries badges in pictures: it takes the credential out of a
// baked PNG or SVG, and bakes one in.
//
// It is written from Open Badges 3.0 §7 (Document Formats: PNG, SVG), Open Badges
// Baking 1.0 for pictures of 2.0, and W3C PNG (Third Edition) for the chunks.
//
//	picture → Extract → Baked{carrier, version, payload}
//	     PNG  scan every chunk (chunk.go) → the text chunks of our keywords
//	          (text.go) → payload
//	     SVG  one walk over the tokens (svg.go) → the element of our namespaces
//	picture, payload → PNG or SVG → the same picture, baked with that payload
//
// A picture may carry both a 3.0 and a 2.0 badge: the first is read, and Baked
// says that the other is there.
//
// It knows no badges: the payload goes out as it stood, a JWS, a JSON text or the
// address of a 2.0 assertion, and is examined elsewhere. It decodes no pixel and
// draws nothing: a baked picture keeps each byte that is no badge.
//
// It refuses, before anything is unfolded: pictures over MaxPicture bytes or
// MaxPixels pixels, payloads over MaxPayload, chunks that lie about their length or
// checksum or stand in the wrong order, anything after the end, and a badge that
// is there twice. In SVG it refuses entities, other encodings than UTF-8, nesting
// over MaxDepth, more than MaxTags tags and more than MaxAttributes attributes.
package baking
