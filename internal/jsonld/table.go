package jsonld

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"ramure/schemas"
)

// pins holds the SHA-256 of each context that a document may name. A context
// whose bytes changed is a context that nobody read: nothing is signed or
// verified with it.
var pins = map[string]string{
	"https://www.w3.org/ns/credentials/v2":                       "8a9f494a89ecc51db093e90e84713e07e84d6d9204364a9b3c7868b21751236f",
	"https://www.w3.org/2018/credentials/v1":                     "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
	"https://www.w3.org/ns/credentials/status/v1":                "fd08cbf28ddd829ab2f1978c48f43ab07a112c1c90245a0cfac7ba721c65170c",
	"https://w3id.org/security/data-integrity/v2":                "0f77743daf5b4e8fc067fc5ba5b21044283053aa717fc6b0219843bed3b00363",
	"https://w3id.org/security/multikey/v1":                      "8e6bad2e5b4f0721906a4dcc2f7a894b1215cf9a47014c71e286423860642ff0",
	"https://w3id.org/security/suites/ed25519-2020/v1":           "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
	"https://purl.imsglobal.org/spec/ob/v3p0/context.json":       "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "af095468326d3449160509b26ca71576e6321d13c85b0369cfe3b654c9a48fba",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
	"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761",
	"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json":    "2d013f981d1f4516081a6a04e55468ba2b071d4153b794f19a79715c45a89a5e",
}

// The examples context of the W3C gives every unknown word a meaning, so it
// would hide the loss of content. Interoperability tests use it; a credential
// of the world never should.
const (
	examplesURL = "https://www.w3.org/ns/credentials/examples/v2"
	examples    = `{"@context":{"@vocab":"https://www.w3.org/ns/credentials/examples#"}}`
)

// library is the table of contexts, parsed, with the vocabularies that were
// made from them so far. Safe for concurrent use; never written after it is
// made, but for the memory of vocabularies.
type library struct {
	contexts map[string]*local
	empty    *vocabulary // the vocabulary before any context
}

// standard is the library of all documents, permissive that of documents that may
// name the examples context. Each is made at first use, from embedded bytes.
var (
	standard   = sync.OnceValues(func() (*library, error) { return openLibrary(pins, schemas.Context) })
	permissive = sync.OnceValues(func() (*library, error) {
		l, err := openLibrary(pins, schemas.Context)
		if err == nil {
			l.contexts[examplesURL], err = parseContext([]byte(examples))
		}
		return l, err
	})
)

// openLibrary parses every context of the table after checking its pin.
func openLibrary(pinned map[string]string, read func(url string) ([]byte, bool)) (*library, error) {
	l := &library{contexts: make(map[string]*local, len(pinned)+1), empty: newVocabulary(new(memory))}
	for url, pin := range pinned {
		data, known := read(url)
		if sum := sha256.Sum256(data); !known || hex.EncodeToString(sum[:]) != pin {
			return nil, &Error{Err: ErrContext, Path: url, Rule: "pin"}
		}
		parsed, err := parseContext(data)
		if err != nil {
			return nil, &Error{Err: err, Path: url, Rule: "unsupported"}
		}
		l.contexts[url] = parsed
	}
	return l, nil
}
