// Package diagram holds reduced ordered binary decision diagrams (R. E. Bryant, 1986): each Boolean function
// over numbered variables has exactly one node, so two functions are equal when their nodes are, a function is
// settled when it is the node False or True, and a variable matters to a function exactly when the function's
// diagram holds it.
package diagram

import (
	"errors"
	"slices"
)

// A Node is a function. Nodes belong to the Diagrams that made them.
type Node int32

// The two constant functions.
const (
	False Node = 0
	True  Node = 1
)

// ErrTooBig is what operations panic with when the diagrams grow past the limit.
var ErrTooBig = errors.New("a rule is too tangled to be decided exactly")

// limit bounds the nodes. The packs' rules need some hundreds, and the longest journey some hundred thousand; this is
// a guard, not a budget.
const limit = 1 << 20

// end is the variable of the constants: after every other.
const end = 1<<31 - 1

// A choice is a node: if the variable is true then high, else low.
type choice struct {
	variable  int32
	low, high Node
}

// Diagrams makes and keeps nodes. The zero value is not ready: use New. It is not safe for use by two
// goroutines at once.
type Diagrams struct {
	nodes []choice
	table []Node // open addressing by choice; 0 is free, for no choice is ever False
	memo  []computed
	seen  []int32 // the walk that last met a node
	walk  int32
}

// A computed is one remembered result of If. A place in memo is taken by whoever came last.
type computed struct{ f, g, h, result Node }

const (
	firstTable = 1 << 10
	memoSize   = 1 << 12
)

// New gives empty diagrams.
func New() *Diagrams {
	d := &Diagrams{table: make([]Node, firstTable), memo: make([]computed, memoSize)}
	d.Reset()
	return d
}

// Reset forgets every node and keeps the memory.
func (d *Diagrams) Reset() {
	d.nodes = append(d.nodes[:0], choice{variable: end}, choice{variable: end})
	if len(d.table) > 128*firstTable {
		d.table, d.memo = make([]Node, firstTable), make([]computed, memoSize)
	}
	clear(d.table)
	clear(d.memo)
	clear(d.seen)
	d.walk = 0
}

// Len is the number of nodes, the constants included. Nodes are numbered from 0, each after those below it.
func (d *Diagrams) Len() int { return len(d.nodes) }

// Split gives a node's variable and what it becomes when that is false and true. The variable of a constant
// is greater than any other.
func (d *Diagrams) Split(f Node) (variable int32, low, high Node) {
	c := d.nodes[f]
	return c.variable, c.low, c.high
}

func hash(variable int32, low, high Node) uint32 {
	h := uint32(variable)*0x9E3779B1 ^ uint32(low)*0x85EBCA77 ^ uint32(high)*0xC2B2AE3D
	return h ^ h>>15
}

// Make gives the node "if variable then high, else low". The variable must stand before those of low and
// high.
func (d *Diagrams) Make(variable int32, low, high Node) Node {
	if low == high {
		return low
	}
	mask := uint32(len(d.table) - 1)
	at := hash(variable, low, high) & mask
	for d.table[at] != 0 {
		if d.nodes[d.table[at]] == (choice{variable, low, high}) {
			return d.table[at]
		}
		at = (at + 1) & mask
	}
	if len(d.nodes) >= limit {
		panic(ErrTooBig)
	}
	n := Node(len(d.nodes))
	d.nodes = append(d.nodes, choice{variable, low, high})
	d.table[at] = n
	if 2*len(d.nodes) > len(d.table) {
		d.grow()
	}
	return n
}

func (d *Diagrams) grow() {
	d.table = make([]Node, 2*len(d.table))
	if len(d.memo) < min(len(d.table), 1<<16) { // or work would be forgotten before it is wanted again
		d.memo = make([]computed, min(len(d.table), 1<<16))
	}
	mask := uint32(len(d.table) - 1)
	for n, c := range d.nodes[2:] {
		at := hash(c.variable, c.low, c.high) & mask
		for d.table[at] != 0 {
			at = (at + 1) & mask
		}
		d.table[at] = Node(n + 2)
	}
}

// Var is the function that is its variable.
func (d *Diagrams) Var(variable int32) Node { return d.Make(variable, False, True) }

// If is "if f then g, else h".
func (d *Diagrams) If(f, g, h Node) Node {
	switch {
	case f == True || g == h:
		return g
	case f == False:
		return h
	case g == True && h == False:
		return f
	}
	slot := &d.memo[(uint32(f)*0x9E3779B1^uint32(g)*0x85EBCA77^uint32(h)*0xC2B2AE3D)>>7&uint32(len(d.memo)-1)]
	if slot.f == f && slot.g == g && slot.h == h {
		return slot.result
	}
	top := min(d.nodes[f].variable, d.nodes[g].variable, d.nodes[h].variable)
	fl, fh := d.cofactors(f, top)
	gl, gh := d.cofactors(g, top)
	hl, hh := d.cofactors(h, top)
	low := d.If(fl, gl, hl)
	result := d.Make(top, low, d.If(fh, gh, hh))
	*slot = computed{f, g, h, result}
	return result
}

func (d *Diagrams) cofactors(f Node, variable int32) (low, high Node) {
	if c := d.nodes[f]; c.variable == variable {
		return c.low, c.high
	}
	return f, f
}

// Not is the negation of f.
func (d *Diagrams) Not(f Node) Node { return d.If(f, False, True) }

// And is true where f and g are.
func (d *Diagrams) And(f, g Node) Node { return d.If(f, g, False) }

// Or is true where f or g is.
func (d *Diagrams) Or(f, g Node) Node { return d.If(f, True, g) }

// AtLeast is true where at least k of fs are.
func (d *Diagrams) AtLeast(k int, fs []Node) Node {
	if k <= 0 {
		return True
	}
	if k > len(fs) {
		return False
	}
	row := make([]Node, k+1) // row[i] is "at least i of those taken"
	row[0] = True
	// From the last, whose variables mostly come last: so what is there already is hung below, and not redrawn.
	for _, f := range slices.Backward(fs) {
		for i := k; i > 0; i-- {
			row[i] = d.If(f, row[i-1], row[i])
		}
	}
	return row[k]
}

// begin starts a walk over the nodes there are.
func (d *Diagrams) begin() {
	d.seen = append(d.seen, make([]int32, max(0, len(d.nodes)-len(d.seen)))...)
	d.walk++
}

// Under lists the nodes that fs are made of, the constants left out, each after those below it.
func (d *Diagrams) Under(into []Node, fs ...Node) []Node {
	d.begin()
	into = into[:0]
	for _, f := range fs {
		if f > True && d.seen[f] != d.walk {
			d.seen[f] = d.walk
			into = append(into, f)
		}
	}
	for i := 0; i < len(into); i++ {
		c := d.nodes[into[i]]
		for _, next := range [2]Node{c.low, c.high} {
			if next > True && d.seen[next] != d.walk {
				d.seen[next] = d.walk
				into = append(into, next)
			}
		}
	}
	slices.Sort(into)
	return into
}

// Support lists, in order, the variables that can change one of fs.
func (d *Diagrams) Support(fs ...Node) (variables []int32) {
	for _, n := range d.Under(nil, fs...) {
		variables = append(variables, d.nodes[n].variable)
	}
	slices.Sort(variables)
	return slices.Compact(variables)
}

// Copy gives the same function in d as f is in from: so what f was made from is left behind.
func (d *Diagrams) Copy(from *Diagrams, f Node) Node {
	to := map[Node]Node{False: False, True: True}
	for _, n := range from.Under(nil, f) {
		variable, low, high := from.Split(n)
		to[n] = d.Make(variable, to[low], to[high])
	}
	return to[f]
}
