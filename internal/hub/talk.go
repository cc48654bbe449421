package hub

import (
	"net/http"
	"path"
	"strings"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/locale"
	"amparo/internal/seal"
)

var talkArea = area{
	screens: []screen{
		{path: "/talk", kind: chatKind, catalogue: "chat", show: (*Hub).talk},
		{path: "/tell", kind: chatKind, catalogue: "chat", show: (*Hub).talk},
		// without JavaScript, from here to erase
		{path: "/talk", kind: post, catalogue: "chat", show: (*Hub).begin},
		{path: "/tell", kind: post, catalogue: "chat", show: (*Hub).begin},
		{path: "/live", kind: post, catalogue: "chat", show: (*Hub).live},
		{path: "/read", kind: post, catalogue: "chat", show: (*Hub).read},
		{path: "/say", kind: post, catalogue: "chat", show: (*Hub).say},
		{path: "/stop", kind: post, catalogue: "chat", show: (*Hub).stop},
		{path: "/end", kind: post, catalogue: "chat", show: (*Hub).end},
		{path: "/erase", kind: post, catalogue: "chat", show: (*Hub).erase},
	},
	// Those named script-… are played by client/stories.js, for what the script makes of the page.
	stories: []story{
		{"talk", talkStory(chat.Help, true, nil, "")},
		{"talk-off-duty", talkStory(chat.Help, false, nil, "")},
		{"tell", talkStory(chat.Tell, true, nil, "")},
		{"talk-empty", talkStory(chat.Help, true, fault.Field("text", "empty"), "")},
		{"talk-too-long", talkStory(chat.Help, true, fault.New(fault.TooLong, "story"), strings.Repeat("I want to tell you all of it. ", 300))},
		{"talk-full", talkStory(chat.Help, false, fault.New(fault.Full, "story"), storyWords)},
		{"talk-unsent", talkStory(chat.Help, true, fault.New(fault.Internal, "story"), storyWords)},
		{"script-first", scripted}, {"script-sending", scripted}, {"script-next", scripted}, {"script-ahead", scripted},
		{"script-nobody", scripted}, {"script-held", scripted}, {"script-typing", scripted}, {"script-long", scripted},
		{"script-failed", scripted}, {"script-full", scripted}, {"script-amiss", scripted}, {"script-unsure", scripted}, {"script-lost", scripted}, {"script-ask", scripted},
		{"script-stop", scripted}, {"script-ended", scripted}, {"script-erased", scripted}, {"script-gone", scripted},
		{"thread-next", threadStory("next", 1)},
		{"thread-ahead", threadStory("ahead", 1)},
		{"thread-nobody", threadStory("nobody", 1)},
		{"thread-held", threadStory("held", len(storyLines))},
		{"thread-over", threadStory("over", len(storyLines))},
		{"frame", frameStory(false, nil)},
		{"frame-sent", frameStory(true, nil)},
		{"frame-unsent", frameStory(false, fault.New(fault.Busy, "story"))},
		{"frame-full", frameStory(false, fault.New(fault.Full, "story"))},
		{"frame-over", frameStory(false, fault.New(fault.Ended, "story"))},
		{"stop", func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
			p := stopPage{h.newPage(s, "")}
			p.Plain, p.Carry = true, newCarry()
			return h.show(w, 200, "stop.html", p)
		}},
		{"ended", overStory(false)},
		{"erased", overStory(true)},
	},
	types: map[string]any{
		"talk.html": talkPage{}, "talk-main": talkPage{}, "thread.html": threadPage{}, "thread-top": threadPage{}, "thread-end": threadPage{}, "cut": threadPage{},
		"gone": threadPage{}, "said": saidLine{}, "place": &placeNote{}, "frame.html": framePage{}, "stop.html": stopPage{}, "over.html": overPage{},
	},
}

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
	Action  string            // where the form goes without the script
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
	p.Carry, p.Action = c, "/"+say.Tag+p.Path
	for _, k := range scriptWords {
		p.Words[k] = say.Line(k)
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
		return say.Line("fail.too-long")
	case fault.Full:
		if len(numbers) > 0 {
			return say.Line("fail.full") + " " + say.Line("numbers.these")
		}
		return say.Line("fail.full")
	case fault.Ended, fault.Unknown:
		return say.Line("fail.ended")
	case fault.Invalid:
		if fault.FieldOf(err) == "text" {
			return say.Line("fail.empty")
		}
	case fault.Busy:
		return say.Line("fail.busy")
	}
	return say.Line("fail.unsent")
}
