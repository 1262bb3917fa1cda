package outbound

import (
	"context"
	"sync"
)

// hosts counts what is under way at each host, so that we are no weapon against
// anybody: further requests wait.
type hosts struct {
	most int

	mu    sync.Mutex
	doors map[string]*door
}

type door struct {
	places chan struct{}
	guests int // inside or waiting; the last one takes the door away
}

// enter waits for a place at a host; leave must be called.
func (h *hosts) enter(ctx context.Context, host string) (leave func(), err error) {
	d := h.join(host)
	select {
	case d.places <- struct{}{}:
		return func() { <-d.places; h.part(host, d) }, nil
	case <-ctx.Done():
		h.part(host, d)
		return nil, ctx.Err()
	}
}

func (h *hosts) join(host string) *door {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.doors[host]
	if d == nil {
		d = &door{places: make(chan struct{}, h.most)}
		h.doors[host] = d
	}
	d.guests++
	return d
}

func (h *hosts) part(host string, d *door) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if d.guests--; d.guests == 0 {
		delete(h.doors, host)
	}
}
