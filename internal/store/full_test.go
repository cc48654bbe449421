package store_test

import (
	"testing"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/seal"
)

// fill says until there is no room, and gives the message that was refused.
func fill(t *testing.T, h hub, v *talker) chat.Message {
	t.Helper()
	for range 1000 {
		m, err := v.next(seal.FromVisitor)
		if err != nil {
			t.Fatal(err)
		}
		r, err := h.Say(t.Context(), v.Visit, m)
		if fault.KindOf(err) == fault.Full {
			return m
		}
		if err != nil {
			t.Fatal(err)
		}
		v.heard(m, r)
	}
	t.Fatal("1000 messages, and the disk is not full")
	return chat.Message{}
}

// reads checks that the conversation reads back as exactly what was acknowledged.
func reads(t *testing.T, h hub, v *talker) {
	t.Helper()
	c, ms, _, err := h.Said(t.Context(), v.Visit, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.holds(c, ms); err != nil {
		t.Error(err)
	}
}

func TestAFullDiskRefusesAndKeepsNoHalf(t *testing.T) {
	url := file(t)
	s := open(t, url+"?max_pages=90")
	h := newHub(t, s)
	stays, goes := visit(t, h), visit(t, h)
	for range 40 { // room to be given back
		m, err := goes.next(seal.FromVisitor)
		if err != nil {
			t.Fatal(err)
		}
		say(t, h, goes, m)
	}
	refused := fill(t, h, stays)
	if len(stays.said) == 0 {
		t.Fatal("the disk was full from the start")
	}
	for range 3 { // again and again it is refused, and what was said reads back
		if _, err := h.Say(t.Context(), stays.Visit, refused); fault.KindOf(err) != fault.Full {
			t.Errorf("error is %v; want full", err)
		}
		reads(t, h, stays)
		reads(t, h, goes)
	}
	if err := h.Erase(t.Context(), goes.Visit); err != nil {
		t.Fatalf("a full disk cannot be emptied: %v", err)
	}
	say(t, h, stays, refused)
	refused = fill(t, h, stays)
	reads(t, h, stays)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	h.Store = open(t, url) // a larger disk
	say(t, h, stays, refused)
	reads(t, h, stays)
}

// say says what there must be room for.
func say(t *testing.T, h hub, v *talker, m chat.Message) {
	t.Helper()
	r, err := h.Say(t.Context(), v.Visit, m)
	if err != nil {
		t.Fatal(err)
	}
	v.heard(m, r)
}

// visit is a talker whose conversation is open.
func visit(t *testing.T, h hub) *talker {
	t.Helper()
	v, err := newTalker(h.queue)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Open(t.Context(), v.Opening, chat.ByBrowser); err != nil {
		t.Fatal(err)
	}
	return v
}
