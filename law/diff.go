package law

import (
	"slices"

	"amparo/law/internal/diagram"
)

// A Diff is what changed from one pack to another: each rule whose elements, dates or words are not the same.
type Diff struct {
	From  string       `json:"from"` // pack and version
	To    string       `json:"to"`
	Rules []RuleChange `json:"rules"`
	Cases []CaseChange `json:"cases"` // the decided cases that come out otherwise
}

// A RuleChange is what changed of one rule.
type RuleChange struct {
	Rule  string    `json:"rule"`
	Title Text      `json:"title"`
	Added bool      `json:"added,omitempty"` // the rule is new
	Gone  bool      `json:"gone,omitempty"`  // the rule is no more
	Dates []Stretch `json:"dates,omitempty"` // its dates before and now, where they are not the same
	// Elements, by id, that came, went, or are the same in another wording, citation, mark, note or date.
	Came     []string `json:"came,omitempty"`
	Went     []string `json:"went,omitempty"`
	Reworded []string `json:"reworded,omitempty"`
	Changed  []string `json:"changed,omitempty"` // met under other answers than before
	Through  []string `json:"through,omitempty"` // rules that changed, and that this one looks for in the episodes
	// Gained lists when the elements are met and were not before, Lost when they were and are no more. Each
	// entry is a prime implicant of the difference: a set of answers of which none can be left out. More says
	// that there are more than are listed.
	Gained [][]Term `json:"gained,omitempty"`
	Lost   [][]Term `json:"lost,omitempty"`
	More   bool     `json:"more,omitempty"`
}

// A Term is one thing on which a difference turns, and whether it must be so. Exactly one of Question, Law and
// Some is set.
type Term struct {
	Question string   `json:"question,omitempty"`
	Law      *Stretch `json:"law,omitempty"`  // the law of these dates was in force
	Some     []string `json:"some,omitempty"` // there is an episode in which one of these rules or questions is met
	Yes      bool     `json:"yes"`
}

// A CaseChange is a decided case, or a variant of one, of which a finding differs.
type CaseChange struct {
	Case    string `json:"case"`
	Variant string `json:"variant,omitempty"`
	Held           // by the pack from which
	Now     Status `json:"now"`
}

// maxTerms bounds the implicants told of one difference.
const maxTerms = 12

// Compare says what changed from pack a to pack b, and which of the cases come out otherwise. Rules, elements
// and questions are the same where their ids are.
func Compare(a, b *Pack, cases []Case) (d Diff, err error) {
	defer func() {
		if r := recover(); r == diagram.ErrTooBig {
			err = diagram.ErrTooBig
		} else if r != nil {
			panic(r)
		}
	}()
	d = Diff{From: a.ID + " " + a.Version, To: b.ID + " " + b.Version, Rules: []RuleChange{}, Cases: []CaseChange{}}
	c := newComparison(a, b)
	for i := range b.prog.rules {
		now := &b.prog.rules[i]
		if was := a.rule(now.id); was == nil {
			d.Rules = append(d.Rules, RuleChange{Rule: now.id, Title: now.title, Added: true})
		} else if change, differs := c.rule(was, now); differs {
			d.Rules = append(d.Rules, change)
		}
	}
	b.through(&d)
	for _, was := range a.prog.rules {
		if b.rule(was.id) == nil {
			d.Rules = append(d.Rules, RuleChange{Rule: was.id, Title: was.title, Gone: true})
		}
	}
	for _, c := range cases {
		for _, t := range append([]Trial{c.Trial}, c.Variants...) {
			now := b.statuses(b.prog, t)
			for _, h := range a.statuses(a.prog, t) {
				i := slices.IndexFunc(now, func(o Held) bool { return o.Rule == h.Rule && o.Episode == h.Episode })
				if i >= 0 && now[i].Status != h.Status {
					d.Cases = append(d.Cases, CaseChange{c.Name, t.Variant, h, now[i].Status})
				}
			}
		}
	}
	return d, nil
}

// through names, of the rules that look for others in the episodes, those others that changed.
func (p *Pack) through(d *Diff) {
	changed := map[string]bool{}
	for _, c := range d.Rules {
		changed[c.Rule] = true
	}
	for _, r := range p.rules {
		var ids []string
		r.walk(func(e *element) {
			for _, ref := range e.refs {
				if e.kind == "some_episode" && changed[ref.value] && !slices.Contains(ids, ref.value) {
					ids = append(ids, ref.value)
				}
			}
		})
		if ids == nil {
			continue
		}
		i := slices.IndexFunc(d.Rules, func(c RuleChange) bool { return c.Rule == r.id })
		if i < 0 {
			i = len(d.Rules)
			d.Rules = append(d.Rules, RuleChange{Rule: r.id, Title: r.title})
		}
		d.Rules[i].Through = ids
	}
}

// rule finds a compiled rule by its id.
func (p *Pack) rule(id string) *compiled {
	for i := range p.prog.rules {
		if p.prog.rules[i].id == id {
			return &p.prog.rules[i]
		}
	}
	return nil
}

// statuses lists what every rule comes to in a trial, as a program gives it. Facts about questions that the
// pack does not have are passed over.
func (p *Pack) statuses(prog *program, c Trial) (out []Held) {
	known := func(facts []Fact) []Fact {
		return slices.DeleteFunc(slices.Clone(facts), func(f Fact) bool { _, ok := p.index[f.Question]; return !ok })
	}
	j := c.Journey
	j.Person, j.Episodes = known(j.Person), slices.Clone(j.Episodes)
	for i := range j.Episodes {
		j.Episodes[i].Facts = known(j.Episodes[i].Facts)
	}
	t := newTrial(p, prog, j, c.Options().AsOf, c.Standard)
	t.each(func(r *compiled, episode int) {
		h := Held{Rule: r.id}
		if episode != person {
			h.Episode = j.Episodes[episode].ID
		}
		h.Status, _, _ = t.status(r, episode)
		out = append(out, h)
	})
	return out
}
