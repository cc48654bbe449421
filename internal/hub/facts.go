package hub

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"amparo/internal/evidence"
	"amparo/internal/fault"
	"amparo/internal/locale"
)

// factsArea says what is known, with its sources: all claims on one page, each on one of its own, and the numbers
// of a figure as a table to save.
var factsArea = area{
	screens: []screen{
		{path: "/facts", catalogue: "facts", show: (*Hub).facts},
		{path: "/facts/{claim}", catalogue: "facts", show: (*Hub).fact, each: factIDs(func(evidence.Claim) bool { return true })},
		{path: "/facts/{claim}/table.csv", kind: fileKind, catalogue: "facts", show: (*Hub).factTable, each: factIDs(tabled)},
	},
	stories: []story{
		{"facts", (*Hub).facts},
		{"fact-definition", factStory("c02", nil)},
		{"fact-myth", factStory("c13", nil)},
		{"fact-shares", factStory("c38", nil)},
		{"fact-bars", factStory("c46", nil)},
		{"fact-doubtful", factStory("c40", nil)},
		{"fact-nameless", factStory("c42", nil)},
		{"fact-older", factStory("c44", nil)},
		{"fact-reviewed", factStory("c39", func(c *evidence.Claim) { c.Review, c.Mark = "Prof. A. Sample", evidence.Read })},
	},
	types: map[string]any{"facts.html": factsPage{}, "facts-claim.html": factPage{}},
}

// A factGroup is the claims of one kind, in the order of the book; older figures come last.
type factGroup struct {
	ID         string
	Head, Lead string // keys of words; Lead may be empty
	See        string // the screen that explains it, if one does
	Rows       []factRow
	From       string // who says all of it, where that is the same for all
}

// A factRow is a claim in the list.
type factRow struct {
	evidence.Claim
	From string // who says so, where the group does not say it
}

type factsPage struct {
	page
	Groups []factGroup
}

// factHeads are the groups of the page.
var factHeads = []struct {
	kind       evidence.Kind
	head, lead string
}{
	{evidence.Definition, "facts.definition", ""},
	{evidence.Link, "facts.link", ""},
	{evidence.Myth, "facts.myth", ""},
	{evidence.Figure, "facts.figure", "facts.figure.lead"},
	{evidence.Weapon, "facts.weapon", "facts.weapon.lead"},
	{evidence.Protects, "facts.protects", "facts.protects.lead"},
}

func (h *Hub) facts(w http.ResponseWriter, _ *http.Request, say locale.Say) error {
	book, err := evidence.Shipped()
	if err != nil {
		return err
	}
	p := factsPage{page: h.newPage(say, "/facts")}
	p.Style = h.assets.at("facts.css")
	for _, head := range factHeads {
		g := factGroup{ID: string(head.kind), Head: head.head, Lead: head.lead}
		all := book.Of(head.kind)
		slices.SortStableFunc(all, func(a, b evidence.Claim) int { return aged(a) - aged(b) })
		for _, c := range all {
			g.Rows = append(g.Rows, factRow{c, whoSays(c, say.Tag)})
		}
		if head.kind == evidence.Definition {
			g.See = "/explained"
		}
		g.share()
		p.Groups = append(p.Groups, g)
	}
	return h.show(w, http.StatusOK, "facts.html", p)
}

func aged(c evidence.Claim) int {
	if c.SupersededBy != "" {
		return 1
	}
	return 0
}

// whoSays names who says so, once each.
func whoSays(c evidence.Claim, lang string) string {
	var who []string
	for _, s := range c.Sources {
		if name := s.Source.Who(lang); !slices.Contains(who, name) {
			who = append(who, name)
		}
	}
	return strings.Join(who, "; ")
}

// share says once for the group what is the same in all its rows.
func (g *factGroup) share() {
	for _, r := range g.Rows {
		if r.From != g.Rows[0].From {
			return
		}
	}
	g.From = g.Rows[0].From
	for i := range g.Rows {
		g.Rows[i].From = ""
	}
}

type factPage struct {
	page
	evidence.Claim
	Kind  string // key of words
	Chart template.HTML
	Newer *evidence.Claim // that took its place
	Words string          // what to cite: the claim, or the answer to a myth
}

// Table says whether the claim has numbers to save.
func (p factPage) Table() bool { return tabled(p.Claim) }

// Leaves says whether a source has a link.
func (p factPage) Leaves() bool {
	return slices.ContainsFunc(p.Sources, func(c evidence.Cite) bool { return c.Source.URL != "" })
}

// Cited is the key of the words to cite by: a doubtful or old claim is never cited as if it were not.
func (p factPage) Cited() string {
	switch {
	case p.Standing == evidence.Doubtful:
		return "facts.cite.doubtful"
	case p.Newer != nil:
		return "facts.cite.older"
	}
	return "facts.cite.words"
}

func (h *Hub) newFact(say locale.Say, book *evidence.Book, c evidence.Claim) factPage {
	p := factPage{page: h.newPage(say, "/facts/"+c.ID), Claim: c, Words: c.Claim.In(say.Tag),
		Chart: template.HTML(c.Chart(say.Tag, say.Dir))} // Chart escapes every text in it
	p.Style = h.assets.at("facts.css")
	for _, head := range factHeads {
		if head.kind == c.Kind {
			p.Kind = head.head
		}
	}
	if c.Kind == evidence.Myth {
		p.Words = c.Answer.In(say.Tag)
	}
	if newer, ok := book.Find(c.SupersededBy); ok {
		p.Newer = &newer
	}
	return p
}

func (h *Hub) fact(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	book, c, err := claimOf(r)
	if err != nil {
		return err
	}
	return h.show(w, http.StatusOK, "facts-claim.html", h.newFact(say, book, c))
}

// factTable gives the numbers as a file to save, whose name tells nothing.
func (h *Hub) factTable(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	_, c, err := claimOf(r)
	if err != nil {
		return err
	}
	if !tabled(c) {
		return fault.New(fault.Unknown, "a claim without numbers")
	}
	var b strings.Builder
	if err := c.CSV(&b, say.Tag); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	w.Header().Set("Content-Disposition", `attachment; filename="`+c.ID+`.csv"`)
	w.WriteHeader(http.StatusOK)
	if _, err := w.Write([]byte(b.String())); err != nil {
		return errWritten
	}
	return nil
}

// claimOf is the claim that the address names.
func claimOf(r *http.Request) (*evidence.Book, evidence.Claim, error) {
	book, err := evidence.Shipped()
	if err != nil {
		return nil, evidence.Claim{}, err
	}
	c, ok := book.Find(r.PathValue("claim"))
	if !ok {
		return nil, c, fault.New(fault.Unknown, "no such claim")
	}
	return book, c, nil
}

func tabled(c evidence.Claim) bool { return len(c.Points) > 0 }

// factIDs lists the ids of the claims that a screen is for.
func factIDs(fit func(evidence.Claim) bool) func(*Hub) []string {
	return func(*Hub) (ids []string) {
		book, err := evidence.Shipped()
		if err != nil {
			return nil // the screens themselves tell
		}
		for _, c := range book.Claims {
			if fit(c) {
				ids = append(ids, c.ID)
			}
		}
		return ids
	}
}

// factStory shows a shipped claim, as it is or with a change.
func factStory(id string, change func(*evidence.Claim)) teller {
	return func(h *Hub, w http.ResponseWriter, _ *http.Request, say locale.Say) error {
		book, err := evidence.Shipped()
		if err != nil {
			return err
		}
		c, _ := book.Find(id)
		if change != nil {
			change(&c)
		}
		return h.show(w, http.StatusOK, "facts-claim.html", h.newFact(say, book, c))
	}
}
