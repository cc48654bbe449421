package law

import (
	"errors"
	"slices"
)

// Reasons are all the minimal reasons of one finding. Each list of facts is minimal: none can be dropped.
type Reasons struct {
	Why    [][]Carried `json:"why,omitempty"`     // each makes the rule met
	WhyNot [][]Carried `json:"why_not,omitempty"` // each makes it not met
	// Undo lists the smallest sets of facts to be taken back so that nothing of Why is left, or of WhyNot where
	// there is no Why. They are the minimal hitting sets of those reasons, and those reasons are theirs.
	Undo [][]Carried `json:"undo,omitempty"`
}

// ErrTooMany says that a finding has more minimal reasons than anyone could read.
var ErrTooMany = errors.New("more than a thousand minimal reasons")

const maxReasons = 1000

// Reasons works out every minimal reason of the finding. It fails with ErrTooMany where they are beyond a
// thousand.
func (f Finding) Reasons() (r Reasons, err error) {
	t := f.about.trial
	if t == nil { // made by hand
		return r, nil
	}
	s := &search{trial: t, done: map[[3]int]family{}}
	why, not := s.over(f.about.rule.body, f.about.episode)
	undo := why
	if len(why) == 0 {
		undo = not
	}
	undo = s.hitting(undo)
	r = Reasons{Why: t.carriedAll(why), WhyNot: t.carriedAll(not), Undo: t.carriedAll(undo)}
	return r, s.err
}

// carriedAll gives the facts of each set, smaller sets first.
func (t *trial) carriedAll(sets family) (out [][]Carried) {
	slices.SortFunc(sets, func(a, b []int) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return slices.Compare(a, b)
	})
	for _, set := range sets {
		var facts []Carried
		for _, i := range set {
			facts = append(facts, t.facts[i].Carried)
		}
		out = append(out, facts)
	}
	return out
}

// A family is sets of facts, each sorted, none of which holds another.
type family [][]int

// A search finds, for operations in lanes, the minimal sets of facts from which they are known true or false.
// What is known grows with the facts, so that the sets of an operation follow from those of its arguments.
type search struct {
	*trial
	done map[[3]int]family
	err  error
}

// over gives the reasons of an operation over the groups of an episode: met in one, not met in all.
func (s *search) over(at, episode int) (why, not family) {
	not = family{nil}
	for lane, scene := range s.scenes {
		if scene.episode == episode {
			why = s.either(why, s.sets(at, lane, isTrue))
			not = s.both(not, s.sets(at, lane, isFalse))
		}
	}
	return why, not
}

func (s *search) sets(at, lane int, want bits) (out family) {
	key := [3]int{at, lane, int(want)}
	if sets, ok := s.done[key]; ok || s.err != nil {
		return sets
	}
	o := &s.prog.ops[at]
	k := len(o.args)
	switch o.kind {
	case opFact:
		for i, f := range s.facts {
			if f.question == o.n && side(f.Answer) == want && f.lanes[lane/64]>>(lane%64)&1 == 1 {
				out = append(out, []int{i})
			}
		}
	case opDated:
		if s.at(at, lane)&want != 0 {
			out = family{nil}
		}
	case opNot:
		out = s.sets(o.args[0], lane, isTrue+isFalse-want)
	case opSome:
		out = s.some(o.args[0], want)
	case opIf:
		x, h, l := o.args[0], o.args[1], o.args[2]
		high, low := s.sets(h, lane, want), s.sets(l, lane, want)
		out = s.either(s.both(s.sets(x, lane, isTrue), high), s.both(s.sets(x, lane, isFalse), low))
		out = s.either(out, s.both(high, low))
	default:
		switch {
		case o.kind == opAtLeast && want == isTrue:
			k = o.n
		case o.kind == opAtLeast:
			k = len(o.args) - o.n + 1
		case (o.kind == opAny) == (want == isTrue):
			k = 1
		}
		out = s.several(o.args, lane, want, k)
	}
	s.done[key] = out
	return out
}

// several gives the reasons for at least k of the arguments.
func (s *search) several(args []int, lane int, want bits, k int) family {
	row := make([]family, k+1)
	row[0] = family{nil}
	for _, a := range args {
		sets := s.sets(a, lane, want)
		for i := k; i > 0; i-- {
			row[i] = s.either(row[i], s.both(row[i-1], sets))
		}
	}
	return row[k]
}

func (s *search) some(a int, want bits) (out family) {
	if want == isFalse {
		if !s.scope.complete {
			return nil
		}
		out = family{nil}
	}
	for lane, scene := range s.scenes {
		switch {
		case scene.episode == person:
		case want == isTrue:
			out = s.either(out, s.sets(a, lane, want))
		default:
			out = s.both(out, s.sets(a, lane, want))
		}
	}
	return out
}

// either joins two families.
func (s *search) either(a, b family) family { return s.least(slices.Concat(a, b)) }

// both gives the unions of a set of one family with a set of the other.
func (s *search) both(a, b family) (out family) {
	for _, x := range a {
		if s.err != nil {
			return nil
		}
		for _, y := range b {
			union := slices.Concat(x, y)
			slices.Sort(union)
			out = append(out, slices.Compact(union))
		}
		if len(out) > 8*maxReasons {
			out = s.least(out)
		}
	}
	return s.least(out)
}

// least drops every set that holds another.
func (s *search) least(sets family) (out family) {
	slices.SortFunc(sets, func(a, b []int) int { return len(a) - len(b) })
	for _, set := range sets {
		if !slices.ContainsFunc(out, func(less []int) bool { return within(less, set) }) {
			out = append(out, set)
		}
	}
	if len(out) > maxReasons {
		s.err = ErrTooMany
		return nil
	}
	return out
}

// within reports whether every member of a is in b; both are sorted.
func within(a, b []int) bool {
	for _, x := range a {
		if _, found := slices.BinarySearch(b, x); !found {
			return false
		}
	}
	return true
}

// hitting gives the minimal sets that share a fact with every set of the family (C. Berge, 1989).
func (s *search) hitting(sets family) (out family) {
	if len(sets) == 0 {
		return nil
	}
	out = family{nil}
	for _, set := range sets {
		var single family
		for _, i := range set {
			single = append(single, []int{i})
		}
		out = s.both(out, single)
	}
	return out
}
