package law

import (
	"errors"
	"math"
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
	*scratch
}

// scratch serves one walk at a time over the nodes of any diagram: nodes and variables it has been at
// carry its number.
type scratch struct {
	walk      int
	been, met []int
}

// A choice is a node: if the variable is true then high, else low.
type choice struct{ variable, low, high int }

const (
	never  = 0
	always = 1
)

func newDiagram(s *scratch) *diagram {
	end := choice{variable: math.MaxInt}
	return &diagram{nodes: []choice{end, end}, unique: map[choice]int{}, memo: map[[3]int]int{}, scratch: s}
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
	// row[i] is "at least i of those taken".
	row := make([]int, k+1)
	row[0] = always
	// From the last, whose variables come last: so what is there already is hung below, and not redrawn.
	for _, f := range slices.Backward(fs) {
		for i := k; i > 0; i-- {
			row[i] = d.choose(f, row[i-1], row[i])
		}
	}
	return row[k]
}

// begin starts a walk over the nodes there are.
func (d *diagram) begin() {
	d.walk++
	d.been = append(d.been, make([]int, max(0, len(d.nodes)-len(d.been)))...)
}

// meet reports whether the walk meets the variable for the first time.
func (d *diagram) meet(v int) bool {
	d.met = append(d.met, make([]int, max(0, v+1-len(d.met)))...)
	first := d.met[v] != d.walk
	d.met[v] = d.walk
	return first
}

// under walks f where the variable v is known. It tells which ends can still be reached, and how many
// variables still stand on the way to them.
func (d *diagram) under(f, v int, to bool) (ends bits, left int) {
	d.begin()
	var walk func(at int)
	walk = func(at int) {
		for at > always && d.nodes[at].variable == v {
			if to {
				at = d.nodes[at].high
			} else {
				at = d.nodes[at].low
			}
		}
		if d.been[at] == d.walk {
			return
		}
		d.been[at] = d.walk
		switch at {
		case always:
			ends |= isTrue
		case never:
			ends |= isFalse
		default:
			if d.meet(d.nodes[at].variable) {
				left++
			}
			walk(d.nodes[at].low)
			walk(d.nodes[at].high)
		}
	}
	walk(f)
	return ends, left
}

// support lists, in order, the variables that can still change one of fs.
func (d *diagram) support(fs ...int) (vars []int) {
	d.begin()
	var walk func(at int)
	walk = func(at int) {
		if at > always && d.been[at] != d.walk {
			d.been[at] = d.walk
			if d.meet(d.nodes[at].variable) {
				vars = append(vars, d.nodes[at].variable)
			}
			walk(d.nodes[at].low)
			walk(d.nodes[at].high)
		}
	}
	for _, f := range fs {
		walk(f)
	}
	slices.Sort(vars)
	return vars
}
