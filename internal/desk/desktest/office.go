// Package desktest is an invented organisation for tests: a real switchboard over a fresh store, its
// members with their passphrases, and visitors who seal as a browser does.
package desktest

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/switchboard"
)

// An Office is an organisation with its hub. It is a casework.Gate.
type Office struct {
	Board       *switchboard.Switchboard
	Org         string
	Passphrases map[string]string // by handle
	t           testing.TB
}

// People who work in every Office: two advocates, a supervisor, an analyst, an administrator.
var People = []casework.Newcomer{
	{Handle: "ana", Role: staff.Advocate},
	{Handle: "ben", Role: staff.Advocate},
	{Handle: "sol", Role: staff.Supervisor},
	{Handle: "noa", Role: staff.Analyst},
	{Handle: "adi", Role: staff.Administrator},
}

// New founds an office that lasts as long as the test.
func New(t testing.TB, now func() time.Time) *Office {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f, err := casework.Found("Invented House", People, now())
	if err != nil {
		t.Fatal(err)
	}
	o := &Office{Board: switchboard.New(db, new(bus.Memory), now), Org: f.Org, Passphrases: map[string]string{}, t: t}
	start := switchboard.Founding{Org: switchboard.Org{ID: f.Org, Name: f.Name, Key: f.Keys[0]}, Keys: f.Keys, Wraps: f.Wraps}
	for _, m := range f.Members {
		start.Members = append(start.Members, m.NewMember)
		o.Passphrases[m.Member.Handle] = m.Passphrase
	}
	if err := o.Board.Found(ctx, start); err != nil {
		t.Fatal(err)
	}
	return o
}

// Stretch implements casework.Gate.
func (o *Office) Stretch(ctx context.Context, handle string) (staff.Stretch, error) {
	return o.Board.Stretch(ctx, handle)
}

// LogIn implements casework.Gate.
func (o *Office) LogIn(ctx context.Context, l staff.Login) (staff.Entry, casework.Hub, error) {
	e, err := o.Board.LogIn(ctx, l)
	if err != nil {
		return e, nil, err
	}
	return e, hub{o.Board, switchboard.Token(e.Token)}, nil
}

// Session logs a member in through gate; the office itself when gate is nil.
func (o *Office) Session(handle string, gate casework.Gate) *casework.Session {
	o.t.Helper()
	if gate == nil {
		gate = o
	}
	s, err := casework.LogIn(o.t.Context(), gate, handle, o.Passphrases[handle])
	if err != nil {
		o.t.Fatalf("%s logs in: %v", handle, err)
	}
	return s
}

// A Visitor is somebody with a conversation.
type Visitor struct {
	chat.Conversation
	o     *Office
	visit switchboard.Visit
	key   seal.Key
	turn  uint64
}

// Visit opens a conversation and says each of the texts in it.
func (o *Office) Visit(lang string, texts ...string) *Visitor {
	o.t.Helper()
	_, queue, err := o.Board.Org(o.t.Context())
	if err != nil {
		o.t.Fatal(err)
	}
	v := &Visitor{o: o, key: seal.NewKey(), visit: switchboard.Visit{Conversation: id.New[id.Conversation](), Token: switchboard.NewToken()}}
	v.Conversation = chat.Conversation{ID: v.visit.Conversation, Key: queue.ID}
	envelope, err := seal.To(seal.TeamKEM, queue.Public, v.Conversation.Binding(o.Org), v.key[:])
	if err != nil {
		o.t.Fatal(err)
	}
	opening := switchboard.Opening{Visit: v.visit, Door: chat.Help, Lang: lang, Key: queue.ID, Envelope: envelope}
	if err := o.Board.Open(o.t.Context(), opening, chat.ByBrowser); err != nil {
		o.t.Fatal(err)
	}
	for _, text := range texts {
		v.Say(text)
	}
	return v
}

// Say seals and sends one message.
func (v *Visitor) Say(text string) {
	v.o.t.Helper()
	v.turn++
	m := chat.Message{Conversation: v.ID, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: v.turn}
	var err error
	if m.Body, err = v.key.Seal(m.Binding(v.o.Org), []byte(text)); err != nil {
		v.o.t.Fatal(err)
	}
	if _, err := v.o.Board.Say(v.o.t.Context(), v.visit, m); err != nil {
		v.o.t.Fatal(err)
	}
}

// Typing shows that the visitor is writing.
func (v *Visitor) Typing() {
	v.o.t.Helper()
	if err := v.o.Board.Typing(v.o.t.Context(), v.visit); err != nil {
		v.o.t.Fatal(err)
	}
}

// Hears opens what the team said, in order.
func (v *Visitor) Hears() (texts []string) {
	v.o.t.Helper()
	_, ms, _, err := v.o.Board.Said(v.o.t.Context(), v.visit, 0)
	if err != nil {
		v.o.t.Fatal(err)
	}
	for _, m := range ms {
		if m.From != seal.FromTeam {
			continue
		}
		plain, err := v.key.Open(m.Binding(v.o.Org), m.Body)
		if err != nil {
			v.o.t.Fatalf("message %s: %v", m.ID, err)
		}
		texts = append(texts, string(plain))
	}
	return texts
}
