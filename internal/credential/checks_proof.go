package credential

import (
	"bytes"
	"context"
	"errors"

	"ramure/internal/credential/dataintegrity"
	"ramure/internal/did"
	"ramure/internal/jsonld"
)

// checkProof resolves the keys that the proofs name and holds the signatures
// against the content.
func (e *examination) checkProof(ctx context.Context) (Check, bool) {
	var check Check
	if e.form == formJSON {
		check = e.checkEmbedded(ctx)
	} else {
		check = e.checkJWT(ctx)
	}
	if check.Status != Failed && e.spare == nil { // no log knows endorsements
		check = e.digest(ctx, check)
	}
	if check.Status == OK && e.report.Suite != "" {
		check = check.with("suite", e.report.Suite)
	}
	return check, check.Status != Failed
}

// checkEmbedded holds every proof for assertions, of a set or of a chain (VC Data
// Integrity §2.1.1, §2.1.2). Each of a suite that we know must hold; one of another
// suite beside it takes nothing from it and adds nothing to it.
func (e *examination) checkEmbedded(ctx context.Context) Check {
	proofs, flaw := proofsOf(e.doc, dataintegrity.AssertionMethod)
	if flaw == "" && e.spare != nil {
		if *e.spare -= len(proofs); *e.spare < 0 {
			flaw = "tooManyProofs"
		}
	}
	if flaw != "" {
		return failed(CheckProof, flaw)
	}
	var open Check
	beside := false
	for _, proof := range proofs {
		found, check := e.src.holds(ctx, signed{CheckProof, e.doc, proof, e.head.issuer, dataintegrity.AssertionMethod})
		switch {
		case check.Status == Failed:
			e.keys, e.report.Suite = nil, ""
			return check
		case check.Reason == "unsupportedSuite":
			beside = true
		case check.Status == Unknown:
			open = check
		default:
			e.keep(found)
		}
	}
	switch {
	case open.Status != "":
		e.report.Suite = ""
		return open
	case len(e.keys) == 0:
		return unknown(CheckProof, "unsupportedSuite")
	case beside:
		return ok(CheckProof, "embeddedBeside")
	}
	return ok(CheckProof, "embedded")
}

// keep notes what a proof showed that holds.
func (e *examination) keep(h held) {
	e.keys = append(e.keys, h.key)
	if e.report.Suite == "" {
		e.report.Suite = h.suite
	}
	if !overJSON(h.suite) {
		e.bind(h.docHash)
	}
}

// checkJWT verifies the signature of a VC-JWT, which covers whatever stands in it.
func (e *examination) checkJWT(ctx context.Context) Check {
	method := keyNamed(e.token.Header())
	if method == "" {
		return failed(CheckProof, "noKeyID")
	}
	key, check := e.src.findKey(ctx, CheckProof, e.head.issuer, method)
	if check.Status != "" {
		return check
	}
	if !key.Allows(e.token.Header().Alg) {
		return failed(CheckProof, "altered")
	}
	payload, err := e.token.Verify(key.Public)
	if err != nil || !bytes.Equal(payload, e.payload) { // what was examined is what was signed
		return failed(CheckProof, "altered")
	}
	e.keys = []did.VerificationKey{key}
	e.report.Suite = e.token.Header().Alg
	return ok(CheckProof, "jwt")
}

// digest finds the hash that the log knows the content by: that of its statements,
// whatever form was signed, so that all forms of a credential have one leaf. A proof
// over statements leaves out what makes none: then nothing that it covers is what
// the reader sees. A proof over the JSON itself covers everything, and content
// without statements has no leaf.
func (e *examination) digest(ctx context.Context, check Check) Check {
	if outsider, knows := e.src.Log.(Outsider); e.hashed || knows && !e.overStatements() && outsider.Outside(e.head.issuer) {
		return check
	}
	docHash, err := dataintegrity.DocHash(ctx, e.doc)
	if err == nil {
		e.bind(docHash)
		return check
	}
	if !e.overStatements() {
		return check
	}
	return spoiled(ctx, CheckProof, err)
}

// overStatements reports whether some proof is over statements rather than JSON.
func (e *examination) overStatements() bool {
	if e.form != formJSON {
		return false
	}
	proofs, _ := proofsOf(e.doc, dataintegrity.AssertionMethod)
	for _, proof := range proofs {
		if name := dataintegrity.Suite(proof); name != "" && !overJSON(name) {
			return true
		}
	}
	return false
}

func overJSON(suite string) bool {
	return suite == dataintegrity.EdDSAJCS || suite == dataintegrity.ECDSAJCS
}

// spoiled names what is wrong with a proof that does not hold. One of another kind
// than the key that it names is not its owner's: altered.
func spoiled(ctx context.Context, id CheckID, err error) Check {
	switch {
	case ctx.Err() != nil: // whoever asked has gone, or waited long enough
		return unknown(id, "interrupted")
	case errors.Is(err, jsonld.ErrContext):
		return unknown(id, "vocabulary")
	case errors.Is(err, dataintegrity.ErrSuite):
		return unknown(id, "unsupportedSuite")
	case errors.Is(err, jsonld.ErrLoss):
		return failed(id, "unsignedContent")
	case errors.Is(err, jsonld.ErrLimit), errors.Is(err, jsonld.ErrBudget):
		return failed(id, "tooComplex")
	case errors.Is(err, dataintegrity.ErrProof):
		return failed(id, "malformedProof")
	}
	return failed(id, "altered")
}
