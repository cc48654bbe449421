package hub

import (
	"net/http"

	"amparo/internal/fault"
	"amparo/internal/locale"
)

// A framePage is the writing form of a conversation without JavaScript, within the thread.
type framePage struct {
	locale.Say
	Assets assets
	Carry  *carry
	Sent   bool   // what was written before is kept
	Failed string // why it is not
	Text   string // what was not sent
	Over   bool   // nothing can be sent any more
	Max    int

	Numbers []number // that answer, when there is no room here
}

func (h *Hub) newFrame(say locale.Say, c *carry) framePage {
	return framePage{Say: say, Assets: h.assets, Carry: c, Max: maxLetters}
}

// say keeps one message and answers with the form again: "Sent" and empty, or with the words given back.
func (h *Hub) say(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	w.Header().Set("Content-Security-Policy", policyFrame)
	c, err := carryOf(r)
	if err != nil {
		p := framePage{Say: say, Assets: h.assets}
		h.failFrame(&p, "", err)
		p.Over = true // without the hidden fields nothing can be sent from here
		return h.show(w, status(err), "frame.html", p)
	}
	text := textOf(r)
	if err := h.tell(r.Context(), c, text); err != nil {
		h.note(r, err)
		p := h.newFrame(say, c) // with the same id: if it was kept after all, it will not be kept twice
		h.failFrame(&p, text, err)
		return h.show(w, status(err), "frame.html", p)
	}
	h.presence.seen(c.visit, readGrace)
	p := h.newFrame(say, c.next())
	p.Sent = true
	return h.show(w, http.StatusOK, "frame.html", p)
}

// failFrame gives back what was not sent, and says why.
func (h *Hub) failFrame(p *framePage, text string, err error) {
	kind := fault.KindOf(err)
	if kind == fault.Full {
		p.Numbers = h.numbers(p.Say)
	}
	p.Text, p.Failed, p.Over = text, failLine(p.Say, err, p.Numbers), kind == fault.Ended || kind == fault.Unknown
}
