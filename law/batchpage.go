package law

// wordLanes is how many scenes one page holds.
const wordLanes = 64

// everyLane is told of a fact about the person: it holds in each scene of the journey.
const everyLane = ^uint64(0)

// A draft is one journey on its way into a batch.
type draft struct {
	id       []byte
	facts    []heard
	episodes []draftEpisode
	filed    Date
	complete bool
}

type draftEpisode struct {
	id    []byte
	when  reach
	lanes int // one for each group of actors
}

// heard is one answer that some rule rests on, and the lanes of its journey in which it counts.
type heard struct {
	lanes  uint64
	at     int32 // the operation
	weight int8  // of its grade
	actor  int8  // for the scan: the number of the actor it names, from 1
	no     bool
}

func (d *draft) clear() {
	*d = draft{facts: d.facts[:0], episodes: d.episodes[:0]}
}

// hear takes the facts that count. Those that name an actor count in the lanes that by gives.
func (d *draft) hear(b *Batch, facts []Fact, lanes uint64, by func(actor string) uint64) {
	for _, f := range facts {
		at := b.pack.prog.factOp[b.pack.index[f.Question]]
		if at < 0 || !b.options.Standard.counts(f) {
			continue
		}
		in := lanes
		if f.Actor != "" {
			in = by(f.Actor)
		}
		d.facts = append(d.facts, heard{lanes: in, at: int32(at), weight: int8(grades[Documented]), no: f.Answer == No})
	}
}

// A page is one word of lanes over all operations: the scenes of several whole journeys, of each its episodes and
// above them the person.
type page struct {
	planes
	taken    int    // lanes in use
	episodes uint64 // the lanes that are episodes
	persons  uint64
	complete uint64 // those of persons of whose journey no episode is missing
}

// page gives the one that has room for so many lanes.
func (b *Batch) page(lanes int) *page {
	if b.used > 0 && b.pages[b.used-1].taken+lanes <= wordLanes {
		return &b.pages[b.used-1]
	}
	if b.used++; b.used > len(b.pages) {
		b.pages = append(b.pages, page{})
	}
	p := &b.pages[b.used-1]
	p.taken, p.episodes, p.persons, p.complete = 0, 0, 0, 0
	p.size(b.slots, wordLanes)
	p.t[b.always] = everyLane
	return p
}

// place lays a journey out in the lanes of a page.
func (b *Batch) place(d *draft) {
	lanes := 1
	for i := range d.episodes {
		lanes += d.episodes[i].lanes
	}
	p := b.page(lanes)
	low := p.taken
	p.taken += lanes
	all := uint64(1)<<lanes - 1
	for _, f := range d.facts {
		if int(f.weight) < b.least {
			continue
		}
		plane := p.t
		if f.no {
			plane = p.f
		}
		plane[f.at] |= f.lanes & all << low
	}
	first, lane := len(b.episodes), low
	for i := range d.episodes {
		e := &d.episodes[i]
		b.judge(p, &e.when, &e.when, (1<<e.lanes-1)<<lane)
		b.episodes = append(b.episodes, placedEpisode{b.keep(e.id), lane, e.lanes})
		lane += e.lanes
	}
	filed := b.asOf
	if !d.filed.IsZero() {
		filed = Span{From: d.filed, Until: d.filed}.reach()
	}
	self := uint64(1) << lane
	b.judge(p, &b.asOf, &filed, self)
	p.episodes |= (self - 1) &^ (1<<low - 1)
	p.persons |= self
	if d.complete {
		p.complete |= self
	}
	b.journeys = append(b.journeys, placed{page: b.used - 1, lane: lane, first: first, last: len(b.episodes), id: b.keep(d.id)})
}

var unknownReach = Span{}.reach()

// judge sets in some lanes which stretches of law were in force, and which were not.
func (b *Batch) judge(p *page, when, filed *reach, lanes uint64) {
	if *when == unknownReach && *filed == unknownReach {
		return
	}
	for i := range b.dates {
		d := &b.dates[i]
		r := when
		if d.filing {
			r = filed
		}
		switch r.force(d.term) {
		case InForce:
			p.t[d.at] |= lanes
		case NotInForce:
			p.f[d.at] |= lanes
		}
	}
}

// Run finds the statuses of all that was added.
func (b *Batch) Run() {
	for i := range b.pages[:b.used] {
		b.pages[i].run(b.pack.prog.ops, b.pack.prog.whole)
	}
}

// run evaluates the operations of cone, as planes does, but for opSome: that looks through each journey's own
// episodes, and stands in the lane of its person.
func (p *page) run(ops []op, cone []int) {
	t, f := p.t, p.f
	for _, at := range cone {
		o := &ops[at]
		switch o.kind {
		case opAll:
			yes, no := everyLane, uint64(0)
			for _, a := range o.args {
				yes &= t[a]
				no |= f[a]
			}
			t[at], f[at] = yes, no
		case opAny:
			yes, no := uint64(0), everyLane
			for _, a := range o.args {
				yes |= t[a]
				no &= f[a]
			}
			t[at], f[at] = yes, no
		case opNot:
			t[at], f[at] = f[o.args[0]], t[o.args[0]]
		case opSome:
			// The person's lane lies above those of the episodes: added to as many ones, a bit in any of them
			// carries into it, and no further.
			t[at] = (t[o.args[0]]&p.episodes + p.episodes) & p.persons
			f[at] = p.complete &^ (p.episodes&^f[o.args[0]] + p.episodes)
		default:
			p.gate(o, at, 0, scope{})
		}
	}
}
