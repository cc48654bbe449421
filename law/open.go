package law

import (
	"slices"

	"amparo/law/internal/diagram"
)

// A sketch draws the findings of one journey that are not settled, as decision diagrams over all that is not
// known: what is in one can still change it, what is in none cannot.
type sketch struct {
	*trial
	d *diagram.Diagrams
	// What open and lacks work with.
	asked     []bool // by question
	below     []diagram.Node
	steps     []int32
	way, rest []diagram.Literal
	drawn     pending
	done      [2][]diagram.Node // by lean, then lane, then node of the pack's diagrams: what it has become, or undrawn
}

const undrawn diagram.Node = -1

// crowded is how many nodes are kept from one finding to the next: most of what they share lies in one episode.
const crowded = 1 << 16

// A pending is one open finding, drawn for each group of actors by itself, for and against; the two differ only
// where evidence conflicts. Groups are not drawn together, which would grow with their product.
type pending struct {
	forT, forF []diagram.Node
}

// rule draws a rule over an episode, its law included.
func (s *sketch) rule(r *compiled, episode int) pending {
	if s.d.Len() > crowded {
		s.d.Reset()
		for _, done := range s.done {
			for i := range done {
				done[i] = undrawn
			}
		}
	}
	p := pending{s.drawn.forT[:0], s.drawn.forF[:0]}
	for lane, scene := range s.scenes {
		if scene.episode != episode {
			continue
		}
		p.forT = append(p.forT, s.in(r.shape, lane, isTrue))
		if s.clash {
			p.forF = append(p.forF, s.in(r.shape, lane, isFalse))
		}
	}
	s.drawn = p
	return p
}

// in gives what a node of the pack's diagrams becomes in a lane by what is known there. Where evidence
// conflicts, for lean isTrue it helps wherever it stands, so that True means known true; for isFalse it hurts.
func (s *sketch) in(n diagram.Node, lane int, lean bits) diagram.Node {
	if n <= diagram.True {
		return n
	}
	size := s.prog.shapes.Len()
	done := &s.done[lean-1]
	if len(*done) == 0 {
		*done = slices.Grow(*done, size*len(s.scenes))[:size*len(s.scenes)]
		for i := range *done {
			(*done)[i] = undrawn
		}
	}
	slot := &(*done)[lane*size+int(n)]
	if *slot != undrawn {
		return *slot
	}
	variable, low, high := s.prog.shapes.Split(n)
	at := s.prog.shapes.atoms[variable]
	w, b := at*s.base.words+lane/64, lane%64
	yes, no := s.base.t[w]>>b&1 == 1, s.base.f[w]>>b&1 == 1
	var out diagram.Node
	switch {
	case yes && no && lean == isTrue:
		out = s.d.Or(s.in(low, lane, lean), s.in(high, lane, lean))
	case yes && no:
		out = s.d.And(s.in(low, lane, lean), s.in(high, lane, lean))
	case yes:
		out = s.in(high, lane, lean)
	case no:
		out = s.in(low, lane, lean)
	default:
		out = s.d.Make(s.variable(int(variable), lane), s.in(low, lane, lean), s.in(high, lane, lean))
	}
	(*done)[lane*size+int(n)] = out
	return out
}

// sought gives, for a variable that stands for "in some episode", its operation; ok is false for others.
func (s *sketch) sought(variable int32) (at int, ok bool) {
	at = s.prog.shapes.atoms[int(variable)%len(s.prog.shapes.atoms)]
	return at, s.prog.ops[at].kind == opSome
}

// variable numbers what is not known. What is asked of the person is one unknown for all lanes.
func (s *sketch) variable(atom, lane int) int32 {
	if atom < s.prog.shapes.persons {
		return int32(atom)
	}
	return int32((lane+1)*len(s.prog.shapes.atoms) + atom)
}

// unknown names the question and the episode that a variable stands for; ok is false for a date and for
// what is looked for in episodes.
func (s *sketch) unknown(variable int32) (question, episode int, ok bool) {
	atoms := s.prog.shapes.atoms
	o := s.prog.ops[atoms[int(variable)%len(atoms)]]
	episode = person
	if lane := int(variable)/len(atoms) - 1; lane >= 0 {
		episode = s.scenes[lane].episode
	}
	return o.n, episode, o.kind == opFact
}

// variables visits the variables of nodes, and where one stands for "in some episode" those of what is looked
// for in each. What is looked for is drawn by itself: a rule about the person that rests on several episodes
// is not drawn over all of them at once, which would grow with their product. So where two episodes hang on one
// fact about the person, an answer may be called open that matters only to the finding of its own episode.
func (s *sketch) variables(nodes []diagram.Node, visit func(variable int32)) {
	for _, node := range nodes {
		v, _, _ := s.d.Split(node)
		visit(v)
		at, ok := s.sought(v)
		if !ok {
			continue
		}
		for lane, scene := range s.scenes {
			if scene.episode == person {
				continue
			}
			s.below = s.d.Under(s.below, s.in(s.prog.shapes.some[at], lane, isTrue))
			for _, node := range s.below {
				v, _, _ := s.d.Split(node)
				visit(v)
			}
		}
	}
}

// questions lists those among the variables of nodes, in the vocabulary's order.
func (s *sketch) questions(nodes []diagram.Node) (ids []string) {
	s.asked = room(s.asked[:0], len(s.p.Questions))
	n := 0
	s.variables(nodes, func(v int32) {
		if q, _, ok := s.unknown(v); ok && !s.asked[q] {
			s.asked[q] = true
			n++
		}
	})
	if n == 0 {
		return nil
	}
	ids = make([]string, 0, n)
	for q, asked := range s.asked {
		if asked {
			ids = append(ids, s.p.Questions[q].ID)
		}
	}
	return ids
}

// lacks gives the fewest answers found that make f, of which under are the nodes, true: a cheapest way through
// its diagram. An answer that leans only the other way is no part of it; where the rule leans both ways on
// something, every answer is left out that can be.
func (s *sketch) lacks(r *compiled, f diagram.Node, under []diagram.Node) (out []Lack) {
	s.steps = room(s.steps, s.d.Len())
	s.steps[diagram.False], s.steps[diagram.True] = never, 0
	for _, n := range under {
		v, low, high := s.d.Split(n)
		no, yes := s.stepCosts(r, v)
		s.steps[n] = min(never, s.steps[low]+no, s.steps[high]+yes)
	}
	way := s.way[:0]
	for f := f; f != diagram.True; {
		v, low, high := s.d.Split(f)
		no, yes := s.stepCosts(r, v)
		positive := s.steps[high]+yes <= s.steps[low]+no
		if positive && yes > 0 || !positive && no > 0 {
			way = append(way, diagram.Literal{Variable: v, Positive: positive})
		}
		if f = low; positive {
			f = high
		}
	}
	if r.torn {
		for i := len(way) - 1; i >= 0; i-- {
			s.rest = append(append(s.rest[:0], way[:i]...), way[i+1:]...)
			if s.d.Implied(f, s.rest) {
				way = append(way[:0], s.rest...)
			}
		}
	}
	s.way = way
	out = make([]Lack, 0, len(way))
	var looked []int
	for _, literal := range way {
		if at, ok := s.sought(literal.Variable); ok && literal.Positive {
			looked = append(looked, at)
		}
		q, episode, ok := s.unknown(literal.Variable)
		if !ok {
			continue
		}
		lack := Lack{Question: s.p.Questions[q].ID, Answer: No}
		if literal.Positive {
			lack.Answer = Yes
		}
		if episode != person {
			lack.Episode = s.journey.Episodes[episode].ID
		}
		out = append(out, lack)
	}
	for _, at := range looked {
		out = append(out, s.lacksSome(r, at)...)
	}
	return out
}

// lacksSome gives what the episode lacks that lacks least of what is looked for.
func (s *sketch) lacksSome(r *compiled, at int) (least []Lack) {
	for lane, scene := range s.scenes {
		if scene.episode == person {
			continue
		}
		f := s.in(s.prog.shapes.some[at], lane, isTrue)
		if f <= diagram.True {
			continue
		}
		if lacks := s.lacks(r, f, s.d.Under(nil, f)); least == nil || len(lacks) < len(least) {
			least = lacks
		}
	}
	return least
}

// stepCosts says what a no and a yes to a variable cost: nothing where they do not help the rule.
func (s *sketch) stepCosts(r *compiled, variable int32) (no, yes int32) {
	atoms := s.prog.shapes.atoms
	way := r.ways[atoms[int(variable)%len(atoms)]]
	return int32(way >> 1), int32(way & leansOn)
}
