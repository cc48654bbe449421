package hub

import (
	"fmt"
	"slices"

	"amparo/law"
)

// exerciseFormat names the form of an exercise's file.
const exerciseFormat = "amparo.exercise/1"

// ofPerson stands where an episode's id is wanted, for facts about the person.
const ofPerson = "person"

// An exercise tells a decided case step by step, and asks at each what to do. As JSON it is the file that a
// trainee saves and opens, and that an instructor makes: client/workfile.js reads the same, as strictly.
type exercise struct {
	Format   string            `json:"format"`
	Pack     string            `json:"pack"`
	Version  string            `json:"version"` // of the pack
	ID       string            `json:"id"`
	Title    law.Text          `json:"title"`
	Case     decidedCase       `json:"case"`
	AsOf     string            `json:"as_of"` // the day by which what is open to the person is judged
	Filed    string            `json:"filed,omitempty"`
	Complete bool              `json:"complete,omitempty"` // no episode is missing
	Episodes []exerciseEpisode `json:"episodes"`
	Rules    []string          `json:"rules"`   // shown element by element
	Screens  []string          `json:"screens"` // what may protect
	Steps    []exerciseStep    `json:"steps"`
	Held     law.Text          `json:"held"` // what the court held, in plain words
	Holding  []law.Held        `json:"holding"`
}

// A decidedCase says where an exercise's facts are from.
type decidedCase struct {
	Title    string   `json:"title"`
	Court    string   `json:"court"`
	Citation string   `json:"citation"`
	Posture  string   `json:"posture"`
	Date     string   `json:"date"`
	Mark     law.Mark `json:"mark"`
	Note     string   `json:"note"`
}

type exerciseEpisode struct {
	ID    string   `json:"id"`
	Label law.Text `json:"label"`
	From  string   `json:"from,omitempty"`
	Until string   `json:"until,omitempty"`
}

// A step says something, tells facts, and then at most one thing: offers questions to ask, asks which act the facts
// so far make out, or asks what may protect the person.
type exerciseStep struct {
	Say     law.Text      `json:"say,omitempty"`
	Tell    []toldFact    `json:"tell,omitempty"`
	Ask     []askedChoice `json:"ask,omitempty"`
	Act     bool          `json:"act,omitempty"`
	Protect bool          `json:"protect,omitempty"`
}

type toldFact struct {
	Of       string     `json:"of"` // an episode's id, or "person"
	Question string     `json:"question"`
	Answer   law.Answer `json:"answer"`
}

// An askedChoice is a question of the vocabulary, with what the case answers; or one that nobody should ask, and why.
type askedChoice struct {
	Of       string     `json:"of,omitempty"`
	Question string     `json:"question,omitempty"`
	Answer   law.Answer `json:"answer,omitempty"`
	Wrong    string     `json:"wrong,omitempty"` // conclusion, leading or unsafe
	Text     law.Text   `json:"text,omitempty"`
}

// wrongKinds are the reasons why a question is not to be asked so.
var wrongKinds = []string{"conclusion", "leading", "unsafe"}

// facts are those told up to and with a step, and those that its choices and earlier ones reveal when all are asked.
func (x exercise) facts(upTo int, asked bool) (out []toldFact) {
	add := func(f toldFact) {
		if f.Answer != law.Unknown && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	for _, s := range x.Steps[:upTo+1] {
		for _, f := range s.Tell {
			add(f)
		}
		for _, c := range s.Ask {
			if asked && c.Wrong == "" {
				add(toldFact{c.Of, c.Question, c.Answer})
			}
		}
	}
	return out
}

// whole says whether nothing is told after a step.
func (x exercise) whole(upTo int) bool {
	return !slices.ContainsFunc(x.Steps[upTo+1:], func(s exerciseStep) bool { return len(s.Tell) > 0 })
}

// journey is what a person knows who was told these facts: episodes of which nothing was told are not there yet.
func (x exercise) journey(facts []toldFact, complete bool) (j law.Journey, err error) {
	j.Complete = complete && x.Complete
	if j.Filed, err = optionalDate(x.Filed); err != nil {
		return j, fmt.Errorf("filed: %w", err)
	}
	for _, f := range facts {
		if f.Of == ofPerson {
			j.Person = append(j.Person, f.fact())
		}
	}
	for i, e := range x.Episodes {
		ep := law.Episode{ID: e.ID, Label: e.Label["en"]}
		for _, f := range facts {
			if f.Of == e.ID {
				ep.Facts = append(ep.Facts, f.fact())
			}
		}
		if ep.When.From, err = optionalDate(e.From); err == nil {
			ep.When.Until, err = optionalDate(e.Until)
		}
		if err != nil {
			return j, fmt.Errorf("episodes[%d]: %w", i, err)
		}
		if len(ep.Facts) > 0 {
			j.Episodes = append(j.Episodes, ep)
		}
	}
	return j, nil
}

func (f toldFact) fact() law.Fact {
	return law.Fact{Question: f.Question, Answer: f.Answer, Grade: law.Documented}
}

func optionalDate(s string) (law.Date, error) {
	if s == "" {
		return law.Date{}, nil
	}
	return law.ParseDate(s)
}

// check says what is wrong with an exercise, naming the field; what it passes, a page can show and judge.
func (x exercise) check(p *law.Pack) error {
	switch {
	case x.Format != exerciseFormat:
		return fmt.Errorf("format: %q, and this reads %s", x.Format, exerciseFormat)
	case x.Pack != p.ID || x.Version != p.Version:
		return fmt.Errorf("pack: %s %s, and this has %s %s", x.Pack, x.Version, p.ID, p.Version)
	case x.Title["en"] == "" || x.Held["en"] == "":
		return fmt.Errorf("title, held: wanted in English at least")
	case len(x.Steps) == 0:
		return fmt.Errorf("steps: none")
	}
	if _, err := law.ParseDate(x.AsOf); err != nil {
		return fmt.Errorf("as_of: %w", err)
	}
	for i, id := range slices.Concat(x.Rules, x.Screens) {
		if _, _, ok := p.Anatomy(id); !ok {
			return fmt.Errorf("rules[%d]: the pack has no %q", i, id)
		}
	}
	answers := map[[2]string][]law.Answer{}
	for i, s := range x.Steps {
		kinds := 0
		for _, is := range []bool{len(s.Ask) > 0, s.Act, s.Protect} {
			if is {
				kinds++
			}
		}
		if kinds > 1 {
			return fmt.Errorf("steps[%d]: asks for more than one thing", i)
		}
		for k, f := range s.Tell {
			if f.Answer != law.Yes && f.Answer != law.No {
				return fmt.Errorf("steps[%d].tell[%d]: %q is no answer that can be told", i, k, f.Answer)
			}
			if err := x.place(p, f); err != nil {
				return fmt.Errorf("steps[%d].tell[%d]: %w", i, k, err)
			}
			at := [2]string{f.Of, f.Question}
			answers[at] = append(answers[at], f.Answer)
		}
	}
	for i, s := range x.Steps {
		for k, c := range s.Ask {
			at := fmt.Sprintf("steps[%d].ask[%d]", i, k)
			if c.Wrong != "" {
				if !slices.Contains(wrongKinds, c.Wrong) || c.Text["en"] == "" {
					return fmt.Errorf("%s: wants one of %v and a text in English", at, wrongKinds)
				}
				continue
			}
			if err := x.place(p, toldFact{c.Of, c.Question, c.Answer}); err != nil {
				return fmt.Errorf("%s: %w", at, err)
			}
			told := answers[[2]string{c.Of, c.Question}]
			if (c.Answer == law.Unknown) != (len(told) == 0) || len(told) > 0 && !slices.Contains(told, c.Answer) {
				return fmt.Errorf("%s: %s is answered %q, and told %v", at, c.Question, c.Answer, told)
			}
		}
	}
	return nil
}

// place checks that a fact's episode and question are there, and go together.
func (x exercise) place(p *law.Pack, f toldFact) error {
	q, ok := p.Question(f.Question)
	here := slices.ContainsFunc(x.Episodes, func(e exerciseEpisode) bool { return e.ID == f.Of })
	switch {
	case !ok:
		return fmt.Errorf("the vocabulary has no question %q", f.Question)
	case f.Of == ofPerson && q.Scope != "person":
		return fmt.Errorf("%q is asked of an episode", f.Question)
	case f.Of != ofPerson && !here:
		return fmt.Errorf("there is no episode %q", f.Of)
	}
	return nil
}
