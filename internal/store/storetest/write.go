package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// crowd is how many try the same at once.
const crowd = 8

// together runs f for each of the crowd at once and gives what each got.
func together(f func(i int) error) []error {
	errs := make([]error, crowd)
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range crowd {
		all.Go(func() {
			<-start
			errs[i] = f(i)
		})
	}
	close(start)
	all.Wait()
	return errs
}

// oneWins says that one of the crowd succeeded and all others got a Conflict.
func oneWins(p *probe, errs []error) {
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			p.kind(fault.Conflict, err)
		}
	}
	if won != 1 {
		p.note("%d of %d won; want one", won, len(errs))
	}
}

var errMind = errors.New("changed its mind")

var writeChecks = []check{
	{"a write that errors keeps nothing", func(p *probe) {
		var c chat.Conversation
		err := p.store.Write(p.ctx, func(tx switchboard.Tx) (err error) {
			if c, _, err = talk(tx, noon, 3); err != nil {
				return err
			}
			if _, err := tx.Conversation(c.ID); err != nil {
				return fmt.Errorf("a write does not see itself: %w", err)
			}
			if err := tx.Record(switchboard.Event{At: noon, Did: "open-conversation"}); err != nil {
				return err
			}
			return errMind
		})
		if !errors.Is(err, errMind) {
			p.note("error is %v; want the function's own", err)
		}
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Conversation(c.ID); return err })
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Messages(c.ID, 0)
			same(p, got, err, nil)
			events, err := tx.Events(0)
			same(p, events, err, nil)
		})
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(c, hash())) }) // nor is anything locked
	}},
	{"a write that panics keeps nothing", func(p *probe) {
		c := newConversation(noon)
		func() {
			defer func() { _ = recover() }()
			_ = p.store.Write(p.ctx, func(tx switchboard.Tx) error {
				p.none(tx.AddConversation(c, hash()))
				panic("our own mistake")
			})
			p.note("the panic was swallowed")
		}()
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Conversation(c.ID); return err })
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(c, hash())) })
	}},
	{"looking for what is not there leaves the write whole", func(p *probe) {
		c := newConversation(noon)
		p.write(func(tx switchboard.Tx) {
			_, err := tx.Conversation(c.ID)
			p.kind(fault.Unknown, err)
			_, err = tx.Org()
			p.kind(fault.Unknown, err)
			p.none(tx.AddConversation(c, hash()))
		})
		p.read(func(tx switchboard.Tx) { got, err := tx.Conversation(c.ID); same(p, got, err, c) })
	}},
	{"writing within a Read is an error", func(p *probe) {
		c := newConversation(noon)
		err := p.store.Read(p.ctx, func(tx switchboard.Tx) error { return tx.AddConversation(c, hash()) })
		if err == nil {
			p.note("a Read wrote")
		}
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Conversation(c.ID); return err })
	}},
	{"a call that is cancelled keeps nothing", func(p *probe) {
		c := newConversation(noon)
		for _, call := range []func(context.Context, func(switchboard.Tx) error) error{p.store.Write, p.store.Read} {
			ctx, cancel := context.WithCancel(p.ctx)
			err := call(ctx, func(tx switchboard.Tx) error {
				cancel()
				_ = tx.AddConversation(c, hash())
				return nil
			})
			if !errors.Is(err, context.Canceled) {
				p.note("error is %v; want that it was cancelled", err)
			}
			if err := call(ctx, func(switchboard.Tx) error { return nil }); !errors.Is(err, context.Canceled) {
				p.note("error is %v; want that it was cancelled before", err)
			}
		}
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Conversation(c.ID); return err })
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(c, hash())) })
	}},
	{"of many who claim a conversation one wins", func(p *probe) {
		c := newConversation(noon)
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(c, hash())) })
		oneWins(p, together(func(int) error {
			me := id.New[id.Member]()
			return p.store.Write(p.ctx, func(tx switchboard.Tx) error {
				c, err := tx.Conversation(c.ID)
				if err != nil {
					return err
				}
				if err := c.Claim(me, noon, time.Minute); err != nil {
					return err
				}
				return tx.PutConversation(c)
			})
		}))
	}},
	{"of many who each take another, if nobody holds any, one wins", func(p *probe) {
		var all [crowd]chat.Conversation
		p.write(func(tx switchboard.Tx) {
			for i := range all {
				all[i] = newConversation(after(i))
				p.none(tx.AddConversation(all[i], hash()))
			}
		})
		oneWins(p, together(func(i int) error {
			return p.store.Write(p.ctx, func(tx switchboard.Tx) error {
				live, err := tx.Live()
				if err != nil {
					return err
				}
				for _, c := range live {
					if c.State == chat.Held {
						return fault.New(fault.Conflict, "one is held")
					}
				}
				mine := all[i]
				if err := mine.Claim(id.New[id.Member](), noon, time.Minute); err != nil {
					return err
				}
				return tx.PutConversation(mine)
			})
		}))
	}},
	{"of many who write a version one wins", func(p *probe) {
		c, ana, _ := caseWith(p, 1)
		oneWins(p, together(func(int) error {
			next := c.Parts[0]
			next.Version, next.Body = 2, bytes(600)
			return p.store.Write(p.ctx, func(tx switchboard.Tx) error { return tx.PutPart(next) })
		}))
		first := vault.Part{Case: c.ID, ID: id.New[id.Part](), Version: 1, Body: bytes(9), By: ana, At: noon}
		oneWins(p, together(func(int) error {
			return p.store.Write(p.ctx, func(tx switchboard.Tx) error { return tx.PutPart(first) })
		}))
		oneWins(p, together(func(int) error {
			w := newWraps(c.ID, 2, ana)
			return p.store.Write(p.ctx, func(tx switchboard.Tx) error { return tx.PutWraps(w) })
		}))
	}},
	{"of many who start one conversation one wins", func(p *probe) {
		c := newConversation(noon)
		oneWins(p, together(func(int) error {
			return p.store.Write(p.ctx, func(tx switchboard.Tx) error { return tx.AddConversation(c, hash()) })
		}))
	}},
	{"many who speak at once are put in one order", func(p *probe) {
		var c chat.Conversation
		var err error
		p.write(func(tx switchboard.Tx) { c, _, err = talk(tx, noon, 0); p.none(err) })
		const each = 5
		for _, err := range together(func(i int) error {
			for range each {
				if err := p.store.Write(p.ctx, func(tx switchboard.Tx) error {
					c, err := tx.Conversation(c.ID)
					if err != nil {
						return err
					}
					if _, err := say(tx, &c, []seal.Direction{seal.FromVisitor, seal.FromTeam}[i%2]); err != nil {
						return err
					}
					return tx.Record(switchboard.Event{At: noon, Did: "say"})
				}); err != nil {
					return err
				}
			}
			return nil
		}) {
			p.none(err)
		}
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Conversation(c.ID)
			p.none(err)
			c.Seq, c.Visitor, c.Team = crowd*each, crowd*each/2, crowd*each/2
			same(p, got, err, c)
			ms, err := tx.Messages(c.ID, 0)
			p.none(err)
			p.none(inOrder(c, ms))
			events, err := tx.Events(0)
			p.none(err)
			for i, e := range events {
				if e.Seq != uint64(i+1) {
					p.note("event %d has number %d", i+1, e.Seq)
				}
			}
			if len(events) != crowd*each {
				p.note("%d events of %d", len(events), crowd*each)
			}
		})
	}},
	{"a Read sees one state", func(p *probe) {
		var c chat.Conversation
		var err error
		p.write(func(tx switchboard.Tx) { c, _, err = talk(tx, noon, 0); p.none(err) })
		done := make(chan error, 1)
		go func() {
			var err error
			for i := 0; i < 60 && err == nil; i++ {
				err = p.store.Write(p.ctx, func(tx switchboard.Tx) error { // the message first, its number after
					c, err := tx.Conversation(c.ID)
					if err != nil {
						return err
					}
					_, err = say(tx, &c, seal.FromVisitor)
					return err
				})
			}
			done <- err
		}()
		for {
			var ms []chat.Message
			var seen chat.Conversation
			p.none(p.store.Read(p.ctx, func(tx switchboard.Tx) (err error) {
				if ms, err = tx.Messages(c.ID, 0); err != nil {
					return err
				}
				seen, err = tx.Conversation(c.ID)
				return err
			}))
			if err := inOrder(seen, ms); err != nil {
				p.note("%v", err)
				<-done
				return
			}
			select {
			case err := <-done:
				p.none(err)
				return
			default:
			}
		}
	}},
}

// inOrder says whether the messages are those that the conversation counts, numbered without a gap over
// all and for each side.
func inOrder(c chat.Conversation, ms []chat.Message) error {
	var visitor, team uint64
	for i, m := range ms {
		count := &visitor
		if m.From == seal.FromTeam {
			count = &team
		}
		*count++
		if m.Seq != uint64(i+1) || m.Turn != *count {
			return fmt.Errorf("message %d has number %d and turn %d; want turn %d", i+1, m.Seq, m.Turn, *count)
		}
	}
	if c.Seq != uint64(len(ms)) || c.Visitor != visitor || c.Team != team {
		return fmt.Errorf("conversation counts %d (%d and %d); messages are %d (%d and %d)", c.Seq, c.Visitor, c.Team, len(ms), visitor, team)
	}
	return nil
}
