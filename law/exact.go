package law

import (
	"slices"

	"amparo/law/internal/diagram"
)

// exact gives an operation that is known wherever what it stands for is settled. Kleene's logic gives that by
// itself unless the operation is tangled; then it is drawn as a decision diagram, whose choices become opIf.
func (c *compiler) exact(at int) int {
	c.leanAll()
	l, tangled := c.lean(at, c.leans)
	if !tangled {
		return at
	}
	root := c.choices(at)
	c.leanAll()
	if c.ops[root].kind == opIf { // the function leans as it did, whatever its shape, on what is left in it
		kept := leaning{}
		for _, atom := range c.cone(root) {
			if way := l[atom]; way != 0 {
				kept[atom] = way
			}
		}
		c.drawn[root], c.leans[root] = kept, kept
	}
	return root
}

func (c *compiler) leanAll() {
	for i := len(c.leans); i < len(c.ops); i++ {
		l, _ := c.lean(i, c.leans)
		c.leans = append(c.leans, l)
	}
}

// gate adds an operation, exactly.
func (c *compiler) gate(o op) int { return c.exact(c.add(o)) }

// maxDrawn bounds what is drawn for all of a pack. The packs need some thousands.
const maxDrawn = 1 << 19

// choices adds the diagram of an operation as operations.
func (c *compiler) choices(at int) int {
	a := artist{graph: &c.graph, rank: c.rank, diagrams: diagram.New(), done: map[int]diagram.Node{}}
	root := a.draw(at)
	if c.drawnSoFar += a.diagrams.Len(); c.drawnSoFar > maxDrawn {
		panic(diagram.ErrTooBig)
	}
	atoms := map[int32]int{}
	for _, i := range c.cone(at) {
		if c.ops[i].atom() {
			atoms[c.rank(i)] = i
		}
	}
	to := map[diagram.Node]int{diagram.False: c.add(op{kind: opAny}), diagram.True: c.add(op{kind: opAll})}
	for _, n := range a.diagrams.Under(nil, root) {
		v, low, high := a.diagrams.Split(n)
		to[n] = c.choose(atoms[v], to[high], to[low])
	}
	return to[root]
}

// choose adds "if x then h else l".
func (c *compiler) choose(x, h, l int) int {
	yes := func(at int) bool { return c.ops[at].kind == opAll && len(c.ops[at].args) == 0 }
	no := func(at int) bool { return c.ops[at].kind == opAny && len(c.ops[at].args) == 0 }
	switch {
	case yes(h) && no(l):
		return x
	case no(h) && yes(l):
		return c.add(op{kind: opNot, args: []int{x}})
	}
	return c.add(op{kind: opIf, args: []int{x, h, l}})
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
