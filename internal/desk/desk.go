// Package desk is the console of a member: pages and forms over casework. It runs on the member's own
// machine, or beside the hub for a team that accepts less, and says on every page which.
//
// What it opens lives in memory only, for as long as the member is logged in and not idle. Every action
// is a plain form that is answered by a redirect, so that all works without JavaScript; htmx sends the
// same forms and takes from the same pages the parts that changed.
package desk

import (
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"amparo/internal/casework"
	"amparo/internal/directory"
	"amparo/internal/locale"
	"amparo/internal/staff"
	"amparo/internal/suggest"
	"amparo/law"
)

// A Config is what a desk is made of. Gate, Pack and Log must be given.
type Config struct {
	Gate      casework.Gate
	Pack      *law.Pack
	Directory directory.Directory
	Hosted    bool          // runs beside the hub, not on the member's own machine: pages say so
	Banner    bool          // a demonstration with invented people: pages say so
	Secure    bool          // served over https: the cookie is kept to it
	Storybook bool          // serve /storybook: every screen in every state, from literals
	Idle      time.Duration // logged out after so long without a request; 20 minutes when zero
	Log       *slog.Logger
	Now       func() time.Time // time.Now when nil
}

// A Desk serves the console.
type desk struct {
	Config
	asked    map[string]bool // the questions that the pack asks, by id
	reader   *suggest.Reader // the word lists: loaded once, and shared
	words    *locale.Words
	pages    *template.Template
	assets   assets
	sittings *sittings
	deriving chan struct{} // holds a place for each passphrase being derived: each takes 64 MiB
	zone     *time.Location
}

//go:embed templates/*.html words/*.json words/*/*.json
var files embed.FS

// New gives the console as a handler.
func New(c Config) (http.Handler, error) {
	d, err := newDesk(c)
	if err != nil {
		return nil, err
	}
	return d.guard(d.routes()), nil
}

func newDesk(c Config) (*desk, error) {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Idle == 0 {
		c.Idle = 20 * time.Minute
	}
	words, err := locale.Load(files, "words")
	if err != nil {
		return nil, err
	}
	pages, err := template.ParseFS(files, "templates/*.html")
	if err != nil {
		return nil, err
	}
	d := &desk{Config: c, words: words, pages: pages, deriving: make(chan struct{}, 2), zone: time.Local}
	if c.Hosted {
		d.zone = time.UTC
	}
	if c.Pack != nil {
		d.asked = casework.Asked(c.Pack)
	}
	if d.reader, err = openReader(d.asked); err != nil {
		return nil, err
	}
	d.sittings = &sittings{idle: c.Idle}
	d.assets, err = loadAssets()
	return d, err
}

// routes is the whole site map.
func (d *desk) routes() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /assets/{file}", d.serveAsset)
	m.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	m.HandleFunc("GET /login", d.open(d.login))
	m.HandleFunc("POST /login", d.open(d.logIn))
	m.HandleFunc("POST /language", d.open(d.language))
	m.HandleFunc("POST /logout", d.in("", d.logOut))
	m.HandleFunc("GET /{$}", d.in("", d.home))
	for _, r := range []struct {
		pattern string
		right   staff.Right
		do      action
	}{
		{"GET /queue", staff.Answer, d.queue},
		{"GET /queue/live", staff.Answer, d.queueLive},
		{"POST /talk/{talk}/claim", staff.Answer, d.claim},
		{"GET /talk/{talk}", staff.Answer, d.talk},
		{"GET /talk/{talk}/live", staff.Answer, d.talkLive},
		{"POST /talk/{talk}/reply", staff.Answer, d.reply},
		{"POST /talk/{talk}/draft", staff.Answer, d.draft},
		{"POST /talk/{talk}/renew", staff.Answer, d.renew},
		{"POST /talk/{talk}/return", staff.Answer, d.giveBack},
		{"POST /talk/{talk}/transfer", staff.Answer, d.transfer},
		{"POST /talk/{talk}/close", staff.Answer, d.closeTalk},
		{"POST /talk/{talk}/case", staff.Keep, d.openCase},

		{"GET /cases", staff.Keep, d.cases},
		{"POST /cases", staff.Keep, d.newCase},
		{"POST /cases/{case}/look", staff.Keep, d.look},
		{"GET /cases/{case}", staff.Keep, d.caseScreen},
		{"GET /cases/{case}/episodes/{episode}", staff.Keep, d.caseScreen},
		{"GET /cases/{case}/person", staff.Keep, d.caseScreen},
		{"GET /cases/{case}/about", staff.Keep, d.caseScreen},
		{"POST /cases/{case}/about", staff.Keep, d.saveSummary},
		{"POST /cases/{case}/episodes", staff.Keep, d.addEpisode},
		{"POST /cases/{case}/episodes/{episode}", staff.Keep, d.saveEpisode},
		{"POST /cases/{case}/episodes/{episode}/move", staff.Keep, d.moveEpisode},
		{"POST /cases/{case}/episodes/{episode}/remove", staff.Keep, d.removeEpisode},
		{"POST /cases/{case}/episodes/{episode}/facts", staff.Keep, d.saveFacts},
		{"POST /cases/{case}/person/facts", staff.Keep, d.saveFacts},
		{"POST /cases/{case}/answer", staff.Keep, d.answer},
		{"POST /cases/{case}/complete", staff.Keep, d.complete},
		{"POST /cases/{case}/linked", staff.Keep, d.link},
		{"POST /cases/{case}/notes", staff.Keep, d.addNote},
		{"POST /cases/{case}/assign", staff.Keep, d.assign},
		{"GET /cases/{case}/clash/{clash}", staff.Keep, d.clash},
		{"POST /cases/{case}/clash/{clash}", staff.Keep, d.settle},
		{"GET /cases/{case}/findings/{rule}/{episode}", staff.Keep, d.findingScreen},
		{"GET /cases/{case}/findings/{rule}/{episode}/json", staff.Keep, d.findingJSON},
		{"GET /cases/{case}/suggest", staff.Keep, d.suggestions},
		{"POST /cases/{case}/suggest", staff.Keep, d.decide},
		{"GET /cases/{case}/notes/{note}/suggest", staff.Keep, d.suggestions},
		{"POST /cases/{case}/notes/{note}/suggest", staff.Keep, d.decide},
		{"GET /cases/{case}/services", staff.Keep, d.services},
		{"POST /cases/{case}/services", staff.Keep, d.chooseServices},
		{"POST /cases/{case}/referrals", staff.Keep, d.refer},
		{"GET /cases/{case}/close", staff.Keep, d.closing},
		{"POST /cases/{case}/close", staff.Keep, d.closeCase},

		{"GET /numbers", staff.Count, d.numbers},
		{"GET /numbers/{table}", staff.Count, d.table},
		{"POST /numbers/publish", staff.Count, d.publish},

		{"GET /team", staff.Admit, d.team},
		{"POST /team", staff.Admit, d.admit},
		{"POST /team/queue-key", staff.Admit, d.turnKey},
	} {
		m.HandleFunc(r.pattern, d.in(r.right, r.do))
	}
	if d.Storybook {
		m.HandleFunc("GET /storybook", d.open(d.storybook))
		m.HandleFunc("GET /storybook/{lang}/{screen}/{state}", d.open(d.story))
	}
	m.HandleFunc("/", d.open(d.nowhere))
	return m
}

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBody bounds every request, in bytes.
const maxBody = 512 << 10

// guard is around everything: headers, bounds, and no writing from other sites.
func (d *desk) guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(d.open(func(w http.ResponseWriter, r *http.Request, v visit) error {
		return errCross
	}))
	checked := cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", policy)
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()")
		if d.Secure {
			h.Set("Strict-Transport-Security", "max-age=63072000")
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		checked.ServeHTTP(w, r)
	})
}
