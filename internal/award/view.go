package award

import (
	"context"
	"encoding/json"
	"strings"

	"ramure/internal/credential"
	"ramure/internal/openbadges"
	"ramure/internal/problem"
)

// View is what the public page of an award shows: the credential as it was
// signed, what happened to it since, and the report of its checks.
type View struct {
	Stored
	Credential openbadges.AchievementCredential
	Name       *Name // nil while it is hidden
	Report     credential.Report
}

// Name is a name that was proven to be the one that was signed.
type Name struct {
	Given  string `json:"givenName"`
	Family string `json:"familyName"`
	Salt   string `json:"salt"` // opens the hash in the credential
}

// Examine reads an award and makes every check on the stored bytes, as a stranger
// would. What was examined within the last minute, and that nothing has changed
// since, is not examined again: its dates hold now too. It answers NotFound for
// what is unknown or private, and Gone for what was erased. The View shares its
// parts with other readers.
func (s *Service) Examine(ctx context.Context, id ID) (View, error) { return s.keptView(ctx, id) }

func (s *Service) examine(ctx context.Context, id ID) (View, error) {
	stored, err := s.settled(ctx, id)
	if err != nil {
		return View{}, err
	}
	view := View{Stored: stored}
	view.Report = credential.Verify(ctx, stored.Document, s.sources(stored))
	if err := json.Unmarshal(stored.Document, &view.Credential); err != nil {
		return View{}, problem.Wrap(problem.Internal, "error.internal", err)
	}
	view.Name = shownName(stored, view.Credential)
	return view, nil
}

// settled reads an award; when its leaf is not yet in the log it waits a short
// while for the sequencer, so that a badge just issued is not shown as pending.
func (s *Service) settled(ctx context.Context, id ID) (Stored, error) {
	stored, err := s.Store.PublicAward(ctx, id)
	if err != nil || stored.LeafIndex != nil {
		return stored, err
	}
	s.Log.Settle(ctx)
	return s.Store.PublicAward(ctx, id)
}

// shownName gives the name when it may be shown, and only if it is the one
// that the credential binds: the page proves it rather than displaying a field.
func shownName(stored Stored, c openbadges.AchievementCredential) *Name {
	h := stored.Holder
	if !stored.ShowName || !binds(c, openbadges.FoldName(h.GivenName, h.FamilyName), stored.NameSalt) {
		return nil
	}
	return &Name{Given: h.GivenName, Family: h.FamilyName, Salt: stored.NameSalt}
}

// binds reports whether one of the folded names is that of the credential's
// subject, in constant time.
func binds(c openbadges.AchievementCredential, folded, salt string, others ...string) bool {
	for _, o := range c.CredentialSubject.Identifier {
		if o.Hashed && o.IdentityType == openbadges.IdentityName {
			return openbadges.MatchIdentity(o.IdentityHash, salt, append(others, folded)...)
		}
	}
	return false
}

// maxTyped bounds the name that a reader types: the longest that we award to,
// with as many accents written apart.
const maxTyped = 5 * maxName

// IsNamed answers « Est-ce bien la personne ? » with yes or no, whether the
// name is shown or hidden. The reader may type the family name first: every
// rotation of the words is tried, in constant time for as many words.
func (s *Service) IsNamed(ctx context.Context, id ID, typed string) (bool, error) {
	var c checker
	c.line("$.name", strings.TrimSpace(typed), maxTyped)
	if err := c.err("error.name.invalid"); err != nil {
		return false, err
	}
	stored, err := s.Store.PublicAward(ctx, id)
	if err != nil {
		return false, err
	}
	var cred openbadges.AchievementCredential
	if err := json.Unmarshal(stored.Document, &cred); err != nil {
		return false, problem.Wrap(problem.Internal, "error.internal", err)
	}
	folded := openbadges.FoldName(typed, "")
	return binds(cred, folded, stored.NameSalt, rotations(folded)...), nil
}

// maxWords bounds the work of one question; names of more words are answered in
// the order in which they were awarded only.
const maxWords = 32

// rotations gives the other orders of a name that keep its words in a ring.
func rotations(folded string) []string {
	words := strings.Fields(folded)
	if len(words) > maxWords {
		return nil
	}
	var list []string
	for i := 1; i < len(words); i++ {
		list = append(list, strings.Join(append(append([]string{}, words[i:]...), words[:i]...), " "))
	}
	return list
}
