package credential

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"slices"

	"ramure/internal/jsonld"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// lintTyped asks the tables of the struct itself, and takes the typed path. It
// answers errUntyped for whatever the guarded path shall judge.
func lintTyped(ctx context.Context, c *openbadges.AchievementCredential, document []byte) (content, error) {
	if !c.Conforms() {
		return content{}, errUntyped
	}
	docHash, err := achievementPlan.sum(ctx, c, document)
	if err != nil {
		return content{}, lossy(err)
	}
	return content{document: document, docHash: docHash, contexts: slices.Clone(c.Context)}, nil
}

// lintGuarded reads the document as a stranger's is read, so it knows whatever
// the contexts define.
func lintGuarded(ctx context.Context, c *openbadges.AchievementCredential, document []byte) (content, error) {
	doc, err := jsonld.DecodeObject(document)
	if err != nil {
		return content{}, lossy(err)
	}
	if broken := openbadges.Validate(doc, openbadges.Strict); len(broken) > 0 {
		return content{}, problem.Violated("error.credential.invalid", violations(broken)...)
	}
	if !readsBack(document) {
		return content{}, problem.Violated("error.credential.invalid",
			problem.Violation{Path: "$", Rule: "utf8", Detail: "JSON cannot hold the texts as they are"})
	}
	canonical, err := jsonld.Canonical(ctx, doc)
	if err != nil {
		return content{}, lossy(err)
	}
	return content{document: document, docHash: sha256.Sum256(canonical), contexts: slices.Clone(c.Context), guarded: true}, nil
}

// readsBack reports whether the document, read into the shape and written again,
// is the same. Texts that are not UTF-8 come back as others.
func readsBack(document []byte) bool {
	var back openbadges.AchievementCredential
	if json.Unmarshal(document, &back) != nil {
		return false
	}
	again, err := encode(back)
	return err == nil && bytes.Equal(again, document)
}

// encode writes JSON without the escapes that HTML would need.
func encode(v any) ([]byte, error) {
	var p page
	if err := p.add(v); err != nil {
		return nil, err
	}
	return p, nil
}

// page is JSON under way, with room for a proof at its end.
type page []byte

// roomForProof is more than a proof of ours takes, unless its method is long.
const roomForProof = 512

func (p *page) Write(text []byte) (int, error) {
	if *p == nil {
		*p = make([]byte, 0, len(text)+roomForProof)
	}
	*p = append(*p, text...)
	return len(text), nil
}

// add writes a value at the end.
func (p *page) add(v any) error {
	e := json.NewEncoder(p)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	*p = (*p)[:len(*p)-len("\n")]
	return nil
}

func violations(broken []openbadges.Violation) []problem.Violation {
	list := make([]problem.Violation, len(broken))
	for i, v := range broken {
		list[i] = problem.Violation{Path: v.Path, Rule: v.Rule, Detail: v.Detail}
	}
	return list
}

// lossy says of content that RDF could not hold that it was refused. What the
// other path shall judge, and what was given up, stays as it is.
func lossy(err error) error {
	for _, other := range []error{errUntyped, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, other) {
			return err
		}
	}
	return &problem.Error{Kind: problem.Invalid, Key: "error.credential.lossy",
		Violations: []problem.Violation{{Path: "$", Rule: "lossless", Detail: err.Error()}}}
}
