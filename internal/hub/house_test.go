package hub

import (
	"bytes"
	"context"
	"crypto/hpke"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"amparo/internal/bus"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/store"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// A fixture is a hub over a database of its own, with one member who can be asked to answer.
type fixture struct {
	*testing.T
	hub   *Hub
	board *switchboard.Switchboard
	queue hpke.PrivateKey
	org   string
	token switchboard.Token // the member's, once logged in
	me    id.Member
	log   *logged
}

const exitURL = "https://weather.example/"

// open gives a fixture over a database, for example one of bounded size ("?max_pages=40").
func open(t *testing.T, options string) *fixture {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "hub.db")+options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f := &fixture{T: t, org: string(id.New[id.Key]()), log: &logged{}}
	f.board = switchboard.New(db, &bus.Memory{}, time.Now)
	f.must(f.found())
	f.hub, err = New(Config{Switchboard: f.board, Name: "Puerto & Faro", ExitURL: exitURL, Storybook: true, Banner: true,
		Numbers: []Number{{"Invented Line", "+1 555 0100", map[string]string{"en": "Day and night.", "es": "De día y de noche."}}},
		Log:     slog.New(slog.NewJSONHandler(f.log, nil))})
	f.must(err)
	t.Cleanup(f.hub.Close)
	return f
}

// logged is what a log got, safe to read while it is written.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (f *fixture) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

func (f *fixture) found() error {
	org := vault.TeamKey{ID: id.New[id.Key](), Purpose: vault.ForOrg, Public: []byte("signs"), From: time.Now().Add(-time.Hour), Cert: []byte("cert")}
	member := staff.Member{ID: id.New[id.Member](), Handle: "ana", Role: staff.Supervisor, Seal: []byte("s"), Sign: []byte("s"), Cert: []byte("c")}
	lock := staff.Lock{Stretch: staff.Stretch{Salt: []byte("salt"), Time: 1, Memory: 1, Threads: 1}, Sealed: []byte("sealed")}
	queue := f.queueKey()
	return f.board.Found(f.Context(), switchboard.Founding{Org: switchboard.Org{ID: f.org, Name: "Puerto", Key: org},
		Members: []staff.NewMember{{Member: member, Lock: lock, Proof: [32]byte{1}}},
		Keys:    []vault.TeamKey{org, queue}, Wraps: []vault.KeyWrap{{Key: queue.ID, Member: member.ID, Body: []byte("wrap")}}})
}

// queueKey makes a new queue key and remembers its private half.
func (f *fixture) queueKey() vault.TeamKey {
	key, err := seal.TeamKEM.GenerateKey()
	f.must(err)
	f.queue = key
	return vault.TeamKey{ID: id.New[id.Key](), Purpose: vault.ForQueue, Public: key.PublicKey().Bytes(), From: time.Now().Add(-time.Minute), Cert: []byte("cert")}
}

// turn puts a new queue key in force.
func (f *fixture) turn() {
	k := f.queueKey()
	a := f.member()
	f.must(f.board.GiveKey(f.Context(), a, vault.NewKey{Key: k, Wraps: []vault.KeyWrap{{Key: k.ID, Member: a.ID(), Body: []byte("wrap")}}}))
}

// member is the member, logged in and so on duty.
func (f *fixture) member() switchboard.Actor {
	f.Helper()
	if f.token == "" {
		e, err := f.board.LogIn(f.Context(), staff.Login{Handle: "ana", Proof: [32]byte{1}})
		f.must(err)
		f.token, f.me = switchboard.Token(e.Token), e.Member.ID
	}
	a, err := f.board.Enter(f.Context(), f.token)
	f.must(err)
	return a
}

// waiting gives the one conversation in the queue.
func (f *fixture) waiting() chat.Conversation {
	f.Helper()
	cs, err := f.board.Queue(f.Context(), f.member())
	f.must(err)
	if len(cs) != 1 {
		f.Fatalf("%d conversations in the queue; want 1", len(cs))
	}
	return cs[0]
}

// keyOf opens a conversation's key as the team does.
func (f *fixture) keyOf(c chat.Conversation) (k seal.Key) {
	f.Helper()
	plain, err := hpke.Open(f.queue, hpke.HKDFSHA256(), hpke.AES256GCM(), c.Binding(f.org).Bytes(), c.Envelope[1:])
	f.must(err)
	copy(k[:], plain)
	return k
}

// heard claims the one conversation and gives what the visitor said in it, opened.
func (f *fixture) heard() (said []string) {
	f.Helper()
	c := f.waiting()
	a := f.member()
	_, err := f.board.Claim(f.Context(), a, c.ID)
	f.must(err)
	r, err := f.board.Read(f.Context(), a, c.ID)
	f.must(err)
	key := f.keyOf(c)
	for _, m := range r.Messages {
		plain, err := key.Open(m.Binding(f.org), m.Body)
		f.must(err)
		if m.From == seal.FromVisitor {
			said = append(said, string(plain))
		}
	}
	return said
}

// reply answers in the one conversation, which the member claims.
func (f *fixture) reply(text string) {
	f.Helper()
	a := f.member()
	c, err := f.board.Claim(f.Context(), a, f.waiting().ID)
	f.must(err)
	m := chat.Message{Conversation: c.ID, ID: id.New[id.Message](), From: seal.FromTeam, Turn: c.Team + 1}
	m.Body, err = f.keyOf(c).Seal(m.Binding(f.org), []byte(text))
	f.must(err)
	_, err = f.board.Reply(f.Context(), a, m)
	f.must(err)
}

// do makes a request and gives its whole answer.
func (f *fixture) do(method, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	f.Helper()
	r := httptest.NewRequestWithContext(f.Context(), method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	f.hub.ServeHTTP(w, r)
	return w
}

func (f *fixture) get(path string, headers ...string) *httptest.ResponseRecorder {
	f.Helper()
	return f.do("GET", path, nil, headers...)
}

// post sends a form as a browser does that stands on our page.
func (f *fixture) post(path string, form url.Values) *httptest.ResponseRecorder {
	f.Helper()
	return f.do("POST", path, form, "Sec-Fetch-Site", "same-origin")
}

// fields gives the hidden fields of the first form on a page, and of a document within it.
func fields(t *testing.T, page string) url.Values {
	t.Helper()
	out := url.Values{}
	walk(t, page, func(n *html.Node) {
		if n.Data == "input" && attr(n, "type") == "hidden" && !out.Has(attr(n, "name")) {
			out.Set(attr(n, "name"), attr(n, "value"))
		}
	})
	if len(out) != 4 {
		t.Fatalf("hidden fields %v; want c, t, k, m in\n%s", len(out), page)
	}
	return out
}

// walk calls f for each element of a page.
func walk(t *testing.T, page string, f func(*html.Node)) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			f(n)
		}
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// with gives a form with one field changed.
func with(form url.Values, name, value string) url.Values {
	out := url.Values{}
	for k, v := range form {
		out[k] = v
	}
	out.Set(name, value)
	return out
}

// A watched stream is a request that goes on, read as it comes.
type watched struct {
	t    *testing.T
	stop context.CancelFunc
	done chan struct{}

	mu   sync.Mutex
	head http.Header
	code int
	text bytes.Buffer
	more chan struct{} // closed and renewed at each write
}

func (w *watched) Header() http.Header { return w.head }

func (w *watched) WriteHeader(code int) { w.code = code }

func (w *watched) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	close(w.more)
	w.more = make(chan struct{})
	return w.text.Write(b)
}

func (w *watched) Flush() {}

// until waits for words to have come, and gives all that came so far.
func (w *watched) until(words string) string {
	w.t.Helper()
	for {
		w.mu.Lock()
		text, more := w.text.String(), w.more
		w.mu.Unlock()
		if strings.Contains(text, words) {
			return text
		}
		select {
		case <-more:
		case <-w.done:
			if text = w.all(); !strings.Contains(text, words) {
				w.t.Fatalf("the stream ended without %q:\n%s", words, text)
			}
			return text
		case <-time.After(20 * time.Second):
			w.t.Fatalf("no %q in\n%s", words, text)
		}
	}
}

// end waits for the stream to end by itself and gives all of it.
func (w *watched) end() string {
	w.t.Helper()
	select {
	case <-w.done:
	case <-time.After(20 * time.Second):
		w.t.Fatal("the stream goes on")
	}
	return w.all()
}

func (w *watched) all() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

// stream makes a request whose answer goes on until stop.
func (f *fixture) stream(method, path string, form url.Values, headers ...string) *watched {
	f.Helper()
	ctx, stop := context.WithCancel(f.Context())
	w := &watched{t: f.T, stop: stop, done: make(chan struct{}), head: http.Header{}, more: make(chan struct{})}
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	go func() {
		defer close(w.done)
		f.hub.ServeHTTP(w, r)
	}()
	f.Cleanup(func() { stop(); <-w.done })
	return w
}
