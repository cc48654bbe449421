package law

import (
	"cmp"
	"slices"
)

// person stands for the person where an episode's number is wanted.
const person = -1

// A trial is one journey under one standard, laid out in lanes: one for each group of actors of each episode,
// and the last for the person.
type trial struct {
	p       *Pack
	prog    *program
	journey Journey
	asOf    Date
	facts   []weighed // those that count under the standard, in order
	scenes  []scene   // one for each lane
	lanes   [][]uint64
	scope   scope
	force   []Force // by place in the program's dates, for each lane after the other
	clash   bool    // some question is answered both yes and no, if only in two episodes

	base planes // what all the facts give
	cost costs
	trys planes // for trying some of the facts
	wit  witness
}

// A weighed fact knows its place, and the lanes in which it counts.
type weighed struct {
	Carried
	episode, question int
	lanes             []uint64
}

// A scene is what one lane shows.
type scene struct {
	episode int
	group   group
}

// A group is a set of actors who act together; nil is everybody.
type group []string

func (g group) holds(actor string) bool {
	return actor == "" || g == nil || slices.Contains(g, actor)
}

func newTrial(p *Pack, prog *program, j Journey, asOf Date, standard Standard) *trial {
	t := &trial{p: p, prog: prog, journey: j, asOf: asOf}
	for i, e := range j.Episodes {
		for _, g := range groups(e, j.LinkedActors) {
			t.scenes = append(t.scenes, scene{i, g})
		}
	}
	t.scenes = append(t.scenes, scene{episode: person})
	words := (len(t.scenes) + 63) / 64
	sets := make([]uint64, words*(len(j.Episodes)+2))
	set := func() (s []uint64) {
		s, sets = sets[:words:words], sets[words:]
		return s
	}
	t.lanes = make([][]uint64, len(j.Episodes)+1)
	for i := range t.lanes {
		t.lanes[i] = set()
	}
	t.scope = scope{set(), j.Complete}
	for lane, s := range t.scenes {
		t.lanesOf(s.episode)[lane/64] |= 1 << (lane % 64)
		if s.episode != person {
			t.scope.episodes[lane/64] |= 1 << (lane % 64)
		}
	}
	t.weigh(standard)
	t.base.size(len(prog.ops), len(t.scenes))
	t.judge()
	for i := range t.facts {
		t.put(&t.base, i)
	}
	t.base.run(prog.ops, prog.whole, t.scope)
	return t
}

// lanesOf gives the lanes of an episode, or that of the person.
func (t *trial) lanesOf(episode int) []uint64 {
	if episode == person {
		return t.lanes[len(t.lanes)-1]
	}
	return t.lanes[episode]
}

// weigh takes the facts that count, in order: about the person, then by episode, each by the vocabulary.
func (t *trial) weigh(standard Standard) {
	n := len(t.journey.Person)
	for _, e := range t.journey.Episodes {
		n += len(e.Facts)
	}
	t.facts = make([]weighed, 0, n)
	add := func(episode int, id string, facts []Fact) {
		first := len(t.facts)
		for _, f := range facts {
			if standard.counts(f) {
				if f.Grade == "" {
					f.Grade = Said
				}
				t.facts = append(t.facts, weighed{Carried{id, f}, episode, t.p.index[f.Question], nil})
			}
		}
		slices.SortFunc(t.facts[first:], func(a, b weighed) int {
			return cmp.Or(a.question-b.question, byAnswer(a.Fact, b.Fact))
		})
	}
	add(person, "", t.journey.Person)
	for i, e := range t.journey.Episodes {
		add(i, e.ID, e.Facts)
	}
	said := make([]bits, len(t.p.Questions))
	every := make([]uint64, t.words())
	for lane := range t.scenes {
		every[lane/64] |= 1 << (lane % 64)
	}
	for i := range t.facts {
		f := &t.facts[i]
		said[f.question] |= side(f.Answer)
		t.clash = t.clash || said[f.question] == isTrue|isFalse
		switch {
		case f.episode == person:
			f.lanes = every
		case f.Actor == "":
			f.lanes = t.lanes[f.episode]
		default:
			f.lanes = make([]uint64, len(every))
			for lane, s := range t.scenes {
				if s.episode == f.episode && s.group.holds(f.Actor) {
					f.lanes[lane/64] |= 1 << (lane % 64)
				}
			}
		}
	}
}

func (t *trial) words() int { return (len(t.scenes) + 63) / 64 }

// side is the bit of an answer.
func side(a Answer) bits {
	if a == Yes {
		return isTrue
	}
	return isFalse
}

// groups splits an episode's actors into those who act together. Where no fact names an actor there is
// one group: an episode is a stretch with one set of actors. Where one does, each actor listed counts,
// also those of whom nothing is told yet: that one did not act says nothing of another.
func groups(e Episode, linked [][]string) (out []group) {
	if !slices.ContainsFunc(e.Facts, func(f Fact) bool { return f.Actor != "" }) {
		return []group{nil}
	}
	for _, actor := range e.Actors {
		if slices.ContainsFunc(out, func(g group) bool { return g.holds(actor) }) {
			continue
		}
		g := group{actor}
		// Links join links: follow them until nothing is added.
		for i := 0; i < len(g); i++ {
			for _, link := range linked {
				if slices.Contains(link, g[i]) {
					g = append(g, slices.DeleteFunc(slices.Clone(link), func(a string) bool { return slices.Contains(g, a) })...)
				}
			}
		}
		out = append(out, g)
	}
	return out
}

// judge finds how each lane lies to each stretch of law, and sets the operations that ask for it.
func (t *trial) judge() {
	dates := t.prog.dates
	t.force = make([]Force, len(dates)*len(t.scenes))
	for lane, s := range t.scenes {
		for d, stretch := range dates {
			t.force[lane*len(dates)+d] = t.forceIn(s.episode, stretch)
		}
	}
	for _, at := range t.prog.datedOps {
		d := t.prog.ops[at].n
		for lane := range t.scenes {
			switch t.force[lane*len(dates)+d] {
			case InForce:
				t.base.t[at*t.base.words+lane/64] |= 1 << (lane % 64)
			case NotInForce:
				t.base.f[at*t.base.words+lane/64] |= 1 << (lane % 64)
			}
		}
	}
}

// forceIn judges a stretch of law by an episode, and for the person by the day of filing or of the assessment.
func (t *trial) forceIn(episode int, d dated) Force {
	when := Span{From: t.asOf, Until: t.asOf}
	if d.by == ByFiling && !t.journey.Filed.IsZero() {
		when = Span{From: t.journey.Filed, Until: t.journey.Filed}
	}
	if episode != person {
		when = t.journey.Episodes[episode].When
	}
	return when.force(d.from, d.until)
}

// forceOf is how the lane lies to a numbered stretch of law; there is none below 0.
func (t *trial) forceOf(lane, date int) Force {
	if date < 0 {
		return InForce
	}
	return t.force[lane*len(t.prog.dates)+date]
}

// lane gives the first lane of an episode, or that of the person.
func (t *trial) lane(episode int) int {
	return slices.IndexFunc(t.scenes, func(s scene) bool { return s.episode == episode })
}

// put adds one fact to planes.
func (t *trial) put(p *planes, fact int) {
	f := &t.facts[fact]
	at := t.prog.factOp[f.question]
	if at < 0 {
		return
	}
	plane := p.t
	if f.Answer == No {
		plane = p.f
	}
	for w, mask := range f.lanes {
		plane[at*p.words+w] |= mask
	}
}

// holds reports whether the facts named alone give the operation the value want in the episode.
func (t *trial) holds(r *compiled, episode int, facts []int, want bits) bool {
	p := &t.trys
	if p.t == nil {
		p.size(len(t.prog.ops), len(t.scenes))
		for _, at := range t.prog.datedOps {
			for w := range p.words {
				p.t[at*p.words+w], p.f[at*p.words+w] = t.base.t[at*p.words+w], t.base.f[at*p.words+w]
			}
		}
	}
	for _, at := range r.asks {
		for w := range p.words {
			p.t[at*p.words+w], p.f[at*p.words+w] = 0, 0
		}
	}
	for _, f := range facts {
		t.put(p, f)
	}
	p.run(t.prog.ops, r.cone, t.scope)
	return p.in(r.body, t.lanesOf(episode))&want != 0
}
