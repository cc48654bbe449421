// Package bus carries "look again" between those who change things and those who wait, within one
// process. Notes carry ids only.
package bus

import (
	"sync"

	"amparo/internal/chat"
)

// Memory is a bus within one process. The zero value is ready.
type Memory struct {
	mu     sync.Mutex
	topics map[string]map[chan chat.Note]bool
}

// buffer is how many notes a listener may be behind before notes are merged: enough that a typing
// sign does not push out a look.
const buffer = 16

// Announce gives the note to all who listen to its topic. To a listener whose buffer is full a
// Look is sure to come all the same, since the buffer holds at least one for them to wake to and
// what they then read is newer than the note; a typing sign may be lost.
func (m *Memory) Announce(n chat.Note) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for c := range m.topics[n.Topic] {
		select {
		case c <- n:
		default:
			if n.Sign == chat.Look {
				<-c // the oldest makes room
				c <- n
			}
		}
	}
}

// Listen gives notes of the topics until stop is called, which closes the channel.
func (m *Memory) Listen(topics ...string) (<-chan chat.Note, func()) {
	c := make(chan chat.Note, buffer)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.topics == nil {
		m.topics = map[string]map[chan chat.Note]bool{}
	}
	for _, t := range topics {
		if m.topics[t] == nil {
			m.topics[t] = map[chan chat.Note]bool{}
		}
		m.topics[t][c] = true
	}
	var once sync.Once
	return c, func() {
		once.Do(func() {
			m.mu.Lock()
			defer m.mu.Unlock()
			for _, t := range topics {
				delete(m.topics[t], c)
				if len(m.topics[t]) == 0 {
					delete(m.topics, t)
				}
			}
			close(c)
		})
	}
}
