package switchboard

import (
	"context"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// Queue gives all conversations that are not closed, in the queue's order. Of what others hold it gives
// no key.
func (s *Switchboard) Queue(ctx context.Context, a Actor) (cs []chat.Conversation, err error) {
	err = s.read(ctx, a, staff.Answer, func(tx Tx) error {
		cs, err = s.live(tx)
		for i := range cs {
			if cs[i].State == chat.Held && cs[i].Member != a.member.ID {
				cs[i].Envelope = nil
			}
		}
		return err
	})
	return cs, err
}

// change is the frame of a member's step in one conversation.
func (s *Switchboard) change(ctx context.Context, a Actor, cid id.Conversation, did Deed, f func(*chat.Conversation) error) (c chat.Conversation, err error) {
	if err := checkID("conversation", cid); err != nil {
		return c, err
	}
	err = s.act(ctx, a, staff.Answer, Event{Did: did, To: string(cid)}, func(tx Tx) error {
		if c, err = tx.Conversation(cid); err != nil {
			return err
		}
		if err := f(&c); err != nil {
			return err
		}
		return tx.PutConversation(c)
	}, string(cid), chat.Queue)
	return c, err
}

// Claim takes a conversation from the queue, or renews a hold.
func (s *Switchboard) Claim(ctx context.Context, a Actor, cid id.Conversation) (chat.Conversation, error) {
	return s.change(ctx, a, cid, "claim", func(c *chat.Conversation) error {
		return c.Claim(a.member.ID, s.Now().UTC(), s.Terms.Lease)
	})
}

// Renew is a sign of life from the holder that is not a reply. It is not recorded.
func (s *Switchboard) Renew(ctx context.Context, a Actor, cid id.Conversation) (c chat.Conversation, err error) {
	if err := a.may(staff.Answer); err != nil {
		return c, err
	}
	err = s.Store.Write(ctx, func(tx Tx) error {
		if c, err = tx.Conversation(cid); err != nil {
			return err
		}
		if err := c.Renew(a.member.ID, s.Now().UTC(), s.Terms.Lease); err != nil {
			return err
		}
		return tx.PutConversation(c)
	})
	return c, err
}

// Return puts a held conversation back in the queue.
func (s *Switchboard) Return(ctx context.Context, a Actor, cid id.Conversation) (chat.Conversation, error) {
	return s.change(ctx, a, cid, "return", func(c *chat.Conversation) error {
		return c.Return(a.member.ID, s.Now().UTC())
	})
}

// Transfer hands a held conversation to another member who answers.
func (s *Switchboard) Transfer(ctx context.Context, a Actor, t chat.Transfer) (c chat.Conversation, err error) {
	err = s.act(ctx, a, staff.Answer, Event{Did: "transfer", To: string(t.Conversation)}, func(tx Tx) error {
		if c, err = tx.Conversation(t.Conversation); err != nil {
			return err
		}
		to, err := tx.Member(t.To)
		if err != nil {
			return err
		}
		if !to.Role.May(staff.Answer) {
			return fault.Field("to", "that member does not answer")
		}
		if err := c.Transfer(a.member.ID, t.To, s.Now().UTC(), s.Terms.Lease); err != nil {
			return err
		}
		return tx.PutConversation(c)
	}, string(t.Conversation), chat.Queue)
	return c, err
}

// Close ends a conversation that the member holds. Closing it again changes nothing.
func (s *Switchboard) Close(ctx context.Context, a Actor, cid id.Conversation) (chat.Conversation, error) {
	return s.change(ctx, a, cid, "close-conversation", func(c *chat.Conversation) error {
		if c.State == chat.Closed && c.Member == a.member.ID {
			return nil
		}
		if err := c.Renew(a.member.ID, s.Now().UTC(), s.Terms.Lease); err != nil {
			return err
		}
		c.Close(s.Now().UTC())
		return nil
	})
}

// Reply keeps one message of the team's. As with Say, the same message again gives the same receipt.
// Only the holder replies; a reply renews the hold.
func (s *Switchboard) Reply(ctx context.Context, a Actor, m chat.Message) (r chat.Receipt, err error) {
	if err := a.may(staff.Answer); err != nil {
		return r, err
	}
	m.From, m.SealedBy = seal.FromTeam, chat.ByDesk
	err = s.Store.Write(ctx, func(tx Tx) error {
		c, err := tx.Conversation(m.Conversation)
		if err != nil {
			return err
		}
		r, err = accept(s, tx, &c, m, func() error { return c.Renew(a.member.ID, s.Now().UTC(), s.Terms.Lease) })
		return err
	})
	if err == nil {
		s.look(string(m.Conversation), chat.Queue)
	}
	return r, err
}

// Read gives a conversation to whoever holds it, held it last, or can open the case it is part of; for
// oversight it is recorded. To anybody else it does not exist.
func (s *Switchboard) Read(ctx context.Context, a Actor, cid id.Conversation) (r chat.Reading, err error) {
	var as vault.Standing
	err = s.read(ctx, a, staff.Answer, func(tx Tx) error {
		if r.Conversation, err = tx.Conversation(cid); err != nil {
			return err
		}
		r.Conversation.Expire(s.Now())
		if as, err = s.mayRead(tx, a, r.Conversation); err != nil {
			return err
		}
		r.Messages, err = tx.Messages(cid, 0)
		return err
	})
	if err == nil && as == vault.Oversight {
		err = s.Store.Write(ctx, func(tx Tx) error {
			return tx.Record(Event{At: s.Now().UTC(), By: a.member.ID, Did: "look-at-conversation", To: string(cid)})
		})
	}
	if err != nil {
		return chat.Reading{}, err
	}
	return r, nil
}

// mayRead says in what capacity the actor reads c; who holds it is assigned to it.
func (s *Switchboard) mayRead(tx Tx, a Actor, c chat.Conversation) (vault.Standing, error) {
	if c.Member == a.member.ID && c.State != chat.Waiting {
		return vault.Assigned, nil
	}
	if c.Case == "" {
		return "", fault.New(fault.Unknown, "conversation is not this member's")
	}
	k, err := openCase(tx, a, c.Case)
	return standing(k, a.member.ID), err
}

// TeamTyping tells the visitor that the holder is writing, and renews the hold.
func (s *Switchboard) TeamTyping(ctx context.Context, a Actor, cid id.Conversation) error {
	_, err := s.Renew(ctx, a, cid)
	if err == nil {
		s.Bus.Announce(chat.Note{Topic: string(cid), Sign: chat.TeamTyping})
	}
	return err
}

// maxWatched is how many conversations one stream of a desk may follow.
const maxWatched = 64

// Watch gives notes of the queue and of the conversations named, until stop. Notes carry ids only. Each
// conversation must wait in the queue, where all who answer see it, or be the member's to read.
func (s *Switchboard) Watch(ctx context.Context, a Actor, cs ...id.Conversation) (<-chan chat.Note, func(), error) {
	if len(cs) > maxWatched {
		return nil, nil, fault.New(fault.TooLong, "%d conversations to watch", len(cs))
	}
	var topics []string
	err := s.read(ctx, a, staff.Answer, func(tx Tx) error {
		topics = []string{chat.Queue}
		for _, cid := range cs {
			c, err := tx.Conversation(cid)
			if err != nil {
				return err
			}
			if c.Expire(s.Now()); c.State != chat.Waiting {
				if _, err := s.mayRead(tx, a, c); err != nil {
					return err
				}
			}
			topics = append(topics, string(cid))
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	notes, stop := s.Bus.Listen(topics...)
	return notes, stop, nil
}
