package law

import (
	"slices"

	"amparo/law/internal/diagram"
)

// exact gives an operation that is known wherever what it stands for is settled. Kleene's logic gives that by
// itself unless the operation is tangled: then it is split on an atom that tangles it, into what it comes to with
// and without, until nothing is tangled. With x known neither way, opIf is known where both sides agree.
func (c *compiler) exact(at int) int {
	c.leanAll()
	l, tangling := c.lean(at, c.leans)
	if tangling == nil {
		return at
	}
	if c.splits++; c.splits > maxSplits {
		panic(diagram.ErrTooBig)
	}
	x := slices.MinFunc(tangling, func(a, b int) int { return int(c.rank(a) - c.rank(b)) })
	with := restriction{c, x, true, map[int]int{}}
	without := restriction{c, x, false, map[int]int{}}
	root := c.choose(x, with.of(at), without.of(at))
	c.leansAs(root, l)
	return root
}

// maxSplits bounds the work of untangling a pack. The packs need some hundreds.
const maxSplits = 1 << 14

// leansAs keeps how a choice leans on its atoms as a function, whatever its shape.
func (c *compiler) leansAs(at int, l leaning) {
	c.leanAll()
	if c.ops[at].kind != opIf {
		return
	}
	kept := leaning{}
	for atom := range c.leans[at] { // not its cone, which goes on below opSome
		if way := l[atom]; way != 0 {
			kept[atom] = way
		}
	}
	c.drawn[at], c.leans[at] = kept, kept
}

func (c *compiler) leanAll() {
	for i := len(c.leans); i < len(c.ops); i++ {
		l, _ := c.lean(i, c.leans)
		c.leans = append(c.leans, l)
	}
}

// gate adds an operation, exactly.
func (c *compiler) gate(o op) int { return c.exact(c.add(o)) }

// choose adds "if x then h else l".
func (c *compiler) choose(x, h, l int) int {
	switch {
	case h == l:
		return h
	case c.is(h, true) && c.is(l, false):
		return x
	case c.is(h, false) && c.is(l, true):
		return c.add(op{kind: opNot, args: []int{x}})
	}
	return c.add(op{kind: opIf, args: []int{x, h, l}})
}

// constant adds an operation that is always known so: all of nothing, or any of nothing.
func (c *compiler) constant(yes bool) int {
	if yes {
		return c.add(op{kind: opAll})
	}
	return c.add(op{kind: opAny})
}

// is reports whether the operation is that constant.
func (c *compiler) is(at int, yes bool) bool {
	o := c.ops[at]
	return len(o.args) == 0 && o.kind == map[bool]int{true: opAll, false: opAny}[yes]
}

// A restriction is the graph with one atom known.
type restriction struct {
	*compiler
	atom int
	to   bool
	done map[int]int
}

// of gives what an operation comes to.
func (r restriction) of(at int) int {
	if out, ok := r.done[at]; ok {
		return out
	}
	o := r.ops[at]
	out := at
	switch {
	case at == r.atom:
		out = r.constant(r.to)
	case o.atom() || r.leans[at][r.atom] == 0:
	case o.kind == opNot:
		out = r.negate(r.of(o.args[0]))
	case o.kind == opIf:
		if o.args[0] == r.atom {
			side := o.args[2]
			if r.to {
				side = o.args[1]
			}
			out = r.of(side)
			break
		}
		leans := r.leans[at]
		out = r.choose(o.args[0], r.of(o.args[1]), r.of(o.args[2]))
		r.leansAs(out, leans)
	default:
		out = r.several(o)
	}
	r.done[at] = out
	return out
}

func (r restriction) negate(at int) int {
	switch {
	case r.is(at, true):
		return r.constant(false)
	case r.is(at, false):
		return r.constant(true)
	}
	return r.add(op{kind: opNot, args: []int{at}})
}

// several joins what the arguments come to: those that are always or never so are counted here.
func (r restriction) several(o op) int {
	k := o.n
	switch o.kind {
	case opAll:
		k = len(o.args)
	case opAny:
		k = 1
	}
	var args []int
	for _, a := range o.args {
		switch next := r.of(a); {
		case r.is(next, true):
			k--
		case !r.is(next, false):
			args = append(args, next)
		}
	}
	switch {
	case k <= 0:
		return r.constant(true)
	case k > len(args):
		return r.constant(false)
	case k == 1:
		return r.gate(op{kind: opAny, args: args})
	case k == len(args):
		return r.gate(op{kind: opAll, args: args})
	}
	return r.gate(op{kind: opAtLeast, n: k, args: args})
}

// together reports whether two operations can hold at once.
func (c *compiler) together(a, b int) bool {
	draw := artist{graph: &c.graph, rank: c.rank, diagrams: diagram.New(), done: map[int]diagram.Node{}}
	return draw.diagrams.And(draw.draw(a), draw.draw(b)) != diagram.False
}

// rank orders the atoms in diagrams: what is asked of the person first, for it stands in every scene; then all
// others as the rules come to them, which keeps the diagrams small.
func (c *compiler) rank(at int) int32 {
	if o := c.ops[at]; o.kind == opFact && c.pack.Questions[o.n].Scope == "person" {
		return int32(at)
	}
	return 1<<20 + int32(at)
}

// An artist draws operations of a graph as decision diagrams.
type artist struct {
	*graph
	rank     func(atom int) int32
	diagrams *diagram.Diagrams
	done     map[int]diagram.Node
}

func (a artist) draw(at int) (f diagram.Node) {
	if f, ok := a.done[at]; ok {
		return f
	}
	o := a.ops[at]
	if o.atom() {
		f = a.diagrams.Var(a.rank(at))
	} else {
		args := make([]diagram.Node, len(o.args))
		for i, arg := range o.args {
			args[i] = a.draw(arg)
		}
		switch o.kind {
		case opAll:
			f = a.diagrams.AtLeast(len(args), args)
		case opAny:
			f = a.diagrams.AtLeast(min(1, len(args)), args)
			if len(args) == 0 {
				f = diagram.False
			}
		case opNot:
			f = a.diagrams.Not(args[0])
		case opAtLeast:
			f = a.diagrams.AtLeast(o.n, args)
		case opIf:
			f = a.diagrams.If(args[0], args[1], args[2])
		}
	}
	a.done[at] = f
	return f
}

// drawn is the rules as diagrams over the atoms of one scene, numbered by their rank from 0 without gaps.
type drawn struct {
	*diagram.Diagrams
	atoms   []int                // the atom of each variable
	persons int                  // how many of them, the first, are asked of the person
	some    map[int]diagram.Node // what each opSome looks for
}

// draw draws every rule, and the bodies that opSome looks for.
func (c *compiler) draw(p *Pack) {
	d := &drawn{Diagrams: diagram.New()}
	for at, o := range c.ops {
		if o.atom() {
			d.atoms = append(d.atoms, at)
		}
	}
	slices.SortFunc(d.atoms, func(a, b int) int { return int(c.rank(a) - c.rank(b)) })
	place := make([]int32, len(c.ops))
	for v, at := range d.atoms {
		place[at] = int32(v)
		if o := c.ops[at]; o.kind == opFact && p.Questions[o.n].Scope == "person" {
			d.persons++
		}
	}
	a := artist{graph: &c.graph, rank: func(at int) int32 { return place[at] }, diagrams: diagram.New(), done: map[int]diagram.Node{}}
	for i := range c.program.rules {
		r := &c.program.rules[i]
		r.shape = d.Copy(a.diagrams, a.draw(r.dated))
	}
	d.some = map[int]diagram.Node{}
	for at, o := range c.ops {
		if o.kind == opSome {
			d.some[at] = d.Copy(a.diagrams, a.draw(o.args[0]))
		}
	}
	c.shapes = d
}
