package law

import (
	"cmp"
	"slices"
	"sync"

	"amparo/law/internal/diagram"
)

// What an answer is worth, in thousandths of a finding settled for sure: an answer that settles, and at most
// so much for one that only brings nearer.
const (
	settling = 1000
	nearing  = 500
)

// A ledger adds up what each unknown would bring.
type ledger struct {
	*sketch
	rows []row // by variable
	// By place in under, the constants first: how often the function is true, and how often a way leads by.
	chance, weight []float64
	place          []int32 // of a node in under
	findings       int     // weighed so far
	under, roots   []diagram.Node
	ranked         []int32 // by episode and question: a place among the ranks, from 1
	counted        []int   // by episode and question: the last finding that counted it
}

// A row is one unknown: what it brings to all findings, and how the chance of the one at hand moves when it is
// true and when it is false.
type row struct {
	worth, turns, settles int
	yes, no               float64
	here                  bool
}

var ledgers = sync.Pool{New: func() any { return &ledger{sketch: &sketch{d: diagram.New()}} }}

// ledger opens one that keeps the memory of those before it.
func (t *trial) ledger() *ledger {
	l := ledgers.Get().(*ledger)
	l.d.Reset()
	l.trial, l.findings = t, 0
	l.done[0], l.done[1] = l.done[0][:0], l.done[1][:0]
	n := (len(t.scenes) + 1) * len(t.prog.shapes.atoms)
	clear(l.rows)
	l.rows = room(l.rows[:0], n)
	pairs := (len(t.journey.Episodes) + 1) * len(t.p.Questions)
	l.counted, l.ranked = room(l.counted[:0], pairs), room(l.ranked[:0], pairs)
	return l
}

func (l *ledger) close() {
	l.trial = nil
	ledgers.Put(l)
}

// open draws an open finding, says what could still turn it and what it lacks, and weighs the answers.
func (l *ledger) open(f *Finding, r *compiled, episode int) {
	p := l.rule(r, episode)
	l.under = l.d.Under(l.under, append(append(l.roots[:0], p.forT...), p.forF...)...)
	f.Open = l.questions(l.under)
	possible := 0
	for _, root := range p.forT {
		if root != diagram.False {
			possible++
		}
	}
	l.findings++
	for _, root := range p.forT {
		if root <= diagram.True {
			continue
		}
		l.under = l.d.Under(l.under, root)
		if lacks := l.lacks(r, root, l.under); f.Lacks == nil || len(lacks) < len(f.Lacks) {
			f.Lacks = lacks
		}
		l.weigh(root, l.under, possible == 1)
	}
}

// weigh adds what the answers would bring to one open finding, of which under are the nodes; alone says that no
// other group of actors can still meet the rule. All its unknowns are weighed in two passes over its diagram.
// Nothing is guessed about how a person will answer: yes and no weigh the same, and so does everything else
// that is not known.
func (l *ledger) weigh(f diagram.Node, under []diagram.Node, alone bool) {
	n := len(under) + 2
	l.chance, l.weight = room(l.chance[:0], n), room(l.weight[:0], n)
	l.place = room(l.place, l.d.Len())
	l.chance[1], l.place[diagram.False], l.place[diagram.True] = 1, 0, 1
	for i, node := range under { // from the constants up
		_, low, high := l.d.Split(node)
		l.place[node] = int32(i + 2)
		l.chance[i+2] = (l.chance[l.place[low]] + l.chance[l.place[high]]) / 2
	}
	whole := l.chance[l.place[f]]
	l.weight[l.place[f]] = 1
	for i, node := range slices.Backward(under) { // from the root down
		v, low, high := l.d.Split(node)
		w, r := l.weight[i+2], &l.rows[v]
		l.weight[l.place[low]] += w / 2
		l.weight[l.place[high]] += w / 2
		r.yes += float64(w * (l.chance[l.place[high]] - l.chance[i+2]))
		r.no += float64(w * (l.chance[l.place[low]] - l.chance[i+2]))
		r.here = true
	}
	l.variables(under, func(v int32) {
		q, episode, asked := l.unknown(v)
		first := false // that this finding turns on the question
		if asked {
			last := &l.counted[(episode+1)*len(l.p.Questions)+q]
			first, *last = *last != l.findings, l.findings
		}
		switch r := &l.rows[v]; {
		case r.here:
			r.book(whole, alone, first)
		case first: // in an episode that this finding looks for
			r.turns++
		}
	})
}

// book adds what the answer brings to a finding whose chance is whole. What makes the rule impossible settles
// nothing where another group may still meet it. first says that the finding was not counted yet.
func (r *row) book(whole float64, alone, first bool) {
	const little = 1e-9
	settles := 0
	for _, move := range [2]float64{r.yes, r.no} {
		if then := whole + move; 1-then < little*(1-whole) || then < little*whole && alone {
			r.worth += settling
			settles = 1
		}
	}
	// The share of the spread of outcomes that the answer takes away.
	half := (r.yes - r.no) / 2
	r.worth += int(nearing * (float64(half*half) / float64(whole*(1-whole))))
	if first {
		r.turns, r.settles = r.turns+1, r.settles+settles
	}
	r.yes, r.no, r.here = 0, 0, false
}

// room gives s at least n long; what is new is zero.
func room[T any](s []T, n int) []T {
	return append(s, make([]T, max(0, n-len(s)))...)
}

// asks ranks the questions by what their answers bring for what asking costs.
func (l *ledger) asks() []Ask {
	type rank struct{ score, worth, turns, settles, question, episode int }
	var ranks []rank
	for v := range l.rows {
		r := &l.rows[v]
		if r.turns == 0 && r.worth == 0 {
			continue
		}
		q, episode, ok := l.unknown(int32(v))
		if !ok || !l.askable(q, episode) {
			continue
		}
		at := &l.ranked[(episode+1)*len(l.p.Questions)+q] // groups of actors of one episode are asked about together
		if *at == 0 {
			ranks = append(ranks, rank{question: q, episode: episode})
			*at = int32(len(ranks))
		}
		sum := &ranks[*at-1]
		sum.worth, sum.turns, sum.settles = sum.worth+r.worth, sum.turns+r.turns, sum.settles+r.settles
	}
	for i := range ranks {
		// With each step of sensitivity a question must be worth four times as much.
		r := &ranks[i]
		r.score = r.worth / (2 << (2 * (l.p.Questions[r.question].Sensitivity - 1)))
	}
	slices.SortFunc(ranks, func(a, b rank) int {
		return cmp.Or(b.score-a.score, a.question-b.question, a.episode-b.episode)
	})
	out := make([]Ask, len(ranks))
	for i, r := range ranks {
		q := &l.p.Questions[r.question]
		out[i] = Ask{Question: q.ID, Text: q.Text, Turns: r.turns, Settles: r.settles, Cost: q.Sensitivity, Score: r.score}
		if r.episode != person {
			out[i].Episode = l.journey.Episodes[r.episode].ID
		}
	}
	return out
}

// askable is false where the question has been answered, cannot be, or must not be asked. What was not to
// be asked about the person in one episode is not to be asked about the person at all.
func (t *trial) askable(question, episode int) bool {
	id := t.p.Questions[question].ID
	closed := func(facts []Fact, answered bool) bool {
		return slices.ContainsFunc(facts, func(f Fact) bool {
			told := f.Answer != Unknown && answered
			return (told || f.Why != "" && f.Why != NotAsked) && f.Question == id
		})
	}
	if episode != person {
		return !closed(t.journey.Episodes[episode].Facts, true)
	}
	return !closed(t.journey.Person, true) &&
		!slices.ContainsFunc(t.journey.Episodes, func(e Episode) bool { return closed(e.Facts, false) })
}
