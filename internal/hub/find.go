package hub

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"amparo/internal/directory"
	"amparo/internal/locale"
)

// findArea finds services. What a person chooses comes by POST, so that it stands in no address, and is
// neither kept nor logged.
var findArea = area{
	screens: []screen{
		{path: "/find", catalogue: "find", show: (*Hub).find},
		{path: "/find", kind: post, catalogue: "find", show: (*Hub).found},
		{path: "/find/all", catalogue: "find", show: (*Hub).findAll},
	},
	stories: []story{
		{"find", findStory(choice{}, false)},
		{"find-again", findStory(choice{Need: "shelter", NoStatus: true, Now: true}, true)},
		{"find-answer", foundStory(choice{Need: "shelter", Language: "es"}, directory.Invented)},
		{"find-now", foundStory(choice{Need: "medical", Area: "https://example.org/areas/marisma/old-port", NoStatus: true, Now: true}, directory.Invented)},
		{"find-anything", foundStory(choice{}, directory.Invented)},
		{"find-empty", foundStory(choice{Need: "documents", Language: "vi", Area: "https://example.org/areas/marisma", NoStatus: true, Now: true}, noServices)},
		{"find-all", findAllStory(directory.Invented)},
		{"find-all-none", findAllStory(noServices)},
	},
	types: map[string]any{"find.html": findPage{}, "find-answer.html": foundPage{}, "find-all.html": findAllPage{},
		"find-service.html": card{}, "service": card{}, "told": said{}},
}

// A choice is what somebody asks for. An empty field asks nothing.
type choice struct {
	Need, Language, Area string
	NoStatus, Now        bool
}

// An option is a value that a form offers.
type option struct {
	Value  string
	Label  said
	Chosen bool
}

type findPage struct {
	page
	Needs, Languages, Areas []option
	Choice                  choice
	Again                   bool // something was chosen that is not offered
	Numbers                 []number
}

func (h *Hub) newFind(say locale.Say, d directory.Directory, c choice) findPage {
	p := findPage{page: h.newPage(say, "/find"), Choice: c, Numbers: h.numbers(say)}
	p.Style = h.assets.at("find.css")
	for _, n := range directory.Needs {
		p.Needs = append(p.Needs, option{n.Code, needIn(say, n), n.Code == c.Need})
	}
	for _, l := range h.tongues(d) {
		label := tongue(l, l.Code)
		if name := tongue(l, say.Tag); !strings.EqualFold(name, label) {
			label += " – " + name
		}
		p.Languages = append(p.Languages, option{l.Code, said{Text: label}, l.Code == c.Language})
	}
	for _, a := range places(d) {
		p.Areas = append(p.Areas, option{a.URI, said{Text: a.Name}, a.URI == c.Area})
	}
	return p
}

func (h *Hub) find(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	if h.Talk != "" { // a copy has nobody to answer a form
		return h.findAll(w, r, say)
	}
	return h.show(w, http.StatusOK, "find.html", h.newFind(say, h.Directory, choice{}))
}

// found answers the form. Values that it does not offer bring it back, to choose again.
func (h *Hub) found(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	if err := readForm(r); err != nil {
		return err
	}
	f := r.PostForm
	c := choice{f.Get("need"), f.Get("language"), f.Get("area"), f.Get("status") != "", f.Get("when") == "now"}
	p := h.newFind(say, h.Directory, c)
	if !offers(p.Needs, c.Need) || !offers(p.Languages, c.Language) || !offers(p.Areas, c.Area) {
		p.Again = true
		return h.show(w, http.StatusBadRequest, "find.html", p)
	}
	return h.show(w, http.StatusOK, "find-answer.html", h.newFound(p, h.Directory, time.Now()))
}

func offers(os []option, value string) bool {
	return value == "" || slices.ContainsFunc(os, func(o option) bool { return o.Value == value })
}

// tongues are the languages to choose from: those that some service speaks, and those of the site.
func (h *Hub) tongues(d directory.Directory) (out []directory.Language) {
	for _, o := range d.Organizations {
		for _, s := range o.Services {
			out = append(out, s.Languages...)
		}
	}
	for _, l := range h.words.Languages() {
		out = append(out, directory.Language{Code: l.Tag, Name: l.Name})
	}
	for i := range out {
		out[i].Code = base(out[i].Code)
	}
	out = slices.DeleteFunc(out, func(l directory.Language) bool { return l.Code == "" })
	slices.SortStableFunc(out, func(a, b directory.Language) int { return strings.Compare(a.Code, b.Code) })
	out = slices.CompactFunc(out, func(a, b directory.Language) bool { return a.Code == b.Code })
	slices.SortStableFunc(out, func(a, b directory.Language) int { return strings.Compare(tongue(a, a.Code), tongue(b, b.Code)) })
	return out
}

// base is the language of a tag without script or region, or the tag itself.
func base(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	b, _ := tag.Base()
	return b.String()
}

// places are the areas to choose from: those that can be told from others.
func places(d directory.Directory) (out []directory.Area) {
	for _, a := range d.Areas() {
		if a.URI != "" && a.Name != "" && !slices.ContainsFunc(out, func(b directory.Area) bool { return a.URI == b.URI }) {
			out = append(out, a)
		}
	}
	return out
}

// mostFound is how many services of a kind an answer shows; a person can take in fewer.
const mostFound = 30

// A foundPage is the answer: services that fit, then those of which too little is known, then those that
// fit and are closed when open ones were asked for.
type foundPage struct {
	findPage
	Asked              []said
	Fits, Maybe, Later []card
	More               bool // there are more than are shown
}

// Empty says whether nothing was found.
func (p foundPage) Empty() bool { return len(p.Fits)+len(p.Maybe)+len(p.Later) == 0 }

func (h *Hub) newFound(f findPage, d directory.Directory, at time.Time) foundPage {
	c := f.Choice
	p := foundPage{findPage: f, Asked: f.asked()}
	add := func(to *[]card, fit directory.Fit) {
		if len(*to) == mostFound {
			p.More = true
			return
		}
		*to = append(*to, newCard(f.Say, fit, c, at))
	}
	for _, fit := range d.Match(directory.Query{Need: c.Need, Language: c.Language, Area: c.Area, NoStatus: c.NoStatus, At: at}) {
		switch open := !c.Now || fit.Open == directory.Yes; {
		case fit.Answer == directory.No:
		case fit.Answer == directory.Yes && open:
			add(&p.Fits, fit)
		case !c.Now || fit.Open != directory.No:
			add(&p.Maybe, fit)
		case fit.Answer == directory.Yes:
			add(&p.Later, fit)
		}
	}
	return p
}

// asked says again what was chosen.
func (p findPage) asked() (out []said) {
	for _, os := range [][]option{p.Needs, p.Languages, p.Areas} {
		for _, o := range os {
			if o.Chosen {
				out = append(out, o.Label)
			}
		}
	}
	if p.Choice.NoStatus {
		out = append(out, p.says("find.status"))
	}
	if p.Choice.Now {
		out = append(out, p.says("find.when.now"))
	}
	return out
}

// says gives words of the catalogue as said.
func (p findPage) says(key string) said {
	return said{HTML: p.H(key)}
}
