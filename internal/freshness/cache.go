package freshness

import (
	"sync"
	"time"
)

// Source is a Sequence, or what passes one on.
type Source interface {
	Current() (value int64, known bool)
}

// Terms say for how long a value may be kept, and what it weighs. With the zero
// Terms it is not kept.
type Terms struct {
	Size int // bytes, about
	// Until is the last moment at which the value is what a reading would give;
	// zero when only a change of the sequence makes it another.
	Until time.Time
}

// Cache keeps values while their number stands, the ones asked for lately first.
// What it hands out is shared by all who ask: they must not change it. It is safe
// for concurrent use.
type Cache[K comparable, V any] struct {
	source Source
	now    func() time.Time
	half   int // bytes of one generation

	mutex      sync.Mutex
	at         int64 // the number that all entries stand under
	young, old map[K]entry[V]
	weight     int // of the young
	reading    map[K]*reading[V]
}

type entry[V any] struct {
	value V
	terms Terms
	from  time.Time // when it was read: a clock that is before that is not trusted
}

// NewCache makes an empty cache of at most so many bytes.
func NewCache[K comparable, V any](source Source, now func() time.Time, bytes int) *Cache[K, V] {
	return &Cache[K, V]{source: source, now: now, half: bytes / 2,
		young: map[K]entry[V]{}, old: map[K]entry[V]{}, reading: map[K]*reading[V]{}}
}

// Get gives what is kept under a key, or what read answers, which is kept under
// its terms. Those who ask for the same at the same moment share one reading,
// unless it fails.
func (c *Cache[K, V]) Get(key K, read func() (V, Terms, error)) (V, error) {
	at, known := c.source.Current()
	if !known {
		value, _, err := read()
		return value, err
	}
	kept, under, first := c.join(at, key)
	switch {
	case kept != nil:
		return kept.value, nil
	case first:
		return c.fill(at, key, under, read)
	}
	<-under.done
	if under.err == nil {
		return under.value, nil
	}
	value, _, err := read() // what failed another caller may be their own leaving
	return value, err
}

// reading is one under way.
type reading[V any] struct {
	at    int64
	done  chan struct{}
	value V
	err   error
}

// join finds the entry of a key, or else the reading under way; first says that
// the caller is the one to read.
func (c *Cache[K, V]) join(at int64, key K) (kept *entry[V], under *reading[V], first bool) {
	now := c.now()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if found, good := c.find(at, key, now); good {
		return &found, nil, false
	}
	if under := c.reading[key]; under != nil && under.at == at {
		return nil, under, false
	}
	under = &reading[V]{at: at, done: make(chan struct{})}
	c.reading[key] = under
	return nil, under, true
}

// find looks into both generations; what is found in the old one becomes young.
func (c *Cache[K, V]) find(at int64, key K, now time.Time) (found entry[V], good bool) {
	if at != c.at {
		return found, false
	}
	found, good = c.young[key]
	if !good {
		if found, good = c.old[key]; good {
			c.put(key, found)
		}
	}
	return found, good && !now.Before(found.from) && (found.terms.Until.IsZero() || !now.After(found.terms.Until))
}

// fill reads and keeps.
func (c *Cache[K, V]) fill(at int64, key K, under *reading[V], read func() (V, Terms, error)) (value V, err error) {
	from := c.now()
	var terms Terms
	under.err = errAbandoned // unless read returns
	defer func() {
		c.settle(at, key, under, entry[V]{value: under.value, terms: terms, from: from})
	}()
	under.value, terms, under.err = read()
	return under.value, under.err
}

// settle ends a reading. A value of an older number than the present one is for
// those who asked for it, and for nobody else.
func (c *Cache[K, V]) settle(at int64, key K, under *reading[V], read entry[V]) {
	close(under.done)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.reading[key] == under {
		delete(c.reading, key)
	}
	if under.err != nil || read.terms.Size <= 0 || at < c.at {
		return
	}
	if at > c.at {
		c.at, c.weight = at, 0
		clear(c.young)
		clear(c.old)
	}
	c.put(key, read)
}

// put makes an entry young; a generation that is full becomes the old one, and
// the one before it goes.
func (c *Cache[K, V]) put(key K, e entry[V]) {
	if e.terms.Size > c.half {
		return
	}
	if c.weight+e.terms.Size > c.half {
		c.young, c.old, c.weight = map[K]entry[V]{}, c.young, 0
	}
	if before, there := c.young[key]; there {
		c.weight -= before.terms.Size
	}
	c.young[key] = e
	c.weight += e.terms.Size
}
