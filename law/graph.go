package law

import (
	"fmt"
	"slices"
	"strings"
)

// The kinds of operations, as [Program] numbers them.
const (
	opFact    = iota // the answer to question n
	opDated          // whether the law of dates[n] was in force
	opAll            // all of args; of none: true
	opAny            // any of args; of none: false
	opNot            // not args[0]
	opAtLeast        // at least n of args
	opSome           // some episode in which args[0] holds
	opIf             // if args[0], a fact, a date or a some, then args[1], else args[2]
)

// An op is one operation. Its arguments stand before it in the graph.
type op struct {
	kind int
	n    int
	args []int
}

// A graph is a hash-consed list of operations in topological order: what is said twice stands once.
type graph struct {
	ops   []op
	dates []dated
	seen  map[string]int
	drawn map[int]leaning // of operations that stand for a diagram, how they lean on its atoms
}

// dated is a stretch of law: from its first day to the day before until.
type dated struct {
	from, until Date
	by          Clock
}

// add returns the place of o, adding it if no equal operation stands there yet.
func (g *graph) add(o op) int {
	if o.kind == opAtLeast { // so that what is the same stands once
		switch o.n {
		case 1:
			o = op{kind: opAny, args: o.args}
		case len(o.args):
			o = op{kind: opAll, args: o.args}
		}
	}
	switch o.kind {
	case opAll, opAny:
		o.args = slices.Compact(slices.Sorted(slices.Values(o.args)))
		if len(o.args) == 1 {
			return o.args[0]
		}
	case opNot:
		if inner := g.ops[o.args[0]]; inner.kind == opNot {
			return inner.args[0]
		}
	case opAtLeast:
		o.args = slices.Sorted(slices.Values(o.args))
	}
	var b strings.Builder
	fmt.Fprint(&b, o.kind, " ", o.n, o.args)
	at, ok := g.seen[b.String()]
	if ok {
		return at
	}
	if g.seen == nil {
		g.seen = map[string]int{}
	}
	g.ops = append(g.ops, o)
	g.seen[b.String()] = len(g.ops) - 1
	return len(g.ops) - 1
}

// inForce binds an operation to the dates of its law: since its first day, and not yet since the first day after it.
// So what went and what came on one day rest on one atom, and rule or exception need not wait for the day.
func (g *graph) inForce(at int, from, until Date, by Clock) int {
	since := func(d Date) int { return g.add(op{kind: opDated, n: g.date(dated{from: d, by: by})}) }
	args := []int{at}
	if !from.IsZero() {
		args = append(args, since(from))
	}
	if !until.IsZero() {
		args = append(args, g.add(op{kind: opNot, args: []int{since(until)}}))
	}
	return g.add(op{kind: opAll, args: args})
}

// date numbers a stretch of law.
func (g *graph) date(d dated) int {
	if i := slices.Index(g.dates, d); i >= 0 {
		return i
	}
	g.dates = append(g.dates, d)
	return len(g.dates) - 1
}

// cone lists the operations that the roots rest on, in order, also through opSome.
func (g *graph) cone(roots ...int) (out []int) {
	need := make([]bool, len(g.ops))
	for _, root := range roots {
		need[root] = true
	}
	for i, o := range slices.Backward(g.ops) {
		if need[i] {
			out = append(out, i)
			for _, a := range o.args {
				need[a] = true
			}
		}
	}
	slices.Reverse(out)
	return out
}

// atom reports whether the operation is one that a scene gives, and not one made of others.
func (o op) atom() bool { return o.kind == opFact || o.kind == opDated || o.kind == opSome }

// A leaning says in which directions an operation leans on each atom under it: leansOn helps, leansAgainst
// hurts.
type leaning map[int]int

const (
	leansOn = 1 << iota
	leansAgainst
)

// lean gives an operation's leaning from those of its arguments. tangling lists the atoms that stand under two
// arguments and lean both ways: there alone Kleene's logic can leave unknown what is in truth settled. (Where no
// two arguments share such an atom, what each of them still may be is independent.)
func (g *graph) lean(at int, of []leaning) (l leaning, tangling []int) {
	o := g.ops[at]
	switch {
	case g.drawn[at] != nil:
		return g.drawn[at], nil
	case o.atom():
		return leaning{at: leansOn}, nil
	case o.kind == opNot:
		l = leaning{}
		for atom, way := range of[o.args[0]] {
			l[atom] = turned(way)
		}
		return l, nil
	}
	l = leaning{}
	for _, a := range o.args {
		for atom, way := range of[a] {
			before := l[atom]
			l[atom] |= way
			if before != 0 && l[atom] == leansOn|leansAgainst {
				tangling = append(tangling, atom)
			}
		}
	}
	if o.kind == opIf { // exact by its shape
		l[o.args[0]] = leansOn | leansAgainst
		tangling = nil
	}
	return l, tangling
}

// turned is the leaning of a negation.
func turned(way int) int { return way>>1 | way&leansOn<<1 }

// ways says for each operation under root how root leans on it, also through opSome; torn is true where it
// leans both ways on an atom.
func (g *graph) ways(root int) (ways []byte, torn bool) {
	ways = make([]byte, len(g.ops))
	ways[root] = leansOn
	for at, o := range slices.Backward(g.ops) {
		way := ways[at]
		if way == 0 {
			continue
		}
		if l := g.drawn[at]; l != nil {
			for atom, on := range l {
				if way&leansOn != 0 {
					ways[atom] |= byte(on)
				}
				if way&leansAgainst != 0 {
					ways[atom] |= byte(turned(on))
				}
			}
			continue
		}
		torn = torn || way == leansOn|leansAgainst && (o.kind == opFact || o.kind == opDated)
		for i, a := range o.args {
			switch {
			case o.kind == opNot:
				ways[a] |= byte(turned(int(way)))
			case o.kind == opIf && i == 0:
				ways[a] = leansOn | leansAgainst
			default:
				ways[a] |= way
			}
		}
	}
	return ways, torn
}
