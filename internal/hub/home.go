package hub

import (
	"net/http"

	"amparo/internal/fault"
	"amparo/internal/locale"
)

var homeArea = area{
	screens: []screen{
		{path: "/", catalogue: "base", show: (*Hub).home},
		{path: "/privacy", catalogue: "base", show: (*Hub).privacy},
		{path: "/exit-help", catalogue: "base", show: (*Hub).exitHelp},
	},
	stories: []story{
		{"home", homeStory(true)},
		{"home-off-duty", homeStory(false)},
		{"privacy", (*Hub).privacy},
		{"exit-help", (*Hub).exitHelp},
		{"error-unknown", errorStory(fault.Unknown)}, {"error-internal", errorStory(fault.Internal)}, {"error-busy", errorStory(fault.Busy)},
		{"error-full", errorStory(fault.Full)}, {"error-ended", errorStory(fault.Ended)}, {"error-too-long", errorStory(fault.TooLong)},
		{"error-refused", errorStory(fault.Stranger)},
	},
	types: map[string]any{"home.html": homePage{}, "privacy.html": privacyPage{}, "exit-help.html": exitHelpPage{}, "error.html": errorPage{}},
}

func homeStory(duty bool) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, s locale.Say) error {
		return h.show(w, 200, "home.html", h.newHome(s, duty))
	}
}

type homePage struct {
	page
	OnDuty  bool
	Numbers []number
	More    []door
}

// A door leads from the first page to another.
type door struct {
	Path, Head, What string // the words' keys
	English          bool   // the page is not in this language
}

// further are the pages that the first page leads to besides the talk.
var further = []door{
	{Path: "/check", Head: "home.check", What: "home.check.what"},
	{Path: "/find", Head: "home.find", What: "home.find.what"},
	{Path: "/rights", Head: "home.rights", What: "home.rights.what"},
	{Path: "/explained", Head: "home.explained", What: "home.explained.what"},
	{Path: "/facts", Head: "home.facts", What: "home.facts.what"},
	{Path: "/work", Head: "home.work", What: "home.work.what"},
	{Path: "/wording", Head: "home.wording", What: "home.wording.what"},
}

func (h *Hub) newHome(say locale.Say, duty bool) homePage {
	p := homePage{page: h.newPage(say, "/"), OnDuty: duty, Numbers: h.numbers(say)}
	for _, d := range further {
		if s, ok := screenAt(d.Path); ok {
			d.English = !p.Holds(say.Tag, s.catalogue)
			p.More = append(p.More, d)
		}
	}
	return p
}

// home is the first page. At "/" it comes in the language that the browser suggests, without a redirect.
func (h *Hub) home(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	w.Header().Add("Vary", "Accept-Language")
	return h.show(w, http.StatusOK, "home.html", h.newHome(say, h.onDuty(r)))
}

// onDuty says whether somebody is here. When that cannot be known nobody is promised.
func (h *Hub) onDuty(r *http.Request) bool {
	if h.Switchboard == nil {
		return false
	}
	duty, err := h.Switchboard.OnDuty(r.Context())
	if err != nil {
		h.note(r, err)
	}
	return duty && err == nil
}

type privacyPage struct{ page }

func (h *Hub) privacy(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	return h.show(w, http.StatusOK, "privacy.html", privacyPage{h.newPage(say, "/privacy")})
}

// A number is a Number in one language. Lang is that of what it says, where it is not the page's.
type number struct{ Name, Tel, Dial, Says, Lang string }

func (h *Hub) numbers(say locale.Say) (out []number) {
	for _, n := range h.Numbers {
		says, ok := n.Says[say.Tag]
		lang := ""
		if !ok {
			says, lang = n.Says["en"], "en"
		}
		out = append(out, number{n.Name, n.Tel, dial(n.Tel), says, lang})
	}
	return out
}

// dial keeps of a number what a phone dials.
func dial(tel string) string {
	var b []byte
	for i, c := range []byte(tel) {
		if c >= '0' && c <= '9' || c == '+' && i == 0 {
			b = append(b, c)
		}
	}
	return string(b)
}
