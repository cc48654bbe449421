package switchboard_test

import (
	"crypto/rand"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// A world is a hub over SQLite that is set up, with one member of each role logged in, and a clock
// that only the test moves.
type world struct {
	*switchboard.Switchboard
	t              *testing.T
	now            time.Time
	members        map[staff.Role]staff.NewMember
	actors         map[staff.Role]switchboard.Actor
	queue, numbers vault.TeamKey
}

func newWorld(t *testing.T) *world {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "hub.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w := &world{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC), members: map[staff.Role]staff.NewMember{}, actors: map[staff.Role]switchboard.Actor{}}
	w.Switchboard = switchboard.New(s, &bus.Memory{}, func() time.Time { return w.now })
	w.queue, w.numbers = w.key(vault.ForQueue), w.key(vault.ForNumbers)
	f := switchboard.Founding{Org: switchboard.Org{ID: "org", Name: "Org", Key: w.key(vault.ForOrg)}, Keys: []vault.TeamKey{w.queue, w.numbers}}
	for _, r := range staff.Roles {
		w.members[r] = newMember(string(r), r)
		f.Members = append(f.Members, w.members[r])
	}
	w.ok(w.Found(t.Context(), f))
	for r, m := range w.members {
		w.actors[r] = w.logIn(m)
	}
	return w
}

func newMember(handle string, r staff.Role) staff.NewMember {
	m := staff.NewMember{Member: staff.Member{ID: id.New[id.Member](), Handle: handle, Role: r, Seal: bytes(9), Sign: bytes(9), Cert: bytes(9)},
		Lock: staff.Lock{Stretch: staff.Stretch{Salt: bytes(16), Time: 3, Memory: 64 << 10, Threads: 4}, Sealed: bytes(99)}}
	copy(m.Proof[:], bytes(32))
	return m
}

func (w *world) key(p vault.Purpose) vault.TeamKey {
	return vault.TeamKey{ID: id.New[id.Key](), Purpose: p, Public: bytes(65), From: w.now.Add(-time.Hour), Cert: bytes(64)}
}

func (w *world) logIn(m staff.NewMember) switchboard.Actor {
	w.t.Helper()
	e, err := w.LogIn(w.t.Context(), staff.Login{Handle: m.Member.Handle, Proof: m.Proof})
	w.ok(err)
	a, err := w.Enter(w.t.Context(), switchboard.Token(e.Token))
	w.ok(err)
	return a
}

// hire adds one more member of a role, logged in.
func (w *world) hire(handle string, r staff.Role) switchboard.Actor {
	w.t.Helper()
	m := newMember(handle, r)
	w.ok(w.Admit(w.t.Context(), w.actors[staff.Administrator], m))
	return w.logIn(m)
}

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) is(k fault.Kind, err error) {
	w.t.Helper()
	if fault.KindOf(err) != k {
		w.t.Errorf("error is %v; want %s", err, k)
	}
}

func bytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func (w *world) opening() switchboard.Opening {
	return switchboard.Opening{Visit: switchboard.Visit{Conversation: id.New[id.Conversation](), Token: switchboard.NewToken()},
		Door: chat.Help, Lang: "es", Key: w.queue.ID, Envelope: append([]byte{seal.Format}, bytes(seal.BoxKeyLen-1)...)}
}

// visit is a conversation that waits in the queue.
func (w *world) visit() switchboard.Visit {
	w.t.Helper()
	o := w.opening()
	w.ok(w.Open(w.t.Context(), o, chat.ByBrowser))
	return o.Visit
}

// held is a conversation that the actor holds, whatever their role.
func (w *world) held(a switchboard.Actor) switchboard.Visit {
	w.t.Helper()
	v := w.visit()
	w.ok(w.Store.Write(w.t.Context(), func(tx switchboard.Tx) error {
		c, err := tx.Conversation(v.Conversation)
		if err != nil {
			return err
		}
		if err := c.Claim(a.ID(), w.now, w.Terms.Lease); err != nil {
			return err
		}
		return tx.PutConversation(c)
	}))
	return v
}

func message(turn uint64) chat.Message {
	return chat.Message{ID: id.New[id.Message](), Turn: turn, Body: bytes(seal.SealedLen(0))}
}

func reply(v switchboard.Visit, turn uint64) chat.Message {
	m := message(turn)
	m.Conversation = v.Conversation
	return m
}

func (w *world) conversation(c id.Conversation) (got chat.Conversation) {
	w.t.Helper()
	w.ok(w.Store.Read(w.t.Context(), func(tx switchboard.Tx) (err error) { got, err = tx.Conversation(c); return err }))
	return got
}

// newCase is a case, not yet kept, that the actor makes: assigned to them and under the oversight of others.
func newCase(by switchboard.Actor, overseers ...switchboard.Actor) vault.NewCase {
	c := id.New[id.Case]()
	n := vault.NewCase{Wraps: newWraps(c, 1, by, overseers...)}
	n.Parts = []vault.Part{{Case: c, ID: id.New[id.Part](), Version: 1, Body: bytes(600)}}
	return n
}

func newWraps(c id.Case, version uint64, by switchboard.Actor, overseers ...switchboard.Actor) vault.Wraps {
	ws := vault.Wraps{Case: c, Version: version, By: by.ID(), Sig: bytes(64), List: []vault.Wrap{{Member: by.ID(), Standing: vault.Assigned, Body: bytes(99)}}}
	for _, o := range overseers {
		ws.List = append(ws.List, vault.Wrap{Member: o.ID(), Standing: vault.Oversight, Body: bytes(99)})
	}
	return ws
}

// kept is a case that is wrapped to the actor, whatever their role.
func (w *world) kept(by switchboard.Actor, overseers ...switchboard.Actor) vault.Case {
	w.t.Helper()
	n := newCase(by, overseers...)
	c := vault.Case{ID: n.Wraps.Case, Opened: w.now, Wraps: n.Wraps, Parts: n.Parts}
	w.ok(w.Store.Write(w.t.Context(), func(tx switchboard.Tx) error { return tx.AddCase(c) }))
	return c
}

func (w *world) stored(c id.Case) (got vault.Case) {
	w.t.Helper()
	w.ok(w.Store.Read(w.t.Context(), func(tx switchboard.Tx) (err error) { got, err = tx.Case(c); return err }))
	return got
}

func (w *world) row() vault.Row {
	return vault.Row{ID: id.New[id.Row](), Key: w.numbers.ID, Body: bytes(seal.BoxKeyLen + seal.SealedLen(0))}
}

func (w *world) rows() (rows []vault.Row) {
	w.t.Helper()
	w.ok(w.Store.Read(w.t.Context(), func(tx switchboard.Tx) (err error) { rows, err = tx.Rows(); return err }))
	return rows
}

// deeds gives what was recorded after an event.
func (w *world) deeds(after uint64) (es []switchboard.Event) {
	w.t.Helper()
	w.ok(w.Store.Read(w.t.Context(), func(tx switchboard.Tx) (err error) { es, err = tx.Events(after); return err }))
	return es
}

// last is the number of the newest event.
func (w *world) last() uint64 {
	es := w.deeds(0)
	return slices.MaxFunc(es, func(a, b switchboard.Event) int { return int(a.Seq) - int(b.Seq) }).Seq
}
