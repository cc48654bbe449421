package storetest_test

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/store/storetest"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// broken is a store whose every transaction goes through wrap, and whose Write and Read may be replaced.
type broken struct {
	switchboard.Store
	wrap  func(switchboard.Tx) switchboard.Tx
	write func(context.Context, switchboard.Store, func(switchboard.Tx) error) error
}

func (b broken) Write(ctx context.Context, f func(switchboard.Tx) error) error {
	g := func(tx switchboard.Tx) error { return f(b.wrap(tx)) }
	if b.write != nil {
		return b.write(ctx, b.Store, g)
	}
	return b.Store.Write(ctx, g)
}

func (b broken) Read(ctx context.Context, f func(switchboard.Tx) error) error {
	return b.Store.Read(ctx, func(tx switchboard.Tx) error { return f(b.wrap(tx)) })
}

// A flaw overrides what it names of a Tx.
type flaw struct {
	switchboard.Tx
	what string
}

func (x flaw) has(what string) bool { return x.what == what }

func (x flaw) AddMessage(m chat.Message) error {
	switch {
	case x.has("loses a team's message") && m.From == "team":
		return nil
	case x.has("loses the ninth message") && m.Seq == 9:
		return nil
	case x.has("cuts a body"):
		m.Body = m.Body[min(1, len(m.Body)):]
	case x.has("numbers messages itself"):
		m.Seq++
	}
	return x.Tx.AddMessage(m)
}

func (x flaw) Messages(c id.Conversation, after uint64) ([]chat.Message, error) {
	ms, err := x.Tx.Messages(c, after)
	if x.has("orders messages as text") {
		slices.SortFunc(ms, func(a, b chat.Message) int {
			return slices.Compare([]byte(strconv.FormatUint(a.Seq, 10)), []byte(strconv.FormatUint(b.Seq, 10)))
		})
	}
	if x.has("repeats the message asked after") && after > 0 && after < 1<<62 {
		return x.Tx.Messages(c, after-1)
	}
	return ms, err
}

func (x flaw) EraseConversation(c id.Conversation) error {
	if x.has("keeps what is erased") {
		return nil
	}
	if err := x.Tx.EraseConversation(c); err != nil || !x.has("erases all that is closed") {
		return err
	}
	others, err := x.Tx.EndedBefore(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC))
	for _, o := range others {
		err = x.Tx.EraseConversation(o)
	}
	return err
}

func (x flaw) AddConversation(c chat.Conversation, h switchboard.TokenHash) error {
	err := x.Tx.AddConversation(c, h)
	if x.has("hides a taken id") && fault.KindOf(err) == fault.Conflict {
		return nil
	}
	return err
}

func (x flaw) PutConversation(c chat.Conversation) error {
	if x.has("forgets who left") {
		c.Gone = false
	}
	if x.has("forgets the lease") {
		c.Lease = time.Time{}
	}
	return x.Tx.PutConversation(c)
}

func (x flaw) Live() ([]chat.Conversation, error) {
	cs, err := x.Tx.Live()
	if x.has("queues by id") {
		slices.SortFunc(cs, func(a, b chat.Conversation) int { return slices.Compare([]byte(a.ID), []byte(b.ID)) })
	}
	return cs, err
}

func (x flaw) EndedBefore(t time.Time) ([]id.Conversation, error) {
	if x.has("ends too early") {
		t = t.Add(time.Millisecond)
	}
	return x.Tx.EndedBefore(t)
}

func (x flaw) PutPart(p vault.Part) error {
	if x.has("takes any version") {
		if c, err := x.Tx.Case(p.Case); err == nil {
			for _, old := range c.Parts {
				if old.ID == p.ID {
					p.Version = old.Version + 1
				}
			}
		}
	}
	return x.Tx.PutPart(p)
}

func (x flaw) Case(c id.Case) (vault.Case, error) {
	k, err := x.Tx.Case(c)
	if x.has("sorts a signed list") {
		slices.SortFunc(k.Wraps.List, func(a, b vault.Wrap) int { return slices.Compare([]byte(a.Member), []byte(b.Member)) })
	}
	return k, err
}

func (x flaw) Record(e switchboard.Event) error {
	if x.has("records no reason") {
		e.Reason = ""
	}
	return x.Tx.Record(e)
}

func (x flaw) SeenSince(t time.Time, roles ...staff.Role) (bool, error) {
	if x.has("asks no role") {
		roles = staff.Roles
	}
	return x.Tx.SeenSince(t, roles...)
}

func sqlite(t *testing.T) switchboard.Store {
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "hub.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func TestTheSuiteRefusesBrokenStores(t *testing.T) {
	for _, what := range []string{
		"loses a team's message", "loses the ninth message", "cuts a body", "numbers messages itself", "orders messages as text",
		"repeats the message asked after", "keeps what is erased", "erases all that is closed", "hides a taken id", "forgets who left",
		"forgets the lease", "queues by id", "ends too early", "takes any version", "sorts a signed list", "records no reason", "asks no role",
	} {
		refused(t, what, broken{wrap: func(tx switchboard.Tx) switchboard.Tx { return flaw{tx, what} }})
	}
	as := func(tx switchboard.Tx) switchboard.Tx { return tx }
	refused(t, "keeps what a failed write did", broken{wrap: as, write: func(ctx context.Context, s switchboard.Store, f func(switchboard.Tx) error) error {
		var err error
		if kept := s.Write(ctx, func(tx switchboard.Tx) error { err = f(tx); return nil }); kept != nil {
			return kept
		}
		return err
	}})
	refused(t, "acknowledges and forgets", broken{wrap: as, write: func(ctx context.Context, s switchboard.Store, f func(switchboard.Tx) error) error {
		forget := fault.New(fault.Busy, "forgotten")
		err := s.Write(ctx, func(tx switchboard.Tx) error {
			if err := f(tx); err != nil {
				return err
			}
			return forget
		})
		if err == forget {
			return nil
		}
		return err
	}})
}

func refused(t *testing.T, what string, b broken) {
	t.Run(what, func(t *testing.T) {
		for w := range storetest.Refusals(t.Context(), func() switchboard.Store { b.Store = sqlite(t); return b }) {
			first, _, _ := strings.Cut(w, "\n")
			t.Log(first)
			return
		}
		t.Error("the suite found nothing wrong with a store that " + what)
	})
}

func TestTheSuiteAcceptsAStoreWithoutAFlaw(t *testing.T) {
	whole := broken{wrap: func(tx switchboard.Tx) switchboard.Tx { return flaw{tx, "none"} }}
	for w := range storetest.Refusals(t.Context(), func() switchboard.Store { whole.Store = sqlite(t); return whole }) {
		t.Error(w)
	}
}

// A torn store reads in one transaction and writes in another, and so loses updates.
type torn struct{ switchboard.Store }

func (s torn) Write(ctx context.Context, f func(switchboard.Tx) error) error {
	var later []func(switchboard.Tx) error
	if err := s.Read(ctx, func(tx switchboard.Tx) error { later = nil; return f(tornTx{tx, &later}) }); err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx switchboard.Tx) error {
		for _, do := range later {
			if err := do(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

type tornTx struct {
	switchboard.Tx
	later *[]func(switchboard.Tx) error
}

func (x tornTx) AddConversation(c chat.Conversation, h switchboard.TokenHash) error {
	*x.later = append(*x.later, func(tx switchboard.Tx) error { return tx.AddConversation(c, h) })
	return nil
}

func (x tornTx) PutConversation(c chat.Conversation) error {
	*x.later = append(*x.later, func(tx switchboard.Tx) error { return tx.PutConversation(c) })
	return nil
}

func TestTheSuiteRefusesATornStore(t *testing.T) {
	for range 10 { // which of two comes first is chance
		for w := range storetest.Refusals(t.Context(), func() switchboard.Store { return torn{sqlite(t)} }) {
			if strings.HasPrefix(w, "of many who claim a conversation one wins: ") {
				return
			}
		}
	}
	t.Error("the suite found nothing wrong with a store that loses updates")
}
