package dataintegrity

import (
	"context"
	"crypto"
	"fmt"
	"maps"
	"reflect"

	"ramure/internal/jsonld"
)

// form is how a suite turns documents, and the options of proofs, into bytes.
type form uint8

const (
	rdfc form = iota // statements, RDFC-1.0 (EdDSA Cryptosuites §3.2, ECDSA §3.2)
	jcs              // the JSON itself, RFC 8785 (EdDSA Cryptosuites §3.3, ECDSA §3.3)
)

// maxBlankNodes bounds the nodes without name of a stranger's document: a badge
// with results and alignments has about ten.
const maxBlankNodes = 64

func (f form) canonical(ctx context.Context, doc map[string]any, hash crypto.Hash, options []jsonld.Option) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if f == jcs {
		return jsonld.JCS(doc)
	}
	return jsonld.CanonicalDocument(ctx, doc, jsonld.Options{Hash: hash, BlankNodes: maxBlankNodes}, options...)
}

// secured gives the document that a proof speaks for, without its proofs.
//
// A proof of JCS may have an @context, which takes the place of the document's:
// later signers may have put others behind it, and only behind it. In a proof of
// RDFC a context would be signed by nobody.
func (f form) secured(doc, proof map[string]any) (map[string]any, error) {
	secured := without(doc, "proof")
	contexts, found := proof["@context"]
	if !found {
		return secured, nil
	}
	if f == rdfc {
		return nil, fmt.Errorf("%w: it has a context of its own", ErrProof)
	}
	if !startsWith(listed(doc["@context"]), listed(contexts)) {
		return nil, fmt.Errorf("%w: the document does not begin with its contexts", ErrProof)
	}
	secured["@context"] = contexts
	return secured, nil
}

// config gives the options of a proof as they are signed: all its members but the
// value, unknown ones too. Under RDFC they are read by the contexts of the document,
// and a member that these do not define is an error of jsonld, not silence.
func (f form) config(secured, proof map[string]any) map[string]any {
	config := without(proof, "proofValue")
	if f == rdfc {
		config["@context"] = secured["@context"]
	}
	return config
}

func listed(value any) []any {
	if list, isList := value.([]any); isList {
		return list
	}
	return []any{value}
}

func startsWith(list, first []any) bool {
	return len(first) > 0 && len(list) >= len(first) && reflect.DeepEqual(list[:len(first)], first)
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
