package casework_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/desk/desktest"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/keyring"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// hostile is a hub that changes what it gives.
type hostile struct {
	casework.Gate
	stretch func(*staff.Stretch)
	entry   func(*staff.Entry)
	hostileHub
}

type hostileHub struct {
	casework.Hub
	members func([]staff.Member) []staff.Member
	keys    func(*vault.Keys)
	read    func(*chat.Reading)
	open    func(*vault.Case)
	lose    int // so many answers to writes are lost
}

// lost says that the hub did not answer, though it may have done what was asked.
func (h *hostileHub) lost(err error) error {
	if err == nil && h.lose > 0 {
		h.lose--
		return fault.New(fault.Busy, "hub does not answer")
	}
	return err
}

func (h *hostileHub) Reply(ctx context.Context, m chat.Message) (chat.Receipt, error) {
	r, err := h.Hub.Reply(ctx, m)
	return r, h.lost(err)
}

func (h *hostileHub) PutPart(ctx context.Context, p vault.Part) error {
	return h.lost(h.Hub.PutPart(ctx, p))
}

func (h *hostile) Stretch(ctx context.Context, handle string) (staff.Stretch, error) {
	s, err := h.Gate.Stretch(ctx, handle)
	if h.stretch != nil {
		h.stretch(&s)
	}
	return s, err
}

func (h *hostile) LogIn(ctx context.Context, l staff.Login) (staff.Entry, casework.Hub, error) {
	e, hub, err := h.Gate.LogIn(ctx, l)
	if h.entry != nil {
		h.entry(&e)
	}
	h.hostileHub.Hub = hub
	return e, &h.hostileHub, err
}

func (h *hostileHub) Members(ctx context.Context) ([]staff.Member, error) {
	ms, err := h.Hub.Members(ctx)
	if h.members != nil {
		ms = h.members(ms)
	}
	return ms, err
}

func (h *hostileHub) Keys(ctx context.Context) (vault.Keys, error) {
	k, err := h.Hub.Keys(ctx)
	if h.keys != nil {
		h.keys(&k)
	}
	return k, err
}

func (h *hostileHub) Read(ctx context.Context, c id.Conversation) (chat.Reading, error) {
	r, err := h.Hub.Read(ctx, c)
	if err == nil && h.read != nil {
		h.read(&r)
	}
	return r, err
}

func (h *hostileHub) Case(ctx context.Context, l vault.Look) (vault.Case, error) {
	c, err := h.Hub.Case(ctx, l)
	if err == nil && h.open != nil {
		h.open(&c)
	}
	return c, err
}

func signs(ws []casework.Warning) (out []casework.Sign) {
	for _, w := range ws {
		out = append(out, w.Sign)
	}
	return out
}

func TestCheapStretchIsRefused(t *testing.T) {
	o := desktest.New(t, time.Now)
	for name, f := range map[string]func(*staff.Stretch){
		"one pass":  func(s *staff.Stretch) { s.Time = 1 },
		"little":    func(s *staff.Stretch) { s.Memory = 8 },
		"no salt":   func(s *staff.Stretch) { s.Salt = nil },
		"for years": func(s *staff.Stretch) { s.Time = 1 << 30 },
	} {
		_, err := casework.LogIn(t.Context(), &hostile{Gate: o, stretch: f}, "ana", o.Passphrases["ana"])
		if fault.KindOf(err) != fault.Internal {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestForgedMembersAndKeysAreDropped(t *testing.T) {
	o := desktest.New(t, time.Now)
	eve, err := keyring.NewRing(o.Org, id.New[id.Member](), nil)
	must(t, err)
	h := &hostile{Gate: o}
	h.members = func(ms []staff.Member) []staff.Member {
		ms = slices.Clone(ms)
		for i, m := range ms {
			if m.Handle == "sol" { // the supervisor, with a key that the hub can open
				ms[i].Seal = eve.Describe("", "").Seal
			}
			if m.Handle == "ben" {
				ms[i].Role = staff.Supervisor
			}
		}
		return append(ms, eve.Describe("eve", staff.Supervisor))
	}
	h.keys = func(k *vault.Keys) {
		k.Team = slices.Clone(k.Team)
		for i := range k.Team {
			if k.Team[i].Purpose == vault.ForNumbers {
				k.Team[i].Public = eve.Describe("", "").Seal
			}
		}
	}
	ana := o.Session("ana", h)
	if got, want := signs(ana.Warnings()), []casework.Sign{casework.ForgedMember, casework.ForgedMember, casework.ForgedMember, casework.ForgedKey}; !slices.Equal(got, want) {
		t.Errorf("warnings %v, want %v", got, want)
	}
	v := o.Visit("en")
	must(t, ana.Claim(t.Context(), v.ID))
	c, err := ana.OpenCase(t.Context(), v.ID, "x")
	must(t, err)
	opened, err := ana.Case(t.Context(), vault.Look{Case: c})
	must(t, err)
	if len(opened.Readers) != 1 {
		t.Errorf("readers %+v: only ana is certified", opened.Readers)
	}
	want(t, ana.Transfer(t.Context(), v.ID, eve.Member), fault.Invalid)
	want(t, ana.Assign(t.Context(), opened, eve.Member), fault.Invalid)
}

func TestSwappedSelfIsRefused(t *testing.T) {
	o := desktest.New(t, time.Now)
	h := &hostile{Gate: o, entry: func(e *staff.Entry) { e.Member.Role = staff.Supervisor }}
	_, err := casework.LogIn(t.Context(), h, "ana", o.Passphrases["ana"])
	want(t, err, fault.Internal)
}

func TestMessagesTamperedWith(t *testing.T) {
	o := desktest.New(t, time.Now)
	h := &hostile{Gate: o}
	ana := o.Session("ana", h)
	v := o.Visit("en", "one", "two", "three")
	other := o.Visit("en", "elsewhere")
	must(t, ana.Claim(t.Context(), other.ID))
	foreign, err := ana.Talk(t.Context(), other.ID)
	must(t, err)
	must(t, ana.Claim(t.Context(), v.ID))
	_, err = ana.Reply(t.Context(), v.ID, id.New[id.Message](), "here")
	must(t, err)
	for _, c := range []struct {
		name string
		read func(*chat.Reading)
		want casework.Sign
	}{
		{"drops one", func(r *chat.Reading) { r.Messages = slices.Delete(r.Messages, 1, 2) }, casework.MissingMessage},
		{"drops the last of a side", func(r *chat.Reading) { r.Messages = slices.Delete(r.Messages, 2, 3) }, casework.MissingMessage},
		{"drops the last and its count", func(r *chat.Reading) {
			r.Messages, r.Conversation.Team, r.Conversation.Seq = r.Messages[:3], 0, 3
		}, casework.MissingMessage},
		{"reorders", func(r *chat.Reading) { r.Messages[0], r.Messages[1] = r.Messages[1], r.Messages[0] }, casework.MovedMessage},
		{"renumbers", func(r *chat.Reading) { r.Messages[0].Turn, r.Messages[1].Turn = 2, 1 }, casework.UnopenedMessage},
		{"repeats", func(r *chat.Reading) { r.Messages = append(r.Messages, r.Messages[0]) }, casework.MovedMessage},
		{"turns round", func(r *chat.Reading) { r.Messages[3].From = "visitor" }, casework.UnopenedMessage},
		{"damages", func(r *chat.Reading) { r.Messages[2].Body[100] ^= 1 }, casework.UnopenedMessage},
		{"renames", func(r *chat.Reading) { r.Messages[2].ID = foreign.Lines[0].ID }, casework.UnopenedMessage},
	} {
		h.read = nil
		if talk, err := ana.Talk(t.Context(), v.ID); err != nil || len(talk.Warnings) > 0 || len(talk.Lines) != 4 {
			t.Fatalf("untouched: %v %v", err, talk.Warnings)
		}
		h.read = c.read
		talk, err := ana.Talk(t.Context(), v.ID)
		must(t, err)
		if !slices.Contains(signs(talk.Warnings), c.want) {
			t.Errorf("a hub that %s: warnings %v, want %s", c.name, talk.Warnings, c.want)
		}
		if len(talk.Lines) < 4 {
			t.Errorf("a hub that %s: only %d lines are shown", c.name, len(talk.Lines))
		}
	}
	// A count taken back would have two messages under one turn.
	h.read = func(r *chat.Reading) { r.Conversation.Team = 0; r.Messages = r.Messages[:3] }
	_, err = ana.Reply(t.Context(), v.ID, id.New[id.Message](), "next")
	must(t, err)
	if got := v.Hears(); len(got) != 2 {
		t.Errorf("the visitor hears %q", got)
	}
}

func TestAnotherConversationIsRefused(t *testing.T) {
	o := desktest.New(t, time.Now)
	h := &hostile{Gate: o}
	ana := o.Session("ana", h)
	mine, other := o.Visit("en", "mine"), o.Visit("en", "other")
	must(t, ana.Claim(t.Context(), mine.ID))
	must(t, ana.Claim(t.Context(), other.ID))
	h.read = func(r *chat.Reading) { *r, _ = h.Hub.Read(t.Context(), other.ID) }
	_, err := ana.Talk(t.Context(), mine.ID)
	want(t, err, fault.Internal)
	_, err = ana.Reply(t.Context(), mine.ID, id.New[id.Message](), "for mine only")
	want(t, err, fault.Internal)
	_, err = ana.OpenCase(t.Context(), mine.ID, "x")
	want(t, err, fault.Internal)
}

func TestCasesTamperedWith(t *testing.T) {
	o := desktest.New(t, time.Now)
	h := &hostile{Gate: o}
	ana, ben := o.Session("ana", h), o.Session("ben", nil)
	look, _ := opened(t, o, ana)
	var early vault.Case
	h.open = func(c *vault.Case) { early = *c }
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	h.open = nil
	farm := id.New[id.Part]()
	must(t, ana.AddEpisode(t.Context(), look, farm, casework.Head{Label: "farm"}))
	must(t, ana.SetComplete(t.Context(), look, true))
	must(t, ana.Assign(t.Context(), c, ben.Me.ID))
	_, err = ana.Case(t.Context(), look)
	must(t, err)

	eve, err := keyring.NewRing(o.Org, id.New[id.Member](), nil)
	must(t, err)
	for name, f := range map[string]func(*vault.Case){
		"adds a reader": func(c *vault.Case) {
			c.Wraps.List = append(slices.Clone(c.Wraps.List), vault.Wrap{Member: eve.Member, Standing: vault.Assigned, Body: []byte("x")})
		},
		"drops a reader": func(c *vault.Case) { c.Wraps.List = c.Wraps.List[:1] },
		"lifts a reader": func(c *vault.Case) {
			c.Wraps.List = slices.Clone(c.Wraps.List)
			for i := range c.Wraps.List {
				c.Wraps.List[i].Standing = vault.Assigned
			}
		},
		"signs by another": func(c *vault.Case) { c.Wraps.By = ben.Me.ID },
		"signs by nobody":  func(c *vault.Case) { c.Wraps.By = eve.Member },
		"makes a list of its own": func(c *vault.Case) {
			key := [32]byte{}
			w, err := eve.Wrap(c.ID, 9, key, nil)
			must(t, err)
			c.Wraps = w
		},
		"gives another case": func(c *vault.Case) { c.ID = id.New[id.Case]() },
	} {
		h.open = f
		_, err := ana.Case(t.Context(), look)
		if fault.KindOf(err) != fault.Internal {
			t.Errorf("a hub that %s: %v", name, err)
		}
	}
	for _, x := range []struct {
		name string
		open func(*vault.Case)
		want casework.Sign
	}{
		{"damages a part", func(c *vault.Case) { c.Parts[0].Body[50] ^= 1 }, casework.UnopenedPart},
		{"exchanges two parts", func(c *vault.Case) { c.Parts[0].Body, c.Parts[1].Body = c.Parts[1].Body, c.Parts[0].Body }, casework.UnopenedPart},
		{"drops a part", func(c *vault.Case) { c.Parts = c.Parts[:2] }, casework.MissingPart},
		{"gives old versions", func(c *vault.Case) { c.Parts = append(slices.Clone(early.Parts), c.Parts[3:]...) }, casework.OldPart},
		{"gives old readers", func(c *vault.Case) { c.Wraps = early.Wraps }, casework.OldReaders},
	} {
		h.open = x.open
		c, err := ana.Case(t.Context(), look)
		must(t, err)
		if !slices.Contains(signs(c.Warnings), x.want) {
			t.Errorf("a hub that %s: warnings %v, want %s", x.name, c.Warnings, x.want)
		}
	}
}

func TestAnAnswerThatWasLostDoublesNothing(t *testing.T) {
	o := desktest.New(t, time.Now)
	h := &hostile{Gate: o}
	ana, err := casework.LogIn(t.Context(), h, "ana", o.Passphrases["ana"])
	must(t, err)
	v := o.Visit("en", "Hello")
	must(t, ana.Claim(t.Context(), v.ID))
	h.lose = 1
	_, err = ana.Reply(t.Context(), v.ID, id.New[id.Message](), "I am here")
	must(t, err)
	if heard := v.Hears(); len(heard) != 1 {
		t.Errorf("the visitor hears %q", heard)
	}
	c, err := ana.OpenCase(t.Context(), v.ID, "blue")
	must(t, err)
	look, first, second := vault.Look{Case: c}, id.New[id.Part](), id.New[id.Part]()
	for _, p := range []id.Part{first, second} {
		h.lose = 1
		must(t, ana.AddEpisode(t.Context(), look, p, casework.Head{Label: "crossing"}))
	}
	third := id.New[id.Part]()
	must(t, ana.AddEpisode(t.Context(), look, third, casework.Head{Label: "farm"}))
	must(t, ana.MoveEpisode(t.Context(), look, first, 0)) // the order is now as shown
	before, err := ana.Case(t.Context(), look)
	must(t, err)
	h.lose = 1
	must(t, ana.MoveEpisode(t.Context(), look, before.Episodes[0].ID, 1))
	after, err := ana.Case(t.Context(), look)
	must(t, err)
	if len(after.Episodes) != 3 || after.Episodes[1].ID != before.Episodes[0].ID {
		t.Errorf("%d episodes; moved twice: %v", len(after.Episodes), after.Episodes[2].ID == before.Episodes[0].ID)
	}
}

func TestErrorsNameNoCase(t *testing.T) {
	o := desktest.New(t, time.Now)
	h := &hostile{Gate: o}
	ana, err := casework.LogIn(t.Context(), h, "ana", o.Passphrases["ana"])
	must(t, err)
	id, err := ana.OpenCase(t.Context(), "", "blue")
	must(t, err)
	c, err := ana.Case(t.Context(), vault.Look{Case: id})
	must(t, err)
	h.open = func(c *vault.Case) { c.Wraps.Sig = make([]byte, 64) }
	_, err = ana.Case(t.Context(), vault.Look{Case: id})
	if err == nil || strings.Contains(err.Error(), string(id)) {
		t.Errorf("a log would read %q", err)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d"} {
		if s := fmt.Sprintf(verb, c) + fmt.Sprintf(verb, ana); strings.Contains(s, string(id)) || strings.Contains(s, "blue") || strings.Contains(s, "ana") {
			t.Errorf("%s prints %q", verb, s)
		}
	}
}
