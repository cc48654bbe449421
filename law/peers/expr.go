package peers

import (
	"fmt"
	"slices"
)

// An Expr is what an operation comes to with the law in force. Equal ones are the same pointer, constants
// stand only at the top, and nothing in it is about other episodes.
type Expr struct {
	Kind  int    // opFact, opAll, opAny, opNot, opAtLeast or opIf; opAll and opAny without Args are yes and no
	Fact  string // of opFact
	Least int    // of opAtLeast
	Args  []*Expr
	ID    int // small, in the order of making: arguments before what rests on them
}

// A Question is one rule to compare: about one episode.
type Question struct {
	Rule
	Index int // among the program's rules
	Body  *Expr
}

// Holds says what e comes to when what is not answered yes is no.
func (e *Expr) Holds(answers Answers) bool {
	if e.Kind == opFact {
		return answers[e.Fact] == true
	}
	n := 0
	for _, a := range e.Args {
		if a.Holds(answers) {
			n++
		}
	}
	switch e.Kind {
	case opAll:
		return n == len(e.Args)
	case opAny:
		return n > 0
	case opNot:
		return n == 0
	case opAtLeast:
		return n >= e.Least
	}
	if e.Args[0].Holds(answers) { // of opIf
		return e.Args[1].Holds(answers)
	}
	return e.Args[2].Holds(answers)
}

// maker hash-conses expressions.
type maker struct {
	made map[string]*Expr
}

func (m *maker) make(e Expr) *Expr {
	key := fmt.Sprint(e.Kind, e.Fact, e.Least)
	for _, a := range e.Args {
		key += fmt.Sprint(",", a.ID)
	}
	if old, ok := m.made[key]; ok {
		return old
	}
	e.ID = len(m.made)
	m.made[key] = &e
	return &e
}

func (m *maker) constant(yes bool) *Expr {
	if yes {
		return m.make(Expr{Kind: opAll})
	}
	return m.make(Expr{Kind: opAny})
}

func (e *Expr) is(yes bool) bool {
	return len(e.Args) == 0 && (yes && e.Kind == opAll || !yes && e.Kind == opAny)
}

// Questions gives the rules about one episode, with every stretch of law in force, and the ids of those left
// out: about the person, or resting on other episodes.
func (p Program) Questions() (questions []Question, left []string) {
	m := &maker{map[string]*Expr{}}
	exprs := make([]*Expr, len(p.Ops)) // nil where it looks through episodes
	for at, op := range p.Ops {
		exprs[at] = m.op(p, exprs, op)
	}
	for i, r := range p.Rules {
		if r.Scope != "episode" || exprs[r.Body] == nil {
			left = append(left, r.ID)
			continue
		}
		questions = append(questions, Question{r, i, exprs[r.Body]})
	}
	return questions, left
}

// Uses counts how often each of the expressions under roots is rested on, a root once more.
func Uses(roots ...*Expr) map[*Expr]int {
	uses := map[*Expr]int{}
	var walk func(e *Expr)
	walk = func(e *Expr) {
		uses[e]++
		if uses[e] == 1 {
			for _, a := range e.Args {
				walk(a)
			}
		}
	}
	for _, r := range roots {
		walk(r)
	}
	return uses
}

// Shared lists, arguments first, the expressions under roots that are rested on more than once and are
// more than a fact or its contrary: where a language has names, they are worth one.
func Shared(roots ...*Expr) (shared []*Expr) {
	for e, n := range Uses(roots...) {
		if n > 1 && len(e.Args) > 0 && (e.Kind != opNot || e.Args[0].Kind != opFact) {
			shared = append(shared, e)
		}
	}
	slices.SortFunc(shared, func(a, b *Expr) int { return a.ID - b.ID })
	return shared
}

func (m *maker) op(p Program, before []*Expr, op []int) *Expr {
	args := op[1:]
	switch op[0] {
	case opFact:
		return m.make(Expr{Kind: opFact, Fact: p.Facts[args[0]]})
	case opDate:
		return m.constant(true)
	case opSome:
		return nil
	case opAtLeast:
		args = args[1:]
	}
	var on []*Expr
	for _, a := range args {
		if before[a] == nil {
			return nil
		}
		on = append(on, before[a])
	}
	switch op[0] {
	case opAll:
		return m.all(on)
	case opAny:
		return m.any(on)
	case opNot:
		return m.not(on[0])
	case opIf:
		return m.choose(on[0], on[1], on[2])
	}
	return m.atLeast(op[1], on)
}

func (m *maker) all(on []*Expr) *Expr {
	if slices.ContainsFunc(on, func(e *Expr) bool { return e.is(false) }) {
		return m.constant(false)
	}
	on = slices.DeleteFunc(slices.Clone(on), func(e *Expr) bool { return e.is(true) })
	if len(on) == 1 {
		return on[0]
	}
	return m.make(Expr{Kind: opAll, Args: on})
}

func (m *maker) any(on []*Expr) *Expr {
	if slices.ContainsFunc(on, func(e *Expr) bool { return e.is(true) }) {
		return m.constant(true)
	}
	on = slices.DeleteFunc(slices.Clone(on), func(e *Expr) bool { return e.is(false) })
	if len(on) == 1 {
		return on[0]
	}
	return m.make(Expr{Kind: opAny, Args: on})
}

func (m *maker) not(e *Expr) *Expr {
	switch {
	case e.is(true) || e.is(false):
		return m.constant(e.is(false))
	case e.Kind == opNot:
		return e.Args[0]
	}
	return m.make(Expr{Kind: opNot, Args: []*Expr{e}})
}

// choose says an if in the plainest words that mean the same.
func (m *maker) choose(x, yes, no *Expr) *Expr {
	switch {
	case x.is(true) || yes == no:
		return yes
	case x.is(false):
		return no
	case yes.is(true):
		return m.any([]*Expr{x, no})
	case yes.is(false):
		return m.all([]*Expr{m.not(x), no})
	case no.is(true):
		return m.any([]*Expr{m.not(x), yes})
	case no.is(false):
		return m.all([]*Expr{x, yes})
	}
	return m.make(Expr{Kind: opIf, Args: []*Expr{x, yes, no}})
}

func (m *maker) atLeast(k int, on []*Expr) *Expr {
	var open []*Expr
	for _, e := range on {
		switch {
		case e.is(true):
			k--
		case !e.is(false):
			open = append(open, e)
		}
	}
	switch {
	case k <= 0:
		return m.constant(true)
	case k > len(open):
		return m.constant(false)
	case k == 1:
		return m.any(open)
	case k == len(open):
		return m.all(open)
	}
	return m.make(Expr{Kind: opAtLeast, Least: k, Args: open})
}
