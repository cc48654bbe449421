package hub

import (
	"maps"
	"sync"
	"time"

	"amparo/internal/fault"
	"amparo/internal/switchboard"
)

// maxStreams is how many streams of visitors may be open at once unless the configuration says so: each
// holds some memory and a connection.
const maxStreams = 5000

// enter counts one more open stream until leave. With too many it is fault.Busy.
func (h *Hub) enter() (leave func(), err error) {
	if h.streams.Add(1) > int64(h.Streams) {
		h.streams.Add(-1)
		return nil, fault.New(fault.Busy, "%d streams are open", h.Streams)
	}
	return func() { h.streams.Add(-1) }, nil
}

// typingPause is how long nothing more is said of a visitor's typing: each time makes desks look.
const typingPause = 2 * time.Second

// A pace knows of whom something was said within typingPause, and of nobody else. Its key holds the token,
// so that a stranger's call is never answered from it.
type pace struct {
	mu    sync.Mutex
	last  map[switchboard.Visit]time.Time
	swept time.Time
}

// take says whether it may be said now, and then it was.
func (p *pace) take(v switchboard.Visit, now time.Time) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.last == nil {
		p.last = map[switchboard.Visit]time.Time{}
	}
	past := func(_ switchboard.Visit, t time.Time) bool { return now.Sub(t) >= typingPause }
	if past(v, p.swept) {
		maps.DeleteFunc(p.last, past)
		p.swept = now
	}
	if t, ok := p.last[v]; ok && !past(v, t) {
		return false
	}
	p.last[v] = now
	return true
}

// forget is for what was taken and then not said.
func (p *pace) forget(v switchboard.Visit) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.last, v)
}
