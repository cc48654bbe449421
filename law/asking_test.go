package law_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"amparo/law"
	"amparo/packs"
)

// An interview asks one person, whose answers are those of a decided case, until every finding has settled that
// their answers can settle. What the case does not tell, the person does not know.
type interview struct {
	pack    *law.Pack
	options law.Options
	whole   law.Journey
	told    law.Journey
	goal    []law.Status // open where no answer settles it
}

func newInterview(t testing.TB, p *law.Pack, c law.Case, known float64, r *rand.Rand) *interview {
	v := &interview{pack: p, options: c.Options(), whole: c.Journey, told: law.Journey{Complete: c.Journey.Complete, LinkedActors: c.Journey.LinkedActors, Filed: c.Journey.Filed}}
	some := func(facts []law.Fact) (out []law.Fact) {
		for _, f := range facts {
			if r.Float64() < known {
				out = append(out, f)
			}
		}
		return out
	}
	v.told.Person = some(v.whole.Person)
	for _, e := range v.whole.Episodes {
		e.Facts = some(e.Facts)
		v.told.Episodes = append(v.told.Episodes, e)
	}
	for _, f := range v.assess(t, v.whole).Findings {
		v.goal = append(v.goal, f.Status)
	}
	return v
}

func (v *interview) assess(t testing.TB, j law.Journey) law.Assessment {
	a, err := v.pack.Assess(j, v.options)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// question is one thing to ask.
type question struct {
	id      string
	episode int // -1 for the person
}

// ask counts the questions that an order of asking needs. next chooses among those not asked yet.
func (v *interview) ask(t testing.TB, next func(a law.Assessment, left []question) question) (asked int) {
	var left []question
	answered := func(facts []law.Fact, id string) bool {
		return slices.ContainsFunc(facts, func(f law.Fact) bool { return f.Question == id })
	}
	for _, q := range v.pack.Questions {
		if q.Scope == "person" && !answered(v.told.Person, q.ID) {
			left = append(left, question{q.ID, -1})
		}
		for e := range v.told.Episodes {
			if q.Scope != "person" && !answered(v.told.Episodes[e].Facts, q.ID) {
				left = append(left, question{q.ID, e})
			}
		}
	}
	a := v.assess(t, v.told)
	for {
		done := true
		for i, f := range a.Findings {
			done = done && (v.goal[i] == law.Open || f.Status == v.goal[i])
		}
		if done || len(left) == 0 {
			return asked
		}
		q := next(a, left)
		left = slices.DeleteFunc(left, func(l question) bool { return l == q })
		asked++
		from, to := v.whole.Person, &v.told.Person
		if q.episode >= 0 {
			from, to = v.whole.Episodes[q.episode].Facts, &v.told.Episodes[q.episode].Facts
		}
		known := false
		for _, f := range from {
			if f.Question == q.id {
				*to, known = append(slices.Clone(*to), f), true
			}
		}
		if known { // else nothing has changed but what is left to ask
			a = v.assess(t, v.told)
		}
	}
}

// matters gives the questions left that could still change a finding.
func matters(a law.Assessment, left []question, episodes []law.Episode) (out []question) {
	for _, ask := range a.Next {
		e := slices.IndexFunc(episodes, func(e law.Episode) bool { return e.ID == ask.Episode })
		if q := (question{ask.Question, e}); slices.Contains(left, q) {
			out = append(out, q)
		}
	}
	return out
}

// The order of asking settles what can be settled with fewer questions than the vocabulary's order and than a
// random one do, also when those leave out what cannot matter any more. With AMPARO_BENCH set it prints the
// figures over more answerings.
func TestAskingSettlesSooner(t *testing.T) {
	rounds := 1
	if os.Getenv("AMPARO_BENCH") != "" {
		rounds = 5
	}
	orders := []string{"next question", "vocabulary, what matters", "random, what matters", "vocabulary", "random"}
	for _, name := range packs.Names() {
		p, err := packs.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := p.Cases(packs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[string][]int{}
		for i, c := range cases {
			for round := range rounds {
				for _, order := range orders {
					r := rand.New(rand.NewPCG(uint64(i), uint64(round)))
					v := newInterview(t, p, c, 0.2, r)
					counts[order] = append(counts[order], v.ask(t, func(a law.Assessment, left []question) question {
						pool := left
						if order != "vocabulary" && order != "random" {
							if m := matters(a, left, v.told.Episodes); len(m) > 0 {
								pool = m
							}
						}
						switch order {
						case "next question":
							return pool[0]
						case "random", "random, what matters":
							return pool[r.IntN(len(pool))]
						}
						return slices.MinFunc(pool, func(a, b question) int { return cmp.Compare(place(p, a.id), place(p, b.id)) })
					}))
				}
			}
		}
		if len(cases) == 0 {
			continue
		}
		line := fmt.Sprintf("%s, %d answerings, questions until settled, mean (median):", name, len(counts[orders[0]]))
		means := map[string]float64{}
		for _, order := range orders {
			sum, all := 0, counts[order]
			for _, n := range all {
				sum += n
			}
			slices.Sort(all)
			means[order] = float64(sum) / float64(len(all))
			line += fmt.Sprintf(" %s %.1f (%d);", order, means[order], all[len(all)/2])
		}
		t.Log(line)
		for _, order := range orders[1:] {
			if means[orders[0]] >= means[order] {
				t.Errorf("%s: %.1f questions by %s, %.1f by %s", name, means[orders[0]], orders[0], means[order], order)
			}
		}
	}
}

func place(p *law.Pack, id string) int {
	return slices.IndexFunc(p.Questions, func(q law.Question) bool { return q.ID == id })
}
