package law

import (
	"errors"
	"slices"
)

// maxNodes bounds a decision diagram. The packs' rules need some hundreds; this is a guard, not a budget.
const maxNodes = 1 << 18

var errTooTangled = errors.New("a rule is too tangled to be decided exactly")

// A diagram holds reduced ordered decision diagrams over what is not known: each function has exactly
// one node, so a function is settled when it is the node never or always, and a variable matters to a
// function exactly when the function's diagram holds it.
type diagram struct {
	nodes  []choice
	unique map[choice]int
	memo   map[[3]int]int
	// Scratch for one walk over the nodes: what is done carries the walk's number, and its result.
	walk int
	done []struct{ walk, result int }
}

// A choice is a node: if the variable is true then high, else low.
type choice struct{ variable, low, high int }

const (
	never  = 0
	always = 1
)

func newDiagram() *diagram {
	end := choice{variable: int(^uint(0) >> 1)}
	return &diagram{nodes: []choice{end, end}, unique: map[choice]int{}, memo: map[[3]int]int{}}
}

// node gives the one node for a choice. It panics with errTooTangled when the diagram grows too big.
func (d *diagram) node(variable, low, high int) int {
	if low == high {
		return low
	}
	c := choice{variable, low, high}
	if at, ok := d.unique[c]; ok {
		return at
	}
	if len(d.nodes) >= maxNodes {
		panic(errTooTangled)
	}
	d.nodes = append(d.nodes, c)
	d.unique[c] = len(d.nodes) - 1
	return len(d.nodes) - 1
}

func (d *diagram) variable(v int) int { return d.node(v, never, always) }

// choose is "if f then g, else h".
func (d *diagram) choose(f, g, h int) int {
	switch {
	case f == always || g == h:
		return g
	case f == never:
		return h
	case g == always && h == never:
		return f
	}
	key := [3]int{f, g, h}
	if at, ok := d.memo[key]; ok {
		return at
	}
	top := min(d.nodes[f].variable, d.nodes[g].variable, d.nodes[h].variable)
	side := func(at int, high bool) int {
		switch n := d.nodes[at]; {
		case n.variable != top:
			return at
		case high:
			return n.high
		default:
			return n.low
		}
	}
	low := d.choose(side(f, false), side(g, false), side(h, false))
	high := d.choose(side(f, true), side(g, true), side(h, true))
	at := d.node(top, low, high)
	d.memo[key] = at
	return at
}

func (d *diagram) not(f int) int { return d.choose(f, never, always) }

// atLeast is true where at least k of fs are.
func (d *diagram) atLeast(k int, fs []int) int {
	// row[i] is "at least i of those seen".
	row := make([]int, k+1)
	row[0] = always
	for _, f := range fs {
		for i := k; i > 0; i-- {
			row[i] = d.choose(f, row[i-1], row[i])
		}
	}
	return row[k]
}

// begin starts a walk over the nodes there are.
func (d *diagram) begin() {
	d.walk++
	d.done = append(d.done, make([]struct{ walk, result int }, max(0, len(d.nodes)-len(d.done)))...)
}

// restrict is f where the variable v is known.
func (d *diagram) restrict(f, v int, to bool) int {
	d.begin()
	return d.restricted(f, v, to)
}

func (d *diagram) restricted(at, v int, to bool) int {
	n := d.nodes[at]
	switch {
	case n.variable > v:
		return at
	case n.variable == v && to:
		return n.high
	case n.variable == v:
		return n.low
	}
	if d.done[at].walk == d.walk {
		return d.done[at].result
	}
	out := d.node(n.variable, d.restricted(n.low, v, to), d.restricted(n.high, v, to))
	d.done[at].walk, d.done[at].result = d.walk, out
	return out
}

// support lists, in order, the variables that can still change one of fs.
func (d *diagram) support(fs ...int) (vars []int) {
	d.begin()
	for _, f := range fs {
		vars = d.collect(f, vars)
	}
	slices.Sort(vars)
	return slices.Compact(vars)
}

func (d *diagram) collect(at int, vars []int) []int {
	if at <= always || d.done[at].walk == d.walk {
		return vars
	}
	d.done[at].walk = d.walk
	n := d.nodes[at]
	return d.collect(n.high, d.collect(n.low, append(vars, n.variable)))
}
