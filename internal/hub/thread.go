package hub

import (
	"bytes"
	"errors"
	"net/http"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/locale"
)

// A threadPage is a conversation without JavaScript. Its writing form is a document within it, so that
// sending does not end the page.
type threadPage struct {
	page
	Frame string // the document of the writing form
	Live  bool   // the page goes on and on, and what is said is written onto its end
	Said  []saidLine
	Place *placeNote
	Over  bool // nothing more will come; the other pages are open again
}

// A placeNote says where the visitor stands. Each one written to a page hides the one before.
type placeNote struct {
	locale.Say
	Line    string
	Numbers []number // when nobody is here
}

func (h *Hub) newThread(say locale.Say, c *carry) (threadPage, error) {
	var frame bytes.Buffer
	if err := h.pages.ExecuteTemplate(&frame, "frame.html", h.newFrame(say, c.next())); err != nil {
		return threadPage{}, err
	}
	p := threadPage{page: h.newPage(say, ""), Frame: frame.String()}
	p.Plain, p.Chatting, p.Carry = true, true, c
	return p, nil
}

// live is the endless page of a conversation that is under way.
func (h *Hub) live(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	c, err := carryOf(r)
	if err != nil {
		return err
	}
	return h.stream(w, r, say, c)
}

// stream writes the page as far as its end, then each thing said as it comes. The page is sent only
// once the conversation is known to be there.
func (h *Hub) stream(w http.ResponseWriter, r *http.Request, say locale.Say, c *carry) error {
	plain(w)
	org, ms, place, err := h.said(r, c)
	if err != nil {
		return err
	}
	leave, err := h.enter()
	if err != nil { // a page that stands still asks more of the visitor, and loses nothing
		h.note(r, err)
		return h.still(w, say, c, org, ms, place)
	}
	defer leave()
	p, err := h.newThread(say, c)
	if err != nil {
		return err
	}
	p.Live = true
	s := openStream(w, "text/html; charset=utf-8")
	defer s.end()
	write := func(name string, data any) {
		if err := h.pages.ExecuteTemplate(s, name, data); err != nil && s.err == nil {
			s.err = err
		}
	}
	write("thread-top", p)
	err = h.follow(r.Context(), c.visit, 0, func(n news) error {
		for _, line := range c.opened(say, org, n.Messages) {
			write("said", line)
		}
		if n.Place != nil {
			write("place", h.newPlaceNote(say, *n.Place))
		}
		s.printf("\n")
		return s.flush()
	})
	switch {
	case err == nil: // as the last note says
		p.Over = true
	case errors.Is(err, errClosing):
		write("cut", p)
	case fault.KindOf(err) == fault.Unknown:
		write("gone", p)
		p.Over = true
	case r.Context().Err() != nil || s.err != nil:
		return errWritten
	default: // our own mistake; the talk goes on
		h.note(r, err)
		write("cut", p)
	}
	write("thread-end", p)
	s.flush()
	return nil
}

// said gives the organisation and the whole conversation as it stands now.
func (h *Hub) said(r *http.Request, c *carry) (org string, ms []chat.Message, place chat.Place, err error) {
	o, _, err := h.Switchboard.Org(r.Context())
	if err == nil {
		_, ms, place, err = h.Switchboard.Said(r.Context(), c.visit, 0)
	}
	return o.ID, ms, place, err
}

// readGrace is how long one may look at a page that stands still and still count as there.
const readGrace = 10 * time.Minute

// read is the same as it stands now, for whoever is behind a proxy that gathers pages.
func (h *Hub) read(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	plain(w)
	c, err := carryOf(r)
	if err != nil {
		return err
	}
	org, ms, place, err := h.said(r, c)
	if err != nil {
		return err
	}
	return h.still(w, say, c, org, ms, place)
}

// still shows a conversation as it stands.
func (h *Hub) still(w http.ResponseWriter, say locale.Say, c *carry, org string, ms []chat.Message, place chat.Place) error {
	p, err := h.newThread(say, c)
	if err != nil {
		return err
	}
	p.Said = c.opened(say, org, ms)
	p.Place, p.Over = h.newPlaceNote(say, place), place.State == chat.Closed
	h.presence.seen(c.visit, readGrace)
	return h.show(w, http.StatusOK, "thread.html", p)
}
