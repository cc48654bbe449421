package line_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/hub/deskapi"
	"amparo/internal/id"
	"amparo/internal/keyring"
	"amparo/internal/line"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/switchboard"
)

// A stand is a founded hub behind its API, and what the founding gave.
type stand struct {
	board   *switchboard.Switchboard
	founded casework.Founding
	gate    *line.Line
	mu      sync.Mutex
	strange []string // paths that no route took
}

func newStand(t *testing.T) *stand {
	t.Helper()
	st, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "a.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	s := &stand{board: switchboard.New(st, &bus.Memory{}, time.Now)}
	s.founded, err = casework.Found("Test", []casework.Newcomer{{Handle: "sol", Role: staff.Supervisor}, {Handle: "noor", Role: staff.Analyst}}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	f := switchboard.Founding{Org: switchboard.Org{ID: s.founded.Org, Name: "Test", Key: s.founded.Keys[0]}, Keys: s.founded.Keys, Wraps: s.founded.Wraps}
	for _, m := range s.founded.Members {
		f.Members = append(f.Members, m.NewMember)
	}
	if err := s.board.Found(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	api := deskapi.New(s.board, slog.New(slog.DiscardHandler))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		api.ServeHTTP(w, r)
		if r.Pattern == "" {
			s.mu.Lock()
			s.strange = append(s.strange, r.URL.Path)
			s.mu.Unlock()
		}
	}))
	t.Cleanup(server.Close)
	if s.gate, err = line.New(server.URL); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *stand) enter(t *testing.T, n int) casework.Hub {
	t.Helper()
	m := s.founded.Members[n]
	stretch, err := s.gate.Stretch(t.Context(), m.Member.Handle)
	if err != nil {
		t.Fatal(err)
	}
	proof, _ := keyring.Derive(m.Passphrase, stretch)
	entry, hub, err := s.gate.LogIn(t.Context(), staff.Login{Handle: m.Member.Handle, Proof: proof})
	if err != nil {
		t.Fatal(err)
	}
	if entry.Member.ID != m.Member.ID || entry.Org != s.founded.Org {
		t.Errorf("entry is for %s of %s", entry.Member.Handle, entry.Org)
	}
	return hub
}

// visit opens a conversation with one message in it.
func (s *stand) visit(t *testing.T) chat.Conversation {
	t.Helper()
	key := seal.NewKey()
	c := chat.Conversation{ID: id.New[id.Conversation](), Key: s.founded.Keys[1].ID}
	envelope, err := seal.To(seal.TeamKEM, s.founded.Keys[1].Public, c.Binding(s.founded.Org), key[:])
	if err != nil {
		t.Fatal(err)
	}
	v := switchboard.Visit{Conversation: c.ID, Token: switchboard.NewToken()}
	o := switchboard.Opening{Visit: v, Door: chat.Help, Lang: "en", Key: c.Key, Envelope: envelope}
	if err := s.board.Open(t.Context(), o, chat.ByBrowser); err != nil {
		t.Fatal(err)
	}
	m := chat.Message{Conversation: c.ID, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: 1}
	if m.Body, err = key.Seal(m.Binding(s.founded.Org), []byte("hello")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.board.Say(t.Context(), v, m); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestConversationOverTheLine(t *testing.T) {
	s := newStand(t)
	hub := s.enter(t, 0)
	c := s.visit(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	notes, err := hub.Watch(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	queue, err := hub.Queue(t.Context())
	if err != nil || len(queue) != 1 || queue[0].ID != c.ID {
		t.Fatalf("queue %v, %v", queue, err)
	}
	if _, err := hub.Read(t.Context(), c.ID); fault.KindOf(err) != fault.Unknown {
		t.Errorf("reading what one does not hold: %v", err)
	}
	if _, err := hub.Claim(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	if n, ok := <-notes; !ok || n.Sign != chat.Look {
		t.Errorf("note %v, open %v", n, ok)
	}
	got, err := hub.Read(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Messages) != 1 || got.Messages[0].At.IsZero() || len(got.Messages[0].Body) != seal.SealedLen(5) {
		t.Errorf("reading %+v", got)
	}
	keys, err := hub.Keys(t.Context())
	if err != nil || len(keys.Team) != 3 || len(keys.Wraps) != 2 {
		t.Errorf("%d keys, %d wraps, %v; want 3 and 2", len(keys.Team), len(keys.Wraps), err)
	}
	stop()
	for range notes {
	}
}

func TestFaultsKeepTheirKind(t *testing.T) {
	s := newStand(t)
	analyst := s.enter(t, 1)
	if _, err := analyst.Queue(t.Context()); fault.KindOf(err) != fault.Unknown {
		t.Errorf("an analyst asks for the queue: %v", err)
	}
	if err := analyst.LogOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := analyst.Rows(t.Context()); fault.KindOf(err) != fault.Stranger {
		t.Errorf("after logging out: %v", err)
	}
	if _, _, err := s.gate.LogIn(t.Context(), staff.Login{Handle: "sol"}); fault.KindOf(err) != fault.Stranger {
		t.Errorf("wrong proof: %v", err)
	}
	_, err := s.enter(t, 0).Transfer(t.Context(), chat.Transfer{})
	if fault.KindOf(err) == fault.Internal || err == nil {
		t.Errorf("transfer of nothing: %v", err)
	}
}

// Every method of the port must have a route: each is called with zero values, and what it says does
// not matter.
func TestEveryMethodHasARoute(t *testing.T) {
	s := newStand(t)
	hub := reflect.ValueOf(s.enter(t, 0))
	port := reflect.TypeFor[casework.Hub]()
	for i := range port.NumMethod() {
		m := hub.MethodByName(port.Method(i).Name)
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for n := 1; n < m.Type().NumIn(); n++ {
			if !m.Type().IsVariadic() || n < m.Type().NumIn()-1 {
				args = append(args, reflect.Zero(m.Type().In(n)))
			}
		}
		m.Call(args)
	}
	if len(s.strange) > 0 {
		t.Errorf("no route for %q", s.strange)
	}
}

func TestOnlyLoopbackMayDoWithoutTLS(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://help.example.org": true, "http://127.0.0.1:8080/": true, "http://abc.onion": true,
		"http://help.example.org": false, "ftp://127.0.0.1": false, "nonsense": false, "http://127.0.0.1.example.org": false,
	} {
		if _, err := line.New(address); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAStrangerCannotSendMuch(t *testing.T) {
	s := newStand(t)
	_, err := s.gate.Stretch(t.Context(), strings.Repeat("x", 8<<10))
	if fault.KindOf(err) != fault.TooLong {
		t.Errorf("a handle of 8 KiB: %v", err)
	}
}
