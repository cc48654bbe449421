package switchboard

import (
	"bytes"
	"context"
	"crypto/subtle"
	"regexp"
	"slices"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Visit names a conversation and carries the visitor's token for it.
type Visit struct {
	Conversation id.Conversation
	Token        Token
}

// An Opening is what starts a conversation. The visitor's side chooses id and token, so that a start
// that was sent twice makes one conversation.
type Opening struct {
	Visit
	Door     chat.Door
	Lang     string
	Key      id.Key // the queue key that Envelope is sealed to
	Envelope []byte
}

// envelopeLen is the one lawful length of a conversation's key, sealed to a queue key.
const envelopeLen = seal.BoxKeyLen

// lang is the shape of a language tag (RFC 5646).
var lang = regexp.MustCompile(`^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$`)

// Open starts a conversation and puts it in the queue. by is set by the handler, from where the
// sealing was done. A queue key that is not in force any more is fault.Conflict: fetch it again.
func (s *Switchboard) Open(ctx context.Context, o Opening, by chat.Sealer) error {
	if err := checkID("conversation", o.Conversation); err != nil {
		return err
	}
	if len(o.Token) < 43 {
		return fault.Field("token", "too short")
	}
	if o.Door != chat.Help && o.Door != chat.Tell {
		return fault.Field("door", "no such door")
	}
	if len(o.Lang) > 35 || !lang.MatchString(o.Lang) {
		return fault.Field("lang", "not a language tag")
	}
	if len(o.Envelope) != envelopeLen || o.Envelope[0] != seal.Format {
		return fault.Field("envelope", "not a sealed key")
	}
	now := s.Now().UTC()
	c := chat.Conversation{ID: o.Conversation, Door: o.Door, Lang: o.Lang, SealedBy: by, Key: o.Key, Envelope: o.Envelope,
		State: chat.Waiting, Since: now, Opened: now}
	err := s.Store.Write(ctx, func(tx Tx) error {
		old, err := tx.Conversation(o.Conversation)
		if err == nil {
			hash, err := tx.ConversationToken(o.Conversation)
			if err != nil {
				return err
			}
			if hash != o.Token.hash() || !bytes.Equal(old.Envelope, o.Envelope) {
				return fault.New(fault.Conflict, "conversation id is taken")
			}
			return nil
		}
		if fault.KindOf(err) != fault.Unknown {
			return err
		}
		key, err := current(tx, vault.ForQueue, now)
		if err != nil {
			return err
		}
		if key.ID != o.Key {
			return fault.New(fault.Conflict, "queue key is not in force")
		}
		if err := tx.AddConversation(c, o.Token.hash()); err != nil {
			return err
		}
		return tx.Record(Event{At: now, Did: "open-conversation", To: string(c.ID)})
	})
	if err == nil {
		s.look(chat.Queue)
	}
	return err
}

// visit gives the conversation that the token is good for. A wrong token looks like no conversation.
func visit(tx Tx, v Visit) (chat.Conversation, error) {
	if !id.Valid(v.Conversation) {
		return chat.Conversation{}, fault.New(fault.Unknown, "not an id")
	}
	hash, err := tx.ConversationToken(v.Conversation)
	if err != nil {
		return chat.Conversation{}, err
	}
	given := v.Token.hash()
	if subtle.ConstantTimeCompare(hash[:], given[:]) != 1 {
		return chat.Conversation{}, fault.New(fault.Unknown, "wrong token")
	}
	return tx.Conversation(v.Conversation)
}

// Say keeps one message of the visitor's. The same message again gives the same receipt; another
// body under a known id, or a turn that is not the next, is a Conflict. A message that the handler says was
// sealed ByHub came with the conversation's key: from then on nothing in it counts as sealed ByBrowser.
func (s *Switchboard) Say(ctx context.Context, v Visit, m chat.Message) (r chat.Receipt, err error) {
	m.Conversation, m.From = v.Conversation, seal.FromVisitor
	err = s.Store.Write(ctx, func(tx Tx) error {
		c, err := visit(tx, v)
		if err != nil {
			return err
		}
		if m.SealedBy != chat.ByHub {
			m.SealedBy = c.SealedBy
		}
		c.SealedBy = m.SealedBy
		c.Gone = false // whoever writes is there
		r, err = accept(s, tx, &c, m, nil)
		return err
	})
	if err == nil {
		s.look(string(v.Conversation), chat.Queue)
	}
	return r, err
}

// accept keeps a message of either side, once. What is known already has its receipt, whatever became
// of the conversation since; a new message is kept if allow, which may be nil, has nothing against it.
func accept(s *Switchboard, tx Tx, c *chat.Conversation, m chat.Message, allow func() error) (chat.Receipt, error) {
	if err := checkID("id", m.ID); err != nil {
		return chat.Receipt{}, err
	}
	old, err := tx.MessageByID(c.ID, m.ID)
	if err == nil {
		if old.From != m.From || old.Turn != m.Turn || !bytes.Equal(old.Body, m.Body) {
			return chat.Receipt{}, fault.New(fault.Conflict, "message id is taken")
		}
		return chat.Receipt{Seq: old.Seq, At: old.At}, nil
	}
	if fault.KindOf(err) != fault.Unknown {
		return chat.Receipt{}, err
	}
	if allow != nil {
		if err := allow(); err != nil {
			return chat.Receipt{}, err
		}
	}
	if err := c.Accept(&m, s.Now()); err != nil {
		return chat.Receipt{}, err
	}
	if err := tx.AddMessage(m); err != nil {
		return chat.Receipt{}, err
	}
	return chat.Receipt{Seq: m.Seq, At: m.At}, tx.PutConversation(*c)
}

// Said gives the messages after a number, and the visitor's place. It is what a visitor reads back.
func (s *Switchboard) Said(ctx context.Context, v Visit, after uint64) (c chat.Conversation, ms []chat.Message, p chat.Place, err error) {
	err = s.Store.Read(ctx, func(tx Tx) error {
		if c, err = visit(tx, v); err != nil {
			return err
		}
		c.Expire(s.Now())
		if ms, err = tx.Messages(c.ID, after); err != nil {
			return err
		}
		var live []chat.Conversation
		if c.State == chat.Waiting { // who does not wait has no place, and the queue may be long
			if live, err = s.live(tx); err != nil {
				return err
			}
		}
		duty, err := s.onDuty(tx)
		p = chat.PlaceOf(c, live, duty)
		return err
	})
	return c, ms, p, err
}

// live gives all conversations that are not closed as they stand now, leases run out or not.
func (s *Switchboard) live(tx Tx) ([]chat.Conversation, error) {
	cs, err := tx.Live()
	for i := range cs {
		cs[i].Expire(s.Now())
	}
	return cs, err
}

func (s *Switchboard) onDuty(tx Tx) (bool, error) {
	var answering []staff.Role
	for _, r := range staff.Roles {
		if r.May(staff.Answer) {
			answering = append(answering, r)
		}
	}
	return tx.SeenSince(s.Now().Add(-s.Terms.Present), answering...)
}

// OnDuty says whether somebody who answers is at a desk now.
func (s *Switchboard) OnDuty(ctx context.Context) (duty bool, err error) {
	err = s.Store.Read(ctx, func(tx Tx) error {
		duty, err = s.onDuty(tx)
		return err
	})
	return duty, err
}

// Follow gives notes of the visitor's own conversation and of the queue, until stop. Who follows is
// there, also if they were thought to have left. One visitor has so many streams at most; with one more
// the oldest ends, which is most likely one that was lost unseen.
func (s *Switchboard) Follow(ctx context.Context, v Visit) (<-chan chat.Note, func(), error) {
	back := false
	err := s.Store.Read(ctx, func(tx Tx) error {
		c, err := visit(tx, v)
		back = c.Gone && c.State != chat.Closed
		return err
	})
	if err == nil && back {
		err = s.part(ctx, v, "visitor-came-back", func(c *chat.Conversation) { c.Gone = c.State == chat.Closed })
	}
	if err != nil {
		return nil, nil, err
	}
	notes, stop := s.Bus.Listen(string(v.Conversation), chat.Queue)
	return notes, s.follows.enter(v.Conversation, stop), nil
}

// Typing tells the other side that the visitor is writing. It is kept nowhere.
func (s *Switchboard) Typing(ctx context.Context, v Visit) error {
	err := s.Store.Read(ctx, func(tx Tx) error { _, err := visit(tx, v); return err })
	if err == nil {
		s.Bus.Announce(chat.Note{Topic: string(v.Conversation), Sign: chat.VisitorTyping})
	}
	return err
}

// End closes the conversation at the visitor's wish; Leave notes that they have gone without a word.
func (s *Switchboard) End(ctx context.Context, v Visit) error {
	return s.part(ctx, v, "visitor-ended", func(c *chat.Conversation) { c.Close(s.Now().UTC()); c.Gone = true })
}

// Leave notes that the visitor has gone; see chat.Conversation.Leave.
func (s *Switchboard) Leave(ctx context.Context, v Visit) error {
	return s.part(ctx, v, "visitor-left", func(c *chat.Conversation) { c.Leave(s.Now().UTC()) })
}

// part is the frame of a visitor's step that says nothing: coming or going.
func (s *Switchboard) part(ctx context.Context, v Visit, did Deed, f func(*chat.Conversation)) error {
	err := s.Store.Write(ctx, func(tx Tx) error {
		c, err := visit(tx, v)
		if err != nil {
			return err
		}
		f(&c)
		if err := tx.PutConversation(c); err != nil {
			return err
		}
		return tx.Record(Event{At: s.Now().UTC(), Did: did, To: string(c.ID)})
	})
	if err == nil {
		s.look(string(v.Conversation), chat.Queue)
	}
	return err
}

// Erase destroys the conversation's key and messages. The promise is "unreadable within 30 days",
// because backups age out by then.
func (s *Switchboard) Erase(ctx context.Context, v Visit) error {
	err := s.Store.Write(ctx, func(tx Tx) error {
		if _, err := visit(tx, v); err != nil {
			return err
		}
		if err := tx.EraseConversation(v.Conversation); err != nil {
			return err
		}
		return tx.Record(Event{At: s.Now().UTC(), Did: "visitor-erased", To: string(v.Conversation)})
	})
	if err == nil {
		s.look(string(v.Conversation), chat.Queue)
	}
	return err
}

// maxWordless is how many conversations may wait in which nothing was said. A browser says the first
// word as it opens one: more than a few are a flood, and the oldest of it are not waited for.
const maxWordless = 200

// Sweep does what time asks for: silent holders lose their conversations, those that wait in vain are
// closed, old ones without a case are erased, sessions past their end are dropped.
func (s *Switchboard) Sweep(ctx context.Context) error {
	now := s.Now().UTC()
	var changed []string
	err := s.Store.Write(ctx, func(tx Tx) error {
		changed = nil
		live, err := tx.Live()
		if err != nil {
			return err
		}
		wordless := 0
		for _, c := range slices.Backward(live) { // newest first
			var did Deed
			if c.Expire(now) {
				did = "lease-ran-out"
			}
			if c.State == chat.Waiting && c.Visitor == 0 {
				wordless++
			}
			if c.Lapse(now, s.Terms.Wordless, s.Terms.Keep, wordless > maxWordless) {
				did = "waited-in-vain"
			}
			if did == "" {
				continue
			}
			changed = append(changed, string(c.ID))
			if err := tx.PutConversation(c); err != nil {
				return err
			}
			if err := tx.Record(Event{At: now, Did: did, To: string(c.ID)}); err != nil {
				return err
			}
		}
		old, err := tx.EndedBefore(now.Add(-s.Terms.Keep))
		if err != nil {
			return err
		}
		for _, c := range old {
			if err := tx.EraseConversation(c); err != nil {
				return err
			}
			if err := tx.Record(Event{At: now, Did: "expired", To: string(c)}); err != nil {
				return err
			}
		}
		return tx.DropSessionsBefore(now)
	})
	if err == nil && len(changed) > 0 {
		s.look(slices.Concat(changed, []string{chat.Queue})...)
	}
	return err
}
