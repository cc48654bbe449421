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
	// Numbers that answer, when there is no room here.
	Numbers []number
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
		return h.show(w, status(err), "frame.html", framePage{Say: say, Assets: h.assets, Failed: failLine(say, err), Over: true})
	}
	text := textOf(r)
	if err := h.tell(r.Context(), c, text); err != nil {
		h.note(r, err)
		p := h.newFrame(say, c) // with the same id: if it was kept after all, it will not be kept twice
		p.Text, p.Failed = text, failLine(say, err)
		if fault.KindOf(err) == fault.Full {
			p.Numbers = h.numbers(say)
		}
		p.Over = fault.KindOf(err) == fault.Ended || fault.KindOf(err) == fault.Unknown
		return h.show(w, status(err), "frame.html", p)
	}
	p := h.newFrame(say, c.next())
	p.Sent = true
	return h.show(w, http.StatusOK, "frame.html", p)
}
