// Package chat is a conversation between a visitor and the team, and the queue of them, as pure state:
// what may happen next, and what follows. It never sees words, only sealed bodies.
package chat

import (
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
)

// State says where a conversation stands.
type State string

const (
	Waiting State = "waiting" // in the queue
	Held    State = "held"    // claimed by a member, while the lease runs
	Closed  State = "closed"  // ended by either side; nothing more can be said
)

// Door says why the visitor came, as they chose it.
type Door string

const (
	Help Door = "help" // "I need help"
	Tell Door = "tell" // "I want to ask or report"
)

// A Sealer says where a thing was sealed. The hub's own code sets it, never the client.
type Sealer string

const (
	ByBrowser Sealer = "browser" // sealed before it left the visitor's device
	ByHub     Sealer = "hub"     // sealed in the request that brought it, before it was kept
	ByDesk    Sealer = "desk"    // sealed by a member's desk
)

// A Conversation is all that is kept of a talk besides its messages. Times are UTC.
type Conversation struct {
	ID       id.Conversation
	Door     Door
	Lang     string // the language of the page, BCP 47
	SealedBy Sealer // of its key; ByHub also once the hub has sealed one of its messages

	Key      id.Key // the queue key that Envelope is sealed to
	Envelope []byte // the conversation's key, sealed to the queue key

	State  State
	Member id.Member // who holds it, or held it last; empty before the first claim
	Lease  time.Time // when a silent holder loses it
	Since  time.Time // the start of the waiting that decides the place in the queue
	Opened time.Time
	Ended  time.Time // zero while it lasts

	Seq     uint64 // number of the last message, over both directions
	Visitor uint64 // number of the visitor's last message, by their own count
	Team    uint64 // number of the team's last message, by its own count

	Gone bool    // the visitor has left and cannot read any more
	Case id.Case // the case it was made part of, which keeps it from expiring
}

// A Message is one sealed thing said. Turn is the sender's own count from 1, bound into the seal, so
// that none can be dropped or moved unseen; Seq is its place among all, set when it is kept.
type Message struct {
	Conversation id.Conversation
	ID           id.Message
	From         seal.Direction
	Turn         uint64
	Body         []byte
	SealedBy     Sealer

	Seq uint64
	At  time.Time // to the minute
}

// Binding is what the conversation's key is sealed with.
func (c Conversation) Binding(org string) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.ConversationKey, Owner: string(c.ID), Key: string(c.Key)}
}

// Binding is what the message is sealed with. The key is the conversation's own, named by its id.
func (m Message) Binding(org string) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.Message, Owner: string(m.Conversation), Direction: m.From,
		Number: m.Turn, ID: string(m.ID), Key: string(m.Conversation)}
}

// A Reading is a conversation with its messages, all sealed.
type Reading struct {
	Conversation Conversation
	Messages     []Message
}

// A Receipt says that a message is kept: it will not be lost, doubled or reordered.
type Receipt struct {
	Seq uint64    `json:"seq"`
	At  time.Time `json:"at"`
}

// MaxTurns is how much each side may say in one conversation, so that it can always be read as a whole.
const MaxTurns = 1000

// Accept gives m its place after all that was said, or says why it cannot be taken: the conversation
// is over or its sender has used up MaxTurns (Ended), the count is not the sender's next (Conflict), or
// the body has no lawful length.
func (c *Conversation) Accept(m *Message, now time.Time) error {
	if c.State == Closed {
		return fault.New(fault.Ended, "conversation is closed")
	}
	if len(m.Body) > seal.SealedLen(seal.MaxMessage) {
		return fault.New(fault.TooLong, "sealed message of %d bytes", len(m.Body))
	}
	if !lawfulLen(len(m.Body)) {
		return fault.Field("body", "sealed message of %d bytes has no padded length", len(m.Body))
	}
	count := &c.Visitor
	if m.From == seal.FromTeam {
		count = &c.Team
	}
	if m.Turn != *count+1 {
		return fault.New(fault.Conflict, "turn %d follows %d", m.Turn, *count)
	}
	if m.Turn > MaxTurns {
		return fault.New(fault.Ended, "a conversation holds %d turns of each side", MaxTurns)
	}
	*count++
	c.Seq++
	m.Seq, m.At = c.Seq, now.UTC().Truncate(time.Minute)
	return nil
}

func lawfulLen(n int) bool {
	for _, plain := range []int{0, 1 << 10, 4 << 10} { // one in each step
		if n == seal.SealedLen(plain) {
			return true
		}
	}
	return false
}
