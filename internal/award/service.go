package award

import (
	"context"
	"encoding/base64"
	"io"
	"time"

	"ramure/internal/competence"
	"ramure/internal/freshness"
	"ramure/internal/keyring"
	"ramure/internal/problem"
	"ramure/internal/translog"
)

// Keys is what this act asks of the keyring.
type Keys interface {
	// Ensure gives the issuer's active key for a use, and makes it at first.
	Ensure(ctx context.Context, issuer string, use keyring.Use, algorithm string) (*keyring.Signer, error)
	// Public lists the issuer's public keys, active and retired.
	Public(ctx context.Context, issuer string) ([]keyring.PublicKey, error)
	// PublicByThumbprint finds any public key of the deployment; problem.NotFound.
	PublicByThumbprint(ctx context.Context, thumbprint string) (keyring.PublicKey, error)
}

// Log is what this act asks of the transparency log.
type Log interface {
	// Wake tells the sequencer that a leaf is waiting.
	Wake()
	// Settle waits a short while for the waiting leaves to find their place.
	Settle(ctx context.Context)
	// Latest gives the latest signed checkpoint.
	Latest(ctx context.Context) ([]byte, error)
	// Policy is what a verifier of this log trusts.
	Policy() translog.Policy
	translog.NodeReader
}

// Config is what a Service is made of.
type Config struct {
	Base    string // public origin
	Store   Store
	Keys    Keys
	Log     Log
	Catalog *competence.Catalogue
	Now     func() time.Time
	Rand    io.Reader
	// Ready refuses to sign while the clock can't be trusted; nil for always.
	Ready func() error
	// Place is where calendar days are counted.
	Place *time.Location
	// Changes says for how long what was read may be kept; nil keeps nothing.
	Changes freshness.Source
}

// Service runs the act. It is safe for concurrent use.
type Service struct {
	Config
	Addresses Addresses
	slots     slots
	shapes    shapes
	minting   chan struct{} // bounds the JWT signatures under way
	kept      kept
}

// mintWorkers bounds how many RSA signatures are made at once: one takes about
// 4 ms of a core, and anybody may ask for one.
const mintWorkers = 2

// New makes a Service.
func New(c Config) *Service {
	return &Service{Config: c, Addresses: Addresses{Base: c.Base}, minting: make(chan struct{}, mintWorkers), kept: keep(c)}
}

// ready refuses whatever needs a signature while the clock is in doubt.
func (s *Service) ready() error {
	if s.Ready == nil {
		return nil
	}
	return s.Ready()
}

// newID makes 128 random bits as 22 base64url characters.
func (s *Service) newID() (string, error) {
	b, err := s.random(16)
	return base64.RawURLEncoding.EncodeToString(b), err
}

func (s *Service) random(n int) ([]byte, error) {
	b := make([]byte, n)
	if _, err := io.ReadFull(s.Rand, b); err != nil {
		return nil, problem.Wrap(problem.Internal, "error.internal", err)
	}
	return b, nil
}

// day is the calendar day of a moment where the venue is.
func (s *Service) day(t time.Time) string { return t.In(s.Place).Format(time.DateOnly) }
