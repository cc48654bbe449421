// Package bus carries "look again" between those who change things and those who wait, within one
// process. Notes carry ids only.
package bus

import (
	"slices"
	"sync"

	"amparo/internal/chat"
)

// Memory is a bus within one process. The zero value is ready.
type Memory struct {
	mu     sync.Mutex
	topics map[string][]*listener
}

// Announce gives the note to all who listen to its topic. It never waits: a note that a slow listener
// has not taken yet is merged with the same note announced again, and no other is lost.
func (m *Memory) Announce(n chat.Note) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.topics[n.Topic] {
		l.put(n)
	}
}

// Listen gives notes of the topics until stop is called, which closes the channel.
func (m *Memory) Listen(topics ...string) (<-chan chat.Note, func()) {
	l := &listener{out: make(chan chat.Note), wake: make(chan struct{}, 1), quit: make(chan struct{})}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.topics == nil {
		m.topics = map[string][]*listener{}
	}
	for _, t := range topics {
		m.topics[t] = append(m.topics[t], l)
	}
	go l.pump()
	return l.out, sync.OnceFunc(func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, t := range topics {
			m.topics[t] = slices.DeleteFunc(m.topics[t], func(o *listener) bool { return o == l })
			if len(m.topics[t]) == 0 {
				delete(m.topics, t)
			}
		}
		close(l.quit)
	})
}

// A listener holds what its reader has not taken yet: at most one of each note.
type listener struct {
	mu      sync.Mutex
	pending []chat.Note
	wake    chan struct{} // holds one signal that pending is not empty
	out     chan chat.Note
	quit    chan struct{}
}

func (l *listener) put(n chat.Note) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if slices.Contains(l.pending, n) {
		return
	}
	l.pending = append(l.pending, n)
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

func (l *listener) take() []chat.Note {
	l.mu.Lock()
	defer l.mu.Unlock()
	taken := l.pending
	l.pending = nil
	return taken
}

func (l *listener) pump() {
	defer close(l.out)
	for {
		select {
		case <-l.quit:
			return
		case <-l.wake:
		}
		for _, n := range l.take() {
			select {
			case l.out <- n:
			case <-l.quit:
				return
			}
		}
	}
}
