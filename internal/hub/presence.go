package hub

import (
	"context"
	"sync"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/switchboard"
)

// Presence knows which visitors have a stream open on this hub, and which lost theirs. A stream that
// breaks is no goodbye; one that stays broken for a while is.
type presence struct {
	left func(switchboard.Visit) // called once for each visitor who stayed away

	mu   sync.Mutex
	here map[id.Conversation]*attendance
	over bool
}

type attendance struct {
	streams int
	absent  *time.Timer // runs while there is no stream
}

// enter counts one more stream of the visit. The function it gives counts it off; if it was the last,
// the visitor has grace to come back.
func (p *presence) enter(v switchboard.Visit, grace time.Duration) (leave func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	a := p.of(v.Conversation)
	a.streams++
	return sync.OnceFunc(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		a.streams--
		p.await(v, a, grace)
	})
}

// seen notes a sign of life without a stream: the visitor reads a page that stands still.
func (p *presence) seen(v switchboard.Visit, grace time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.await(v, p.of(v.Conversation), grace)
}

// forget is for a conversation that is over.
func (p *presence) forget(c id.Conversation) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.here[c]; a != nil && a.absent != nil {
		a.absent.Stop()
	}
	delete(p.here, c)
}

func (p *presence) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.over = true
	for _, a := range p.here {
		if a.absent != nil {
			a.absent.Stop()
		}
	}
}

// of gives the attendance of a conversation, with its clock stopped.
func (p *presence) of(c id.Conversation) *attendance {
	if p.here == nil {
		p.here = map[id.Conversation]*attendance{}
	}
	a := p.here[c]
	if a == nil {
		a = &attendance{}
		p.here[c] = a
	}
	if a.absent != nil {
		a.absent.Stop()
		a.absent = nil
	}
	return a
}

func (p *presence) await(v switchboard.Visit, a *attendance, grace time.Duration) {
	if p.over || a.streams > 0 || p.here[v.Conversation] != a {
		return
	}
	a.absent = time.AfterFunc(grace, func() {
		p.mu.Lock()
		gone := !p.over && a.streams == 0 && p.here[v.Conversation] == a
		if gone {
			delete(p.here, v.Conversation)
		}
		p.mu.Unlock()
		if gone {
			p.left(v)
		}
	})
}

// parted passes err on; without one the visitor has gone in so many words, and is not waited for.
func (h *Hub) parted(v switchboard.Visit, err error) error {
	if err == nil {
		h.presence.forget(v.Conversation)
	}
	return err
}

// left tells the switchboard that a visitor is gone.
func (h *Hub) left(v switchboard.Visit) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := h.Switchboard.Leave(ctx, v); err != nil && fault.KindOf(err) != fault.Unknown {
		h.Log.Error("visitor left, not noted", "kind", string(fault.KindOf(err)), "err", err)
	}
}
