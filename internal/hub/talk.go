package hub

import (
	"net/http"
	"path"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/internal/seal"
)

// A talkPage is where one writes the first word. It works as a form; the script makes it a chat.
type talkPage struct {
	page
	Door    chat.Door
	OnDuty  bool
	Numbers []number
	Failed  string // why the first message was not sent; empty at first
	Full    bool   // for want of room: the numbers stand beside that
	Text    string // what was not sent
	Max     int
	Words   map[string]string // what the script says
	Story   string            // the state that the storybook plays; empty in earnest
}

// maxLetters is how many letters the box takes. The bound is in bytes; the box cannot count those.
const maxLetters = seal.MaxMessage

// scriptWords are the keys that the script says.
var scriptWords = []string{"chat.you", "chat.team", "chat.sending", "chat.sent", "chat.waiting", "chat.again", "chat.unreadable",
	"chat.amiss", "chat.typing", "chat.lost", "chat.back", "chat.gone", "fail.empty", "fail.too-long", "fail.full", "fail.busy", "fail.ended",
	"fail.unsent", "fail.unsure", "fail.end", "fail.erase", "ended.head", "erased.head"}

func (h *Hub) newTalk(r *http.Request, say locale.Say, door chat.Door, c *carry) talkPage {
	p := talkPage{page: h.newPage(say, "/"+doorPaths[door]), Door: door, OnDuty: h.onDuty(r), Numbers: h.numbers(say),
		Max: maxLetters, Words: map[string]string{}}
	p.Carry = c
	for _, k := range scriptWords {
		p.Words[k] = say.T(k)
	}
	return p
}

// doorPaths says at which address each door is.
var doorPaths = map[chat.Door]string{chat.Help: "talk", chat.Tell: "tell"}

func doorOf(r *http.Request) chat.Door {
	if path.Base(r.URL.Path) == doorPaths[chat.Tell] {
		return chat.Tell
	}
	return chat.Help
}

func (h *Hub) talk(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	return h.show(w, http.StatusOK, "talk.html", h.newTalk(r, say, doorOf(r), newCarry()))
}

// begin takes the first message of a visitor without JavaScript and answers with the endless page. If
// it cannot be kept the words are given back with the reason.
func (h *Hub) begin(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	secret(w)
	c, err := carryOf(r)
	if err != nil {
		return err
	}
	text := textOf(r)
	// What is empty or too long is not to open a conversation.
	if err = checkText(text); err == nil {
		if err = h.open(r.Context(), c, doorOf(r), say.Tag); err == nil {
			err = h.tell(r.Context(), c, text)
		}
	}
	if err != nil {
		h.note(r, err)
		p := h.newTalk(r, say, doorOf(r), c)
		p.fail(text, err)
		plain(w)
		return h.show(w, status(err), "talk.html", p)
	}
	return h.stream(w, r, say, c)
}

// fail gives back what was not sent, and says why.
func (p *talkPage) fail(text string, err error) {
	p.Plain, p.Text, p.Failed, p.Full = true, text, failLine(p.Say, err, p.Numbers), fault.KindOf(err) == fault.Full
}

// plain says that the page runs no script.
func plain(w http.ResponseWriter) { w.Header().Set("Content-Security-Policy", policyPlain) }

// failLine says why a message was not sent. For want of room it leads to the numbers that are shown after it.
func failLine(say locale.Say, err error, numbers []number) string {
	switch fault.KindOf(err) {
	case fault.TooLong:
		return say.T("fail.too-long")
	case fault.Full:
		if len(numbers) > 0 {
			return say.T("fail.full") + " " + say.T("numbers.these")
		}
		return say.T("fail.full")
	case fault.Ended, fault.Unknown:
		return say.T("fail.ended")
	case fault.Invalid:
		if fault.FieldOf(err) == "text" {
			return say.T("fail.empty")
		}
	case fault.Busy:
		return say.T("fail.busy")
	}
	return say.T("fail.unsent")
}
