package peers

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
