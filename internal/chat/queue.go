package chat

import (
	"cmp"
	"slices"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
)

// Expire returns the conversation to the queue if its holder has been silent past the lease, at its
// old place, and says whether it did.
func (c *Conversation) Expire(now time.Time) bool {
	if c.State != Held || now.Before(c.Lease) {
		return false
	}
	c.State, c.Lease = Waiting, time.Time{}
	return true
}

// Claim gives a waiting conversation to member for the length of lease. Claiming what one holds
// renews it; what another holds is a Conflict.
func (c *Conversation) Claim(member id.Member, now time.Time, lease time.Duration) error {
	c.Expire(now)
	switch {
	case c.State == Closed:
		return fault.New(fault.Ended, "conversation is closed")
	case c.State == Held && c.Member != member:
		return fault.New(fault.Conflict, "conversation is held by another")
	}
	c.State, c.Member, c.Lease = Held, member, now.Add(lease)
	return nil
}

// Renew is a sign of life from the holder. Whoever does not hold it (any more) gets a Conflict.
func (c *Conversation) Renew(member id.Member, now time.Time, lease time.Duration) error {
	if c.State == Closed {
		return fault.New(fault.Ended, "conversation is closed")
	}
	if c.Expire(now) || c.State != Held || c.Member != member {
		return fault.New(fault.Conflict, "conversation is not held by this member")
	}
	c.Lease = now.Add(lease)
	return nil
}

// Return puts it back in the queue at its old place.
func (c *Conversation) Return(member id.Member, now time.Time) error {
	if err := c.Renew(member, now, 0); err != nil {
		return err
	}
	c.State, c.Lease = Waiting, time.Time{}
	return nil
}

// Transfer hands it from its holder to another member, whose lease starts now.
func (c *Conversation) Transfer(from, to id.Member, now time.Time, lease time.Duration) error {
	if err := c.Renew(from, now, lease); err != nil {
		return err
	}
	c.Member = to
	return nil
}

// Close ends it. Closing what is closed changes nothing.
func (c *Conversation) Close(now time.Time) {
	if c.State == Closed {
		return
	}
	c.State, c.Lease, c.Ended = Closed, time.Time{}, now
}

// Leave marks that the visitor is gone and will read nothing more. A conversation nobody answered
// yet leaves the queue with them only if nothing was said in it.
func (c *Conversation) Leave(now time.Time) {
	c.Gone = true
	if c.State == Waiting && c.Visitor == 0 {
		c.Close(now)
	}
}

// Lapse ends a conversation that waits in vain: one in which nothing was said for the time wordless, or
// that is one too many of those, and one that waited for the time keep. It says whether it did.
func (c *Conversation) Lapse(now time.Time, wordless, keep time.Duration, tooMany bool) bool {
	silent := c.Visitor == 0 && (tooMany || now.Sub(c.Since) >= wordless)
	if c.State != Waiting || !silent && now.Sub(c.Since) < keep {
		return false
	}
	c.Close(now)
	return true
}

// Line sorts by place in the queue: longest waiting first, then by id so that the order is one.
func Line(cs []Conversation) {
	slices.SortFunc(cs, func(a, b Conversation) int {
		return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.ID, b.ID))
	})
}

// A Place is what a visitor may know of the queue.
type Place struct {
	State  State `json:"state"`
	Ahead  int   `json:"ahead"`  // conversations that wait before this one
	OnDuty bool  `json:"onDuty"` // a member is at a desk now
	Gone   bool  `json:"-"`
}

// PlaceOf is the place of c among all that are not closed.
func PlaceOf(c Conversation, all []Conversation, onDuty bool) Place {
	p := Place{State: c.State, OnDuty: onDuty, Gone: c.Gone}
	if c.State != Waiting {
		return p
	}
	for _, o := range all {
		before := cmp.Or(o.Since.Compare(c.Since), cmp.Compare(o.ID, c.ID)) < 0
		if o.State == Waiting && before {
			p.Ahead++
		}
	}
	return p
}

// A Transfer names a conversation and the member it goes to.
type Transfer struct {
	Conversation id.Conversation
	To           id.Member
}

// A Note says "look again" at a topic; it carries an id and no content.
type Note struct {
	Topic string `json:"topic"` // Queue, or a conversation's id
	Sign  Sign   `json:"sign"`
}

// Queue is the topic of the queue as a whole.
const Queue = "queue"

// A Sign says what to look for.
type Sign string

const (
	Look          Sign = "look"           // something was kept or has changed
	VisitorTyping Sign = "visitor-typing" // kept nowhere
	TeamTyping    Sign = "team-typing"    // kept nowhere
)
