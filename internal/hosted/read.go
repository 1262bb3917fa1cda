package hosted

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/jsonld"
	"ramure/internal/openbadges2"
)

// maxAddress is the longest address that is asked, in bytes.
const maxAddress = 2000

// read finds the form of the input and decodes it strictly. For an address, that
// is where the document is had from.
func (e *examination) read(ctx context.Context, input []byte) (credential.Check, bool) {
	input = bytes.TrimSpace(input)
	switch {
	case len(input) > jsonld.MaxBytes:
		return failed(credential.CheckForm, "limits"), false
	case bytes.HasPrefix(input, []byte("{")):
		return e.readDocument(input)
	case isAddress(string(input)):
		return e.readAddress(ctx, string(input))
	case bytes.Count(input, []byte(".")) == 2:
		return e.readSigned(input)
	}
	return failed(credential.CheckForm, "unknownForm"), false
}

func (e *examination) readDocument(text []byte) (credential.Check, bool) {
	doc, err := jsonld.DecodeObject(text)
	switch {
	case errors.Is(err, jsonld.ErrLimit):
		return failed(credential.CheckForm, "limits"), false
	case err != nil:
		return failed(credential.CheckForm, "malformedJSON"), false
	}
	e.given = openbadges2.Plain(doc)
	return ok(credential.CheckForm, Form), true
}

// readAddress asks for the document. What the address says is gone can't be read,
// but is known to be revoked all the same.
func (e *examination) readAddress(ctx context.Context, address string) (credential.Check, bool) {
	answer := e.ask(ctx, address)
	if answer.gone {
		e.report.CredentialID = address
		e.report.Checks = append(e.report.Checks, revokedFor(answer.doc))
		return unknown(credential.CheckForm, "withdrawn"), false
	}
	if answer.why != "" {
		e.report.CredentialID = address
		return unknown(credential.CheckForm, answer.why), false
	}
	e.given, e.assertion = answer.doc, answer
	return ok(credential.CheckForm, Form), true
}

// readSigned takes the assertion out of a JWS, so that the page can say what it is.
// Its signature is not looked at.
func (e *examination) readSigned(token []byte) (credential.Check, bool) {
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(string(token), ".")[1])
	if err != nil {
		return failed(credential.CheckForm, "unknownForm"), false
	}
	e.signed = true
	return e.readDocument(payload)
}

func isAddress(text string) bool {
	lower := strings.ToLower(text)
	return len(text) <= maxAddress && (strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://")) &&
		!strings.ContainsAny(text, " \t\r\n")
}
