package dataintegrity

import (
	"crypto"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"

	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// signed is a document of ours with its proof and key.
func signed(t testing.TB, curve elliptic.Curve) (doc, proof map[string]any, key crypto.PublicKey) {
	t.Helper()
	signer := signerOn(t, curve)
	doc = unsigned(t)
	made, _, err := Sign(t.Context(), doc, Options{VerificationMethod: method, Created: created}, signer)
	if err != nil {
		t.Fatal(err)
	}
	return doc, made.Map(), signer.Public()
}

func TestVerifyRefusesProofs(t *testing.T) {
	t.Parallel()
	doc, good, key := signed(t, nil)
	value := good["proofValue"].(string)
	raw, _ := did.DecodeMultibase(value)
	cases := map[string]struct {
		proof map[string]any
		want  error
	}{
		"nothing":                 {nil, ErrProof},
		"other type":              {with(good, "type", "JsonWebSignature2020"), ErrSuite},
		"type of a known suite":   {with(good, "type", "Ed25519Signature2020"), ErrProof},
		"type as a suite":         {with(good, "type", "eddsa-rdfc-2022"), ErrSuite},
		"types":                   {with(good, "type", []any{proofType}), ErrProof},
		"no type":                 {without(good, "type"), ErrProof},
		"unknown suite":           {with(good, "cryptosuite", "ecdsa-sd-2023"), ErrSuite},
		"suite of the draft":      {with(good, "cryptosuite", "eddsa-2022"), ErrSuite},
		"suite in another case":   {with(good, "cryptosuite", "EdDSA-rdfc-2022"), ErrSuite},
		"suite that is a type":    {with(good, "cryptosuite", "Ed25519Signature2020"), ErrSuite},
		"suite of the other form": {with(good, "cryptosuite", "eddsa-jcs-2022"), ErrSignature},
		"suites":                  {with(good, "cryptosuite", []any{"eddsa-rdfc-2022"}), ErrProof},
		"suite empty":             {with(good, "cryptosuite", ""), ErrProof},
		"suite of another key":    {with(good, "cryptosuite", "ecdsa-rdfc-2019"), ErrKey},
		"no suite":                {without(good, "cryptosuite"), ErrProof},
		"suite null":              {with(good, "cryptosuite", nil), ErrProof},
		"other purpose":           {with(good, "proofPurpose", "authentication"), ErrProof},
		"purpose as IRI":          {with(good, "proofPurpose", "https://w3id.org/security#assertionMethod"), ErrProof},
		"no purpose":              {without(good, "proofPurpose"), ErrProof},
		"purposes":                {with(good, "proofPurpose", []any{"assertionMethod"}), ErrProof},
		"no method":               {without(good, "verificationMethod"), ErrProof},
		"embedded method":         {with(good, "verificationMethod", map[string]any{"id": method}), ErrProof},
		"other method":            {with(good, "verificationMethod", method+"2"), ErrSignature},
		"relative method":         {with(good, "verificationMethod", "#k"), jsonld.ErrLoss},
		"created is a day":        {with(good, "created", "2026-11-22"), ErrProof},
		"created without zone":    {with(good, "created", "2026-11-22T10:00:00"), ErrSignature},
		"created on one digit":    {with(good, "created", "2026-11-22T1:00:00Z"), ErrProof},
		"created in small print":  {with(good, "created", "2026-11-22t10:00:00z"), ErrProof},
		"created has a comma":     {with(good, "created", "2026-11-22T10:00:00,0Z"), ErrProof},
		"created is a number":     {with(good, "created", json.Number("1795341600")), ErrProof},
		"created is impossible":   {with(good, "created", "2026-02-30T10:00:00Z"), ErrProof},
		"created is empty":        {with(good, "created", ""), ErrProof},
		"created is other":        {with(good, "created", "2026-11-22T10:00:01Z"), ErrSignature},
		"created is the same day": {with(good, "created", "2026-11-22T11:00:00+01:00"), ErrSignature},
		"no created":              {without(good, "created"), ErrSignature},
		"expires is added":        {with(good, "expires", "2099-01-01T00:00:00Z"), ErrSignature},
		"expires is a day":        {with(good, "expires", "2099-01-01"), ErrProof},
		"id is added":             {with(good, "id", "urn:uuid:00000000-0000-4000-8000-000000000000"), ErrSignature},
		"challenge is added":      {with(good, "challenge", "c"), ErrSignature},
		"domain is added":         {with(good, "domain", "d"), ErrSignature},
		"domain of numbers":       {with(good, "domain", []any{json.Number("1")}), ErrProof},
		"domain is empty":         {with(good, "domain", []any{}), ErrProof},
		"nonce is added":          {with(good, "nonce", "uAA"), ErrSignature},
		"own context":             {with(good, "@context", contextVC2), ErrProof},
		"own context, empty":      {with(good, "@context", []any{}), ErrProof},
		"unknown member":          {with(good, "level", "expert"), jsonld.ErrLoss},
		"unknown object":          {with(good, "extra", map[string]any{"a": "b"}), jsonld.ErrLoss},
		"member in another case":  {with(good, "Created", "2026-11-22T10:00:00Z"), jsonld.ErrLoss},
		"jws besides":             {with(good, "jws", "e30..AA"), nil},
		"previous proof unknown":  {with(good, "previousProof", "urn:uuid:00000000-0000-4000-8000-000000000000"), ErrProof},
		"previous proof a number": {with(good, "previousProof", json.Number("1")), ErrProof},
		"no value":                {without(good, "proofValue"), ErrProof},
		"value null":              {with(good, "proofValue", nil), ErrProof},
		"values":                  {with(good, "proofValue", []any{value}), ErrProof},
		"value in base64url":      {with(good, "proofValue", "u"+strings.Repeat("A", 86)), ErrProof},
		"value without z":         {with(good, "proofValue", value[1:]), ErrProof},
		"value with a blank":      {with(good, "proofValue", value+" "), ErrProof},
		"value with 0":            {with(good, "proofValue", "z0"+value[2:]), ErrProof},
		"value of 63 bytes":       {with(good, "proofValue", did.EncodeMultibase(raw[:63])), ErrProof},
		"value of 65 bytes":       {with(good, "proofValue", did.EncodeMultibase(append(slices.Clone(raw), 0))), ErrProof},
		"zero in front":           {with(good, "proofValue", did.EncodeMultibase(append([]byte{0}, raw...))), ErrProof},
		"value of zeros":          {with(good, "proofValue", did.EncodeMultibase(make([]byte, 64))), ErrSignature},
		"S beyond the order":      {with(good, "proofValue", did.EncodeMultibase(beyondOrder(raw))), ErrSignature},
		"a megabyte of value":     {with(good, "proofValue", "z"+strings.Repeat("2", 1<<20)), ErrProof},
	}
	if _, err := Verify(t.Context(), doc, good, key); err != nil {
		t.Fatal(err)
	}
	for name, c := range cases {
		_, err := Verify(t.Context(), doc, c.proof, key)
		if err == nil || (c.want != nil && !errors.Is(err, c.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	t.Logf("%d spoilt proofs refused", len(cases))
}

// beyondOrder adds the order of the Ed25519 group to S: the same equation holds, and
// RFC 8032 §5.1.7 forbids it.
func beyondOrder(signature []byte) []byte {
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	s := slices.Clone(signature[32:])
	slices.Reverse(s)
	out := new(big.Int).Add(new(big.Int).SetBytes(s), order).FillBytes(make([]byte, 32))
	slices.Reverse(out)
	return append(slices.Clone(signature[:32]), out...)
}

func TestVerifyRefusesECDSASignatures(t *testing.T) {
	t.Parallel()
	doc, good, key := signed(t, elliptic.P256())
	raw, _ := did.DecodeMultibase(good["proofValue"].(string))
	n, zero := elliptic.P256().Params().N.Bytes(), make([]byte, 32)
	for name, value := range map[string][]byte{
		"zeros": make([]byte, 64), "zero r": slices.Concat(zero, raw[32:]), "zero s": slices.Concat(raw[:32], zero),
		"order": slices.Concat(n, n), "s then r": slices.Concat(raw[32:], raw[:32]),
	} {
		if _, err := Verify(t.Context(), doc, with(good, "proofValue", did.EncodeMultibase(value)), key); !errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVerifyRefusesKeys(t *testing.T) {
	t.Parallel()
	doc, good, _ := signed(t, nil)
	other := ed25519.NewKeyFromSeed([]byte(strings.Repeat("a", 32)))
	p256Doc, p256Proof, _ := signed(t, elliptic.P256())
	for name, c := range map[string]struct {
		doc, proof map[string]any
		key        crypto.PublicKey
		want       error
	}{
		"another key":       {doc, good, other.Public(), ErrSignature},
		"nil":               {doc, good, nil, ErrKey},
		"private":           {doc, good, other, ErrKey},
		"bytes":             {doc, good, []byte(other.Public().(ed25519.PublicKey)), ErrKey},
		"neutral point":     {doc, good, ed25519.PublicKey(append([]byte{1}, make([]byte, 31)...)), ErrKey},
		"P-256 for EdDSA":   {doc, good, signerOn(t, elliptic.P256()).Public(), ErrKey},
		"P-384 for P-256":   {p256Doc, p256Proof, signerOn(t, elliptic.P384()).Public(), ErrProof},
		"P-224":             {p256Doc, p256Proof, signerOn(t, elliptic.P224()).Public(), ErrKey},
		"Ed25519 for ECDSA": {p256Doc, p256Proof, other.Public(), ErrKey},
	} {
		if _, err := Verify(t.Context(), c.doc, c.proof, c.key); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The document's own contexts say what the proof's members mean: without those of
// Data Integrity they mean nothing, and nothing is signed.
func TestDocumentWithoutProofTerms(t *testing.T) {
	t.Parallel()
	_, good, key := signed(t, nil)
	for name, contexts := range map[string]any{
		"VC 1.1 alone": []any{"https://www.w3.org/2018/credentials/v1"},
		"none":         []any{},
		"null":         nil,
		"inline":       []any{contextVC2, map[string]any{"level": "https://evil.example/level"}},
	} {
		doc := with(unsigned(t), "@context", contexts)
		if _, err := Verify(t.Context(), doc, good, key); err == nil || errors.Is(err, ErrSignature) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTextsJSON(t *testing.T) {
	t.Parallel()
	for want, proof := range map[string]Proof{
		`"a"`:       {Domain: Texts{"a"}},
		`["a","b"]`: {Domain: Texts{"a", "b"}},
	} {
		text, _ := json.Marshal(proof.Domain)
		if string(text) != want {
			t.Errorf("%s", text)
		}
		if got, _ := json.Marshal(proof.Map()["domain"]); string(got) != want {
			t.Errorf("%s", got)
		}
	}
}
