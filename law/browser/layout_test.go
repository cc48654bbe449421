package browser

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"amparo/law"
)

// A journey as answer.mjs takes it.
type journey struct {
	AsOf     string         `json:"asOf"`
	Filed    string         `json:"filed,omitempty"`
	Complete bool           `json:"complete"`
	Person   map[string]int `json:"person"`
	Episodes []episode      `json:"episodes"`
}

type episode struct {
	Facts []map[string]int `json:"facts"` // for each group of actors who act together
	From  string           `json:"from"`
	Until string           `json:"until"`
}

// A finding and an ask as law.js gives them.
type finding struct {
	Rule    string
	Episode int
	Status  law.Status
}

type ask struct {
	Fact             string
	Episode, Settles int
}

type assessed struct {
	Findings []finding
	Next     []ask
}

// told gives the answers of facts that count for a group; nil is everybody.
func told(facts []law.Fact, group []string) map[string]int {
	out := map[string]int{}
	for _, f := range facts {
		switch {
		case group != nil && f.Actor != "" && !slices.Contains(group, f.Actor):
		case f.Answer == law.Yes:
			out[f.Question] |= 1
		case f.Answer == law.No:
			out[f.Question] |= 2
		case f.Why != "" && f.Why != law.NotAsked: // not to be asked again
			out[f.Question] |= 0
		}
	}
	return out
}

// groups splits the actors of an episode where facts name some, as law.Journey says.
func groups(e law.Episode, linked [][]string) [][]string {
	if !slices.ContainsFunc(e.Facts, func(f law.Fact) bool { return f.Actor != "" }) {
		return [][]string{nil}
	}
	var out [][]string
	for _, actor := range e.Actors {
		group := []string{actor}
		for again := true; again; {
			again = false
			for _, link := range linked {
				if slices.ContainsFunc(link, func(a string) bool { return slices.Contains(group, a) }) {
					for _, a := range link {
						if !slices.Contains(group, a) {
							group, again = append(group, a), true
						}
					}
				}
			}
		}
		out = append(out, group)
	}
	return out
}

func forBrowser(j law.Journey, asOf law.Date) journey {
	out := journey{AsOf: asOf.String(), Filed: j.Filed.String(), Complete: j.Complete, Person: told(j.Person, nil), Episodes: []episode{}}
	for _, e := range j.Episodes {
		made := episode{From: e.When.From.String(), Until: e.When.Until.String()}
		for _, group := range groups(e, j.LinkedActors) {
			made.Facts = append(made.Facts, told(e.Facts, group))
		}
		out.Episodes = append(out.Episodes, made)
	}
	return out
}

// with adds a fact about an episode, or about the person.
func with(j law.Journey, place int, f law.Fact) law.Journey {
	if place < 0 {
		j.Person = append(slices.Clone(j.Person), f)
		return j
	}
	j.Episodes = slices.Clone(j.Episodes)
	e := &j.Episodes[place]
	e.Facts = append(slices.Clone(e.Facts), f)
	return j
}

func asked(j journey, id string, place int) bool {
	if _, ok := j.Person[id]; place < 0 && ok {
		return true
	}
	for i, e := range j.Episodes {
		for _, told := range e.Facts {
			if bits, ok := told[id]; ok && (i == place || place < 0 && bits == 0) {
				return true
			}
		}
	}
	return false
}

func randomJourney(r *rand.Rand, p *law.Pack) law.Journey {
	likely := []float64{0.1, 0.5, 0.9}[r.IntN(3)] // that a question is answered
	yes := []float64{0.2, 0.6, 0.95}[r.IntN(3)]
	answer := func(scope string, actors []string) (out []law.Fact) {
		for _, q := range p.Questions {
			for (scope == "" || q.Scope == scope) && r.Float64() < likely {
				f := law.Fact{Question: q.ID, Answer: law.No, Grade: law.Said}
				if r.Float64() < yes {
					f.Answer = law.Yes
				}
				if r.IntN(10) == 0 {
					f = law.Fact{Question: q.ID, Answer: law.Unknown, Why: []law.Why{law.NotAsked, law.Declined}[r.IntN(2)]}
				} else if len(actors) > 0 && r.IntN(2) == 0 {
					f.Actor = actors[r.IntN(len(actors))]
				}
				if out = append(out, f); r.IntN(8) > 0 { // else it is answered once more
					break
				}
			}
		}
		return out
	}
	date := func() law.Date {
		if r.IntN(4) == 0 {
			return law.Date{}
		}
		d := law.Date{Year: 1995 + r.IntN(31), About: r.IntN(3) == 0}
		if r.IntN(3) > 0 {
			d.Month = 1 + r.IntN(12)
			if r.IntN(2) == 0 {
				d.Day = 1 + r.IntN(28)
			}
		}
		return d
	}
	j := law.Journey{Complete: r.IntN(2) == 0, Person: answer("person", nil)}
	if r.IntN(2) == 0 {
		j.Filed = date()
	}
	for i := range r.IntN(4) {
		e := law.Episode{ID: fmt.Sprintf("e%d", i), When: law.Span{From: date()}}
		if e.When.Until = date(); e.When.Until.Year < e.When.From.Year || r.IntN(2) == 0 {
			e.When.Until = e.When.From
		}
		if r.IntN(3) == 0 {
			e.Actors = []string{"a", "b", "c"}
		}
		e.Facts = answer("", e.Actors)
		j.Episodes = append(j.Episodes, e)
	}
	if r.IntN(2) == 0 {
		j.LinkedActors = [][]string{{"a", "b"}}
	}
	return j
}
