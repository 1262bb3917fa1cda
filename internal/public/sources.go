package public

import (
	"context"
	"crypto"

	"ramure/internal/award"
	"ramure/internal/competence"
	"ramure/internal/did"
	"ramure/internal/mediation"
	"ramure/internal/translog"
)

// Awards is what this door asks of the act of awarding. Each method answers
// problem.NotFound for what is unknown or private; those about an award answer
// problem.Gone once it was erased.
type Awards interface {
	// Examine makes every check anew and gives what the page shows.
	Examine(ctx context.Context, id award.ID) (award.View, error)
	// IsNamed says whether the name is that of the person awarded; an Invalid
	// problem when what was typed can't be a name.
	IsNamed(ctx context.Context, id award.ID, typed string) (bool, error)
	// Credential gives the signed bytes.
	Credential(ctx context.Context, id award.ID) ([]byte, error)
	// JWT gives the VC-JWT, made at the first request.
	JWT(ctx context.Context, id award.ID) (string, error)
	// Proof gives the proof of inclusion in the log, as text.
	Proof(ctx context.Context, id award.ID) ([]byte, error)
	// Printed gives the address that the QR holds.
	Printed(ctx context.Context, id award.ID) (string, error)
	// List gives a status list that is good now.
	List(ctx context.Context, number int) (award.StatusList, error)
	// Profile writes the profile of a venue.
	Profile(ctx context.Context, slug string) ([]byte, error)
	// Document gives the DID document of a venue.
	Document(ctx context.Context, slug string) (did.Document, error)
	// PublicKey finds a key of the deployment by its RFC 7638 thumbprint.
	PublicKey(ctx context.Context, thumbprint string) (crypto.PublicKey, error)
}

// Achievements is what anybody may read of achievements.
type Achievements interface {
	// PublicAchievement gives one version; 0 is the latest.
	PublicAchievement(ctx context.Context, id award.AchievementID, version int) (award.Achievement, error)
	// PublicAchievements lists what a venue offers, withdrawn ones left out.
	PublicAchievements(ctx context.Context, venue string, limit int) ([]award.Achievement, error)
}

// Venues are the issuers of this network.
type Venues interface {
	Venue(ctx context.Context, slug string) (mediation.Venue, error)
	// Venues lists all by name.
	Venues(ctx context.Context) ([]mediation.Venue, error)
}

// Frameworks are the shipped frameworks of competences.
type Frameworks interface {
	Frameworks() []competence.Item
	Item(code string) (competence.Item, bool)
	Children(code string) []competence.Item
	Path(code string) []competence.Item // from the framework down to the item
	Related(code string) []string       // codes that the item is aligned to
	RelatedFrom(code string) []string   // codes that are aligned to the item
}

// Log is the transparency log.
type Log interface {
	// Latest gives the latest signed checkpoint.
	Latest(ctx context.Context) ([]byte, error)
	// Policy is what a verifier of this log trusts.
	Policy() translog.Policy
}

// Communes names communes.
type Communes interface {
	// Name gives the name of an INSEE code; false when it is unknown.
	Name(insee string) (string, bool)
}

// Notice is what the law makes an operator say of itself. An empty field is
// shown as missing.
type Notice struct {
	Editor   string // name, seat, telephone
	Director string // of publication
	Host     string // name, address, telephone
	Contact  string // e-mail address for data and accessibility
	Source   string // where the source code of this very service is (AGPL §13)
}
