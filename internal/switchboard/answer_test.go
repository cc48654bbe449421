package switchboard_test

import (
	"testing"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
)

func TestASilentHolderLosesTheConversationAtItsOldPlace(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	first := w.visit()
	w.now = w.now.Add(time.Minute)
	second := w.visit()
	line := func() (ids []id.Conversation) {
		cs, err := w.Switchboard.Queue(ctx, ana)
		w.ok(err)
		for _, c := range cs {
			if c.State == chat.Waiting {
				ids = append(ids, c.ID)
			}
		}
		return ids
	}
	_, err := w.Claim(ctx, ana, first.Conversation)
	w.ok(err)
	if got := line(); len(got) != 1 || got[0] != second.Conversation {
		t.Errorf("waiting %v", got)
	}
	_, err = w.Claim(ctx, eva, first.Conversation)
	w.is(fault.Conflict, err)

	w.now = w.now.Add(w.Terms.Lease - time.Second)
	_, err = w.Reply(ctx, ana, reply(first, 1)) // a sign of life, at the last moment
	w.ok(err)
	w.now = w.now.Add(w.Terms.Lease - time.Second)
	_, err = w.Claim(ctx, eva, first.Conversation)
	w.is(fault.Conflict, err)

	w.now = w.now.Add(time.Second)
	if got := line(); len(got) != 2 || got[0] != first.Conversation {
		t.Errorf("waiting %v; want the first in its old place", got)
	}
	_, err = w.Reply(ctx, ana, reply(first, 2))
	w.is(fault.Conflict, err)
	for _, late := range []func() error{
		func() error { _, err := w.Renew(ctx, ana, first.Conversation); return err },
		func() error { _, err := w.Return(ctx, ana, first.Conversation); return err },
		func() error { _, err := w.Close(ctx, ana, first.Conversation); return err },
		func() error {
			_, err := w.Transfer(ctx, ana, chat.Transfer{Conversation: first.Conversation, To: eva.ID()})
			return err
		},
	} {
		w.is(fault.Conflict, late())
	}
	_, err = w.Read(ctx, ana, first.Conversation)
	w.is(fault.Unknown, err)
	_, err = w.Claim(ctx, eva, first.Conversation)
	w.ok(err)
}

func TestOnlyTheHolderReadsAndReplies(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	v := w.held(ana)
	_, err := w.Say(ctx, v, message(1))
	w.ok(err)
	_, err = w.Reply(ctx, eva, reply(v, 1))
	w.is(fault.Conflict, err)
	_, err = w.Read(ctx, eva, v.Conversation)
	w.is(fault.Unknown, err)
	r, err := w.Read(ctx, ana, v.Conversation)
	w.ok(err)
	if len(r.Messages) != 1 || r.Conversation.ID != v.Conversation {
		t.Errorf("read %+v", r)
	}
	_, err = w.Transfer(ctx, ana, chat.Transfer{Conversation: v.Conversation, To: eva.ID()})
	w.ok(err)
	_, err = w.Reply(ctx, ana, reply(v, 1))
	w.is(fault.Conflict, err)
	_, err = w.Read(ctx, ana, v.Conversation)
	w.is(fault.Unknown, err)
	_, err = w.Reply(ctx, eva, reply(v, 1))
	w.ok(err)
}

func TestTransferGoesOnlyToOneWhoAnswers(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	v := w.held(ana)
	_, err := w.Transfer(ctx, ana, chat.Transfer{Conversation: v.Conversation, To: w.actors[staff.Analyst].ID()})
	if fault.FieldOf(err) != "to" {
		t.Errorf("to an analyst: %v", err)
	}
	_, err = w.Transfer(ctx, ana, chat.Transfer{Conversation: v.Conversation, To: id.New[id.Member]()})
	w.is(fault.Unknown, err)
	if c := w.conversation(v.Conversation); c.Member != ana.ID() {
		t.Error("the conversation moved")
	}
}

// A desk that did not hear the receipt asks again, maybe too late to send anything new.
func TestReplyingTwiceKeepsOneMessage(t *testing.T) {
	for name, later := range map[string]func(*world, switchboard.Actor, switchboard.Visit){
		"at once": func(*world, switchboard.Actor, switchboard.Visit) {},
		"after the lease": func(w *world, _ switchboard.Actor, _ switchboard.Visit) {
			w.now = w.now.Add(w.Terms.Lease)
		},
		"after the end": func(w *world, a switchboard.Actor, v switchboard.Visit) { w.ok(w.End(ctx, v)) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ana := w.actors[staff.Advocate]
			v := w.held(ana)
			m := reply(v, 1)
			first, err := w.Reply(ctx, ana, m)
			w.ok(err)
			later(w, ana, v)
			if again, err := w.Reply(ctx, ana, m); err != nil || again != first {
				t.Errorf("receipt %v, %v; want %v", again, err, first)
			}
			m.Body = append(m.Body[:0:0], m.Body...)
			m.Body[9]++
			_, err = w.Reply(ctx, ana, m)
			w.is(fault.Conflict, err)
			if _, ms, _, err := w.Said(ctx, v, 0); err != nil || len(ms) != 1 || ms[0].SealedBy != chat.ByDesk {
				t.Errorf("kept %v, %v", ms, err)
			}
		})
	}
}

func TestOneOfTheTwoSidesCannotSpeakForTheOther(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	v := w.held(ana)
	m := message(1)
	_, err := w.Say(ctx, v, m)
	w.ok(err)
	m.Conversation = v.Conversation
	_, err = w.Reply(ctx, ana, m) // the visitor's own message, as if the team had said it
	w.is(fault.Conflict, err)
}

func TestClosingIsTheHoldersAndLasts(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	v := w.held(ana)
	_, err := w.Close(ctx, eva, v.Conversation)
	w.is(fault.Conflict, err)
	for range 2 {
		c, err := w.Close(ctx, ana, v.Conversation)
		w.ok(err)
		if c.State != chat.Closed || !c.Ended.Equal(w.now) {
			t.Errorf("closed as %+v", c)
		}
	}
	_, err = w.Say(ctx, v, message(1))
	w.is(fault.Ended, err)
	_, err = w.Claim(ctx, eva, v.Conversation)
	w.is(fault.Ended, err)
	_, err = w.Read(ctx, ana, v.Conversation) // whoever held it last
	w.ok(err)
	_, err = w.Read(ctx, eva, v.Conversation)
	w.is(fault.Unknown, err)
	before := w.last()
	c, err := w.Close(ctx, eva, v.Conversation) // nor does who never held it close it again, on record
	w.is(fault.Ended, err)
	if es := w.deeds(before); c.Envelope != nil && err == nil || len(es) > 0 {
		t.Errorf("gave %+v and recorded %v", c, es)
	}
}

func TestTheQueueGivesNoKeyOfWhatOthersHold(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	w.visit()
	w.held(ana)
	theirs := w.held(eva).Conversation
	cs, err := w.Switchboard.Queue(ctx, ana)
	w.ok(err)
	if len(cs) != 3 {
		t.Errorf("%d conversations", len(cs))
	}
	for _, c := range cs {
		if given := len(c.Envelope) > 0; given == (c.ID == theirs) {
			t.Errorf("key given: %v; state %s", given, c.State)
		}
	}
}

func TestWatchingIsForWhatOneMaySee(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	theirs, waiting, kept := w.held(eva).Conversation, w.visit().Conversation, w.kept(eva)
	for _, c := range []id.Conversation{theirs, id.Conversation(kept.ID), id.New[id.Conversation](), "queue"} {
		_, _, err := w.Watch(ctx, ana, c)
		w.is(fault.Unknown, err)
	}
	_, _, err := w.Watch(ctx, ana, make([]id.Conversation, 1000)...)
	w.is(fault.TooLong, err)
	_, stop, err := w.Watch(ctx, ana, waiting, w.held(ana).Conversation)
	w.ok(err)
	stop()
}

func TestReturnKeepsThePlace(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	v := w.held(ana)
	w.now = w.now.Add(time.Minute)
	w.visit()
	c, err := w.Return(ctx, ana, v.Conversation)
	w.ok(err)
	if cs, err := w.Switchboard.Queue(ctx, ana); err != nil || cs[0].ID != v.Conversation || c.State != chat.Waiting {
		t.Errorf("returned as %+v into %v, %v", c, cs, err)
	}
}
