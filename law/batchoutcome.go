package law

// An Outcome is the status of one rule over one episode, or over the person.
type Outcome struct {
	Rule    string `json:"rule"`
	Episode string `json:"episode,omitempty"` // its id; empty for a rule about the person
	Status  Status `json:"status"`
}

// Outcomes tells of the journey at a place what Run found, in the order of the findings of [Pack.Assess].
func (b *Batch) Outcomes(i int) (out []Outcome) {
	j := &b.journeys[i]
	add := func(rules []readout, e *placedEpisode, id string) {
		for k, letter := range b.appendLetters(nil, j, rules, e) {
			out = append(out, Outcome{rules[k].rule.id, id, statusOf[letter]})
		}
	}
	for k := j.first; k < j.last; k++ {
		add(b.episode, &b.episodes[k], string(b.part(b.episodes[k].id)))
	}
	add(b.person, nil, "")
	return out
}

// statusOf names the letters in which a batch writes findings.
var statusOf = map[byte]Status{'e': Established, 'o': Open, 'r': RuledOut, 'c': Conflict, 'n': NotLaw}

var letterFor = func() map[Status]byte {
	out := map[Status]byte{}
	for letter, status := range statusOf {
		out[status] = letter
	}
	return out
}()

// letterOf gives the letter by four bits: the rule known true, known false; its law in force, not in force.
const letterOf = "oorcoerc" + "nnnnnnnn"

// appendLetters reads the statuses of rules over an episode, or with nil over the person.
func (b *Batch) appendLetters(dst []byte, j *placed, rules []readout, e *placedEpisode) []byte {
	for k := range rules {
		dst = append(dst, b.letter(j, &rules[k], e))
	}
	return dst
}

// letter reads one status out of the lanes of an episode, or with nil of the person.
func (b *Batch) letter(j *placed, r *readout, e *placedEpisode) byte {
	switch {
	case j.wide == nil:
	case e == nil:
		return j.wide[(j.last-j.first)*len(b.episode)+r.number]
	default:
		return j.wide[e.lane*len(b.episode)+r.number]
	}
	p, lane, lanes := &b.pages[j.page], j.lane, 1
	if e != nil {
		lane, lanes = e.lane, e.lanes
	}
	t, f, in, out := p.t[r.body]>>lane, p.f[r.body]>>lane, p.t[r.date]>>lane, p.f[r.date]>>lane
	if lanes > 1 { // true where it is in one of them, false where it is in all
		all := uint64(1)<<lanes - 1
		t, f = one(t&all != 0), one(f&all == all)
	}
	return letterOf[t&1|f&1<<1|in&1<<2|out&1<<3]
}

func one(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
