package public

import (
	"time"

	"ramure/internal/award"
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
	Communes     Communes // nil: communes are shown by their INSEE code
	Notice       Notice
	Now          func() time.Time
}

// door holds what the handlers share. It is safe for concurrent use.
type door struct {
	Config
	addresses award.Addresses
	markup    *markup.Renderer
	keyset    keyset

	// How much one visitor, or everybody together about one badge, may ask.
	askers, asked, minters *httpx.Limiter
}

// Limits of what anonymous visitors may make the service do. A name can be
// guessed from a list: so few questions about one badge that a list of a class
// takes hours, and enough for a recruiter who mistypes. An RSA signature costs
// a hundred times a read.
const (
	askerBurst, askerEvery   = 20, time.Minute
	askedBurst, askedEvery   = 10, 5 * time.Minute
	minterBurst, minterEvery = 60, time.Second
	rememberedKeys           = 20_000
)

// Mount serves the door's routes on the hall.
func Mount(hall *httpx.Engine, c Config) error {
	d := &door{
		Config:    c,
		addresses: award.Addresses{Base: c.Base},
		markup:    markup.New(),
		askers:    limiter(askerBurst, askerEvery, c.Now),
		asked:     limiter(askedBurst, askedEvery, c.Now),
		minters:   limiter(minterBurst, minterEvery, c.Now),
	}
	return hall.Mount(d.routes())
}

func limiter(burst int, every time.Duration, now func() time.Time) *httpx.Limiter {
	return httpx.NewLimiter(httpx.LimiterConfig{Burst: burst, Every: every, Keys: rememberedKeys, Now: now})
}
