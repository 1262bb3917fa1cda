package dataintegrity

import (
	"context"
	"crypto"
	"crypto/sha256"
	"fmt"
	"maps"

	"ramure/internal/jsonld"
)

// maxBlankNodes bounds the nodes without name of a stranger's document: a badge
// with results and alignments has about ten.
const maxBlankNodes = 64

// DocHash is SHA-256 of the canonical form of a document without its proof: the
// value that eddsa-rdfc-2022 signs and that the log's leaf commits to. Errors are
// those of package jsonld.
func DocHash(ctx context.Context, doc map[string]any, options ...jsonld.Option) ([32]byte, error) {
	canonical, err := canonicalize(ctx, without(doc, "proof"), crypto.SHA256, options)
	if err != nil {
		return [32]byte{}, err
	}
	return sha256.Sum256(canonical), nil
}

func canonicalize(ctx context.Context, doc map[string]any, hash crypto.Hash, options []jsonld.Option) ([]byte, error) {
	quads, err := jsonld.Quads(ctx, doc, options...)
	if err != nil {
		return nil, err
	}
	return jsonld.Canonicalize(ctx, quads, jsonld.Options{Hash: hash, BlankNodes: maxBlankNodes})
}

// configHash hashes the proof's options: all its members but the value, read under
// the document's contexts (EdDSA Cryptosuites §3.2.5). A member that these do not
// define is an error of jsonld, not silence.
func (s suite) configHash(ctx context.Context, doc, proof map[string]any, options []jsonld.Option) ([]byte, error) {
	config := without(proof, "proofValue")
	config["@context"] = doc["@context"]
	canonical, err := canonicalize(ctx, config, s.hash, options)
	if err != nil {
		return nil, fmt.Errorf("proof: %w", err)
	}
	return s.digest(canonical), nil
}

// without copies the top of an object, less one member.
func without(object map[string]any, name string) map[string]any {
	copied := maps.Clone(object)
	if copied == nil {
		copied = map[string]any{}
	}
	delete(copied, name)
	return copied
}
