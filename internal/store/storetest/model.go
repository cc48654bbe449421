package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
)

// A model is what a store must hold, as plain maps.
type model struct {
	talks    map[id.Conversation]chat.Conversation
	messages map[id.Conversation][]chat.Message
	now      time.Time
}

func (m model) clone() model {
	c := model{maps.Clone(m.talks), map[id.Conversation][]chat.Message{}, m.now}
	for k, v := range m.messages {
		c.messages[k] = slices.Clone(v)
	}
	return c
}

// A step is one thing that may happen: it changes the model, and writes to the store what the model
// became.
type step func(m *model, tx switchboard.Tx) error

// follow makes a few conversations live in the store and in a model, in random steps that choose picks,
// some within one write and some in writes that fail, and says where the two part.
func follow(ctx context.Context, s switchboard.Store, choose func(n int, what string) int) error {
	m := model{map[id.Conversation]chat.Conversation{}, map[id.Conversation][]chat.Message{}, noon}
	for range 3 + choose(8, "writes") {
		var steps []step
		for range 1 + choose(5, "steps") {
			steps = append(steps, chooseStep(m, choose))
		}
		fails := choose(5, "fails") == 0
		next := m
		err := s.Write(ctx, func(tx switchboard.Tx) error {
			next = m.clone()
			for _, do := range steps {
				if err := do(&next, tx); err != nil {
					return err
				}
			}
			if fails {
				return errMind
			}
			return nil
		})
		if fails && errors.Is(err, errMind) {
			next = m
		} else if err != nil {
			return err
		}
		m = next
		if err := s.Read(ctx, m.compare); err != nil {
			return err
		}
	}
	return nil
}

func chooseStep(m model, choose func(n int, what string) int) step {
	members := []id.Member{"mmmmmmmmmmmmmmmmmmmmmmmmm2", "mmmmmmmmmmmmmmmmmmmmmmmmm3"}
	ids := slices.Sorted(maps.Keys(m.talks))
	if len(ids) == 0 || choose(6, "open") == 0 {
		c := newConversation(m.now)
		return func(m *model, tx switchboard.Tx) error {
			m.talks[c.ID] = c
			return tx.AddConversation(c, hash())
		}
	}
	cid := ids[choose(len(ids), "which")]
	who, other := members[choose(2, "who")], members[choose(2, "other")]
	from := []seal.Direction{seal.FromVisitor, seal.FromTeam}[choose(2, "from")]
	change := func(f func(c *chat.Conversation, now time.Time) error) step {
		return func(m *model, tx switchboard.Tx) error {
			c, there := m.talks[cid]
			if !there || f(&c, m.now) != nil {
				return nil // what the conversation refuses is not written
			}
			m.talks[cid] = c
			return tx.PutConversation(c)
		}
	}
	switch choose(11, "what") {
	case 0:
		return change(func(c *chat.Conversation, now time.Time) error { return c.Claim(who, now, time.Minute) })
	case 1:
		return change(func(c *chat.Conversation, now time.Time) error { return c.Renew(who, now, time.Minute) })
	case 2:
		return change(func(c *chat.Conversation, now time.Time) error { return c.Return(who, now) })
	case 3:
		return change(func(c *chat.Conversation, now time.Time) error { return c.Transfer(who, other, now, time.Minute) })
	case 4:
		return change(func(c *chat.Conversation, now time.Time) error { c.Close(now); return nil })
	case 5:
		return change(func(c *chat.Conversation, now time.Time) error { c.Leave(now); return nil })
	case 6:
		return change(func(c *chat.Conversation, now time.Time) error { c.Case = "cccccccccccccccccccccccccc"; return nil })
	case 7:
		return func(m *model, tx switchboard.Tx) error {
			delete(m.talks, cid)
			delete(m.messages, cid)
			return tx.EraseConversation(cid)
		}
	case 8:
		return func(m *model, tx switchboard.Tx) error { m.now = m.now.Add(40 * time.Second); return nil }
	}
	return func(m *model, tx switchboard.Tx) error {
		c, there := m.talks[cid]
		if !there || c.State == chat.Closed {
			return nil
		}
		said, err := say(tx, &c, from)
		m.talks[cid], m.messages[cid] = c, append(m.messages[cid], said)
		return err
	}
}

// compare says where the store's conversations are not the model's. The store may hold others.
func (m model) compare(tx switchboard.Tx) error {
	var line []chat.Conversation
	var over []id.Conversation
	for cid, want := range m.talks {
		got, err := tx.Conversation(cid)
		if err := differs("conversation", got, err, want); err != nil {
			return err
		}
		ms, err := tx.Messages(cid, 0)
		if err := differs("messages", ms, err, m.messages[cid]); err != nil {
			return err
		}
		if err := inOrder(got, ms); err != nil {
			return err
		}
		if want.State != chat.Closed {
			line = append(line, want)
		} else if want.Case == "" && want.Ended.Before(m.now) {
			over = append(over, cid)
		}
	}
	chat.Line(line)
	live, err := tx.Live()
	live = slices.DeleteFunc(live, func(c chat.Conversation) bool { _, ours := m.talks[c.ID]; return !ours })
	if err := differs("queue", live, err, line); err != nil {
		return err
	}
	slices.Sort(over)
	ended, err := tx.EndedBefore(m.now)
	ended = slices.DeleteFunc(ended, func(c id.Conversation) bool { _, ours := m.talks[c]; return !ours })
	slices.Sort(ended)
	return differs("ended", ended, err, over)
}

func differs[T any](what string, got T, err error, want T) error {
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		return fmt.Errorf("%s is not the model's (-want +got):\n%s", what, diff)
	}
	return nil
}
