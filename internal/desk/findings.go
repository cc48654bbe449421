package desk

import (
	"slices"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/law"
)

// An assessView is the law beside the journey.
type assessView struct {
	locale.Say
	Pack, Version, AsOf string
	Reviewed            string
	Shut                bool
	Next                []askView
	Parts               []findingGroup // what is made out, what is not settled, what is not touched, what is ruled out
	Screens             []finding      // protection
	Circumstances       []told         // vulnerabilities: shown, never an element
}

// A findingGroup is findings of like status under one heading.
type findingGroup struct {
	locale.Say
	Key      string // established, open, untouched, ruled-out
	Findings []finding
	Open     bool
}

type finding struct {
	locale.Say
	ID        string
	Kind      string
	Status    string
	Title     string
	Cite      string
	Episode   string // its label; empty for the person
	Lines     []string
	Tree      element
	Why       []carried
	WhyNot    []carried
	Missing   []string
	Notes     []element
	ShowWhole bool
}

type element struct {
	locale.Say
	ID       string
	Value    string
	Text     string
	Cite     string
	Mark     string
	Note     string
	Op       string // all, any, not, or "" for what rests on answers
	Law      string
	Facts    []carried
	Missing  []string
	Children []element
	Open     bool
}

// A carried is a fact that an element or a reason rests on, in words.
type carried struct{ Question, Answer, Words, Grade, Source, Episode string }

// An askView is a question worth asking next, with the words to use.
type askView struct {
	locale.Say
	Case      string
	To        string
	Question  string
	Episode   id.Part
	Label     string // of the episode
	Text      string
	Theirs    string // the same in the person's language, when it is another and the pack has it
	TheirLang string
	Hint      string
	Settles   int
	Turns     int
	Cost      int
	Was       casework.Mark
	Whys      []string
}

// asked is how many questions are proposed at once.
const asked = 3

func (d *desk) assessView(v visit, c *casework.Case, a law.Assessment) assessView {
	lang := v.say.Tag
	labels := map[string]string{}
	for _, e := range c.Episodes {
		labels[string(e.ID)] = e.Doc.Label
	}
	base := "/cases/" + string(c.ID)
	view := assessView{Say: v.say, Pack: d.Pack.Title.In(lang), Version: a.Version, AsOf: a.AsOf.String(), Reviewed: d.Pack.Reviewed, Shut: c.Closed}
	groups := map[string]*findingGroup{}
	for _, key := range []string{"established", "open", "untouched", "ruled-out"} {
		groups[key] = &findingGroup{Say: v.say, Key: key, Open: key == "established" || key == "open"}
	}
	for i, f := range a.Findings {
		x := d.finding(v, f, labels, i)
		switch {
		case f.Kind == "screen":
			view.Screens = append(view.Screens, x)
			continue
		case f.Status == law.Established || f.Status == law.Conflict:
			groups["established"].Findings = append(groups["established"].Findings, x)
		case f.Status == law.RuledOut || f.Status == law.NotLaw:
			groups["ruled-out"].Findings = append(groups["ruled-out"].Findings, x)
		case touched(f.Tree()):
			groups["open"].Findings = append(groups["open"].Findings, x)
		default:
			groups["untouched"].Findings = append(groups["untouched"].Findings, x)
		}
	}
	slices.SortStableFunc(groups["open"].Findings, func(a, b finding) int { return len(a.Missing) - len(b.Missing) })
	for _, key := range []string{"established", "open", "untouched", "ruled-out"} {
		if len(groups[key].Findings) > 0 {
			view.Parts = append(view.Parts, *groups[key])
		}
	}
	for _, n := range a.Next[:min(asked, len(a.Next))] {
		q, ok := d.Pack.Question(n.Question)
		if !ok {
			continue
		}
		ask := askView{Say: v.say, Case: base, To: base, Question: n.Question, Episode: id.Part(n.Episode), Label: labels[n.Episode],
			Text: q.Text.In(lang), Hint: q.Help.In(lang), Settles: n.Settles, Turns: n.Turns, Cost: n.Cost, Whys: casefile.Whys[1:]}
		if theirs := c.Summary.Doc.Written; theirs != "" && theirs != lang && q.Text[theirs] != "" {
			ask.Theirs, ask.TheirLang = q.Text[theirs], theirs
		}
		there := c.Person.Doc.Facts
		if n.Episode != "" {
			ask.To = base + "/episodes/" + n.Episode
			for _, e := range c.Episodes {
				if string(e.ID) == n.Episode {
					there = e.Doc.Facts
				}
			}
		}
		ask.Was = casework.MarkOf(there.On(n.Question))
		view.Next = append(view.Next, ask)
	}
	view.Circumstances = d.circumstances(v.say, c)
	return view
}

// circumstances tells each vulnerability that was answered yes anywhere, once.
func (d *desk) circumstances(say locale.Say, c *casework.Case) (out []told) {
	all := slices.Clone(c.Person.Doc.Facts)
	for _, e := range c.Episodes {
		all = append(all, e.Doc.Facts...)
	}
	for _, q := range d.Pack.Questions {
		yes := slices.ContainsFunc(all, func(f casefile.Fact) bool { return f.Question == q.ID && f.Answer == casefile.Yes })
		if q.Vulnerability && yes {
			out = append(out, told{Text: q.Text.In(say.Tag), Answer: casefile.Yes, Words: say.T("answer.yes")})
		}
	}
	return out
}

// touched says whether any answer bears on an element.
func touched(e law.Element) bool {
	return len(e.Facts) > 0 || slices.ContainsFunc(e.Children, touched)
}

func (d *desk) finding(v visit, f law.Finding, labels map[string]string, n int) finding {
	lang := v.say.Tag
	x := finding{Say: v.say, ID: f.Rule + "-" + f.Episode, Kind: f.Kind, Status: statusKey(f.Status), Title: f.Title.In(lang), Cite: f.Cite,
		Episode: labels[f.Episode], Why: d.carried(v.say, f.Why, labels), WhyNot: d.carried(v.say, f.WhyNot, labels)}
	x.Tree = d.element(v.say, f.Tree(), labels, 0)
	for _, q := range f.Open {
		x.Missing = append(x.Missing, d.questionText(q, lang))
	}
	// The first line is the title and the status, which the card says; why, why not and what is open are
	// lists of their own. What is left is what the law's dates, aggravations and sources add.
	skip := 1
	for _, has := range []bool{len(f.Why) > 0, len(f.WhyNot) > 0, len(f.Open) > 0} {
		if has {
			skip++
		}
	}
	lines := d.Pack.Explain(f, lang)
	x.Lines = lines[min(skip, len(lines)):]
	if f.Status == law.NotLaw {
		x.Lines = lines
	}
	return x
}

func (d *desk) carried(say locale.Say, cs []law.Carried, labels map[string]string) (out []carried) {
	for _, c := range cs {
		x := carried{Question: d.questionText(c.Question, say.Tag), Answer: string(c.Answer), Words: say.T("answer." + string(c.Answer)),
			Source: c.Source, Episode: labels[c.Episode]}
		if c.Answer != law.Unknown {
			grade := c.Grade
			if grade == "" {
				grade = law.Said
			}
			x.Grade = say.T("grade." + string(grade))
		}
		out = append(out, x)
	}
	return out
}

// ops are the ways in which an element rests on those below it that need a word.
var ops = map[string]string{"all": "all", "any": "any", "not": "not", "some episode": "some-episode"}

func (d *desk) element(say locale.Say, e law.Element, labels map[string]string, depth int) element {
	x := element{Say: say, ID: e.ID, Value: string(e.Value), Text: e.Text.In(say.Tag), Cite: e.Cite, Mark: string(e.Mark), Note: e.Note.In(say.Tag),
		Op: ops[e.Op], Facts: d.carried(say, e.Facts, labels), Open: depth == 0}
	if e.Law != "" && e.Law != law.InForce {
		x.Law = say.T("force." + map[law.Force]string{law.NotInForce: "not", law.Straddles: "part", law.DateUnknown: "unknown"}[e.Law])
	}
	for _, q := range e.Missing {
		x.Missing = append(x.Missing, d.questionText(q, say.Tag))
	}
	for _, child := range e.Children {
		x.Children = append(x.Children, d.element(say, child, labels, depth+1))
	}
	return x
}
