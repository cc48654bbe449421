package law

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"amparo/law/internal/diagram"
)

// A comparison draws the rules of two packs over one set of variables.
type comparison struct {
	diagrams *diagram.Diagrams
	terms    []Term           // by variable
	places   map[string]int32 // of the variables, by what they stand for
	packs    [2]*Pack
	artists  [2]artist
}

func newComparison(a, b *Pack) *comparison {
	c := &comparison{diagrams: diagram.New(), places: map[string]int32{}, packs: [2]*Pack{a, b}}
	for i, p := range c.packs {
		draw := artist{graph: &p.prog.graph, diagrams: c.diagrams, done: map[int]diagram.Node{}}
		draw.rank = func(at int) int32 { return c.variable(i, at) }
		c.artists[i] = draw
	}
	// Every variable is numbered before anything is drawn, the facts first.
	for i, p := range c.packs {
		for at, o := range p.prog.ops {
			if o.kind == opFact || o.kind == opDated {
				c.variable(i, at)
			}
		}
	}
	return c
}

// variable numbers an atom of one of the packs. Operations that look for an episode are one variable where they
// look for the same rules, or for the same function.
func (c *comparison) variable(pack, at int) int32 {
	p := c.packs[pack]
	o := p.prog.ops[at]
	var term Term
	var key string
	switch o.kind {
	case opFact:
		term.Question = p.Questions[o.n].ID
		key = "fact " + term.Question
	case opDated:
		d := p.prog.dates[o.n]
		term.Law = &Stretch{d.from, d.until, d.by}
		key = "law " + strings.Join([]string{d.from.String(), d.until.String(), string(d.by)}, " ")
	case opSome:
		var rules bool
		term.Some, rules = p.sought(o.args[0])
		key = fmt.Sprint("some ", c.artists[pack].draw(o.args[0])) // one node, one function
		if rules {                                                 // what changed of them is said there
			key = "some " + strings.Join(term.Some, " ")
		}
	}
	v, ok := c.places[key]
	if !ok {
		v = int32(len(c.terms))
		c.places[key] = v
		c.terms = append(c.terms, term)
	}
	return v
}

// sought names the rules whose bodies are looked for, or else the questions.
func (p *Pack) sought(body int) (ids []string, rules bool) {
	named := func(at int) (ids []string) {
		for _, r := range p.prog.rules {
			if r.body == at {
				ids = append(ids, r.id)
			}
		}
		return ids
	}
	parts := []int{body}
	if o := p.prog.ops[body]; o.kind == opAny && named(body) == nil {
		parts = o.args
	}
	for _, at := range parts {
		of := named(at)
		if of == nil { // not rules alone
			return p.asked(body), false
		}
		ids = append(ids, of...)
	}
	return ids, true
}

// asked names the questions that an operation rests on.
func (p *Pack) asked(at int) (ids []string) {
	for _, at := range p.prog.cone(at) {
		if o := p.prog.ops[at]; o.kind == opFact {
			ids = append(ids, p.Questions[o.n].ID)
		}
	}
	return ids
}

// rule compares one rule.
func (c *comparison) rule(was, now *compiled) (change RuleChange, differs bool) {
	change = RuleChange{Rule: now.id, Title: now.title}
	if before, after := (Stretch{was.from, was.until, was.by}), (Stretch{now.from, now.until, now.by}); before != after {
		change.Dates = []Stretch{before, after}
	}
	before, after := was.byID(), now.byID()
	now.walk(func(e *element) {
		switch o := before[e.id]; {
		case o == nil:
			change.Came = append(change.Came, e.id)
		case !e.saysTheSame(o):
			change.Reworded = append(change.Reworded, e.id)
			fallthrough
		default:
			if c.element(0, o) != c.element(1, e) {
				change.Changed = append(change.Changed, e.id)
			}
		}
	})
	was.walk(func(e *element) {
		if after[e.id] == nil {
			change.Went = append(change.Went, e.id)
		}
	})
	f, g := c.artists[0].draw(was.body), c.artists[1].draw(now.body)
	gained, all := c.cover(c.diagrams.And(g, c.diagrams.Not(f)))
	lost, whole := c.cover(c.diagrams.And(f, c.diagrams.Not(g)))
	change.Gained, change.Lost, change.More = gained, lost, !all || !whole
	return change, f != g || change.Dates != nil || change.Came != nil || change.Went != nil || change.Reworded != nil
}

// cover says when a function is true, what needs fewest answers first.
func (c *comparison) cover(f diagram.Node) (out [][]Term, whole bool) {
	implicants, whole := c.diagrams.Cover(f, 64*maxTerms)
	slices.SortStableFunc(implicants, func(a, b []diagram.Literal) int { return len(a) - len(b) })
	if len(implicants) > maxTerms {
		implicants, whole = implicants[:maxTerms], false
	}
	for _, implicant := range implicants {
		var terms []Term
		for _, l := range implicant {
			term := c.terms[l.Variable]
			term.Yes = l.Positive
			terms = append(terms, term)
		}
		out = append(out, terms)
	}
	return out, whole
}

// element draws an element of one of the packs.
func (c *comparison) element(pack int, e *element) diagram.Node {
	return c.artists[pack].draw(c.packs[pack].prog.at[e])
}

func (r *rule) byID() map[string]*element {
	out := map[string]*element{}
	r.walk(func(e *element) { out[e.id] = e })
	return out
}

// saysTheSame compares what people read of an element: not its condition, which the functions tell.
func (e *element) saysTheSame(o *element) bool {
	return reflect.DeepEqual([]any{e.text, e.note, e.cite, e.mark, e.from, e.until, e.unproved}, []any{o.text, o.note, o.cite, o.mark, o.from, o.until, o.unproved})
}
