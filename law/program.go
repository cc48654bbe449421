package law

import "slices"

// A program is a pack's rules as operations.
type program struct {
	graph
	rules []compiled
	at    map[*element]int // where each element's value stands
	goals map[int]goal     // what is asked for by itself: bodies and dated bodies of rules
}

// A goal is an operation that is asked for by itself.
type goal struct {
	cone  []int
	mixed bool // Kleene's logic may fall short
}

// compiled is one rule's place in the program.
type compiled struct {
	*rule
	body  int   // the elements alone
	dated int   // the elements, and the law in force
	cone  []int // of the body and of the notes
}

// A compiler turns rules into a program, without the one element skip (nil for none).
type compiler struct {
	*program
	grammar *grammar
	pack    *Pack
	rules   []*rule
	skip    *element
	busy    []string
	done    map[string]compiled
}

func compile(p *Pack, rules []*rule, g *grammar, skip *element) (*program, error) {
	c := &compiler{
		program: &program{at: map[*element]int{}, goals: map[int]goal{}}, grammar: g, pack: p, rules: rules, skip: skip,
		done: map[string]compiled{},
	}
	for _, r := range rules {
		done, err := c.rule(r.id, r.at)
		if err != nil {
			return nil, err
		}
		c.program.rules = append(c.program.rules, done)
	}
	return c.program, nil
}

// rule compiles the rule id once; n is where it is named.
func (c *compiler) rule(id string, n *node) (compiled, error) {
	if done, ok := c.done[id]; ok {
		return done, nil
	}
	i := slices.IndexFunc(c.rules, func(r *rule) bool { return r.id == id })
	switch {
	case i < 0:
		return compiled{}, n.errorf("no rule %q", id)
	case slices.Contains(c.busy, id):
		return compiled{}, n.errorf("the rule %q rests on itself", id)
	}
	c.busy = append(c.busy, id)
	r := c.rules[i]
	body, err := c.element(r, r.root)
	if err != nil {
		return compiled{}, err
	}
	for _, note := range r.notes {
		if _, err := c.element(r, note); err != nil {
			return compiled{}, err
		}
	}
	out := compiled{rule: r, body: body, dated: c.inForce(body, r.from, r.until, r.by)}
	for _, root := range []int{out.body, out.dated} {
		c.goals[root] = goal{c.cone(root), c.mixed(root)}
	}
	out.cone = c.cone(out.body)
	for _, note := range r.notes {
		out.cone = append(out.cone, c.cone(c.at[note])...)
	}
	out.cone = slices.Compact(slices.Sorted(slices.Values(out.cone)))
	c.done[id] = out
	c.busy = c.busy[:len(c.busy)-1]
	return out, nil
}

// inForce binds an operation to the dates of its law.
func (c *compiler) inForce(at int, from, until Date, by Clock) int {
	if from.IsZero() && until.IsZero() {
		return at
	}
	return c.add(op{kind: opAll, args: []int{at, c.add(op{kind: opDated, from: from, until: until, by: by})}})
}

func (c *compiler) element(r *rule, e *element) (at int, err error) {
	switch e.kind {
	case "facts":
		if at, err = c.grammar.compile(&c.graph, e.condition); err == nil {
			err = c.checkScope(r, e, at)
		}
	case "some_facts":
		if at, err = c.grammar.compile(&c.graph, e.condition); err == nil && r.scope != "person" {
			err = e.condition.errorf("some_facts looks through the episodes, and this rule is about one")
		}
		c.goals[at] = goal{c.cone(at), c.mixed(at)}
		at = c.add(op{kind: opSome, args: []int{at}})
	case "finding":
		at, err = c.finding(r, e.refs[0])
	case "some_episode":
		at, err = c.someEpisode(r, e)
	case "not":
		if at, err = c.element(r, e.children[0]); err == nil {
			at = c.add(op{kind: opNot, args: []int{at}})
		}
	default:
		var args []int
		for _, child := range e.children {
			if child == c.skip {
				continue
			}
			arg, err := c.element(r, child)
			if err != nil {
				return 0, err
			}
			args = append(args, arg)
		}
		o := op{kind: opAll, args: args}
		switch e.kind {
		case "any":
			o.kind = opAny
		case "at_least":
			o.kind, o.least = opAtLeast, min(e.least, len(args))
		}
		at = c.add(o)
	}
	if err != nil {
		return 0, err
	}
	if at, err = c.except(r, e, at); err != nil {
		return 0, err
	}
	at = c.inForce(at, e.from, e.until, r.by)
	c.at[e] = at
	return at, nil
}

// except joins an element with its exceptions: it holds by itself or by one that gives yes, and by none
// that gives no.
func (c *compiler) except(r *rule, e *element, at int) (int, error) {
	for_, against := []int{at}, []int(nil)
	for _, x := range e.unless {
		if x == c.skip {
			continue
		}
		arg, err := c.element(r, x)
		if err != nil {
			return 0, err
		}
		if x.gives {
			for_ = append(for_, arg)
		} else {
			against = append(against, arg)
		}
	}
	at = c.add(op{kind: opAny, args: for_})
	if against != nil {
		at = c.add(op{kind: opAll, args: []int{at, c.add(op{kind: opNot, args: []int{c.add(op{kind: opAny, args: against})}})}})
	}
	return at, nil
}

// checkScope refuses questions about an episode in a rule about the person: there is no episode to look in.
func (c *compiler) checkScope(r *rule, e *element, root int) error {
	if r.scope == "episode" {
		return nil
	}
	for _, at := range c.cone(root) {
		if o := c.ops[at]; o.kind == opFact {
			if q, _ := c.pack.Question(o.name); q.Scope != "person" {
				return e.condition.errorf("%q is asked of an episode, and this rule is about the person", o.name)
			}
		}
	}
	return nil
}

// finding is another rule over the same episode, its dates included.
func (c *compiler) finding(r *rule, ref *node) (int, error) {
	done, err := c.rule(ref.value, ref)
	if err == nil && (r.scope != "episode" || done.scope != "episode") {
		err = ref.errorf("finding joins rules about one episode; from the person use some_episode")
	}
	return done.dated, err
}

// someEpisode looks for an episode in which one of the rules is met. The rules' own dates do not bind: a
// benefit that rests on what a person lived through takes the definition as it stands when it is sought.
func (c *compiler) someEpisode(r *rule, e *element) (int, error) {
	o := op{kind: opSome}
	for _, ref := range e.refs {
		done, err := c.rule(ref.value, ref)
		if err == nil && (r.scope != "person" || done.scope != "episode") {
			err = ref.errorf("some_episode joins a rule about the person to rules about an episode")
		}
		if err != nil {
			return 0, err
		}
		o.args = append(o.args, done.body)
	}
	if len(o.args) == 0 {
		return 0, e.at.errorf("some_episode names no rules")
	}
	return c.add(o), nil
}
