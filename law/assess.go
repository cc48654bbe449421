package law

import (
	"fmt"
	"maps"
	"slices"
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
		if r := recover(); r == errTooTangled {
			err = errTooTangled
		} else if r != nil {
			panic(r)
		}
	}()
	t := newTrial(p, p.prog, j, o.AsOf, o.Standard)
	a = Assessment{Pack: p.ID, Version: p.Version, AsOf: o.AsOf, Standard: o.Standard, Findings: []Finding{}}
	draft := &next{trial: t}
	t.each(func(r compiled, episode int) {
		f := t.finding(r, episode)
		if f.Status == Open {
			f.Open = draft.open(r.dated, episode)
		}
		a.Findings = append(a.Findings, f)
	})
	a.Next = draft.asks()
	return a, nil
}

// each visits every rule over every episode, then the rules about the person.
func (t *trial) each(visit func(r compiled, episode int)) {
	for e := range t.journey.Episodes {
		for _, r := range t.prog.rules {
			if r.scope == "episode" {
				visit(r, e)
			}
		}
	}
	for _, r := range t.prog.rules {
		if r.scope == "person" {
			visit(r, person)
		}
	}
}

// check refuses what ParseJourney would refuse in a journey built by hand.
func (p *Pack) check(j Journey, o Options) error {
	if _, ok := standards[o.Standard]; !ok {
		return fmt.Errorf("no standard of proof %q; there are: %v", o.Standard, slices.Sorted(maps.Keys(standards)))
	}
	if d := o.AsOf; d.Day == 0 || d.About {
		return fmt.Errorf("the day of assessment must be an exact day, not %q", d)
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
func (t *trial) status(r compiled, episode int) (Status, bits, Force) {
	force, v := t.force(episode, r.from, r.until, r.by), t.value(r.body, episode, t.all)
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

func (t *trial) finding(r compiled, episode int) Finding {
	status, v, force := t.status(r, episode)
	f := Finding{
		Rule: r.id, Kind: r.kind, Title: r.title, Cite: r.cite, Status: status,
		Law: InLaw{State: force, From: r.from, Until: r.until},
	}
	if episode != person {
		f.Episode = t.journey.Episodes[episode].ID
	}
	tree := t.tree(r, episode)
	f.Tree = tree.element(r.root)
	f.Tree.Value = v.value()
	if status == Established || status == Conflict {
		f.Why = t.reason(r.body, episode, isTrue)
		for _, note := range r.notes {
			if e := tree.element(note); e.Value == True {
				f.Notes = append(f.Notes, e)
			}
		}
	}
	if status == RuledOut || status == Conflict {
		f.WhyNot = t.reason(r.body, episode, isFalse)
	}
	f.Contested = t.contested(slices.Concat(f.Why, f.WhyNot))
	f.Parameters = t.parameters(r, episode)
	return f
}

// parameters gives the values that stand, or that may stand where the day is not known.
func (t *trial) parameters(r compiled, episode int) (out []Parameter) {
	for _, p := range r.parameters {
		for _, v := range p.values {
			if t.force(episode, v.from, v.until, r.by) != NotInForce {
				out = append(out, Parameter{p.id, p.text, v.value, p.cite, p.mark, v.from, v.until})
			}
		}
	}
	return out
}

// contested lists the questions of a reason that were also answered otherwise, where the reason is told.
func (t *trial) contested(reason []Carried) (ids []string) {
	for _, c := range reason {
		against := slices.ContainsFunc(t.facts, func(f weighed) bool {
			return f.Question == c.Question && f.Answer != c.Answer && (f.Carried.Episode == c.Episode || f.Carried.Episode == "" || c.Episode == "")
		})
		if against && !slices.Contains(ids, c.Question) {
			ids = append(ids, c.Question)
		}
	}
	return ids
}

// A tree shows a rule's elements as the facts of one group of actors leave them.
type tree struct {
	*trial
	by      Clock
	episode int
	group   group
	values  []bits
}

// tree picks the group for which the rule comes out best.
func (t *trial) tree(r compiled, episode int) (best tree) {
	rank := [...]int{0: 1, isTrue: 3, isFalse: 0, isTrue | isFalse: 2}
	for i, g := range t.groupsOf(episode) {
		values := t.prog.eval(r.cone, t.leaves(episode, g, t.all))
		if i == 0 || rank[values[r.body]] > rank[best.values[r.body]] {
			best = tree{t, r.by, episode, g, values}
		}
	}
	return best
}

func (t tree) element(e *element) Element {
	at := t.prog.at[e]
	out := Element{ID: e.id, Text: e.text, Cite: e.cite, Mark: e.mark, Note: e.note, Value: t.values[at].value(), Op: e.op()}
	if !e.from.IsZero() || !e.until.IsZero() {
		out.Law = t.force(t.episode, e.from, e.until, t.by)
	}
	switch e.kind {
	case "facts", "some_facts":
		out.Condition = e.condition.value
		t.carry(&out, at)
	case "finding":
		out.Rule = e.refs[0].value
	case "some_episode":
		out.Children = t.everywhere(e)
	}
	for _, child := range e.children {
		out.Children = append(out.Children, t.element(child))
	}
	for _, x := range e.unless {
		exception := t.element(x)
		exception.Gives = No
		if x.gives {
			exception.Gives = Yes
		}
		out.Unless = append(out.Unless, exception)
	}
	return out
}

// carry lists the facts that a condition rests on, and its questions without one.
func (t tree) carry(out *Element, at int) {
	asked, everywhere := map[int]bool{}, false
	var collect func(root int)
	collect = func(root int) {
		for _, i := range t.prog.cone(root) {
			switch o := t.prog.ops[i]; o.kind {
			case opFact:
				asked[t.p.index[o.name]] = true
			case opSome:
				everywhere = true
				for _, a := range o.args {
					collect(a)
				}
			}
		}
	}
	collect(at)
	for _, f := range t.facts {
		here := f.episode == person || f.episode == t.episode || everywhere
		if asked[f.question] && here && t.group.holds(f.Actor) {
			out.Facts = append(out.Facts, f.Carried)
		}
	}
	for _, q := range slices.Sorted(maps.Keys(asked)) {
		if !slices.ContainsFunc(out.Facts, func(f Carried) bool { return t.p.index[f.Question] == q }) {
			out.Missing = append(out.Missing, t.p.Questions[q].ID)
		}
	}
}

// everywhere shows what some_episode looks for, in each episode.
func (t tree) everywhere(e *element) (out []Element) {
	for i, episode := range t.journey.Episodes {
		for _, ref := range e.refs {
			for _, r := range t.prog.rules {
				if r.id == ref.value {
					out = append(out, Element{
						ID: e.id + "/" + r.id + "/" + episode.ID, Text: r.title, Cite: r.cite, Mark: r.root.mark,
						Value: t.value(r.body, i, t.all).value(), Op: "finding", Rule: r.id,
					})
				}
			}
		}
	}
	return out
}
