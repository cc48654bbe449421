// Package hub is what faces the world: the public site and the visitor's chat, with JavaScript and
// without. It shows pages and carries sealed things to the switchboard; it can open nothing but what
// a conversation's own key opens, and has that key only while a request that carries it lasts.
//
// No address, title or log line holds an id, a token, a word of a conversation or who asked. The only
// cookie is the one that Exit sets.
package hub

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"amparo/internal/directory"
	"amparo/internal/locale"
	"amparo/internal/switchboard"
)

// Config is what a hub needs. Switchboard, Name and ExitURL are required; a copy of the site (Talk) has no
// Switchboard.
type Config struct {
	Switchboard *switchboard.Switchboard
	Name        string              // the organisation, as visitors read it
	ExitURL     string              // absolute; where Exit leads: a page that tells nothing, of somebody else
	Numbers     []Number            // who answers when nobody is here
	Directory   directory.Directory // of services to find
	Talk        string              // of a copy of the site: the address of the site where the talk is, ending in a slash
	Banner      bool                // says on every page that this is a demonstration with invented people
	Voices      fs.FS               // recordings of people who read pages aloud: TAG/home.mp3 and so on; nil has none
	Partners    []string            // origins whose pages may show the finder and the self-check within them
	Secure      bool                // served over https: HSTS and a Secure cookie
	Storybook   bool                // serves /storybook: every screen in every state
	Log         *slog.Logger
	Ready       func(context.Context) error // asked by /readyz; nil is always ready
	Grace       time.Duration               // how long a lost stream may stay lost; zero is a minute
	Streams     int                         // how many visitors' streams may be open at once; zero is 5,000
}

// A Number is somebody to call, for when nobody answers here.
type Number struct {
	Name string            // as it is known
	Tel  string            // as it is dialled and shown
	Says map[string]string // when and for whom it answers, by language tag; English where one is missing
}

// A Hub is the site as a handler. Close ends its streams.
type Hub struct {
	Config
	words    *locale.Words
	pages    *template.Template
	assets   assets
	checks   *checkLaw
	presence presence
	typed    pace
	streams  atomic.Int64
	// queuePause is how long a stream lets pass before it looks at the queue for others' sake, and turn is
	// full while one does: only one at a time, however many wait.
	queuePause time.Duration
	turn       chan struct{}
	done       chan struct{}
	closing    sync.Once
	handler    http.Handler
	framed     bool   // shown within partners' pages
	policy     string // the Content-Security-Policy of its pages
}

//go:embed words/*.json words/*/*.json templates/*.html
var files embed.FS

// New is a hub that is ready to serve. It fails on a configuration that lacks something.
func New(c Config) (*Hub, error) {
	if (c.Switchboard == nil) != (c.Talk != "") || c.Name == "" {
		return nil, errors.New("hub: the organisation's name, and either a switchboard or where the talk is, are needed")
	}
	if u, err := url.Parse(c.ExitURL); err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, fmt.Errorf("hub: exit URL %q is not an absolute web address", c.ExitURL)
	}
	if err := checkPartners(c.Partners); err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Grace == 0 {
		c.Grace = time.Minute
	}
	if c.Streams == 0 {
		c.Streams = maxStreams
	}
	words, err := locale.Load(files, "words")
	if err != nil {
		return nil, fmt.Errorf("hub: %w", err)
	}
	checks, err := askedCheck()
	if err != nil {
		return nil, fmt.Errorf("hub: %w", err)
	}
	if err := addQuestions(words); err != nil {
		return nil, fmt.Errorf("hub: %w", err)
	}
	if c.Storybook {
		if err := words.Pseudo(); err != nil {
			return nil, fmt.Errorf("hub: %w", err)
		}
	}
	pages, err := template.ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("hub: %w", err)
	}
	h := &Hub{Config: c, words: words, pages: pages, checks: checks, queuePause: queuePause, turn: make(chan struct{}, 1), done: make(chan struct{}), policy: policy}
	h.presence.left = h.left
	if h.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("hub: %w", err)
	}
	if err := h.checkAssets(); err != nil {
		return nil, fmt.Errorf("hub: %w", err)
	}
	h.handler = h.guard(h.routes())
	return h, nil
}

// ServeHTTP serves the site.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.handler.ServeHTTP(w, r) }

// Close ends all streams, so that a server can shut down: give it to http.Server.RegisterOnShutdown.
func (h *Hub) Close() {
	h.closing.Do(func() {
		close(h.done)
		h.presence.close()
	})
}

// routes is the whole site.
func (h *Hub) routes() http.Handler {
	m := http.NewServeMux()
	page := func(pattern string, f func(http.ResponseWriter, *http.Request, locale.Say) error) {
		m.HandleFunc(pattern, h.page(f))
	}
	page("GET /{$}", h.home)
	for _, l := range h.words.Languages() {
		page("GET /"+l.Tag, h.home)
	}
	h.routeAreas(m)

	m.HandleFunc("GET /exit", h.exit)
	m.HandleFunc("GET /assets/{name}", h.assets.serve)

	call := func(pattern string, f func(http.ResponseWriter, *http.Request) (any, error)) {
		m.HandleFunc(pattern, h.call(f))
	}
	call("GET /v1/key", h.v1Key)
	call("POST /v1/open", h.v1Open)
	call("POST /v1/say", h.v1Say)
	call("GET /v1/events", h.v1Events)
	call("POST /v1/typing", h.v1Typing)
	call("POST /v1/end", h.v1End)
	call("POST /v1/erase", h.v1Erase)
	call("POST /v1/leave", h.v1Leave)
	call("/v1/", h.v1Unknown)

	if len(h.Partners) > 0 {
		m.Handle(embedPrefix+"/", h.embed())
	}
	m.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	m.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	m.HandleFunc("GET /readyz", h.readyz)
	if h.Storybook {
		page("GET /storybook", h.storybook)
		page("GET /storybook/{lang}/{story}", h.story)
		m.HandleFunc("GET /storybook/client/{name}", h.storyScript)
	}
	page("/", h.nowhere)
	return m
}

func (h *Hub) readyz(w http.ResponseWriter, r *http.Request) {
	if h.Ready != nil {
		if err := h.Ready(r.Context()); err != nil {
			h.Log.Error("not ready", "err", err)
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
	}
	if _, _, err := h.Switchboard.Org(r.Context()); err != nil { // without a queue key nobody can write
		h.Log.Error("not ready", "err", err)
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ready")
}
