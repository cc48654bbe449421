package law

import (
	"fmt"
	"slices"
	"strings"

	"amparo/law/internal/diagram"
)

// A program is a pack's rules as operations.
type program struct {
	graph
	rules    []compiled
	at       map[*element]int // where each element's value stands
	factOp   []int            // for each question of the vocabulary, its operation, or -1
	datedOps []int            // the operations that are dates
	whole    []int            // all operations but facts and dates
	shapes   *drawn           // the rules as decision diagrams; nil in a mutant
}

// compiled is one rule's place in the program.
type compiled struct {
	*rule
	body  int          // the elements alone
	dated int          // the elements, and the law in force
	date  int          // place in dates, or -1
	cone  []int        // what the body rests on, without facts and dates
	asks  []int        // the facts among it
	ways  []byte       // for each operation, how the rule leans on it, also through opSome
	torn  bool         // it leans both ways on some atom
	shape diagram.Node // of dated, in the program's drawn
}

// ErrTooTangled is the error of a pack, or of a journey, that would take too much to be decided exactly.
var ErrTooTangled = diagram.ErrTooBig

// A compiler turns rules into a program, without the one element skip (nil for none).
type compiler struct {
	*program
	pack   *Pack
	skip   *element
	busy   []string
	done   map[string]compiled
	leans  []leaning // for each operation
	splits int
}

// compile makes the program of the pack, without one element for a mutant. Where a rule could lean both ways
// on one atom, it is split on that atom: opIf is exact.
func compile(p *Pack, skip *element) (prog *program, err error) {
	var c *compiler
	defer func() {
		if r := recover(); r == ErrTooTangled {
			err = fmt.Errorf("%s: rules: %s: %w", p.ID, strings.Join(c.busy, ", "), ErrTooTangled)
		} else if r != nil {
			panic(r)
		}
	}()
	c = &compiler{program: &program{graph: graph{drawn: map[int]leaning{}}, at: map[*element]int{}}, pack: p, skip: skip, done: map[string]compiled{}}
	for _, r := range p.rules {
		done, err := c.rule(r.id, r.at)
		if err != nil {
			return nil, err
		}
		c.program.rules = append(c.program.rules, done)
	}
	c.settle()
	if skip == nil {
		c.draw(p)
	}
	return c.program, nil
}

// settle drops the operations that nothing rests on, and finds what the others rest on.
func (c *compiler) settle() {
	var roots []int
	for _, r := range c.program.rules {
		roots = append(roots, r.body, r.dated)
	}
	for _, at := range c.at {
		roots = append(roots, at)
	}
	to := map[int]int{}
	kept := graph{dates: c.dates, drawn: map[int]leaning{}}
	for _, at := range c.cone(roots...) {
		o := c.ops[at]
		o.args = slices.Clone(o.args)
		for i, a := range o.args {
			o.args[i] = to[a]
		}
		to[at] = len(kept.ops)
		kept.ops = append(kept.ops, o)
		if l := c.drawn[at]; l != nil {
			kept.drawn[to[at]] = leaning{}
			for atom, way := range l {
				kept.drawn[to[at]][to[atom]] = way
			}
		}
	}
	c.graph = kept
	for e, at := range c.at {
		c.at[e] = to[at]
	}
	c.factOp = slices.Repeat([]int{-1}, len(c.pack.Questions))
	for at, o := range c.ops {
		switch o.kind {
		case opFact:
			c.factOp[o.n] = at
		case opDated:
			c.datedOps = append(c.datedOps, at)
		default:
			c.whole = append(c.whole, at)
		}
	}
	for i := range c.program.rules {
		r := &c.program.rules[i]
		r.body, r.dated = to[r.body], to[r.dated]
		r.ways, r.torn = c.ways(r.dated)
		for _, at := range c.cone(r.body) {
			switch c.ops[at].kind {
			case opFact:
				r.asks = append(r.asks, at)
			case opDated:
			default:
				r.cone = append(r.cone, at)
			}
		}
	}
}

// rule compiles the rule id once; n is where it is named.
func (c *compiler) rule(id string, n *node) (compiled, error) {
	if done, ok := c.done[id]; ok {
		return done, nil
	}
	i := slices.IndexFunc(c.pack.rules, func(r *rule) bool { return r.id == id })
	switch {
	case i < 0:
		return compiled{}, n.errorf("no rule %q", id)
	case slices.Contains(c.busy, id):
		return compiled{}, n.errorf("the rule %q rests on itself", id)
	}
	c.busy = append(c.busy, id)
	r := c.pack.rules[i]
	body, err := c.element(r, r.root)
	if err != nil {
		return compiled{}, err
	}
	for _, note := range r.notes {
		if _, err := c.element(r, note); err != nil {
			return compiled{}, err
		}
	}
	out := compiled{rule: r, body: body, dated: c.inForce(body, r.from, r.until, r.by), date: -1}
	if !r.from.IsZero() || !r.until.IsZero() {
		out.date = c.date(dated{r.from, r.until, r.by})
	}
	c.done[id] = out
	c.busy = c.busy[:len(c.busy)-1]
	return out, nil
}

func (c *compiler) element(r *rule, e *element) (at int, err error) {
	switch e.kind {
	case "facts":
		at, err = c.condition(e.cond), c.checkScope(r, e)
	case "some_facts":
		if r.scope != "person" {
			return 0, e.condition.errorf("some_facts looks through the episodes, and this rule is about one")
		}
		at = c.add(op{kind: opSome, args: []int{c.condition(e.cond)}})
	case "finding":
		at, err = c.finding(r, e.refs[0])
	case "some_episode":
		at, err = c.someEpisode(r, e)
	case "not":
		if at, err = c.element(r, e.children[0]); err == nil {
			at = c.add(op{kind: opNot, args: []int{at}})
		}
	default:
		at, err = c.several(r, e)
	}
	if err == nil {
		at, err = c.except(r, e, at)
	}
	if err != nil {
		return 0, err
	}
	at = c.exact(c.inForce(at, e.from, e.until, r.by))
	c.at[e] = at
	return at, nil
}

// several joins the children of an element.
func (c *compiler) several(r *rule, e *element) (int, error) {
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
		o.kind, o.n = opAtLeast, min(e.least, len(args))
	}
	return c.gate(o), nil
}

// except joins an element with its exceptions: it holds by itself or by one that gives yes, and by none
// that gives no. Exceptions that can be met together and give different answers are refused.
func (c *compiler) except(r *rule, e *element, at int) (int, error) {
	with, against := []int{at}, []int(nil)
	var met []int
	for _, x := range e.unless {
		arg := -1
		if x != c.skip {
			var err error
			if arg, err = c.element(r, x); err != nil {
				return 0, err
			}
			if x.gives {
				with = append(with, arg)
			} else {
				against = append(against, arg)
			}
		}
		met = append(met, arg)
	}
	if c.skip == nil {
		for i, x := range e.unless {
			for j, y := range e.unless[:i] {
				if x.gives != y.gives && c.together(met[i], met[j]) {
					return 0, x.at.errorf("the exceptions %q and %q can both be met, and give different answers", y.id, x.id)
				}
			}
		}
	}
	at = c.gate(op{kind: opAny, args: with})
	if against != nil {
		not := c.add(op{kind: opNot, args: []int{c.gate(op{kind: opAny, args: against})}})
		at = c.gate(op{kind: opAll, args: []int{at, not}})
	}
	return at, nil
}

// checkScope refuses questions about an episode in a rule about the person: there is no episode to look in.
func (c *compiler) checkScope(r *rule, e *element) (err error) {
	e.cond.facts(func(question string) {
		if q, _ := c.pack.Question(question); r.scope == "person" && q.Scope != "person" {
			err = e.condition.errorf("%q is asked of an episode, and this rule is about the person", question)
		}
	})
	return err
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
	var bodies []int
	for _, ref := range e.refs {
		done, err := c.rule(ref.value, ref)
		if err == nil && (r.scope != "person" || done.scope != "episode") {
			err = ref.errorf("some_episode joins a rule about the person to rules about an episode")
		}
		if err != nil {
			return 0, err
		}
		bodies = append(bodies, done.body)
	}
	if len(bodies) == 0 {
		return 0, e.at.errorf("some_episode names no rules")
	}
	return c.add(op{kind: opSome, args: []int{c.gate(op{kind: opAny, args: bodies})}}), nil
}
