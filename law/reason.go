package law

import "slices"

// costs says for each operation in each lane how little evidence makes it known true, and known false.
type costs struct {
	t, f []int32 // by operation, then lane
}

const never = int32(1) << 28

// plus adds costs; what is known stays below never, however often it is counted.
func plus(a, b int32) int32 {
	if a >= never || b >= never {
		return never
	}
	return min(a+b, never-1)
}

// reckon works out the costs once for all findings: a fact costs the less the better its evidence; what needs
// all its parts costs their sum, what needs one the least of them.
func (t *trial) reckon() {
	ops, lanes := t.prog.ops, len(t.scenes)
	c := &t.cost
	if c.t != nil {
		return
	}
	c.t, c.f = slices.Repeat([]int32{never}, len(ops)*lanes), slices.Repeat([]int32{never}, len(ops)*lanes)
	for i := range t.facts {
		f := &t.facts[i]
		at := t.prog.factOp[f.question]
		if at < 0 {
			continue
		}
		plane := c.t
		if f.Answer == No {
			plane = c.f
		}
		for lane := range t.scenes {
			if f.lanes[lane/64]>>(lane%64)&1 == 1 {
				plane[at*lanes+lane] = min(plane[at*lanes+lane], 8-int32(grades[f.Grade]))
			}
		}
	}
	for _, at := range t.prog.datedOps {
		for lane := range t.scenes {
			if w, b := at*t.base.words+lane/64, lane%64; t.base.t[w]>>b&1 == 1 {
				c.t[at*lanes+lane] = 0
			} else if t.base.f[w]>>b&1 == 1 {
				c.f[at*lanes+lane] = 0
			}
		}
	}
	for _, at := range t.prog.whole {
		o := &ops[at]
		for lane := range lanes {
			i := at*lanes + lane
			arg := func(k int) (yes, no int32) { j := o.args[k]*lanes + lane; return c.t[j], c.f[j] }
			switch o.kind {
			case opAll, opAny:
				sum, least := [2]int32{}, [2]int32{never, never}
				for k := range o.args {
					yes, no := arg(k)
					sum[0], sum[1] = plus(sum[0], yes), plus(sum[1], no)
					least[0], least[1] = min(least[0], yes), min(least[1], no)
				}
				c.t[i], c.f[i] = sum[0], least[1]
				if o.kind == opAny {
					c.t[i], c.f[i] = least[0], sum[1]
				}
			case opNot:
				c.f[i], c.t[i] = arg(0)
			case opAtLeast:
				c.t[i], c.f[i] = cheapest(o.args, c.t, lanes, lane, o.n), cheapest(o.args, c.f, lanes, lane, len(o.args)-o.n+1)
			case opIf:
				x, notX := arg(0)
				ht, hf := arg(1)
				lt, lf := arg(2)
				c.t[i], c.f[i] = min(plus(x, ht), plus(notX, lt), plus(ht, lt)), min(plus(x, hf), plus(notX, lf), plus(hf, lf))
			case opSome:
				c.t[i], c.f[i] = t.reckonSome(o.args[0])
			}
		}
	}
}

func (t *trial) reckonSome(a int) (yes, no int32) {
	lanes := len(t.scenes)
	yes = never
	if !t.scope.complete {
		no = never
	}
	for lane, s := range t.scenes {
		if s.episode != person {
			yes = min(yes, t.cost.t[a*lanes+lane])
			no = plus(no, t.cost.f[a*lanes+lane])
		}
	}
	return yes, no
}

// cheapest is the cost of the k cheapest of the arguments.
func cheapest(args []int, plane []int32, lanes, lane, k int) (sum int32) {
	for _, a := range cheap(args, plane, lanes, lane, k) {
		sum = plus(sum, plane[a*lanes+lane])
	}
	return sum
}

// cheap gives the k cheapest of the arguments.
func cheap(args []int, plane []int32, lanes, lane, k int) []int {
	if k >= len(args) {
		return args
	}
	if k == 1 {
		best := 0
		for i, a := range args {
			if plane[a*lanes+lane] < plane[args[best]*lanes+lane] {
				best = i
			}
		}
		return args[best : best+1]
	}
	sorted := slices.Clone(args)
	slices.SortStableFunc(sorted, func(a, b int) int { return int(plane[a*lanes+lane] - plane[b*lanes+lane]) })
	return sorted[:k]
}

// A witness gathers facts that carry a value.
type witness struct {
	*trial
	met    []int32 // by operation, lane and side: the walk that last was there
	walk   int32
	chosen []int
}

// carry gathers facts from which operation at is known true, or known false, in the lane.
func (w *witness) carry(at, lane int, want bits) {
	o, lanes := &w.prog.ops[at], len(w.scenes)
	met := &w.met[2*(at*lanes+lane)+int(want)-1]
	if *met == w.walk {
		return
	}
	*met = w.walk
	plane := w.cost.t
	if want == isFalse {
		plane = w.cost.f
	}
	cost := func(a int) int32 { return plane[a*lanes+lane] }
	k := len(o.args) // how many arguments must be so
	switch o.kind {
	case opFact:
		w.fact(o.n, lane, want)
		return
	case opDated:
		return
	case opNot:
		w.carry(o.args[0], lane, isTrue+isFalse-want)
		return
	case opSome:
		w.some(o.args[0], want)
		return
	case opIf:
		w.choice(o, lane, want, cost)
		return
	case opAll:
		if want == isFalse {
			k = 1
		}
	case opAny:
		if want == isTrue {
			k = 1
		}
	case opAtLeast:
		if k = o.n; want == isFalse {
			k = len(o.args) - o.n + 1
		}
	}
	for _, a := range cheap(o.args, plane, lanes, lane, min(k, len(o.args))) {
		w.carry(a, lane, want)
	}
}

// choice takes the cheapest way through an opIf.
func (w *witness) choice(o *op, lane int, want bits, cost func(int) int32) {
	lanes := len(w.scenes)
	x, h, l := o.args[0], o.args[1], o.args[2]
	yes, no := plus(w.cost.t[x*lanes+lane], cost(h)), plus(w.cost.f[x*lanes+lane], cost(l))
	switch both := plus(cost(h), cost(l)); {
	case both <= yes && both <= no:
		w.carry(h, lane, want)
		w.carry(l, lane, want)
	case yes <= no:
		w.carry(x, lane, isTrue)
		w.carry(h, lane, want)
	default:
		w.carry(x, lane, isFalse)
		w.carry(l, lane, want)
	}
}

// some takes the cheapest episode, or all of them.
func (w *witness) some(a int, want bits) {
	lanes, best := len(w.scenes), -1
	for lane, s := range w.scenes {
		switch {
		case s.episode == person:
		case want == isFalse:
			w.carry(a, lane, want)
		case best < 0 || w.cost.t[a*lanes+lane] < w.cost.t[a*lanes+best]:
			best = lane
		}
	}
	if best >= 0 {
		w.carry(a, best, want)
	}
}

// fact takes the best evidence there is for one answer.
func (w *witness) fact(question, lane int, want bits) {
	best := -1
	for i := range w.facts {
		f := &w.facts[i]
		if f.question != question || side(f.Answer) != want || f.lanes[lane/64]>>(lane%64)&1 == 0 {
			continue
		}
		if slices.Contains(w.chosen, i) {
			return
		}
		if best < 0 || grades[f.Grade] > grades[w.facts[best].Grade] {
			best = i
		}
	}
	w.chosen = append(w.chosen, best)
}

// reason is a minimal set of facts from which the rule has the value want: gathered from the best evidence,
// then each fact left out that can be, the weakest evidence first.
func (t *trial) reason(r *compiled, episode int, want bits) (out []Carried) {
	t.reckon()
	w := &t.wit
	if w.met == nil {
		w.trial, w.met = t, make([]int32, 2*len(t.prog.ops)*len(t.scenes))
	}
	w.walk, w.chosen = w.walk+1, w.chosen[:0]
	lanes, plane, best := len(t.scenes), t.cost.t, -1
	for lane, s := range t.scenes {
		switch {
		case s.episode != episode:
		case want == isFalse:
			w.carry(r.body, lane, want)
		case best < 0 || plane[r.body*lanes+lane] < plane[r.body*lanes+best]:
			best = lane
		}
	}
	if best >= 0 {
		w.carry(r.body, best, want)
	}
	facts := t.least(r, episode, want, slices.Clone(w.chosen))
	slices.Sort(facts)
	out = make([]Carried, 0, len(facts))
	for _, f := range facts {
		out = append(out, t.facts[f].Carried)
	}
	return out
}

// least leaves out of facts what can be left out.
func (t *trial) least(r *compiled, episode int, want bits, facts []int) []int {
	order := slices.Clone(facts)
	slices.SortFunc(order, func(a, b int) int {
		if g := grades[t.facts[a].Grade] - grades[t.facts[b].Grade]; g != 0 {
			return g
		}
		return b - a // those that come last in the vocabulary go first
	})
	for _, f := range order {
		at := slices.Index(facts, f)
		without := slices.Delete(slices.Clone(facts), at, at+1)
		if t.holds(r, episode, without, want) {
			facts = without
		}
	}
	return facts
}
