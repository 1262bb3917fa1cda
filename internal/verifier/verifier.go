package verifier

import (
	"context"
	"crypto/sha256"
	"time"

	"ramure/internal/credential"
)

// Fetch gets the bytes behind an address in the first media type that it has
// of those accepted. It goes through the outbound guard, or through none when
// the answer is this very server. It answers problem.NotFound for an address that
// says that there is nothing, problem.Gone for one that says that there is nothing
// any more (with the bytes that say so, if any), and credential.ErrOffline for one
// that it may not ask.
type Fetch func(ctx context.Context, address, accept string) ([]byte, error)

// Standings says how an issuer stands here, by its id and by the name that it gives
// itself. With a name that belongs to somebody else the standing is unknown, and
// lookAlike is whose name it looks like.
type Standings interface {
	Standing(ctx context.Context, issuerID, name string) (standing credential.Standing, lookAlike string, err error)
}

// Config is what a Service is made of.
type Config struct {
	Fetch Fetch // nil: nothing is fetched, as with Offline
	// Within is a Fetch that follows no redirect to another origin, and Direct one that
	// follows none: for what an origin alone vouches for. nil: Fetch follows none
	// either.
	Within, Direct Fetch
	Home           string // origin of this network's own deployment, or ""
	// Near tells the addresses that are asked even with NoOutbound, since asking
	// them leaves nothing; nil: none.
	Near func(address string) bool
	// Loopback lets addresses of this very machine be plain http.
	Loopback  bool
	Standings Standings // nil: who is in this network's log is of it, nobody else is known
	Pool      *Pool     // nil: as much at once as is asked
	Notary    *Notary   // signs receipts; nil: none are given
	// Patience is how long one examination waits for others in all; 0 means 15 s.
	Patience time.Duration
	Now      func() time.Time
}

// Service verifies. It is safe for concurrent use.
type Service struct{ Config }

// Options say what the caller brings.
type Options struct {
	Offline    bool   // ask nobody at all
	NoOutbound bool   // ask only what is near
	Policy     []byte // tlog-policy text: which log to trust
	Proof      []byte // tlog-proof text of this very credential
	// Fragment is what a printed address carries of the credential's hash; a
	// credential with another hash is not the one that was printed.
	Fragment string
	// Recipient is whom the caller expects: an e-mail address, an id or a name.
	Recipient string
}

// Input is a file, a text or a picture. What it is, its bytes say; the name is
// only ever shown.
type Input struct {
	Name string
	Data []byte
}

// Item is the answer about one badge.
type Item struct {
	Name    string // of the input
	Carrier string // what the input was: json, jwt, png, svg, qr, address or presentation
	Digest  Digest // of the input
	// Document is the credential as it was read; nil when there is none.
	Document []byte
	Report   credential.Report
	// LookAlike is the known name that the issuer's looks like, without being its
	// own; mostly empty.
	LookAlike string
	// Holder is the answer on who shows the badge; nil outside of a presentation.
	Holder *credential.Check
	// Err says why no badge was examined; the report then is of one that was not
	// reached.
	Err error
}

// Digest names the bytes of an input.
type Digest struct {
	SHA256 [32]byte
	Size   int
}

func digestOf(data []byte) Digest { return Digest{SHA256: sha256.Sum256(data), Size: len(data)} }

// The carriers of a badge.
const (
	CarrierJSON         = "json"
	CarrierJWT          = "jwt"
	CarrierPNG          = "png"
	CarrierSVG          = "svg"
	CarrierQR           = "qr"
	CarrierAddress      = "address"
	CarrierPresentation = "presentation"
)
