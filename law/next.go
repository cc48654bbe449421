package law

import (
	"cmp"
	"slices"
)

// next gathers the open findings and ranks what to ask. Everything is read off the findings' diagrams:
// what is in one can still change it, what is in none cannot and is never asked.
type next struct {
	*trial
	scratch scratch
	pending []pending
}

// pending is one open finding, drawn for and against; the two differ only where evidence conflicts.
type pending struct {
	*diagram
	forT, forF int
	vars       []int
}

// answered says what is left when one variable is known: whether that settles the finding, and else how
// many of the other unknowns it takes away, in thousandths of an answer that settles.
func (p pending) answered(v int, to bool) (settled bool, gain int) {
	t, left := p.under(p.forT, v, to)
	f := t
	if p.forF != p.forT {
		f, _ = p.under(p.forF, v, to)
	}
	if t == isTrue || f == isFalse {
		return true, 1000
	}
	return false, 500 * max(0, len(p.vars)-left) / len(p.vars)
}

// open draws the finding and lists the questions that could still turn it.
func (n *next) open(at, episode int) (ids []string) {
	d := newDiagram(&n.scratch)
	p := pending{diagram: d, forT: n.trial.diagram(d, isTrue, at, episode, n.all)}
	if p.forF = p.forT; n.clash {
		p.forF = n.trial.diagram(d, isFalse, at, episode, n.all)
	}
	p.vars = d.support(p.forT, p.forF)
	n.pending = append(n.pending, p)
	var questions []int
	for _, v := range p.vars {
		if q, _, ok := n.unknown(v); ok {
			questions = append(questions, q)
		}
	}
	slices.Sort(questions)
	for _, q := range slices.Compact(questions) {
		ids = append(ids, n.p.Questions[q].ID)
	}
	return ids
}

// asks ranks the questions by what their answers settle, and how far they narrow what stays open, for
// what asking costs. Yes and no weigh the same: nothing is guessed about how a person will answer.
func (n *next) asks() []Ask {
	worth, found := map[int]int{}, map[int]*Ask{}
	for _, p := range n.pending {
		for _, v := range p.vars {
			q, episode, ok := n.unknown(v)
			if !ok || !n.askable(q, episode) {
				continue
			}
			if found[v] == nil {
				question := n.p.Questions[q]
				found[v] = &Ask{Question: question.ID, Text: question.Text, Cost: question.Sensitivity}
				if episode != person {
					found[v].Episode = n.journey.Episodes[episode].ID
				}
			}
			byYes, yes := p.answered(v, true)
			byNo, no := p.answered(v, false)
			worth[v] += yes + no
			found[v].Turns++
			if byYes || byNo {
				found[v].Settles++
			}
		}
	}
	out := []Ask{}
	for v, ask := range found {
		// The cost is squared: a question that hurts must be worth much more than one that does not.
		ask.Score = worth[v] / (2 * ask.Cost * ask.Cost)
		out = append(out, *ask)
	}
	place := map[string]int{}
	for i, e := range n.journey.Episodes {
		place[e.ID] = i + 1
	}
	slices.SortFunc(out, func(a, b Ask) int {
		return cmp.Or(b.Score-a.Score, n.p.index[a.Question]-n.p.index[b.Question], place[a.Episode]-place[b.Episode])
	})
	return out
}

// askable is false where the question has been answered, cannot be, or must not be asked. What was not to
// be asked about the person in one episode is not to be asked about the person at all.
func (n *next) askable(question, episode int) bool {
	closed := func(facts []Fact, answered bool) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool {
			told := f.Answer != Unknown && answered
			return n.p.index[f.Question] == question && (told || f.Why != "" && f.Why != NotAsked)
		})
	}
	if episode != person {
		return !closed(n.journey.Episodes[episode].Facts, true)
	}
	return !closed(n.journey.Person, true) &&
		!slices.ContainsFunc(n.journey.Episodes, func(e Episode) bool { return closed(e.Facts, false) })
}
