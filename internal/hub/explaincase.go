package hub

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/goccy/go-yaml"

	"amparo/law"
	"amparo/packs"
)

// An exampleFile is one entry of explain/examples.yaml, which tells what each field is.
type exampleFile struct {
	Case   string
	Told   []law.Text
	Places map[string]law.Text
	Show   map[string][]string
	Held   law.Text
	WhatIf []whatIf `yaml:"what_if"`
}

// A whatIf is a question, and the answers of the journey that it changes.
type whatIf struct {
	En, Es string
	Change map[string]map[string]law.Answer // by episode, or "person", and question
	Also   law.Text                         // what else to know of it
}

// Ask is the question in a language.
func (w whatIf) Ask(lang string) string { return law.Text{"en": w.En, "es": w.Es}.In(lang) }

// An example is a decided case laid beside the law, as it was found and as it might have been.
type example struct {
	exampleFile
	N        string // its number, from 1: neutral, as addresses are
	Citation string
	Mark     law.Mark
	Scenes   []exampleScene // of the case as it was found
	Shape    string         // moving, using, both or neither: which kinds of act are made out
	Beside   bool           // something else is made out: of papers, or of work
	Ifs      []exampleOtherwise
	Journey  pageJourney
	program  law.Program
}

// exampleOtherwise is a what-if with what the law then says.
type exampleOtherwise struct {
	whatIf
	Scenes []exampleScene
	Shape  string
	Beside bool
	Patch  examplePatch
}

// loadExamples is done once: the us pack is compiled for it.
var loadExamples = sync.OnceValues(func() ([]*example, error) {
	data, err := explainFiles.ReadFile("explain/examples.yaml")
	if err != nil {
		return nil, err
	}
	pack, err := packs.Load("us")
	if err != nil {
		return nil, err
	}
	return readExamples("explain/examples.yaml", data, pack)
})

func readExamples(name string, data []byte, pack *law.Pack) (out []*example, err error) {
	var entries []exampleFile
	if err := yaml.UnmarshalWithOptions(data, &entries, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	program := exampleProgram(pack.Program())
	for i, f := range entries {
		e := &example{exampleFile: f, N: strconv.Itoa(i + 1), program: program}
		if err := e.build(pack); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, f.Case, err)
		}
		out = append(out, e)
	}
	return out, nil
}

// exampleProgram cuts a program to the rules about what was done: what may be open to the person is not shown, and weighs as
// much again. Operations rest on earlier ones alone, so that those up to the last rule's stay whole.
func exampleProgram(p law.Program) law.Program {
	p.Rules = slices.DeleteFunc(slices.Clone(p.Rules), func(r law.ProgramRule) bool { return !slices.Contains(exampleActs, r.Kind) })
	last := 0
	for _, r := range p.Rules {
		last = max(last, r.Body)
	}
	p.Ops = p.Ops[:last+1]
	return p
}

// build lays the case and each of its what-ifs beside the law.
func (e *example) build(pack *law.Pack) error {
	file := "cases/" + e.Case + ".txtar"
	data, err := fs.ReadFile(packs.FS, file)
	if err != nil {
		return err
	}
	c, err := pack.ParseCase(file, data)
	if err != nil {
		return err
	}
	texts := append([]law.Text{e.Held}, e.Told...)
	for _, place := range e.Places {
		texts = append(texts, place)
	}
	for _, w := range e.WhatIf {
		texts = append(texts, law.Text{"en": w.En, "es": w.Es})
		if w.Also != nil {
			texts = append(texts, w.Also)
		}
	}
	for _, t := range texts {
		if t["en"] == "" || t["es"] == "" {
			return fmt.Errorf("a text lacks en or es: %q", t.In("en"))
		}
	}
	e.Citation, e.Mark = c.Citation, c.Mark
	journey := c.Journey
	journey.Episodes = slices.DeleteFunc(slices.Clone(journey.Episodes), func(ep law.Episode) bool { return e.Places[ep.ID] == nil })
	if len(journey.Episodes) == 0 || len(journey.Episodes) != len(e.Places) {
		return fmt.Errorf("places: they are not episodes of the case")
	}
	told := map[string]bool{} // what is told in the case or in a what-if
	mark := func(ep string, facts []law.Fact) {
		for _, f := range facts {
			told[ep+"/"+f.Question] = true
		}
	}
	changed := make([]law.Journey, len(e.WhatIf))
	for i, w := range e.WhatIf {
		if changed[i], err = otherAnswers(journey, w.Change); err != nil {
			return fmt.Errorf("what_if: %q: %w", w.En, err)
		}
	}
	for _, j := range append(changed, journey) {
		mark("", j.Person)
		for _, ep := range j.Episodes {
			mark(ep.ID, ep.Facts)
		}
	}
	v := exampleViewer{pack: pack, options: c.Options(), program: e.program, show: e.Show, places: e.Places, told: told}
	v.options.Standard = "" // as amparo assess and the page do: every grade counts
	if e.Scenes, e.Shape, e.Beside, err = v.look(journey); err != nil {
		return err
	}
	if e.Journey, err = newPageJourney(journey, v.options.AsOf); err != nil {
		return err
	}
	for i, w := range e.WhatIf {
		o := exampleOtherwise{whatIf: w}
		if o.Scenes, o.Shape, o.Beside, err = v.look(changed[i]); err != nil {
			return err
		}
		o.Patch = newExamplePatch(journey, w.Change)
		e.Ifs = append(e.Ifs, o)
	}
	return nil
}

// otherAnswers is a journey with some answers otherwise.
func otherAnswers(j law.Journey, change map[string]map[string]law.Answer) (law.Journey, error) {
	j.Person, j.Episodes = slices.Clone(j.Person), slices.Clone(j.Episodes)
	put := func(facts []law.Fact, answers map[string]law.Answer) []law.Fact {
		facts = slices.Clone(facts)
		for _, q := range slices.Sorted(maps.Keys(answers)) {
			f := law.Fact{Question: q, Answer: answers[q]}
			if f.Answer != law.Unknown {
				f.Grade = law.Documented
			}
			facts = append(slices.DeleteFunc(facts, func(f law.Fact) bool { return f.Question == q }), f)
		}
		return facts
	}
	for where, answers := range change {
		if where == "person" {
			j.Person = put(j.Person, answers)
			continue
		}
		i := slices.IndexFunc(j.Episodes, func(ep law.Episode) bool { return ep.ID == where })
		if i < 0 {
			return j, fmt.Errorf("no episode %q", where)
		}
		j.Episodes[i].Facts = put(j.Episodes[i].Facts, answers)
	}
	return j, nil
}

// A pageJourney is the journey as law/browser reads it, with dates as people say them.
type pageJourney struct {
	Person   map[string]int `json:"person"`
	Episodes []pageEpisode  `json:"episodes"`
	Complete bool           `json:"complete,omitempty"`
	AsOf     string         `json:"asOf"`
}

type pageEpisode struct {
	Facts map[string]int `json:"facts"`
	From  string         `json:"from,omitempty"`
	Until string         `json:"until,omitempty"`
}

// An examplePatch is what a what-if changes: answers by question, for the person first and then for each episode.
type examplePatch []map[string]int

// JSON is the patch for the page.
func (p examplePatch) JSON() (string, error) {
	b, err := json.Marshal(p)
	return string(b), err
}

// exampleBits are an answer as the page's evaluator reads it.
var exampleBits = map[law.Answer]int{law.Yes: 1, law.No: 2, law.Unknown: 0}

// newPageJourney fails where facts name their actors: the page has one group of them in each episode.
func newPageJourney(j law.Journey, asOf law.Date) (pageJourney, error) {
	out := pageJourney{Complete: j.Complete, AsOf: asOf.String()}
	told := func(facts []law.Fact) (map[string]int, error) {
		m := map[string]int{}
		for _, f := range facts {
			if f.Actor != "" {
				return nil, fmt.Errorf("%s: told of one actor alone, which the page does not show", f.Question)
			}
			m[f.Question] |= exampleBits[f.Answer]
		}
		return m, nil
	}
	var err error
	if out.Person, err = told(j.Person); err != nil {
		return out, err
	}
	for _, ep := range j.Episodes {
		p := pageEpisode{From: ep.When.From.String(), Until: ep.When.Until.String()}
		if p.Facts, err = told(ep.Facts); err != nil {
			return out, err
		}
		out.Episodes = append(out.Episodes, p)
	}
	return out, nil
}

func newExamplePatch(j law.Journey, change map[string]map[string]law.Answer) examplePatch {
	p := make(examplePatch, 1+len(j.Episodes))
	put := func(i int, where string) {
		p[i] = map[string]int{}
		for q, a := range change[where] {
			p[i][q] = exampleBits[a]
		}
	}
	put(0, "person")
	for i, ep := range j.Episodes {
		put(i+1, ep.ID)
	}
	return p
}

// exampleShape names the kinds of act that are made out.
func exampleShape(kinds map[string]bool) string {
	switch {
	case kinds["smuggling"] && kinds["trafficking"]:
		return "both"
	case kinds["smuggling"]:
		return "moving"
	case kinds["trafficking"]:
		return "using"
	}
	return "neither"
}
