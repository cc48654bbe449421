package law

import "slices"

// person stands for the person where an episode's number is wanted.
const person = -1

// A trial is one journey under one standard, ready to be asked about any operation of the program with
// any part of its facts.
type trial struct {
	p       *Pack
	prog    *program
	journey Journey
	asOf    Date
	facts   []weighed // those that count under the standard, in order
	told    [][]int   // for each episode, the facts told of it or of the person; last, of the person alone
	all     []bool    // as many as facts: every fact counts
	clash   bool      // some question is answered both yes and no, if only in two episodes
	groups  [][]group // for each episode, the sets of actors whose acts add up
}

// A weighed fact knows its place.
type weighed struct {
	Carried
	episode, question int
}

// A group is a set of actors who act together; nil is everybody.
type group []string

func (g group) holds(actor string) bool {
	return actor == "" || g == nil || slices.Contains(g, actor)
}

func newTrial(p *Pack, prog *program, j Journey, asOf Date, standard Standard) *trial {
	t := &trial{p: p, prog: prog, journey: j, asOf: asOf}
	weigh := func(episode int, id string, facts []Fact) {
		for _, f := range slices.SortedFunc(slices.Values(facts), p.byQuestion) {
			if standard.counts(f) {
				t.facts = append(t.facts, weighed{Carried{id, f}, episode, p.index[f.Question]})
			}
		}
	}
	weigh(person, "", j.Person)
	for i, e := range j.Episodes {
		weigh(i, e.ID, e.Facts)
		t.groups = append(t.groups, groups(e, j.LinkedActors))
	}
	t.all = slices.Repeat([]bool{true}, len(t.facts))
	t.told = make([][]int, len(j.Episodes)+1)
	for i, f := range t.facts {
		for e := range t.told {
			if f.episode == e || f.episode == person {
				t.told[e] = append(t.told[e], i)
			}
		}
	}
	said := map[int]Answer{}
	for _, f := range t.facts {
		before, told := said[f.question]
		t.clash = t.clash || told && before != f.Answer
		said[f.question] = f.Answer
	}
	return t
}

// groups splits an episode's actors into those who act together. Where no fact names an actor there is
// one group: an episode is a stretch with one set of actors. Where one does, each actor listed counts,
// also those of whom nothing is told yet: that one did not act says nothing of another.
func groups(e Episode, linked [][]string) (out []group) {
	if !slices.ContainsFunc(e.Facts, func(f Fact) bool { return f.Actor != "" }) {
		return []group{nil}
	}
	for _, actor := range e.Actors {
		if slices.ContainsFunc(out, func(g group) bool { return g.holds(actor) }) {
			continue
		}
		g := group{actor}
		// Links join links: follow them until nothing is added.
		for i := 0; i < len(g); i++ {
			for _, link := range linked {
				if slices.Contains(link, g[i]) {
					g = append(g, slices.DeleteFunc(slices.Clone(link), func(a string) bool { return slices.Contains(g, a) })...)
				}
			}
		}
		out = append(out, g)
	}
	return out
}

func (t *trial) groupsOf(episode int) []group {
	if episode == person {
		return []group{nil}
	}
	return t.groups[episode]
}

func (t *trial) toldOf(episode int) []int {
	if episode == person {
		return t.told[len(t.told)-1]
	}
	return t.told[episode]
}

// leaves gives the values that the facts marked in on give one group in one episode.
func (t *trial) leaves(episode int, g group, on []bool) leafFunc {
	answers := make([]bits, len(t.p.Questions))
	for _, i := range t.toldOf(episode) {
		if f := t.facts[i]; on[i] && g.holds(f.Actor) {
			answers[f.question] |= map[Answer]bits{Yes: isTrue, No: isFalse}[f.Answer]
		}
	}
	return func(at int, o op) bits {
		switch o.kind {
		case opFact:
			return answers[t.p.index[o.name]]
		case opDated:
			return map[Force]bits{InForce: isTrue, NotInForce: isFalse}[t.force(episode, o.from, o.until, o.by)]
		}
		var found []bits
		if !t.journey.Complete {
			found = append(found, 0)
		}
		for e := range t.journey.Episodes {
			for _, body := range o.args {
				found = append(found, t.value(body, e, on))
			}
		}
		return kleene(1, found)
	}
}

// force judges a law's dates by the episode, and for the person by the day of the assessment.
func (t *trial) force(episode int, from, until Date, by Clock) Force {
	when := Span{From: t.asOf, Until: t.asOf}
	if by == ByFiling && !t.journey.Filed.IsZero() {
		when = Span{From: t.journey.Filed, Until: t.journey.Filed}
	}
	if episode != person {
		when = t.journey.Episodes[episode].When
	}
	return when.force(from, until)
}

// value is the value of an operation in an episode, by the facts marked in on: true if it is for some
// group of actors, false if it is for none.
func (t *trial) value(at, episode int, on []bool) bits {
	goal := t.prog.goals[at]
	var found []bits
	for _, g := range t.groupsOf(episode) {
		found = append(found, t.prog.eval(goal.cone, t.leaves(episode, g, on))[at])
	}
	v := kleene(1, found)
	if goal.mixed && v != isTrue|isFalse {
		v |= t.exact(at, episode, on)
	}
	return v
}

// exact decides by diagram: true where every way the unknown may turn out makes it true.
func (t *trial) exact(at, episode int, on []bool) (v bits) {
	d := newDiagram(&scratch{})
	if t.diagram(d, isTrue, at, episode, on) == always {
		v |= isTrue
	}
	if t.diagram(d, isFalse, at, episode, on) == never {
		v |= isFalse
	}
	return v
}

// diagram draws an operation over what is not known. Where evidence conflicts there are two drawings: for
// lean isTrue a conflict helps wherever it stands, so that always means known true; for isFalse it hurts,
// so that never means known false.
func (t *trial) diagram(d *diagram, lean bits, at, episode int, on []bool) int {
	var drawn []int
	for _, g := range t.groupsOf(episode) {
		b := drawing{t, d, lean, episode, on, t.leaves(episode, g, on), map[[2]int]int{}}
		drawn = append(drawn, b.draw(at, true))
	}
	return d.atLeast(1, drawn)
}

type drawing struct {
	*trial
	d       *diagram
	lean    bits
	episode int
	on      []bool
	leaf    leafFunc
	done    map[[2]int]int
}

// draw draws the operation, or its negation where positive is false; so negations stand at the leaves.
func (b drawing) draw(at int, positive bool) int {
	key := [2]int{at, 0}
	if positive {
		key[1] = 1
	}
	if f, ok := b.done[key]; ok {
		return f
	}
	o := b.prog.ops[at]
	k := len(o.args)
	switch o.kind {
	case opAny:
		k = 1
	case opAtLeast:
		k = o.least
	}
	var f int
	switch o.kind {
	case opNot:
		f = b.draw(o.args[0], !positive)
	case opAll, opAny, opAtLeast:
		if !positive {
			k = len(o.args) - k + 1
		}
		var args []int
		for _, a := range o.args {
			args = append(args, b.draw(a, positive))
		}
		f = b.d.atLeast(k, args)
	case opSome:
		f = b.some(at, o, positive)
	default:
		v := b.leaf(at, o)
		if !positive {
			v = v.not()
		}
		switch {
		case v == 0 && positive:
			f = b.d.variable(b.variable(at, o))
		case v == 0:
			f = b.d.not(b.d.variable(b.variable(at, o)))
		case v&b.lean != 0:
			f = map[bits]int{isTrue: always, isFalse: never}[b.lean]
		default:
			f = map[bits]int{isTrue: never, isFalse: always}[b.lean]
		}
	}
	b.done[key] = f
	return f
}

// some draws "in some episode", with one more unknown where an episode may be missing.
func (b drawing) some(at int, o op, positive bool) int {
	lean := b.lean
	if !positive {
		lean = lean.not()
	}
	var found []int
	if !b.journey.Complete {
		found = append(found, b.d.variable(b.slot(person)+at))
	}
	for e := range b.journey.Episodes {
		for _, body := range o.args {
			found = append(found, b.trial.diagram(b.d, lean, body, e, b.on))
		}
	}
	f := b.d.atLeast(1, found)
	if !positive {
		f = b.d.not(f)
	}
	return f
}

// variable numbers what is not known. What is asked of the person is one unknown for all episodes.
func (b drawing) variable(at int, o op) int {
	if q, ok := b.p.Question(o.name); ok && o.kind == opFact && q.Scope == "person" {
		return b.slot(person) + at
	}
	return b.slot(b.episode) + at
}

func (t *trial) slot(episode int) int { return (episode + 1) * len(t.prog.ops) }

// unknown names the question and the episode that a variable stands for; ok is false for a date and for
// an episode not listed.
func (t *trial) unknown(variable int) (question, episode int, ok bool) {
	o := t.prog.ops[variable%len(t.prog.ops)]
	return t.p.index[o.name], variable/len(t.prog.ops) - 1, o.kind == opFact
}

// reason is a minimal set of facts from which an operation still has the value want: it starts from all,
// and drops what can be dropped, the weakest evidence first.
func (t *trial) reason(at, episode int, want bits) (out []Carried) {
	on := slices.Clone(t.all)
	try := func(drop func(weighed) bool) {
		was := slices.Clone(on)
		for i, f := range t.facts {
			on[i] = on[i] && !drop(f)
		}
		if t.value(at, episode, on)&want == 0 {
			on = was
		}
	}
	for e := range t.journey.Episodes {
		try(func(f weighed) bool { return f.episode == e })
	}
	// Facts stand in the vocabulary's order; those that come last in it go first.
	order := make([]int, len(t.facts))
	for i := range order {
		order[i] = len(order) - 1 - i
	}
	slices.SortStableFunc(order, func(a, b int) int { return grades[t.facts[a].Grade] - grades[t.facts[b].Grade] })
	for _, i := range order {
		if !on[i] {
			continue
		}
		on[i] = false
		if t.value(at, episode, on)&want == 0 {
			on[i] = true
		}
	}
	for i, f := range t.facts {
		if on[i] {
			out = append(out, f.Carried)
		}
	}
	return out
}
