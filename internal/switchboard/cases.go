package switchboard

import (
	"bytes"
	"context"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// maxParts bounds a case; maxPart a sealed part, in bytes.
const maxParts = 500

var maxPart = seal.SealedLen(seal.MaxPlain)

func standing(c vault.Case, m id.Member) vault.Standing {
	for _, w := range c.Wraps.List {
		if w.Member == m {
			return w.Standing
		}
	}
	return ""
}

// openCase gives the case if it is wrapped to the actor: as assigned, or for oversight and with the
// right to it.
func openCase(tx Tx, a Actor, cid id.Case) (vault.Case, error) {
	c, err := tx.Case(cid)
	if err != nil {
		return vault.Case{}, err
	}
	switch standing(c, a.member.ID) {
	case vault.Assigned:
		return c, nil
	case vault.Oversight:
		if err := a.may(staff.Oversee); err != nil {
			return vault.Case{}, err
		}
		return c, nil
	}
	return vault.Case{}, fault.New(fault.Unknown, "case is not wrapped to this member")
}

// NewCase keeps a case. The actor must have signed its wraps and be assigned to it. A conversation
// that is named must be the actor's to read; it stops expiring.
func (s *Switchboard) NewCase(ctx context.Context, a Actor, n vault.NewCase) error {
	c := vault.Case{ID: n.Wraps.Case, Opened: day(s.Now()), Wraps: n.Wraps, Parts: n.Parts}
	if err := checkID("case", c.ID); err != nil {
		return err
	}
	if n.Wraps.By != a.member.ID || standing(c, a.member.ID) != vault.Assigned {
		return fault.Field("wraps", "not signed by, or not assigned to, the member who asks")
	}
	if n.Wraps.Version != 1 {
		return fault.Field("wraps", "not the first version")
	}
	for i := range c.Parts {
		if err := checkPart(&c.Parts[i], a, s.Now()); err != nil {
			return err
		}
		if c.Parts[i].Case != c.ID || c.Parts[i].Version != 1 {
			return fault.Field("parts", "not a first version in this case")
		}
	}
	return s.act(ctx, a, staff.Keep, Event{Did: "open-case", To: string(c.ID)}, func(tx Tx) error {
		if old, err := tx.Case(c.ID); err == nil {
			if string(old.Wraps.Sig) == string(n.Wraps.Sig) {
				return nil // the same request again
			}
			return fault.New(fault.Conflict, "case id is taken")
		} else if fault.KindOf(err) != fault.Unknown {
			return err
		}
		if n.Conversation != "" {
			talk, err := tx.Conversation(n.Conversation)
			if err != nil {
				return err
			}
			talk.Expire(s.Now())
			if _, err := s.mayRead(tx, a, talk); err != nil {
				return err
			}
			if talk.Case != "" {
				return fault.New(fault.Conflict, "conversation is part of a case already")
			}
			talk.Case = c.ID
			if err := tx.PutConversation(talk); err != nil {
				return err
			}
		}
		return tx.AddCase(c)
	})
}

func checkPart(p *vault.Part, a Actor, now time.Time) error {
	if err := checkID("part", p.ID); err != nil {
		return err
	}
	if len(p.Body) == 0 || len(p.Body) > maxPart {
		return fault.New(fault.TooLong, "sealed part of %d bytes", len(p.Body))
	}
	p.By, p.At = a.member.ID, now.UTC().Truncate(time.Minute)
	return nil
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// Cases lists the cases that are wrapped to the actor, and no others.
func (s *Switchboard) Cases(ctx context.Context, a Actor) (ls []vault.Listing, err error) {
	err = s.read(ctx, a, staff.Keep, func(tx Tx) error {
		ls, err = tx.Cases(a.member.ID)
		return err
	})
	return ls, err
}

// Case gives a case to a member it is wrapped to, and records the opening. Oversight needs the right
// to it and a reason.
func (s *Switchboard) Case(ctx context.Context, a Actor, l vault.Look) (c vault.Case, err error) {
	err = s.act(ctx, a, staff.Keep, Event{Did: "look-at-case", To: string(l.Case), Reason: l.Reason}, func(tx Tx) error {
		if c, err = openCase(tx, a, l.Case); err != nil {
			return err
		}
		if standing(c, a.member.ID) == vault.Assigned {
			return nil
		}
		return checkReason(l.Reason)
	})
	if err != nil {
		return vault.Case{}, err
	}
	return c, nil
}

func checkReason(r vault.Reason) error {
	for _, known := range vault.Reasons {
		if r == known {
			return nil
		}
	}
	return fault.Field("reason", "oversight needs a reason")
}

// PutPart keeps a new version of one part. If somebody else wrote since, it is fault.Conflict and
// nothing is lost: the desk shows both. The same version again, byte for byte, is kept already.
func (s *Switchboard) PutPart(ctx context.Context, a Actor, p vault.Part) error {
	if err := checkPart(&p, a, s.Now()); err != nil {
		return err
	}
	return s.act(ctx, a, staff.Keep, Event{Did: "write-case", To: string(p.Case)}, func(tx Tx) error {
		c, err := openCase(tx, a, p.Case)
		if err != nil {
			return err
		}
		if c.Closed {
			return fault.New(fault.Ended, "case is closed")
		}
		for _, old := range c.Parts {
			if old.ID == p.ID && old.Version == p.Version && old.By == p.By && bytes.Equal(old.Body, p.Body) {
				return nil
			}
		}
		if len(c.Parts) >= maxParts && p.Version == 1 {
			return fault.New(fault.TooLong, "case has %d parts", len(c.Parts))
		}
		return tx.PutPart(p)
	}, string(p.Case))
}

// Assign replaces the list of who can open a case. The actor must be on the old list and have signed
// the new one; an advocate may only add, a member who oversees may also remove and change standings.
func (s *Switchboard) Assign(ctx context.Context, a Actor, w vault.Wraps) error {
	if w.By != a.member.ID {
		return fault.Field("wraps", "not signed by the member who asks")
	}
	return s.act(ctx, a, staff.Keep, Event{Did: "assign-case", To: string(w.Case)}, func(tx Tx) error {
		c, err := openCase(tx, a, w.Case)
		if err != nil {
			return err
		}
		next := vault.Case{Wraps: w}
		for _, old := range c.Wraps.List {
			if standing(next, old.Member) != old.Standing && !a.member.Role.May(staff.Oversee) {
				return fault.Field("wraps", "only a member who oversees may remove a reader or change a standing")
			}
		}
		return tx.PutWraps(w)
	}, string(w.Case))
}

// CloseCase ends a case and keeps its coded row, both or neither.
func (s *Switchboard) CloseCase(ctx context.Context, a Actor, cl vault.Closing) error {
	if err := checkID("row", cl.Row.ID); err != nil {
		return err
	}
	if len(cl.Row.Body) <= seal.BoxKeyLen || len(cl.Row.Body) > maxPart {
		return fault.Field("row", "not a sealed row")
	}
	return s.act(ctx, a, staff.Keep, Event{Did: "close-case", To: string(cl.Case)}, func(tx Tx) error {
		c, err := openCase(tx, a, cl.Case)
		if err != nil {
			return err
		}
		if c.Closed {
			return fault.New(fault.Ended, "case is closed")
		}
		key, err := current(tx, vault.ForNumbers, s.Now())
		if err != nil {
			return err
		}
		if key.ID != cl.Row.Key {
			return fault.New(fault.Conflict, "numbers key is not in force")
		}
		if err := tx.AddRow(cl.Row); err != nil {
			return err
		}
		return tx.CloseCase(c.ID)
	}, string(cl.Case))
}
