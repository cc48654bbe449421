package hub

import (
	"net/http"
	"strings"

	"amparo/internal/fault"
	"amparo/internal/guide"
	"amparo/internal/locale"
)

// rightsArea says what the law says in each situation, what one can do, and what happens in a call.
var rightsArea = area{
	screens: []screen{
		{path: "/rights", catalogue: "rights", show: (*Hub).rights},
		{path: "/rights/{n}", catalogue: "rights", show: (*Hub).right, each: rightIDs},
	},
	stories: []story{
		{"rights", (*Hub).rights},
		{"right-situation", rightStory("r3", guide.Nobody)},
		{"right-stay", rightStory("r11", guide.Nobody)},
		{"right-call", rightStory("r13", guide.Nobody)},
		{"right-reviewed", rightStory("r9", "Ana Sample, attorney, 2026-12-01")},
	},
	types: map[string]any{"rights.html": rightsPage{}, "rights-page.html": rightPage{}, "rights-from": from{}, "rights-onward": page{}},
}

type rightsPage struct {
	page
	Danger guide.Office
	Groups []rightsGroup
}

// rightsHeads are the headings of kinds of pages and of parts.
var rightsHeads = map[string]string{
	"situation": "rights.kind.situation", "stay": "rights.kind.stay", "call": "rights.kind.call",
	"law": "rights.part.law", "do": "rights.part.do", "keep": "rights.part.keep",
	"who": "rights.part.who", "gives": "rights.part.gives", "asks": "rights.part.asks", "care": "rights.part.care",
	"steps": "rights.part.steps", "report": "rights.part.report", "stop": "rights.part.stop",
}

// A rightsGroup is the pages of one kind.
type rightsGroup struct {
	Head  string // key of words
	Pages []guide.Page
}

func (h *Hub) rights(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	g, err := guide.Shipped()
	if err != nil {
		return err
	}
	p := rightsPage{page: h.newPage(say, "/rights"), Danger: danger(g)}
	p.Style = h.assets.at("rights.css")
	for _, kind := range guide.PageKinds {
		group := rightsGroup{Head: rightsHeads[kind]}
		for _, page := range g.Pages {
			if page.Kind == kind {
				group.Pages = append(group.Pages, page)
			}
		}
		p.Groups = append(p.Groups, group)
	}
	return h.show(w, http.StatusOK, "rights.html", p)
}

// danger is whom to call where waiting costs too much.
func danger(g *guide.Guide) guide.Office {
	o, _ := g.Office("police") // a test says that it is there
	return o
}

func rightIDs(*Hub) (ids []string) {
	g, err := guide.Shipped()
	if err != nil {
		return nil // the page itself says so
	}
	for _, p := range g.Pages {
		ids = append(ids, p.ID)
	}
	return ids
}

type rightPage struct {
	page
	Right   guide.Page
	Parts   []rightPart
	Danger  guide.Office
	Offices []office
	See     []guide.Page
	// Unreviewed says that there is something on the page which no lawyer has checked.
	Unreviewed bool
}

// A rightPart is one kind of statements. Where all of them come from one source it stands below them once.
type rightPart struct {
	Kind string // as in the guide
	Head string // key of words
	Says []rightLine
	From *from
}

type rightLine struct {
	Text string
	From *from
}

// A from is where a text comes from.
type from struct {
	locale.Say
	guide.Source
}

// Named is the key of the words for a source that is no law and no page, or empty.
func (f from) Named() string {
	return map[string]string{guide.Practice: "rights.practice", guide.Common: "rights.common"}[f.Cite]
}

// Reviewer is who has reviewed it, or empty.
func (f from) Reviewer() string {
	if f.Review == guide.Nobody {
		return ""
	}
	return f.Review
}

type office struct {
	guide.Office
	Dial, Sms string
	From      *from
}

func (h *Hub) right(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	return h.showRight(w, say, r.PathValue("n"), nil)
}

// showRight shows a page; change, where there is one, makes of each source another.
func (h *Hub) showRight(w http.ResponseWriter, say locale.Say, id string, change func(*guide.Source)) error {
	g, err := guide.Shipped()
	if err != nil {
		return err
	}
	found, ok := g.Page(id)
	if !ok {
		return fault.New(fault.Unknown, "no such page of the guide")
	}
	p := rightPage{page: h.newPage(say, "/rights/"+id), Right: found, Danger: danger(g)}
	p.Style = h.assets.at("rights.css")
	source := func(s guide.Source) *from {
		if change != nil {
			change(&s)
		}
		p.Unreviewed = p.Unreviewed || s.Review == guide.Nobody
		return &from{say, s}
	}
	for _, part := range found.Parts {
		view, alike := rightPart{Kind: part.Kind, Head: rightsHeads[part.Kind]}, true
		for _, s := range part.Statements {
			alike = alike && s.Source == part.Statements[0].Source
			view.Says = append(view.Says, rightLine{s.Say.In(say.Tag), source(s.Source)})
		}
		if alike {
			view.From = view.Says[0].From
			for i := range view.Says {
				view.Says[i].From = nil
			}
		}
		p.Parts = append(p.Parts, view)
	}
	for _, id := range found.Offices {
		if o, ok := g.Office(id); ok {
			if strings.HasPrefix(o.Cite, o.Site) {
				o.Site = "" // its source names it
			}
			p.Offices = append(p.Offices, office{o, dial(o.Tel), dial(o.Text), source(o.Source)})
		}
	}
	for _, id := range found.See {
		if other, ok := g.Page(id); ok {
			p.See = append(p.See, other)
		}
	}
	return h.show(w, http.StatusOK, "rights-page.html", p)
}

func rightStory(id, review string) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		return h.showRight(w, say, id, func(s *guide.Source) { s.Review = review })
	}
}
