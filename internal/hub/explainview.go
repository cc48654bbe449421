package hub

import (
	"fmt"
	"slices"

	"amparo/law"
)

// An exampleViewer lays journeys beside the law and keeps what a page shows of it.
type exampleViewer struct {
	pack    *law.Pack
	options law.Options
	program law.Program
	show    map[string][]string // rules, by episode
	places  map[string]law.Text
	told    map[string]bool // "episode/question" of what is told in the case or in a what-if; "/question" of the person
}

// An exampleScene is an episode as a page shows it.
type exampleScene struct {
	Index         int // of the episode in the page's journey
	Place         law.Text
	Moving, Using bool // an act of that kind is made out
	Findings      []exampleRule
	Besides       []exampleBeside // rules that are not shown whole
}

// An exampleRule is a rule that is shown whole.
type exampleRule struct {
	Scene  int
	Rule   string
	Kind   string
	Title  law.Text
	Cite   string
	Status law.Status
	Groups []exampleElement
}

// An exampleElement is one element of a rule, with the facts it rests on.
type exampleElement struct {
	Op     int // its operation in the program
	Text   law.Text
	Cite   string
	Mark   law.Mark
	Status law.Status
	Note   bool // it weighs, and the rule does not need it: shown only where it is met
	Facts  []exampleFact
}

// An exampleFact is a question with its answer.
type exampleFact struct {
	Question string
	Text     law.Text
	Person   bool // asked of the person
	Answer   law.Answer
}

// An exampleBeside is one rule in a line: shown only where it is made out.
type exampleBeside struct {
	Scene  int
	Rule   string
	Kind   string
	Title  law.Text
	Cite   string
	Status law.Status
}

// exampleActs are the kinds of rules about what was done; the others are about what may be open to the person.
var exampleActs = []string{"smuggling", "trafficking", "documents", "labor"}

// look lays a journey beside the law.
func (v exampleViewer) look(j law.Journey) (scenes []exampleScene, shape string, beside bool, err error) {
	a, err := v.pack.Assess(j, v.options)
	if err != nil {
		return nil, "", false, err
	}
	kinds := map[string]bool{}
	for i, ep := range j.Episodes {
		s := exampleScene{Index: i, Place: v.places[ep.ID]}
		for _, f := range a.Findings {
			if f.Episode != ep.ID || !slices.Contains(exampleActs, f.Kind) {
				continue
			}
			if f.Status == law.Established {
				kinds[f.Kind] = true
				s.Moving = s.Moving || f.Kind == "smuggling"
				s.Using = s.Using || f.Kind == "trafficking"
			}
			if !slices.Contains(v.show[ep.ID], f.Rule) {
				s.Besides = append(s.Besides, exampleBeside{i, f.Rule, f.Kind, f.Title, f.Cite, f.Status})
			}
		}
		for _, rule := range v.show[ep.ID] {
			k := slices.IndexFunc(a.Findings, func(f law.Finding) bool { return f.Rule == rule && f.Episode == ep.ID })
			if k < 0 {
				return nil, "", false, fmt.Errorf("show: the pack asks no %s of episode %s", rule, ep.ID)
			}
			view, err := v.finding(i, j, ep, a.Findings[k])
			if err != nil {
				return nil, "", false, err
			}
			s.Findings = append(s.Findings, view)
		}
		scenes = append(scenes, s)
	}
	return scenes, exampleShape(kinds), kinds["documents"] || kinds["labor"], nil
}

func (v exampleViewer) finding(scene int, j law.Journey, ep law.Episode, f law.Finding) (exampleRule, error) {
	view := exampleRule{scene, f.Rule, f.Kind, f.Title, f.Cite, f.Status, nil}
	_, parts, ok := v.pack.Anatomy(f.Rule)
	if !ok || parts[0].Op != "all" {
		return view, fmt.Errorf("the pack has no rule %s that is met when all its elements are", f.Rule)
	}
	children := f.Tree().Children
	for _, part := range slices.Concat(parts[0].Children, parts[1:]) { // its notes come last
		g := exampleElement{Op: -1, Text: part.Text, Cite: part.Cite, Mark: part.Mark}
		for _, e := range v.program.Elements {
			if e.ID == part.ID {
				g.Op = e.Op
			}
		}
		if g.Op < 0 {
			return view, fmt.Errorf("the program has no element %s", part.ID)
		}
		same := func(e law.Element) bool { return e.ID == part.ID }
		if i := slices.IndexFunc(children, same); i >= 0 {
			g.Status = exampleStatus[children[i].Value]
		} else if g.Note = true; slices.ContainsFunc(f.Notes, same) {
			g.Status = law.Established
		} else {
			g.Status = law.Open
		}
		for _, q := range restsOn(part, nil) {
			fact, ok := v.fact(j, ep, q)
			if ok {
				g.Facts = append(g.Facts, fact)
			}
		}
		view.Groups = append(view.Groups, g)
	}
	return view, nil
}

// exampleStatus says of an element what a status says of a rule.
var exampleStatus = map[law.Value]law.Status{law.True: law.Established, law.False: law.RuledOut, law.NotYet: law.Open, law.Clashes: law.Conflict}

// fact gives the answer to a question in an episode, if something is told of it in the case or in a what-if.
func (v exampleViewer) fact(j law.Journey, ep law.Episode, question string) (exampleFact, bool) {
	q, _ := v.pack.Question(question)
	f := exampleFact{Question: question, Text: q.Text, Person: !v.told[ep.ID+"/"+question], Answer: law.Unknown}
	if f.Person && !v.told["/"+question] {
		return f, false
	}
	facts := ep.Facts
	if f.Person {
		facts = j.Person
	}
	for _, told := range facts {
		if told.Question == question {
			f.Answer = told.Answer
		}
	}
	return f, true
}

// restsOn lists the questions an element rests on, each once, in the order of the element.
func restsOn(e law.Element, out []string) []string {
	for _, q := range e.Missing {
		if !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	for _, f := range e.Facts {
		if !slices.Contains(out, f.Question) {
			out = append(out, f.Question)
		}
	}
	for _, c := range slices.Concat(e.Children, e.Unless) {
		out = restsOn(c, out)
	}
	return out
}
