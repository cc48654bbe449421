package law

import "slices"

// about is what a finding was found by: kept so that its tree and all its reasons can be had on demand.
type about struct {
	trial   *trial
	rule    *compiled
	episode int
}

// Tree shows the rule's elements as the facts leave them: those of the group of actors for which the rule
// comes out best.
func (f Finding) Tree() Element {
	if f.about.trial == nil { // made by hand
		return Element{}
	}
	t := f.about.trial.tree(f.about.rule, f.about.episode)
	e := t.element(f.about.rule.root)
	e.Value = t.base.in(f.about.rule.body, t.lanesOf(f.about.episode)).value()
	return e
}

// MarshalJSON writes the finding with its tree.
func (f Finding) MarshalJSON() ([]byte, error) {
	type plain Finding
	tree := f.Tree()
	return marshal(struct {
		plain
		Tree Element `json:"tree"`
	}{plain(f), tree})
}

// A tree shows a rule's elements in one lane.
type tree struct {
	*trial
	by   Clock
	lane int
}

func (t *trial) tree(r *compiled, episode int) (best tree) {
	rank := [...]int{0: 1, isTrue: 3, isFalse: 0, isTrue | isFalse: 2}
	first, most := true, 0
	for lane, s := range t.scenes {
		if s.episode != episode {
			continue
		}
		if n := rank[t.at(r.body, lane)]; first || n > most {
			first, most, best = false, n, tree{t, r.by, lane}
		}
	}
	return best
}

// at is the value of an operation in one lane.
func (t *trial) at(op, lane int) (b bits) {
	w, i := op*t.base.words+lane/64, lane%64
	return bits(t.base.t[w]>>i&1 | t.base.f[w]>>i&1<<1)
}

// notes gives the rule's further lines that the facts bear out.
func (t *trial) notes(r *compiled, episode int) (out []Element) {
	tree := t.tree(r, episode)
	for _, note := range r.notes {
		if t.at(t.prog.at[note], tree.lane) == isTrue {
			out = append(out, tree.element(note))
		}
	}
	return out
}

func (t tree) element(e *element) Element {
	out := Element{ID: e.id, Text: e.text, Cite: e.cite, Mark: e.mark, Note: e.note, Op: e.op()}
	if at, ok := t.prog.at[e]; ok {
		out.Value = t.at(at, t.lane).value()
	}
	if !e.from.IsZero() || !e.until.IsZero() {
		out.Law = t.forceIn(t.scenes[t.lane].episode, dated{e.from, e.until, t.by})
	}
	switch e.kind {
	case "facts", "some_facts":
		out.Condition = e.condition.value
		t.carry(&out, e)
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
func (t tree) carry(out *Element, e *element) {
	var asked []int
	e.cond.facts(func(question string) { asked = append(asked, t.p.index[question]) })
	slices.Sort(asked)
	asked = slices.Compact(asked)
	here := t.scenes[t.lane]
	answered := make([]bool, len(t.p.Questions))
	for _, f := range t.facts {
		near := f.episode == person || f.episode == here.episode || e.kind == "some_facts"
		if near && here.group.holds(f.Actor) && slices.Contains(asked, f.question) {
			out.Facts = append(out.Facts, f.Carried)
			answered[f.question] = true
		}
	}
	for _, q := range asked {
		if !answered[q] {
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
						Value: t.base.in(r.body, t.lanesOf(i)).value(), Op: "finding", Rule: r.id,
					})
				}
			}
		}
	}
	return out
}
