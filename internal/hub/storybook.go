package hub

import (
	"embed"
	"net/http"
	"slices"
	"strings"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/locale"
)

// A story renders one screen in one state, from literals.
type story struct {
	Name string
	show teller
}

const storyWords = "They keep my passport. <b>I am not allowed to leave</b> the house.\nمرحبا"

var storyLines = []saidLine{
	{Mine: true, Text: storyWords},
	{Text: "Thank you for writing. Are you safe to talk for a few minutes?"},
	{Mine: true, Text: "Yes"},
	{Text: "مرحبا، أنا هنا معك."},
}

func talkStory(door chat.Door, duty bool, err error, text string) teller {
	return func(h *Hub, w http.ResponseWriter, r *http.Request, s locale.Say) error {
		p := h.newTalk(r, s, door, newCarry())
		p.OnDuty = duty
		if err != nil {
			p.fail(text, err)
		}
		return h.show(w, 200, "talk.html", p)
	}
}

func threadStory(name string, said int) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		p, err := h.newThread(s, newCarry())
		if err != nil {
			return err
		}
		for _, line := range storyLines[:said] {
			line.Say = s
			p.Said = append(p.Said, line)
		}
		place := storyPlaces[name]
		p.Place, p.Over = h.newPlaceNote(s, place), place.State == chat.Closed
		plain(w)
		return h.show(w, 200, "thread.html", p)
	}
}

func frameStory(sent bool, err error) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		p := h.newFrame(s, newCarry())
		p.Sent = sent
		if err != nil {
			h.failFrame(&p, storyWords, err)
		}
		return h.show(w, 200, "frame.html", p)
	}
}

func overStory(erased bool) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		p := overPage{h.newPage(s, ""), erased}
		p.Plain = true
		if !erased {
			p.Carry = newCarry()
		}
		return h.show(w, 200, "over.html", p)
	}
}

func errorStory(k fault.Kind) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		return h.show(w, 200, "error.html", h.newError(s, k))
	}
}

var storyPlaces = map[string]chat.Place{
	"next": {State: chat.Waiting, OnDuty: true}, "ahead": {State: chat.Waiting, OnDuty: true, Ahead: 2},
	"over":   {State: chat.Closed, OnDuty: true},
	"nobody": {State: chat.Waiting}, "held": {State: chat.Held, OnDuty: true},
}

// scripted is the page on which client/stories.js plays a state of the script.
func scripted(h *Hub, w http.ResponseWriter, r *http.Request, s locale.Say) error {
	p := h.newTalk(r, s, chat.Help, newCarry())
	p.Story = strings.TrimPrefix(r.PathValue("story"), "script-")
	for name, place := range storyPlaces {
		p.Words["place."+name] = placeLine(s, place)
	}
	return h.show(w, 200, "talk.html", p)
}

type storybookPage struct {
	page
	Stories    []story
	Artificial []locale.Language
}

func (h *Hub) storybook(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "storybook.html", storybookPage{h.newPage(say, ""), stories, h.words.Artificial()})
}

func (h *Hub) story(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	if say = h.words.In(r.PathValue("lang")); say.Tag != r.PathValue("lang") {
		return fault.New(fault.Unknown, "no such language")
	}
	i := slices.IndexFunc(stories, func(s story) bool { return s.Name == r.PathValue("story") })
	if i < 0 {
		return fault.New(fault.Unknown, "no such story")
	}
	return stories[i].show(h, w, r, say)
}

//go:embed client/stories.js client/view.js
var storyScripts embed.FS

// storyScript serves the modules that play stories, as they stand.
func (h *Hub) storyScript(w http.ResponseWriter, r *http.Request) {
	data, err := storyScripts.ReadFile("client/" + r.PathValue("name"))
	if err != nil {
		h.fail(w, r, h.sayFor(r), fault.New(fault.Unknown, "no such script"))
		return
	}
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Write(data)
}
