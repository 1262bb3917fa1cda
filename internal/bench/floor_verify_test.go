package bench

import (
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/piprate/json-gold/ld"

	"ramure/internal/jsonld"
	"ramure/schemas"
)

// goldVerifying is the floor of the design: json-gold reads and canonicalises the
// document, and one signature is verified. It checks nothing else.
func goldVerifying(b *testing.B, upload []byte) func(context.Context) error {
	b.Helper()
	o := ld.NewJsonLdOptions("")
	o.DocumentLoader, o.Algorithm, o.Format = newShelf(b), ld.AlgorithmURDNA2015, "application/n-quads"
	message := make([]byte, 64)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	signature := ed25519.Sign(private, message)
	return func(context.Context) error {
		var document map[string]any
		if err := json.Unmarshal(upload, &document); err != nil {
			return err
		}
		delete(document, "proof")
		normal, err := ld.NewJsonLdProcessor().Normalize(document, o)
		if err != nil {
			return err
		}
		sha256.Sum256([]byte(normal.(string)))
		if !ed25519.Verify(private.Public().(ed25519.PublicKey), message, signature) {
			return errors.New("the floor's own signature")
		}
		return nil
	}
}

// shelf gives json-gold the contexts that the product embeds, read once.
type shelf map[string]any

func newShelf(b *testing.B) shelf {
	b.Helper()
	s := shelf{}
	for _, url := range schemas.Contexts() {
		data, _ := schemas.Context(url)
		var document any
		if err := json.Unmarshal(data, &document); err != nil {
			b.Fatal(err)
		}
		s[url] = document
	}
	return s
}

// LoadDocument finds a context on the shelf.
func (s shelf) LoadDocument(url string) (*ld.RemoteDocument, error) {
	document, found := s[url]
	if !found {
		return nil, fmt.Errorf("%s is not on the shelf", url)
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: document}, nil
}

// bareOpening checks the signature and reads the payload strictly, and asks nothing
// of header and form.
func bareOpening(token string, public crypto.PublicKey) func(context.Context) error {
	parts := strings.Split(token, ".")
	return func(context.Context) error {
		signature, err := base64.RawURLEncoding.DecodeString(parts[2])
		if err != nil {
			return err
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return err
		}
		if !bareSignature(public, []byte(parts[0]+"."+parts[1]), signature) {
			return errors.New("the floor's own token")
		}
		_, err = jsonld.DecodeObject(payload)
		return err
	}
}

func bareSignature(public crypto.PublicKey, message, signature []byte) bool {
	digest := sha256.Sum256(message)
	switch key := public.(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], signature) == nil
	case *ecdsa.PublicKey:
		half := len(signature) / 2
		return ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:]))
	}
	return ed25519.Verify(public.(ed25519.PublicKey), message, signature)
}
