package law

import (
	"fmt"
	"slices"
)

// bits is a value as two bits: known true, known false. None is unknown, both is conflict.
type bits uint8

const (
	isTrue  bits = 1
	isFalse bits = 2
)

func (b bits) value() Value {
	return [...]Value{NotYet, True, False, Clashes}[b]
}

func (b bits) not() bits { return b>>1 | b&1<<1 }

// kleene combines values: true when at least k are true, false when so many are false that k cannot be.
// With k = 1 it is or, with k = len(values) it is and.
func kleene(k int, values []bits) bits {
	var yes, no int
	for _, v := range values {
		yes += int(v & isTrue)
		no += int(v & isFalse >> 1)
	}
	var out bits
	if yes >= k {
		out |= isTrue
	}
	if no > len(values)-k {
		out |= isFalse
	}
	return out
}

type opKind string

const (
	opFact    opKind = "fact"    // the answer to question name
	opDated   opKind = "dated"   // whether the law of from..until was in force
	opAll     opKind = "all"     //
	opAny     opKind = "any"     //
	opNot     opKind = "not"     //
	opAtLeast opKind = "atleast" // at least `least` of args
	opSome    opKind = "some"    // some episode in which any of args holds
)

// An op is one operation. Its arguments stand before it in the graph.
type op struct {
	kind        opKind
	name        string
	least       int
	from, until Date
	by          Clock
	args        []int
}

// A graph is a hash-consed list of operations in topological order: what is said twice stands once.
type graph struct {
	ops  []op
	seen map[string]int
}

// add returns the place of o, adding it if no equal operation stands there yet.
func (g *graph) add(o op) int {
	if o.kind == opAll || o.kind == opAny || o.kind == opSome {
		o.args = slices.Compact(slices.Sorted(slices.Values(o.args)))
		if len(o.args) == 1 && o.kind != opSome {
			return o.args[0]
		}
	}
	key := fmt.Sprint(o)
	if at, ok := g.seen[key]; ok {
		return at
	}
	if g.seen == nil {
		g.seen = map[string]int{}
	}
	g.ops = append(g.ops, o)
	g.seen[key] = len(g.ops) - 1
	return len(g.ops) - 1
}

// cone lists the operations that root rests on within one scene, in order, root last. It does not look
// through opSome.
func (g *graph) cone(root int) []int {
	need := make([]bool, root+1)
	need[root] = true
	var out []int
	for i := root; i >= 0; i-- {
		if !need[i] {
			continue
		}
		out = append(out, i)
		if g.ops[i].kind != opSome {
			for _, a := range g.ops[i].args {
				need[a] = true
			}
		}
	}
	slices.Reverse(out)
	return out
}

// A leafFunc gives the value of an operation that rests on the journey: opFact, opDated, opSome.
type leafFunc func(at int, o op) bits

// eval runs the operations of a cone in Kleene's logic and returns every operation's value.
func (g *graph) eval(cone []int, leaf leafFunc) []bits {
	out := make([]bits, len(g.ops))
	var args []bits
	for _, at := range cone {
		o := g.ops[at]
		args = args[:0]
		if o.kind != opSome {
			for _, a := range o.args {
				args = append(args, out[a])
			}
		}
		switch o.kind {
		case opAll:
			out[at] = kleene(len(args), args)
		case opAny:
			out[at] = kleene(1, args)
		case opAtLeast:
			out[at] = kleene(o.least, args)
		case opNot:
			out[at] = args[0].not()
		default:
			out[at] = leaf(at, o)
		}
	}
	return out
}

// mixed reports whether some fact under root helps it in one place and hurts it in another. Only there
// can Kleene's logic leave unknown what is in truth settled.
func (g *graph) mixed(root int) bool {
	type seen struct {
		at       int
		positive bool
	}
	visited, facts := map[seen]bool{}, map[string][2]bool{}
	var walk func(s seen) bool
	walk = func(s seen) bool {
		if visited[s] {
			return false
		}
		visited[s] = true
		o := g.ops[s.at]
		if o.kind == opFact {
			polarity := facts[o.name]
			polarity[map[bool]int{false: 0, true: 1}[s.positive]] = true
			facts[o.name] = polarity
			return polarity[0] && polarity[1]
		}
		for _, a := range o.args {
			if walk(seen{a, s.positive != (o.kind == opNot)}) {
				return true
			}
		}
		return false
	}
	return walk(seen{root, true})
}
