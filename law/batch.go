package law

import "slices"

// A Batch lays many journeys beside one pack at once, and tells of each finding its status alone: the statuses
// that [Pack.Assess] gives, without reasons. It is for going through a whole file of cases again when the law
// changes. The scenes of many journeys share machine words, so that one operation serves 64 of them.
//
// Add journeys, Run, read what came of each by its place, and Reset to take more; memory grows with what is in
// the batch. One Batch serves one goroutine at a time; several may rest on one Pack.
type Batch struct {
	pack    *Pack
	options Options
	least   int // the least grade that counts
	dates   []judged
	asOf    reach
	episode []readout // the rules about an episode, in the pack's order
	person  []readout
	always  int // the place of a value that is always true
	slots   int // values in a page: the operations, and a few beside

	pages    []page
	used     int
	journeys []placed
	episodes []placedEpisode
	ids      []byte
	scan     scan
}

// A judged date is a stretch of law, and where its value stands.
type judged struct {
	term
	at     int
	filing bool
}

// A readout says where a rule's value stands, and that of its date.
type readout struct {
	rule       *compiled
	number     int // among the rules about an episode, or the person
	body, date int
}

// placed is a journey in the batch.
type placed struct {
	page, lane  int // of the person
	first, last int // of its episodes
	id          piece
	wide        []byte // letters in the order of Assess, of a journey with more scenes than a word has lanes
}

type placedEpisode struct {
	id    piece
	lane  int // the first; of a wide journey, the episode's number
	lanes int
}

// A piece is part of the batch's ids.
type piece struct{ from, until int }

// NewBatch gives an empty batch. It fails where Assess would fail for the options.
func (p *Pack) NewBatch(o Options) (*Batch, error) {
	if o.Standard == "" {
		o.Standard = AnyCredibleEvidence
	}
	if err := p.check(Journey{}, o); err != nil {
		return nil, err
	}
	b := &Batch{
		pack: p, options: o, least: grades[standards[o.Standard]],
		asOf: Span{From: o.AsOf, Until: o.AsOf}.reach(), always: len(p.prog.ops), slots: len(p.prog.ops) + 1,
	}
	b.scan.lexicon = newLexicon(p)
	dates := slices.Repeat([]int{-1}, len(p.prog.dates))
	for _, at := range p.prog.datedOps {
		dates[p.prog.ops[at].n] = at
	}
	for i, d := range p.prog.dates {
		if dates[i] < 0 { // no operation asks for it
			dates[i] = b.slots
			b.slots++
		}
		b.dates = append(b.dates, judged{termOf(d.from, d.until), dates[i], d.by == ByFiling})
	}
	for i := range p.prog.rules {
		r := &p.prog.rules[i]
		out := readout{rule: r, body: r.body, date: b.always}
		if r.date >= 0 {
			out.date = dates[r.date]
		}
		if r.scope == "episode" {
			out.number = len(b.episode)
			b.episode = append(b.episode, out)
		} else {
			out.number = len(b.person)
			b.person = append(b.person, out)
		}
	}
	return b, nil
}

// Len is the number of journeys in the batch.
func (b *Batch) Len() int { return len(b.journeys) }

// Reset empties the batch and keeps its memory.
func (b *Batch) Reset() {
	b.used, b.journeys, b.episodes, b.ids = 0, b.journeys[:0], b.episodes[:0], b.ids[:0]
}

// Add takes a journey; its place is the number of those taken before. It refuses what Assess refuses, and then
// the batch stays as it was.
func (b *Batch) Add(j Journey) error {
	if err := b.pack.check(j, b.options); err != nil {
		return err
	}
	b.add(nil, j)
	return nil
}

func (b *Batch) add(id []byte, j Journey) {
	d := &b.scan.draft
	d.clear()
	d.id, d.complete, d.filed = id, j.Complete, j.Filed
	d.hear(b, j.Person, everyLane, nil)
	lanes := 0
	for _, e := range j.Episodes {
		of := groups(e, j.LinkedActors)
		if lanes+len(of) >= wordLanes {
			b.addWide(id, j)
			return
		}
		d.hear(b, e.Facts, (1<<len(of)-1)<<lanes, func(actor string) (mask uint64) {
			for i, g := range of {
				if g.holds(actor) {
					mask |= 1 << (lanes + i)
				}
			}
			return mask
		})
		d.episodes = append(d.episodes, draftEpisode{[]byte(e.ID), e.When.reach(), len(of)})
		lanes += len(of)
	}
	b.place(d)
}

// addWide assesses a journey alone, at once.
func (b *Batch) addWide(id []byte, j Journey) {
	t := newTrial(b.pack, b.pack.prog, j, b.options.AsOf, b.options.Standard)
	var wide []byte
	t.each(func(r *compiled, episode int) {
		status, _, _ := t.status(r, episode)
		wide = append(wide, letterFor[status])
	})
	first := len(b.episodes)
	for i, e := range j.Episodes {
		b.episodes = append(b.episodes, placedEpisode{id: b.keep([]byte(e.ID)), lane: i})
	}
	b.journeys = append(b.journeys, placed{first: first, last: len(b.episodes), id: b.keep(id), wide: wide})
}

func (b *Batch) keep(id []byte) piece {
	b.ids = append(b.ids, id...)
	return piece{len(b.ids) - len(id), len(b.ids)}
}

func (b *Batch) part(s piece) []byte { return b.ids[s.from:s.until] }
