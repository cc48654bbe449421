package hub

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"

	"amparo/internal/asset"
	"amparo/internal/fault"
	"amparo/internal/locale"
)

// A page is what every page shows besides its own.
type page struct {
	locale.Say
	Org    string
	Banner bool
	Talk   string // of a copy of the site: where the site with the talk is
	Exit   string // where Exit leads
	Path   string // the address below the language; empty for a page that is an answer and has none
	Plain  bool   // without any script
	Assets assets
	Style  string // the address of a style sheet of its own
	Script string // the address of a module of its own
	// Chatting is of a page that shows a talk: it fills the window, and leads nowhere else.
	Chatting bool
	base     string // before the addresses of its forms; within a partner's page
	voice    func(tag, file string) ([]byte, bool, bool)
	Carry    *carry // what a page of a conversation without JavaScript hands on
}

func (h *Hub) newPage(say locale.Say, path string) page {
	p := page{Say: say, Org: h.Name, Banner: h.Banner, Talk: h.Talk, Exit: "/exit", Path: path, Assets: h.assets, voice: h.voice}
	if h.framed {
		p.base = embedPrefix
	}
	if h.Talk != "" {
		p.Exit = h.ExitURL // no server of ours is there to lead away
	}
	return p
}

// Offered lists the languages that the page is in.
func (p page) Offered() (out []locale.Language) {
	s, _ := screenAt(p.Path)
	for _, l := range p.All() {
		if p.Holds(l.Tag, s.catalogue) {
			out = append(out, l)
		}
	}
	return out
}

// Others are some languages that the page is in too, for the way to all of them: whoever cannot read the page
// must see early that it can be read.
func (p page) Others() (out []locale.Language) {
	if p.Path == "" || p.Framed() || p.Chatting {
		return nil
	}
	for _, l := range p.Offered() {
		if l.Tag != p.Tag && len(out) < 4 {
			out = append(out, l)
		}
	}
	return out
}

// To is where another screen is: in the language of the page, or in English where that has not the words.
func (p page) To(path string) (string, error) {
	s, ok := screenAt(path)
	if !ok {
		return "", fmt.Errorf("hub: no screen is at %s", path)
	}
	to := "en" + path
	if p.Holds(p.Tag, s.catalogue) {
		to = p.Tag + path
	}
	if p.Talk != "" && s.kind == chatKind {
		return p.Talk + to, nil
	}
	return "/" + to, nil
}

// sayFor is the language of the address; where that has none, the one that the browser suggests.
func (h *Hub) sayFor(r *http.Request) locale.Say {
	tag, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if h.words.Has(tag) {
		return h.words.In(tag)
	}
	return h.words.In(h.words.Suggest(r.Header.Get("Accept-Language")))
}

// page makes a handler of a screen: nothing after Exit, one place for errors.
func (h *Hub) page(f func(http.ResponseWriter, *http.Request, locale.Say) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if hasLeft(r) {
			h.away(w)
			return
		}
		say := h.sayFor(r)
		sw := &squeezer{ResponseWriter: w, accept: r.Header.Get("Accept-Encoding"), head: r.Method == http.MethodHead}
		err := f(sw, r, say)
		sw.Close()
		if err != nil {
			h.fail(w, r, say, err)
		}
	}
}

// show renders a page whole before it writes anything, so that a mistake gives an error page.
func (h *Hub) show(w http.ResponseWriter, status int, name string, data any) error {
	var b bytes.Buffer
	if err := h.pages.ExecuteTemplate(&b, name, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	if err != nil {
		return errWritten
	}
	return nil
}

// errWritten is of a reader that went away: nobody is there to tell.
var errWritten = errors.New("hub: the reader is gone")

// status is what an error is over HTTP. A stranger is one who posts from another site: here nobody logs
// in, which a 401 would ask for.
func status(err error) int {
	if k := fault.KindOf(err); k != fault.Stranger {
		return k.Status()
	}
	return http.StatusForbidden
}

// An errorPage tells calmly that something is not there or did not work.
type errorPage struct {
	page
	Kind    string
	Numbers []number
}

// errorKinds are those with words of their own; all others say that it is our mistake.
var errorKinds = map[fault.Kind]string{fault.Unknown: "unknown", fault.TooLong: "too-long", fault.Ended: "ended",
	fault.Full: "full", fault.Busy: "busy", fault.Slow: "busy", fault.Conflict: "busy", fault.Stranger: "refused", fault.Invalid: "refused"}

func (h *Hub) fail(w http.ResponseWriter, r *http.Request, say locale.Say, err error) {
	if errors.Is(err, errWritten) || r.Context().Err() != nil {
		return
	}
	h.note(r, err)
	w.Header().Set("Content-Security-Policy", h.policy)
	if h.show(w, status(err), "error.html", h.newError(say, fault.KindOf(err))) != nil {
		h.Log.Error("no error page", "kind", string(fault.KindOf(err)))
	}
}

func (h *Hub) newError(say locale.Say, kind fault.Kind) errorPage {
	p := errorPage{page: h.newPage(say, ""), Kind: errorKinds[kind]}
	if p.Kind == "" {
		p.Kind = "internal"
	}
	if kind != fault.Unknown {
		p.Numbers = h.numbers(say)
	}
	return p
}

// note logs what is ours to mend. A route names no one; a path might.
func (h *Hub) note(r *http.Request, err error) {
	switch fault.KindOf(err) {
	case fault.Internal, fault.Full, fault.Busy:
		h.Log.Error("request failed", "route", r.Pattern, "kind", string(fault.KindOf(err)), "err", err)
	}
}

func (h *Hub) nowhere(http.ResponseWriter, *http.Request, locale.Say) error {
	return fault.New(fault.Unknown, "no such page")
}

// A squeezer compresses a page that holds no secret. A page that does calls secret first: the length
// of a compressed secret can be measured from outside (BREACH).
type squeezer struct {
	http.ResponseWriter
	accept string
	head   bool
	out    io.WriteCloser
	whole  bool
}

// secret says that the page is not to be compressed.
func secret(w http.ResponseWriter) {
	if s, ok := w.(*squeezer); ok {
		s.whole = true
	}
}

func (s *squeezer) WriteHeader(status int) {
	s.Header().Add("Vary", "Accept-Encoding")
	if !s.whole {
		coding := asset.Coding(s.accept)
		switch coding {
		case "br":
			s.out = brotli.NewWriterLevel(s.ResponseWriter, 5)
		case "gzip":
			s.out = gzip.NewWriter(s.ResponseWriter)
		}
		if s.out != nil {
			s.Header().Set("Content-Encoding", coding)
		}
	}
	s.ResponseWriter.WriteHeader(status)
}

func (s *squeezer) Write(b []byte) (int, error) {
	if s.out != nil && !s.head {
		return s.out.Write(b)
	}
	return s.ResponseWriter.Write(b)
}

// Close ends the compressed page, if it was one.
func (s *squeezer) Close() error {
	if s.out != nil && !s.head {
		return s.out.Close()
	}
	return nil
}

// Unwrap lets http.ResponseController reach the connection.
func (s *squeezer) Unwrap() http.ResponseWriter { return s.ResponseWriter }
