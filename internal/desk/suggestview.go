package desk

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/internal/suggest"
)

type suggestPage struct {
	page
	caseHead
	Note      string // which note was read, in words; empty for the conversation
	List      string // name of the language whose word list was used; empty when there is none
	Reviewed  string // who has reviewed it, or empty for nobody
	Lang      string // name of the language of the words, as far as anybody said
	Unsure    bool
	Looks     string // name of a language that the words fit better
	LooksPath string
	Left      int
	Lost      int
	Groups    []offers
	Episodes  bool // there is one to put a proposal in
}

// offers are the proposals of one state.
type offers struct {
	locale.Say
	Key  string // open, answered or rejected
	List []offer
	More int // so many that are not shown
}

// maxOffers bounds how many proposals of one state are shown at once.
const maxOffers = 40

// An offer is a proposal as the page shows it.
type offer struct {
	locale.Say
	At, Base              string // path of the page; of the case
	Key                   string
	Next                  string // the proposal to be led to when this one is decided
	Question, Answer      string
	Band                  string // plain or hinted
	Notes                 []string
	Before, Quoted, After string
	Tag                   string // of the words' language
	Seq                   uint64
	When                  string
	By                    string // who wrote the note; empty for the person
	Person                bool   // about the person, not an episode
	Places                []place
	Part, Grade           string // as chosen
	Grades                []string
	Rejected              bool
	Wrong                 string // what is wrong with the form
	Ask                   *place // answered in another way there: keep both?
	Seen                  string // mark of what is there
}

// A place is where a proposal may be put, with what stands there.
type place struct {
	Part    string
	Label   string
	Told    []told
	Same    bool
	Unknown bool // all that stands there is that it is not known
}

func (d *desk) suggestPage(r *http.Request, v visit, s casework.Suggestions, list string) suggestPage {
	p := suggestPage{page: d.newPage(r, v), caseHead: d.head(v, s.Case), Lang: d.languageName(s.Lang), Unsure: !s.Sure,
		Left: s.Left, Lost: s.Lost, Episodes: len(s.Case.Episodes) > 0}
	if s.List.Tag != "" {
		p.List = d.languageName(s.List.Tag)
		if s.List.Reviewed != "nobody" {
			p.Reviewed = s.List.Reviewed
		}
	}
	if s.Looks != "" {
		p.Looks, p.LooksPath = d.languageName(s.Looks), suggestPath(r.URL.Path, s.Looks)
	}
	if len(s.Passages) > 0 && s.Passages[0].Seq == 0 {
		p.Note = v.say.T("suggest.note", "Handle", v.Handle(s.Passages[0].By), "Time", d.day(s.Passages[0]))
	}
	groups := map[string]*offers{}
	for _, key := range []string{"open", "answered", "rejected"} {
		groups[key] = &offers{Say: v.say, Key: key}
	}
	for _, o := range s.Offers {
		x := d.offer(v, p.page, s, o)
		x.At, x.Base = suggestPath(r.URL.Path, list), p.Base
		g := groups["open"]
		switch {
		case x.Ask != nil || x.Wrong != "":
		case x.Rejected:
			g = groups["rejected"]
		case slices.ContainsFunc(x.Places, func(t place) bool { return t.Same }):
			g = groups["answered"]
		}
		if len(g.List) == maxOffers {
			g.More++
			continue
		}
		if n := len(g.List); n > 0 {
			g.List[n-1].Next = x.Key
		}
		g.List = append(g.List, x)
	}
	for _, key := range []string{"open", "answered", "rejected"} {
		p.Groups = append(p.Groups, *groups[key])
	}
	return p
}

// Settled says whether there is no place left where the proposal would add an answer.
func (o offer) Settled() bool {
	return len(o.Places) > 0 && !slices.ContainsFunc(o.Places, func(t place) bool { return !t.Same })
}

// offer lays one proposal out, with what stands wherever it may be put.
func (d *desk) offer(v visit, p page, s casework.Suggestions, o casework.Suggestion) offer {
	x := offer{Say: v.say, Key: string(o.Key), Question: d.questionText(o.Question, v.say.Tag), Answer: o.Answer, Band: "hinted", Tag: s.List.Tag,
		Seq: o.Passage.Seq, When: d.day(o.Passage), Grades: casefile.Grades, Rejected: o.Rejected}
	if o.Band == suggest.Plain {
		x.Band = "plain"
	}
	x.Before, x.Quoted, x.After = quote(o.Passage.Text, o.Start, o.End)
	for _, n := range []struct {
		note suggest.Note
		key  string
	}{{suggest.Reported, "reported"}, {suggest.Other, "other"}} {
		if slices.Contains(o.Notes, n.note) {
			x.Notes = append(x.Notes, v.say.T("suggest.note-"+n.key))
		}
	}
	switch { // what a member noted may rest on anything: they must say
	case o.Passage.Seq == 0:
		x.By = v.Handle(o.Passage.By)
	case slices.Contains(o.Notes, suggest.Reported):
		x.Grade = "said-by-other"
	default:
		x.Grade = "said"
	}
	if q, _ := d.Pack.Question(o.Question); q.Scope == "person" {
		x.Person = true
		x.Places = []place{d.place(v.say, "", v.say.T("person.title"), s.Case.Person.Doc.Facts.On(o.Question), o.Answer)}
	} else {
		for _, e := range s.Case.Episodes {
			x.Places = append(x.Places, d.place(v.say, e.ID, e.Doc.Label, e.Doc.Facts.On(o.Question), o.Answer))
		}
	}
	if f := p.Flash; f.Form.Get("proposal") == x.Key {
		x.Part, x.Grade = f.Form.Get("part"), f.Form.Get("grade")
		x.Wrong = p.Problem()
		if i := slices.IndexFunc(x.Places, func(t place) bool { return t.Part == x.Part || x.Person }); f.Form.Has("ask") && i >= 0 {
			x.Ask, x.Seen = &x.Places[i], f.Form.Get("seen")
		}
	}
	return x
}

func (d *desk) place(say locale.Say, part id.Part, label string, there casefile.Facts, answer string) place {
	t := place{Part: string(part), Label: label, Told: d.tellShort(say, there), Unknown: len(there) > 0}
	for _, f := range there {
		t.Same = t.Same || f.Answer == answer
		t.Unknown = t.Unknown && f.Answer == casefile.Unknown
	}
	return t
}

func (d *desk) day(p casework.Passage) string { return p.At.In(d.zone).Format("2006-01-02 15:04") }

// around is how much is shown on each side of the words that a proposal rests on, in bytes.
const around = 240

// quote cuts a text to the words from start to end with what stands about them, between words.
func quote(text string, start, end int) (before, words, after string) {
	before, words, after = text[:start], text[start:end], text[end:]
	if cut := len(before) - around; cut > 0 {
		for !utf8.RuneStart(before[cut]) {
			cut++
		}
		before = before[cut:]
		if i := strings.IndexAny(before, " \n"); i >= 0 {
			before = before[i+1:]
		}
		before = "… " + before
	}
	if len(after) > around {
		cut := around
		for !utf8.RuneStart(after[cut]) {
			cut--
		}
		after = after[:cut]
		if i := strings.LastIndexAny(after, " \n"); i >= 0 {
			after = after[:i]
		}
		after += " …"
	}
	return before, words, after
}
