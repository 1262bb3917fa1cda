package public

import (
	"crypto/ed25519"
	"time"

	"ramure/internal/award"
	"ramure/internal/freshness"
	"ramure/internal/httpx"
	"ramure/internal/markup"
)

// Config is what the door is made of.
type Config struct {
	Base         string // public origin, without a slash at the end
	Awards       Awards
	Achievements Achievements
	Venues       Venues
	Frameworks   Frameworks
	Log          Log
	Tiles        Tiles
	Communes     Communes // nil: communes are shown by their INSEE code
	Examiner     Examiner
	ReceiptKey   ed25519.PublicKey // of the receipts that Examiner signs; nil: none are signed
	Notice       Notice
	Now          func() time.Time
	// Changes tells how long what was read is true; nil: nothing is kept.
	Changes freshness.Source
}

// door holds what the handlers share. It is safe for concurrent use.
type door struct {
	Config
	addresses award.Addresses
	markup    *markup.Renderer
	keyset    keyset
	pages     *freshness.Cache[pageKey, httpx.Drawn]

	askers  *httpx.Limiter // questions of one visitor
	doubts  *httpx.Limiter // questions of one visitor about one badge
	asked   *httpx.Limiter // questions of everybody about one badge
	minters *httpx.Limiter // JWTs for one visitor
	senders *httpx.Limiter // badges that one visitor hands in
	uploads *httpx.Turns   // uploads of one visitor under way
}

// Limits of what anonymous visitors may make the service do: a burst, then one
// more each time. A name can be guessed from a list, so that a list of a class
// takes hours; a recruiter who mistypes has enough, and one visitor can't use up
// what is left for the others. An RSA signature costs a hundred times a read.
const (
	askerBurst, askerEvery   = 20, time.Minute
	doubtBurst, doubtEvery   = 5, 10 * time.Minute
	askedBurst, askedEvery   = 15, 5 * time.Minute
	minterBurst, minterEvery = 60, time.Second
	senderBurst, senderEvery = 60, 2 * time.Second
	visitorUploads           = 2
	rememberedKeys           = 20_000
)

// Mount serves the door's routes on the hall.
func Mount(hall *httpx.Engine, c Config) error {
	d := &door{
		Config:    c,
		addresses: award.Addresses{Base: c.Base},
		markup:    markup.New(),
		pages:     newPages(c),
		askers:    limiter(askerBurst, askerEvery, c.Now),
		doubts:    limiter(doubtBurst, doubtEvery, c.Now),
		asked:     limiter(askedBurst, askedEvery, c.Now),
		minters:   limiter(minterBurst, minterEvery, c.Now),
		senders:   limiter(senderBurst, senderEvery, c.Now),
		uploads:   httpx.NewTurns(visitorUploads),
	}
	return hall.Mount(d.routes())
}

func limiter(burst int, every time.Duration, now func() time.Time) *httpx.Limiter {
	return httpx.NewLimiter(httpx.LimiterConfig{Burst: burst, Every: every, Keys: rememberedKeys, Now: now})
}
