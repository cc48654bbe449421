package desk

import (
	"context"
	"crypto/rand"
	"net/http"
	"net/url"
	"sync"
	"time"

	"amparo/internal/casework"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/vault"
)

// A sitting is one member, logged in from one browser. It holds what must not be in an address or on
// disk: the unlocked keys, drafts, what went wrong with the last form.
type sitting struct {
	*casework.Session
	ctx  context.Context // ends with the sitting
	end  context.CancelFunc
	idle *time.Timer

	mu       sync.Mutex
	lang     string
	drafts   map[id.Conversation]string
	sent     map[id.Conversation]id.Message // the last reply: a draft of it that comes late is none
	reasons  map[id.Case]vault.Reason       // given when a case was opened in oversight
	flashes  map[string]flash               // by the path of the page that is to show it
	clashes  map[string]clash
	searches map[id.Case]url.Values // the last choice of services
}

// A flash is shown once, on the next page of a path: that something was done, or what is wrong with a
// form, with what was in it.
type flash struct {
	Done  string // key of the words
	Kind  fault.Kind
	Field string
	Form  url.Values
}

// note leaves a flash for the page of a path.
func (s *sitting) note(path string, f flash) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flashes[path] = f
}

// take gives the flash left for a path, once.
func (s *sitting) take(path string) flash {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.flashes[path]
	delete(s.flashes, path)
	return f
}

func (s *sitting) language() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lang
}

// at gives the look with which the sitting opens a case.
func (s *sitting) at(c id.Case) vault.Look {
	s.mu.Lock()
	defer s.mu.Unlock()
	return vault.Look{Case: c, Reason: s.reasons[c]}
}

// sittings are all who are logged in, by the secret in their cookie. They are in memory only.
type sittings struct {
	mu   sync.Mutex
	all  map[string]*sitting
	idle time.Duration
}

// add begins a sitting and gives the secret for its cookie.
func (ss *sittings) add(s *casework.Session, lang string) string {
	token := rand.Text()
	ctx, cancel := context.WithCancel(context.Background())
	at := &sitting{Session: s, ctx: ctx, end: cancel, lang: lang, drafts: map[id.Conversation]string{}, sent: map[id.Conversation]id.Message{},
		reasons: map[id.Case]vault.Reason{}, flashes: map[string]flash{}, clashes: map[string]clash{}, searches: map[id.Case]url.Values{}}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.all == nil {
		ss.all = map[string]*sitting{}
	}
	at.idle = time.AfterFunc(ss.idle, func() { ss.drop(token) })
	ss.all[token] = at
	return token
}

// get gives a sitting. A request that a person made keeps it from being idle; a stream does not.
func (ss *sittings) get(token string, person bool) *sitting {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	s := ss.all[token]
	if s != nil && person {
		s.idle.Reset(ss.idle)
	}
	return s
}

// drop ends a sitting: its keys and all that was opened are let go of.
func (ss *sittings) drop(token string) {
	ss.mu.Lock()
	s := ss.all[token]
	delete(ss.all, token)
	ss.mu.Unlock()
	if s == nil {
		return
	}
	s.idle.Stop()
	s.mu.Lock()
	clear(s.drafts)
	clear(s.flashes)
	clear(s.clashes)
	clear(s.searches)
	s.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_ = s.LogOut(ctx) // the keys are gone whatever the hub answers
	s.end()
}

func (d *desk) cookieName() string {
	if d.Secure {
		return "__Host-desk"
	}
	return "desk"
}

func (d *desk) setCookie(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: d.Secure})
}

// sitting gives the sitting that a request belongs to, or nil.
func (d *desk) sitting(r *http.Request, person bool) (*sitting, string) {
	c, err := r.Cookie(d.cookieName())
	if err != nil {
		return nil, ""
	}
	return d.sittings.get(c.Value, person), c.Value
}
