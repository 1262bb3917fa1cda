package outbound

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"time"
)

// Bounds of a cache.
const (
	longestKept    = 60 * time.Second
	defaultEntries = 256
	defaultBytes   = 16 << 20
)

// CacheOptions bound a Cache.
type CacheOptions struct {
	Now     func() time.Time // the clock; obligatory
	For     time.Duration    // how long an answer is given again; 0, and anything longer, means 60 s
	Entries int              // most answers kept; 0 means 256
	Bytes   int              // most bytes of answers kept, bodies above all; 0 means 16 MiB
}

// Cache asks by a Client, and gives what was answered with 200 again for a short
// time: the documents of one issuer are asked for once when ten of its badges are
// verified. One request under way serves all who ask the same. Answers to different
// Accept headers or policies on redirects are kept apart; failures are not kept.
// Own origins are always asked: what is served there may have just been changed
// here. It is safe for concurrent use.
//
// A body that it gives is shared by all who ask: they must not change it.
type Cache struct {
	client *Client
	bounds CacheOptions

	mutex sync.Mutex
	kept  map[Request]*list.Element // of *copyOf
	order *list.List                // the oldest in front
	bytes int
	under map[Request]*errand
}

// copyOf is an answer that is kept.
type copyOf struct {
	request  Request
	response Response
	at       time.Time
}

// errand is a request under way.
type errand struct {
	done     chan struct{}
	response Response
	err      error
	left     bool // whoever ran it left before the end: its failure says nothing
}

// NewCache makes an empty cache before a client.
func NewCache(client *Client, o CacheOptions) (*Cache, error) {
	if client == nil || o.Now == nil {
		return nil, errors.New("outbound: a cache needs a client and a clock")
	}
	if o.For <= 0 || o.For > longestKept {
		o.For = longestKept
	}
	if o.Entries <= 0 {
		o.Entries = defaultEntries
	}
	if o.Bytes <= 0 {
		o.Bytes = defaultBytes
	}
	return &Cache{client: client, bounds: o, kept: map[Request]*list.Element{}, order: list.New(), under: map[Request]*errand{}}, nil
}

// Get is Ask for a document that may be redirected.
func (c *Cache) Get(ctx context.Context, address, accept string) (Response, error) {
	return c.Ask(ctx, Request{Address: address, Accept: accept})
}

// Ask gives the answer that is kept, or that of the client, with its errors.
func (c *Cache) Ask(ctx context.Context, r Request) (Response, error) {
	if to, err := c.client.parse(r.Address); err != nil || to.own {
		return c.client.Ask(ctx, r)
	}
	for {
		kept, under, first := c.join(r)
		switch {
		case kept != nil:
			return *kept, nil
		case first:
			return c.run(ctx, r, under)
		}
		select {
		case <-under.done:
			if !under.left {
				return under.response, under.err
			}
		case <-ctx.Done():
			return Response{}, failure(ctx.Err())
		}
	}
}

// join finds an answer that is fresh, else the errand under way; first says that
// the caller is the one to run it.
func (c *Cache) join(r Request) (kept *Response, under *errand, first bool) {
	now := c.bounds.Now()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if element := c.kept[r]; element != nil {
		found := element.Value.(*copyOf)
		if age := now.Sub(found.at); age >= 0 && age < c.bounds.For {
			return &found.response, nil, false
		}
		c.drop(element)
	}
	if under := c.under[r]; under != nil {
		return nil, under, false
	}
	under = &errand{done: make(chan struct{}), left: true}
	c.under[r] = under
	return nil, under, true
}

// run asks, and settles the errand whatever happens.
func (c *Cache) run(ctx context.Context, r Request, under *errand) (Response, error) {
	at := c.bounds.Now()
	defer c.settle(r, under, at)
	under.response, under.err = c.client.Ask(ctx, r)
	under.left = under.err != nil && ctx.Err() != nil
	return under.response, under.err
}

// settle keeps an answer under the time before it was asked for, and tells those
// who wait.
func (c *Cache) settle(r Request, under *errand, at time.Time) {
	defer close(under.done)
	c.mutex.Lock()
	defer c.mutex.Unlock()
	delete(c.under, r)
	made := &copyOf{request: r, response: under.response, at: at}
	if under.left || under.err != nil || made.size() > c.bounds.Bytes {
		return
	}
	if element := c.kept[r]; element != nil {
		c.drop(element)
	}
	c.kept[r] = c.order.PushBack(made)
	c.bytes += made.size()
	for c.order.Len() > c.bounds.Entries || c.bytes > c.bounds.Bytes {
		c.drop(c.order.Front())
	}
}

func (c *Cache) drop(element *list.Element) {
	gone := c.order.Remove(element).(*copyOf)
	delete(c.kept, gone.request)
	c.bytes -= gone.size()
}

// size is about what an answer takes up.
func (k *copyOf) size() int {
	const around = 512 // the records themselves
	return around + cap(k.response.Body) + len(k.response.FinalURL) + len(k.request.Address) + len(k.request.Accept)
}
