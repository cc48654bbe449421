package hub

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"amparo/law"
	"amparo/packs"
)

//go:embed work
var workFiles embed.FS

// workLaw is the body of law of this area, with its decided cases and what is made of them. It is read once.
var workLaw = sync.OnceValues(func() (*workbook, error) { return openWorkbook(workFiles) })

// A workbook is all that the area for officers shows.
type workbook struct {
	pack      *law.Pack
	cases     []law.Case
	exercises []exercise // written by hand, in order
	ready     []exercise // one for each decided case, in order
	cards     cardFile
	before    interviewFile
	order     []orderedAsk
	bears     map[string][]bearing // by question
}

func openWorkbook(fsys fs.FS) (*workbook, error) {
	p, err := packs.Load("us")
	if err != nil {
		return nil, err
	}
	w := &workbook{pack: p, bears: bearings(p)}
	if w.cases, err = p.Cases(packs.FS, p.ID); err != nil {
		return nil, err
	}
	for _, c := range w.cases {
		x := readyExercise(p, c)
		x.ID = fmt.Sprint(len(w.ready) + 1)
		w.ready = append(w.ready, x)
	}
	names, err := fs.Glob(fsys, "work/exercise-*.yaml")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("work: no exercises: %v", err)
	}
	for i, name := range names {
		x, err := w.exercise(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		x.ID = fmt.Sprint(i + 1)
		w.exercises = append(w.exercises, x)
	}
	if w.cards, err = readCards(fsys, "work/cards.yaml", p); err != nil {
		return nil, err
	}
	if w.before, err = readInterview(fsys, "work/interview.yaml"); err != nil {
		return nil, err
	}
	w.order, err = askingOrder(p)
	return w, err
}

// strict reads YAML and refuses what the type has no field for; the error says where.
func strict(fsys fs.FS, name string, into any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// An exerciseFile is an exercise as it is written: the facts are named, and what they are says the case.
type exerciseFile struct {
	Case    string              `yaml:"case"` // a file of packs/cases
	Title   law.Text            `yaml:"title"`
	Labels  map[string]law.Text `yaml:"labels"` // of the episodes
	Rules   []string            `yaml:"rules"`
	Screens []string            `yaml:"screens"`
	Steps   []stepFile          `yaml:"steps"`
	Held    law.Text            `yaml:"held"`
}

type stepFile struct {
	Say     law.Text            `yaml:"say"`
	Tell    map[string][]string `yaml:"tell"` // questions by episode
	Rest    bool                `yaml:"rest"` // tell all that is left
	Ask     []askFile           `yaml:"ask"`
	Act     bool                `yaml:"act"`
	Protect bool                `yaml:"protect"`
}

type askFile struct {
	Of       string   `yaml:"of"`
	Question string   `yaml:"question"`
	Wrong    string   `yaml:"wrong"`
	Text     law.Text `yaml:"text"`
}

func (w *workbook) exercise(fsys fs.FS, name string) (exercise, error) {
	var file exerciseFile
	if err := strict(fsys, name, &file); err != nil {
		return exercise{}, err
	}
	i := slices.IndexFunc(w.cases, func(c law.Case) bool { return caseName(c) == file.Case })
	if i < 0 {
		return exercise{}, fmt.Errorf("case: no decided case %q", file.Case)
	}
	x := fromCase(w.pack, w.cases[i])
	x.Title, x.Held, x.Rules, x.Screens = file.Title, file.Held, file.Rules, file.Screens
	for k, e := range x.Episodes {
		if label, ok := file.Labels[e.ID]; ok {
			x.Episodes[k].Label = label
		}
	}
	left := factsOf(w.cases[i].Journey)
	take := func(of string, question string) (out []toldFact) {
		left = slices.DeleteFunc(left, func(f toldFact) bool {
			hit := f.Of == of && (question == "" || f.Question == question)
			if hit {
				out = append(out, f)
			}
			return hit
		})
		return out
	}
	known := slices.Clone(left)
	for n, s := range file.Steps {
		step := exerciseStep{Say: s.Say, Act: s.Act, Protect: s.Protect}
		for _, e := range append([]exerciseEpisode{{ID: ofPerson}}, x.Episodes...) {
			for _, q := range s.Tell[e.ID] {
				facts := take(e.ID, q)
				if len(facts) == 0 {
					return x, fmt.Errorf("steps[%d].tell.%s: the case does not tell %s, or it was told", n, e.ID, q)
				}
				step.Tell = append(step.Tell, facts...)
			}
			if s.Rest {
				step.Tell = append(step.Tell, take(e.ID, "")...)
			}
		}
		for _, a := range s.Ask {
			c := askedChoice{Of: a.Of, Question: a.Question, Wrong: a.Wrong, Text: a.Text}
			if a.Wrong == "" {
				c.Answer = law.Unknown
				for _, f := range known {
					if f.Of == a.Of && f.Question == a.Question {
						c.Answer = f.Answer
					}
				}
			}
			step.Ask = append(step.Ask, c)
		}
		x.Steps = append(x.Steps, step)
	}
	if len(left) > 0 {
		return x, fmt.Errorf("steps: %d facts of the case are never told, such as %s", len(left), left[0].Question)
	}
	return x, x.check(w.pack)
}

func caseName(c law.Case) string { return strings.TrimSuffix(path.Base(c.Name), ".txtar") }

// fromCase is what an exercise has of its case, whatever its steps are.
func fromCase(p *law.Pack, c law.Case) exercise {
	x := exercise{Format: exerciseFormat, Pack: p.ID, Version: p.Version, AsOf: c.Options().AsOf.String(), Complete: c.Journey.Complete,
		Case:    decidedCase{c.Title, c.Court, c.Citation, c.Posture, c.Date.String(), c.Mark, strings.TrimSpace(c.Note)},
		Holding: append([]law.Held{}, c.Holding...), Rules: []string{}, Screens: []string{}, Episodes: []exerciseEpisode{}}
	if !c.Journey.Filed.IsZero() {
		x.Filed = c.Journey.Filed.String()
	}
	for _, e := range c.Journey.Episodes {
		ep := exerciseEpisode{ID: e.ID, Label: law.Text{"en": e.Label}}
		if !e.When.From.IsZero() {
			ep.From = e.When.From.String()
		}
		if !e.When.Until.IsZero() {
			ep.Until = e.When.Until.String()
		}
		if e.Label == "" {
			ep.Label = law.Text{"en": e.ID}
		}
		x.Episodes = append(x.Episodes, ep)
	}
	return x
}

// factsOf lists what a case tells, in its order.
func factsOf(j law.Journey) (out []toldFact) {
	add := func(of string, facts []law.Fact) {
		for _, f := range facts {
			if t := (toldFact{of, f.Question, f.Answer}); f.Answer != law.Unknown && !slices.Contains(out, t) {
				out = append(out, t)
			}
		}
	}
	add(ofPerson, j.Person)
	for _, e := range j.Episodes {
		add(e.ID, e.Facts)
	}
	return out
}

// What a ready exercise offers to ask that nobody should.
var readyWrong = []askedChoice{
	{Wrong: "conclusion", Text: law.Text{"en": "Were you trafficked?", "es": "¿Fue usted víctima de trata?"}},
	{Wrong: "leading", Text: law.Text{"en": "They forced you, did they not?", "es": "Le obligaron, ¿verdad?"}},
	{Wrong: "unsafe", Text: law.Text{"en": "Tell me all of it, here, in front of them.", "es": "Cuéntemelo todo, aquí, delante de ellos."}},
}

// readyExercise tells a case by itself: of each episode first the facts that cost least to ask for, then questions
// for some of the others, then all; and after each episode which act. The same case gives the same exercise.
func readyExercise(p *law.Pack, c law.Case) exercise {
	x := fromCase(p, c)
	x.Title = law.Text{"en": "An exercise from a decided case", "es": "Un ejercicio a partir de un caso decidido"}
	x.Held = law.Text{"en": "Below stands what is held of each rule, as the decided case is kept here.",
		"es": "Abajo está lo que se decidió sobre cada regla, tal como se guarda aquí el caso."}
	for _, h := range c.Holding {
		r, _, _ := p.Anatomy(h.Rule)
		list := &x.Rules
		if r.Scope == "person" {
			list = &x.Screens
		}
		if !slices.Contains(*list, h.Rule) && len(*list) < 6 {
			*list = append(*list, h.Rule)
		}
	}
	cost := func(f toldFact) int {
		q, _ := p.Question(f.Question)
		return q.Sensitivity
	}
	all := factsOf(c.Journey)
	person := 0
	for person < len(all) && all[person].Of == ofPerson {
		person++
	}
	first := exerciseStep{Say: law.Text{"en": "This is what is known at first.", "es": "Esto es lo que se sabe al principio."}, Tell: all[:person]}
	x.Steps = append(x.Steps, first)
	for i, e := range x.Episodes {
		var facts []toldFact
		for _, f := range all {
			if f.Of == e.ID {
				facts = append(facts, f)
			}
		}
		slices.SortStableFunc(facts, func(a, b toldFact) int { return cost(a) - cost(b) })
		half := (len(facts) + 1) / 2
		step := exerciseStep{Say: law.Text{"en": "Some of it is told.", "es": "Se cuenta una parte."}, Tell: facts[:half]}
		for _, f := range facts[half:min(half+4, len(facts))] {
			step.Ask = append(step.Ask, askedChoice{Of: f.Of, Question: f.Question, Answer: f.Answer})
		}
		step.Ask = append(step.Ask, readyWrong[i%len(readyWrong)])
		x.Steps = append(x.Steps, step, exerciseStep{Say: law.Text{"en": "The rest of it is told.", "es": "Se cuenta el resto."}, Tell: facts[half:], Act: true})
	}
	if len(x.Screens) > 0 {
		x.Steps = append(x.Steps, exerciseStep{Say: law.Text{"en": "Now think of what protects.", "es": "Ahora piense en lo que protege."}, Protect: true})
	}
	return x
}
