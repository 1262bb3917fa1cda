package httpx

import (
	"net/netip"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"ramure/internal/problem"
)

// LimiterConfig says how much a key may ask.
type LimiterConfig struct {
	Burst int           // at once, when nothing was asked for a while
	Every time.Duration // then one more each time this has passed
	Keys  int           // most keys remembered one by one; those beyond share one bucket
	Now   func() time.Time
}

// Limiter counts what each key asks, in memory of a bounded size: a token
// bucket a key. A bucket that is full again is forgotten.
type Limiter struct {
	config LimiterConfig

	mu      sync.Mutex
	buckets map[string]bucket
	crowd   bucket // shared by the keys that find no room
	sweptAt time.Time
}

// bucket holds the moment when it will be full again: one number is enough.
type bucket struct{ fullAt time.Time }

// NewLimiter makes a limiter for one purpose. Each instance counts by itself.
func NewLimiter(config LimiterConfig) *Limiter {
	return &Limiter{config: config, buckets: map[string]bucket{}}
}

// Take asks for one more on behalf of a key (an award's id, ClientAddress). It
// returns nil, or a problem.TooMany that says how long to wait.
func (l *Limiter) Take(key string) error {
	now := l.config.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	held, remembered := l.buckets[key]
	shared := !remembered && !l.room(now)
	if shared {
		held = l.crowd
	}
	held, wait := l.take(held, now)
	if wait > 0 {
		return problem.New(problem.TooMany, "error.kind.tooMany.text").After(wait)
	}
	if shared {
		l.crowd = held
		return nil
	}
	l.buckets[key] = held
	return nil
}

// take spends one token of a bucket, or tells how long until there is one.
func (l *Limiter) take(held bucket, now time.Time) (bucket, time.Duration) {
	if held.fullAt.Before(now) {
		held.fullAt = now
	}
	full := time.Duration(l.config.Burst) * l.config.Every
	next := held.fullAt.Add(l.config.Every)
	if wait := next.Sub(now) - full; wait > 0 {
		return held, wait
	}
	return bucket{fullAt: next}, 0
}

// room tells whether one more key can be remembered, and forgets full buckets
// at most once per Every, so that a crowd of new keys costs little each.
func (l *Limiter) room(now time.Time) bool {
	if len(l.buckets) < l.config.Keys {
		return true
	}
	if now.Sub(l.sweptAt) < l.config.Every {
		return false
	}
	l.sweptAt = now
	for key, held := range l.buckets {
		if !held.fullAt.After(now) {
			delete(l.buckets, key)
		}
	}
	return len(l.buckets) < l.config.Keys
}

// ClientAddress is the key of a visitor for a Limiter: the IPv4 address, or the
// /64 network of an IPv6 one (a household has 2^64 of them). It is never logged
// and never stored.
func ClientAddress(c *gin.Context) string {
	address, err := netip.ParseAddr(c.ClientIP())
	if err != nil {
		return "unknown"
	}
	address = address.Unmap().WithZone("")
	if address.Is4() {
		return address.String()
	}
	network, err := address.Prefix(64)
	if err != nil {
		return "unknown"
	}
	return network.String()
}
