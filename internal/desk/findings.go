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
	Words               []string // what must be said of the pack's words in this language
	Shut                bool
	Next                []askView
	Acts                []findingGroup // smuggling and trafficking
	Sections            []section      // what else the pack speaks of
	Circumstances       []told         // vulnerabilities: shown, never an element
}

// A section is the findings of one kind that is not an act.
type section struct {
	locale.Say
	Kind  string
	Parts []findingGroup
}

// sections are the kinds that have a section of their own, in its order. Circumstances come before the last two.
var sections = []string{"labor", "defense", "indicator", "documents", "screen"}

// A findingGroup is findings of like status under one heading.
type findingGroup struct {
	locale.Say
	Of       string // the section's kind, or "acts"
	Key      string // one of parts
	Findings []finding
	Open     bool
}

// parts are the groups, in order: what is made out, the open ones that are nearest to it and those further
// away, what nothing was told of, what is ruled out.
var parts = []string{"established", "open", "further", "untouched", "ruled-out"}

// near is how many open findings stand unfolded. Were one or two left over, they stand there too.
const near = 6

// grouped lays findings in groups; among open ones those that lack the least come first.
func grouped(say locale.Say, of string, findings []finding) (out []findingGroup) {
	in := map[string][]finding{}
	for _, f := range findings {
		in[f.Part] = append(in[f.Part], f)
	}
	open := in["open"]
	slices.SortStableFunc(open, func(a, b finding) int { return len(a.Lacks) - len(b.Lacks) })
	if len(open) > near+2 {
		in["open"], in["further"] = open[:near], open[near:]
	}
	for i := range in["further"] {
		f := &in["further"][i]
		f.Tree, f.Missing = nil, nil // they are on its own page
	}
	for _, key := range parts {
		if len(in[key]) > 0 {
			out = append(out, findingGroup{Say: say, Of: of, Key: key, Findings: in[key], Open: key == "established" || key == "open"})
		}
	}
	return out
}

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
	t := d.teller(v.say, c)
	view := assessView{Say: v.say, Pack: d.Pack.Title.In(lang), Version: a.Version, AsOf: a.AsOf.String(), Reviewed: d.Pack.Reviewed,
		Words: t.ofAll(), Shut: c.Closed}
	kinds := map[string][]finding{}
	for _, f := range a.Findings {
		kind := "acts"
		if slices.Contains(sections, f.Kind) {
			kind = f.Kind
		}
		kinds[kind] = append(kinds[kind], t.finding(f))
	}
	view.Acts = grouped(v.say, "acts", kinds["acts"])
	for _, kind := range sections {
		if len(kinds[kind]) > 0 {
			view.Sections = append(view.Sections, section{v.say, kind, grouped(v.say, kind, kinds[kind])})
		}
	}
	base := t.base
	for _, n := range a.Next[:min(asked, len(a.Next))] {
		q, ok := d.Pack.Question(n.Question)
		if !ok {
			continue
		}
		ask := askView{Say: v.say, Case: base, To: base, Question: n.Question, Episode: id.Part(n.Episode), Label: t.labels[n.Episode],
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
