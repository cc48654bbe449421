package hub

import (
	"context"
	"net/http"

	"amparo/internal/locale"
	"amparo/internal/switchboard"
)

// A stopPage asks whether to end or to erase, and says what each does.
type stopPage struct{ page }

// An overPage says that a conversation was ended or erased.
type overPage struct {
	page
	Erased bool
}

func (h *Hub) stop(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	plain(w)
	c, err := carryOf(r)
	if err != nil {
		return err
	}
	if _, _, _, err := h.Switchboard.Said(r.Context(), c.visit, 0); err != nil {
		return err
	}
	h.presence.seen(c.visit, readGrace)
	p := stopPage{h.newPage(say, "")}
	p.Plain, p.Carry = true, c
	return h.show(w, http.StatusOK, "stop.html", p)
}

func (h *Hub) end(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	return h.finish(w, r, say, h.Switchboard.End, false)
}

func (h *Hub) erase(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	return h.finish(w, r, say, h.Switchboard.Erase, true)
}

func (h *Hub) finish(w http.ResponseWriter, r *http.Request, say locale.Say, do func(context.Context, switchboard.Visit) error, erased bool) error {
	secret(w)
	plain(w)
	c, err := carryOf(r)
	if err != nil {
		return err
	}
	if err := h.parted(c.visit, do(r.Context(), c.visit)); err != nil {
		return err
	}
	p := overPage{h.newPage(say, ""), erased}
	p.Plain = true
	if !erased {
		p.Carry = c // what was ended can still be erased
	}
	return h.show(w, http.StatusOK, "over.html", p)
}
