package peers

import (
	"github.com/dalzilio/rudd"
)

// brute gives every operation's value when all facts are known: the plainest reading of the format. The law
// is in force, and no other episode shows anything.
func brute(p Program, fact func(int) bool) []bool {
	values := make([]bool, len(p.Ops))
	for at, op := range p.Ops {
		count := func(args []int) (n int) {
			for _, a := range args {
				if values[a] {
					n++
				}
			}
			return n
		}
		switch args := op[1:]; op[0] {
		case opFact:
			values[at] = fact(args[0])
		case opDate:
			values[at] = true
		case opAll:
			values[at] = count(args) == len(args)
		case opAny:
			values[at] = count(args) > 0
		case opNot:
			values[at] = !values[args[0]]
		case opAtLeast:
			values[at] = count(args[1:]) >= args[0]
		case opIf:
			values[at] = values[args[1]] && values[args[0]] || values[args[2]] && !values[args[0]]
		}
	}
	return values
}

// completed visits every way in which the unknown of the facts that the operations rest on may turn out.
// Facts are by index, and hold what is known.
func completed(p Program, known map[int]bool, visit func(values []bool)) {
	var unknown []int
	for f := range p.Facts {
		if _, ok := known[f]; !ok {
			unknown = append(unknown, f)
		}
	}
	all := map[int]bool{}
	for f, v := range known {
		all[f] = v
	}
	for n := range 1 << len(unknown) {
		for i, f := range unknown {
			all[f] = n>>i&1 == 1
		}
		visit(brute(p, func(f int) bool { return all[f] }))
	}
}

// settled says what every completion agrees on, for each operation.
func settled(p Program, known map[int]bool) []Verdict {
	yes, no := make([]bool, len(p.Ops)), make([]bool, len(p.Ops))
	completed(p, known, func(values []bool) {
		for at, v := range values {
			yes[at], no[at] = yes[at] || v, no[at] || !v
		}
	})
	verdicts := make([]Verdict, len(p.Ops))
	for at := range verdicts {
		if !no[at] {
			verdicts[at] = Yes
		} else if !yes[at] {
			verdicts[at] = No
		}
	}
	return verdicts
}

// diagrams are rudd's decision diagrams of all operations, with the law in force and nothing in other
// episodes: exact however many facts are unknown.
type diagrams struct {
	*rudd.BDD
	ops []rudd.Node
}

func draw(p Program) (diagrams, error) {
	bdd, err := rudd.New(max(1, len(p.Facts)), rudd.Nodesize(1<<14), rudd.Cachesize(1<<12))
	if err != nil {
		return diagrams{}, err
	}
	d := diagrams{BDD: bdd}
	for _, op := range p.Ops {
		args := op[1:]
		of := func(args []int) (nodes []rudd.Node) {
			for _, a := range args {
				nodes = append(nodes, d.ops[a])
			}
			return nodes
		}
		var n rudd.Node
		switch op[0] {
		case opFact:
			n = bdd.Ithvar(args[0])
		case opDate:
			n = bdd.True()
		case opAll:
			n = bdd.And(of(args)...)
		case opAny:
			n = bdd.Or(of(args)...)
		case opNot:
			n = bdd.Not(d.ops[args[0]])
		case opAtLeast:
			n = d.atLeast(args[0], of(args[1:]))
		case opSome:
			n = bdd.False()
		case opIf:
			n = bdd.Ite(d.ops[args[0]], d.ops[args[1]], d.ops[args[2]])
		}
		d.ops = append(d.ops, n)
	}
	return d, nil
}

func (d diagrams) atLeast(k int, of []rudd.Node) rudd.Node {
	row := make([]rudd.Node, k+1) // row[i]: at least i of those taken so far
	row[0] = d.True()
	for i := 1; i <= k; i++ {
		row[i] = d.False()
	}
	for _, n := range of {
		for i := k; i > 0; i-- {
			row[i] = d.Ite(n, row[i-1], row[i])
		}
	}
	return row[k]
}

// known is the diagram of what is known.
func (d diagrams) known(facts map[int]bool) rudd.Node {
	cube := d.True()
	for f, yes := range facts {
		if yes {
			cube = d.And(cube, d.Ithvar(f))
		} else {
			cube = d.And(cube, d.NIthvar(f))
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
