package law

import (
	"fmt"
	"maps"
	"slices"

	"amparo/law/internal/diagram"
)

// Assess lays the journey beside the law. It fails where the journey asks what the pack does not know, or
// the options make no sense; a journey that ParseJourney gave does not fail.
func (p *Pack) Assess(j Journey, o Options) (a Assessment, err error) {
	if o.Standard == "" {
		o.Standard = AnyCredibleEvidence
	}
	if err := p.check(j, o); err != nil {
		return a, err
	}
	defer func() {
		if r := recover(); r == diagram.ErrTooBig {
			err = diagram.ErrTooBig
		} else if r != nil {
			panic(r)
		}
	}()
	t := newTrial(p, p.prog, j, o.AsOf, o.Standard)
	a = Assessment{Pack: p.ID, Version: p.Version, AsOf: o.AsOf, Standard: o.Standard}
	a.Findings = make([]Finding, 0, (len(j.Episodes)+1)*len(p.rules))
	draft := t.ledger()
	defer draft.close()
	t.each(func(r *compiled, episode int) {
		f := t.finding(r, episode)
		if f.Status == Open {
			draft.open(&f, r, episode)
		}
		a.Findings = append(a.Findings, f)
	})
	a.Next = draft.asks()
	return a, nil
}

// each visits every rule over every episode, then the rules about the person.
func (t *trial) each(visit func(r *compiled, episode int)) {
	for e := range t.journey.Episodes {
		for i := range t.prog.rules {
			if r := &t.prog.rules[i]; r.scope == "episode" {
				visit(r, e)
			}
		}
	}
	for i := range t.prog.rules {
		if r := &t.prog.rules[i]; r.scope == "person" {
			visit(r, person)
		}
	}
}

// check refuses what ParseJourney would refuse in a journey built by hand.
func (p *Pack) check(j Journey, o Options) error {
	if _, ok := standards[o.Standard]; !ok {
		return fmt.Errorf("no standard of proof %q; there are: %v", o.Standard, slices.Sorted(maps.Keys(standards)))
	}
	if d, err := ParseDate(o.AsOf.String()); err != nil || d != o.AsOf || d.Day == 0 || d.About {
		return fmt.Errorf("the day of assessment must be an exact day, not %q", o.AsOf)
	}
	facts := func(where string, facts []Fact, actors []string) error {
		for _, f := range facts {
			q, known := p.Question(f.Question)
			_, graded := grades[f.Grade]
			switch {
			case !known:
				return fmt.Errorf("%s: the pack %q has no question %q", where, p.ID, f.Question)
			case where == "person" && q.Scope != "person":
				return fmt.Errorf("%s: %q is asked of an episode", where, f.Question)
			case f.Answer != Yes && f.Answer != No && f.Answer != Unknown:
				return fmt.Errorf("%s: %s: %q is no answer", where, f.Question, f.Answer)
			case f.Answer != Unknown && f.Why != "":
				return fmt.Errorf("%s: %s: only an unknown answer has a reason", where, f.Question)
			case f.Answer == Unknown && f.Grade != "":
				return fmt.Errorf("%s: %s: an unknown answer has no grade", where, f.Question)
			case f.Grade != "" && !graded:
				return fmt.Errorf("%s: %s: %q is no grade of evidence", where, f.Question, f.Grade)
			case f.Actor != "" && !slices.Contains(actors, f.Actor):
				return fmt.Errorf("%s: %s: %q is not among the actors", where, f.Question, f.Actor)
			}
		}
		return nil
	}
	if err := facts("person", j.Person, nil); err != nil {
		return err
	}
	if len(j.Episodes) > maxEpisodes {
		return fmt.Errorf("%d episodes, at most %d", len(j.Episodes), maxEpisodes)
	}
	seen := map[string]bool{"": true}
	for i, e := range j.Episodes {
		if seen[e.ID] {
			return fmt.Errorf("episode %d: the id %q is empty or taken", i+1, e.ID)
		}
		seen[e.ID] = true
		if err := facts("episode "+e.ID, e.Facts, e.Actors); err != nil {
			return err
		}
	}
	return nil
}

// status gives a rule's status and the value of its elements.
func (t *trial) status(r *compiled, episode int) (Status, bits, Force) {
	force, v := t.forceOf(t.lane(episode), r.date), t.base.in(r.body, t.lanesOf(episode))
	switch {
	case force == NotInForce:
		return NotLaw, v, force
	case v == isTrue|isFalse:
		return Conflict, v, force
	case v == isFalse:
		return RuledOut, v, force
	case v == isTrue && force == InForce:
		return Established, v, force
	}
	return Open, v, force
}

func (t *trial) finding(r *compiled, episode int) Finding {
	status, _, force := t.status(r, episode)
	f := Finding{
		Rule: r.id, Kind: r.kind, Title: r.title, Cite: r.cite, Status: status,
		Law: InLaw{State: force, From: r.from, Until: r.until}, about: about{t, r, episode},
	}
	if episode != person {
		f.Episode = t.journey.Episodes[episode].ID
	}
	if status == Established || status == Conflict {
		f.Why = t.reason(r, episode, isTrue)
		if len(r.notes) > 0 {
			f.Notes = t.notes(r, episode)
		}
	}
	if status == RuledOut || status == Conflict {
		f.WhyNot = t.reason(r, episode, isFalse)
	}
	if t.clash {
		f.Contested = t.contested(slices.Concat(f.Why, f.WhyNot), episode)
	}
	f.Parameters = t.parameters(r, episode)
	return f
}

// parameters gives the values that stand, or that may stand where the day is not known.
func (t *trial) parameters(r *compiled, episode int) (out []Parameter) {
	for _, p := range r.parameters {
		by := p.by
		if by == "" || r.by == ByAct {
			by = r.by
		}
		for _, v := range p.values {
			if t.forceIn(episode, dated{v.from, v.until, by}) != NotInForce {
				out = append(out, Parameter{p.id, p.text, v.value, p.cite, p.mark, v.from, v.until})
			}
		}
	}
	return out
}

// contested lists the questions of a reason that were also answered otherwise, where both answers count: for some
// group of actors, in the episode of the finding.
func (t *trial) contested(reason []Carried, episode int) (ids []string) {
	meet := func(a, b []uint64) bool {
		for w := range a {
			both := a[w] & b[w]
			if episode != person {
				both &= t.lanesOf(episode)[w]
			}
			if both != 0 {
				return true
			}
		}
		return false
	}
	for _, c := range reason {
		i := slices.IndexFunc(t.facts, func(f weighed) bool { return f.Carried == c })
		against := i >= 0 && slices.ContainsFunc(t.facts, func(f weighed) bool {
			return f.Question == c.Question && f.Answer != c.Answer && meet(f.lanes, t.facts[i].lanes)
		})
		if against && !slices.Contains(ids, c.Question) {
			ids = append(ids, c.Question)
		}
	}
	return ids
}
