package peers

import (
	"maps"
	"slices"
	"testing"

	"github.com/dalzilio/rudd"
	"pgregory.net/rapid"
)

// An atom is what an operation takes from the journey: an operation of opFact, opDate or opSome.
type atom struct{ kind, of int }

// diagrams are rudd's decision diagrams of all operations, over what is asked, the law in force, and what
// other episodes show: exact however much of that is unknown.
type diagrams struct {
	*rudd.BDD
	ops  []rudd.Node
	vars map[atom]int
}

func draw(p Program) (diagrams, error) {
	d := diagrams{vars: map[atom]int{}}
	for f := range p.Facts {
		d.vars[atom{opFact, f}] = len(d.vars)
	}
	for i := range p.Dates {
		d.vars[atom{opDate, i}] = len(d.vars)
	}
	for at, op := range p.Ops {
		if op[0] == opSome {
			d.vars[atom{opSome, at}] = len(d.vars)
		}
	}
	var err error
	if d.BDD, err = rudd.New(max(1, len(d.vars)), rudd.Nodesize(1<<14), rudd.Cachesize(1<<12)); err != nil {
		return d, err
	}
	for at, op := range p.Ops {
		d.ops = append(d.ops, d.op(at, op))
	}
	return d, nil
}

func (d diagrams) op(at int, op []int) rudd.Node {
	args := op[1:]
	of := func(args []int) (nodes []rudd.Node) {
		for _, a := range args {
			nodes = append(nodes, d.ops[a])
		}
		return nodes
	}
	switch op[0] {
	case opFact, opDate:
		return d.Ithvar(d.vars[atom{op[0], args[0]}])
	case opSome:
		return d.Ithvar(d.vars[atom{opSome, at}])
	case opAll:
		return d.And(of(args)...)
	case opAny:
		return d.Or(of(args)...)
	case opNot:
		return d.Not(d.ops[args[0]])
	case opIf:
		return d.Ite(d.ops[args[0]], d.ops[args[1]], d.ops[args[2]])
	}
	return d.atLeast(args[0], of(args[1:]))
}

func (d diagrams) atLeast(k int, of []rudd.Node) rudd.Node {
	row := make([]rudd.Node, k+1) // row[i]: at least i of those taken so far
	for i := range row {
		row[i] = d.From(i == 0)
	}
	for _, n := range of {
		for i := k; i > 0; i-- {
			row[i] = d.Ite(n, row[i-1], row[i])
		}
	}
	return row[k]
}

// expr draws an expression over the program's facts.
func (d diagrams) expr(p Program, e *Expr, done map[*Expr]rudd.Node) rudd.Node {
	if n := done[e]; n != nil {
		return n
	}
	var of []rudd.Node
	for _, a := range e.Args {
		of = append(of, d.expr(p, a, done))
	}
	var n rudd.Node
	switch e.Kind {
	case opFact:
		n = d.Ithvar(d.vars[atom{opFact, slices.Index(p.Facts, e.Fact)}])
	case opAll:
		n = d.And(of...)
	case opAny:
		n = d.Or(of...)
	case opNot:
		n = d.Not(of[0])
	case opAtLeast:
		n = d.atLeast(e.Least, of)
	case opIf:
		n = d.Ite(of[0], of[1], of[2])
	}
	done[e] = n
	return n
}

// known is the diagram of what is known.
func (d diagrams) known(atoms map[atom]bool) rudd.Node {
	cube := d.True()
	for _, a := range slices.SortedFunc(maps.Keys(atoms), func(a, b atom) int { return d.vars[b] - d.vars[a] }) {
		if atoms[a] {
			cube = d.And(d.Ithvar(d.vars[a]), cube)
		} else {
			cube = d.And(d.NIthvar(d.vars[a]), cube)
		}
	}
	return cube
}

// verdict says what all completions of the known agree on, of an operation.
func (d diagrams) verdict(op int, known rudd.Node) Verdict {
	switch {
	case d.Equal(d.Imp(known, d.ops[op]), d.True()):
		return Yes
	case d.Equal(d.And(known, d.ops[op]), d.False()):
		return No
	}
	return Open
}

// inForce is facts by index, with every stretch of law in force and nothing in other episodes.
func inForce(p Program, facts map[int]bool) map[atom]bool {
	known := map[atom]bool{}
	for f, yes := range facts {
		known[atom{opFact, f}] = yes
	}
	for d := range p.Dates {
		known[atom{opDate, d}] = true
	}
	for at, op := range p.Ops {
		if op[0] == opSome {
			known[atom{opSome, at}] = false
		}
	}
	return known
}

// rudd draws what brute force decides, with facts unknown.
func TestDiagramsAreBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := programs().Draw(t, "program")
		drawn, err := draw(p)
		if err != nil {
			t.Fatal(err)
		}
		known := partly(len(p.Facts)).Draw(t, "known")
		exact, cube := settled(p, known), drawn.known(inForce(p, known))
		for at := range p.Ops {
			if got := drawn.verdict(at, cube); got != exact[at] {
				t.Fatalf("operation %d of %v with %v: rudd %s, brute force %s", at, p.Ops, known, got, exact[at])
			}
		}
	})
}
