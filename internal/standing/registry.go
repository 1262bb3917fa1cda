package standing

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ramure/internal/problem"
)

// Terms of a registry at an address: it is asked once a day, and what it said last
// is believed for a week.
const (
	asked    = 24 * time.Hour
	believed = 7 * 24 * time.Hour
)

// Bounds of a registry: bytes of its JSON, and issuers in it.
const (
	maxRegistry = 1 << 20
	maxListed   = 10_000
)

// fileScheme marks a registry that was read from a file.
const fileScheme = "file:"

func (r Registry) fetched() bool { return !strings.HasPrefix(r.Source, fileScheme) }

// AddRegistry fetches a registry from its address and puts it on the list, in the
// place of what the same address gave before. The problem is Invalid, Malformed for
// an answer that is no registry, or what Fetch says.
func (s *Service) AddRegistry(ctx context.Context, address, name, note string) (Registry, error) {
	if !httpsAddress(address) || len(address) > maxID {
		return Registry{}, broken(&problem.Violation{Path: "$.id", Rule: "address", Detail: "give the https address of the registry, or a file"})
	}
	list, err := s.Fetch(ctx, address)
	if err != nil {
		return Registry{}, err
	}
	return s.put(ctx, address, name, note, list)
}

// AddFile puts a registry that was read from a file on the list, in the place of
// the one of the same file name.
func (s *Service) AddFile(ctx context.Context, file, name, note string, list []byte) (Registry, error) {
	if file == "" || len(file) > maxName || !graphic(file) {
		return Registry{}, broken(&problem.Violation{Path: "$.id", Rule: "file", Detail: "give a file with a plain name"})
	}
	return s.put(ctx, fileScheme+file, name, note, list)
}

func (s *Service) put(ctx context.Context, source, name, note string, list []byte) (Registry, error) {
	r := Registry{Source: source, Name: strings.TrimSpace(name), Note: strings.TrimSpace(note), Since: s.Now(), ReadAt: s.Now()}
	if err := broken(nameRule(r.Name), noteRule(r.Note)); err != nil {
		return Registry{}, err
	}
	var err error
	if r.Issuers, err = parseRegistry(list); err != nil {
		return Registry{}, err
	}
	return r, s.Store.PutRegistry(ctx, r)
}

// Refresh asks again the registries that were last read a day ago. One that fails
// keeps none of the others from being asked; the error names each.
func (s *Service) Refresh(ctx context.Context) error {
	registries, err := s.Store.Registries(ctx)
	if err != nil {
		return err
	}
	var failures error
	for _, r := range registries {
		if r.fetched() && s.Now().Sub(r.ReadAt) >= asked {
			if err := s.renew(ctx, r.Source); err != nil {
				failures = errors.Join(failures, fmt.Errorf("registry %s: %w", r.Source, err))
			}
		}
	}
	return failures
}

func (s *Service) renew(ctx context.Context, address string) error {
	list, err := s.Fetch(ctx, address)
	if err != nil {
		return err
	}
	issuers, err := parseRegistry(list)
	if err != nil {
		return err
	}
	err = s.Store.KeepRegistry(ctx, address, issuers, s.Now())
	if problem.Is(err, problem.NotFound) {
		return nil // taken off the list meanwhile
	}
	return err
}

// parseRegistry reads {"registry":{"<id>":{"name":"…"}}}. Entries without a name,
// or with one that could not be listed by hand, are left out.
func parseRegistry(list []byte) (map[string]string, error) {
	var read struct {
		Registry map[string]struct {
			Name string `json:"name"`
		} `json:"registry"`
	}
	if len(list) > maxRegistry {
		return nil, problem.New(problem.TooLarge, "error.trust.registry")
	}
	if err := json.Unmarshal(bytes.TrimPrefix(list, []byte("\ufeff")), &read); err != nil {
		return nil, problem.Wrap(problem.Malformed, "error.trust.registry", err)
	}
	issuers := map[string]string{}
	for id, listed := range read.Registry {
		name := strings.TrimSpace(listed.Name)
		if (strings.HasPrefix(id, "did:") || httpsAddress(id)) && identifier(id) && nameRule(name) == nil {
			issuers[id] = name
		}
	}
	if len(issuers) == 0 || len(issuers) > maxListed {
		return nil, problem.Wrap(problem.Malformed, "error.trust.registry", fmt.Errorf("%d issuers", len(issuers)))
	}
	return issuers, nil
}

func identifier(id string) bool {
	return len(id) <= maxID && utf8.ValidString(id) && !strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r >= 0x7f })
}
