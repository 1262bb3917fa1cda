package standing

import (
	"context"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"ramure/internal/did"
	"ramure/internal/problem"
)

// Bounds of what the operator writes, in characters, and of an identifier.
const (
	maxName = 200
	maxNote = 500
	maxID   = 2000
)

// Add puts an issuer on the list. It answers an Invalid problem that names every
// broken rule, a Conflict for an id that is listed and, unless sharing is true, for
// a name that looks like that of somebody else.
func (s *Service) Add(ctx context.Context, i Issuer, sharing bool) (Issuer, error) {
	i.Name, i.Note, i.Since = strings.TrimSpace(i.Name), strings.TrimSpace(i.Note), s.Now()
	if err := broken(idRule(i.ID), nameRule(i.Name), noteRule(i.Note)); err != nil {
		return Issuer{}, err
	}
	if !sharing {
		if err := s.distinct(ctx, i); err != nil {
			return Issuer{}, err
		}
	}
	return i, s.Store.AddKnownIssuer(ctx, i)
}

// distinct refuses a name that may be taken for one that is known already: it may
// be the same issuer under another id, and it may be a trap.
func (s *Service) distinct(ctx context.Context, i Issuer) error {
	known, err := s.index(ctx)
	if err != nil {
		return err
	}
	other, found := known.resembling(i.ID, entry{}, false, s.Names.Skeleton(i.Name))
	if !found {
		return nil
	}
	return problem.New(problem.Conflict, "error.trust.lookAlike").With("name", other.name).With("id", other.id)
}

// List gives what the operator put on the list: issuers and registries, by name.
func (s *Service) List(ctx context.Context) ([]Issuer, []Registry, error) {
	issuers, err := s.Store.KnownIssuers(ctx)
	if err != nil {
		return nil, nil, err
	}
	registries, err := s.Store.Registries(ctx)
	return issuers, registries, err
}

// Remove takes an issuer, or a registry with all that it lists, off the list;
// problem.NotFound.
func (s *Service) Remove(ctx context.Context, id string) error {
	return missing(s.Store.RemoveKnown(ctx, id), id)
}

// broken gathers the rules that were not kept.
func broken(rules ...*problem.Violation) error {
	var violations []problem.Violation
	for _, v := range rules {
		if v != nil {
			violations = append(violations, *v)
		}
	}
	if len(violations) == 0 {
		return nil
	}
	return problem.Violated("error.trust.invalid", violations...)
}

// idRule asks for an identifier that a proof can be held against here.
func idRule(id string) *problem.Violation {
	if len(id) <= maxID && resolvable(id) {
		return nil
	}
	return &problem.Violation{Path: "$.id", Rule: "issuerID",
		Detail: "give a did:web, did:key or did:jwk, or the https address that badges name as their issuer"}
}

func resolvable(id string) bool {
	var err error
	switch {
	case strings.HasPrefix(id, "did:web:"):
		_, err = did.WebURL(id)
	case strings.HasPrefix(id, "did:key:"):
		_, err = did.ParseKey(id)
	case strings.HasPrefix(id, "did:jwk:"):
		_, err = did.ParseDIDJWK(id)
	default:
		return httpsAddress(id)
	}
	return err == nil
}

func httpsAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil && !strings.Contains(text, "#") && graphic(text) && !strings.Contains(text, " ")
}

func nameRule(name string) *problem.Violation {
	if name != "" && utf8.RuneCountInString(name) <= maxName && graphic(name) {
		return nil
	}
	return &problem.Violation{Path: "$.name", Rule: "name", Detail: "give a name of at most 200 characters, without line breaks"}
}

func noteRule(note string) *problem.Violation {
	if utf8.RuneCountInString(note) <= maxNote && graphic(note) {
		return nil
	}
	return &problem.Violation{Path: "$.note", Rule: "note", Detail: "give a note of at most 500 characters, without line breaks"}
}

// graphic reports text that shows all that it holds.
func graphic(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) })
}
