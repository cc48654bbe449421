package law

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A rule is one question of law, as read.
type rule struct {
	id, kind, scope, cite string
	by                    Clock
	title                 Text
	from, until           Date
	root                  *element
	notes                 []*element
	parameters            []parameter
	at                    *node
}

// A parameter is a fee, a cap or a number of days that the rule names, with its values over time.
type parameter struct {
	id     string
	text   Text
	cite   string
	mark   Mark
	by     Clock // of the rule, if it has none of its own
	values []valued
}

type valued struct {
	value       Text
	from, until Date
}

// An element is one node of a rule, as read. Exactly one of condition, finding, some or children is set.
type element struct {
	id          string
	text, note  Text
	cite        string
	mark        Mark
	from, until Date
	kind        string // all, any, not, at_least, facts, some_facts, finding, some_episode
	least       int
	condition   *node
	cond        expr    // the condition, parsed
	refs        []*node // rule ids
	children    []*element
	unless      []*element // exceptions to it
	gives       bool       // of an exception: what it makes of that to which it is one
	unproved    string     // why no decided case shows that it is needed
	at          *node
}

var (
	elementForms  = []string{"all", "any", "not", "at_least", "facts", "some_facts", "finding", "some_episode"}
	elementFields = append([]string{"id", "text", "note", "cite", "mark", "from", "until", "least", "use", "unless", "gives", "unproved"}, elementForms...)
	ruleFields    = []string{"rule", "kind", "scope", "by", "title", "cite", "mark", "from", "until", "sources", "reviewed", "all", "any", "at_least", "least", "unless", "notes", "parameters"}
	kinds         = []string{"smuggling", "trafficking", "documents", "labor", "defense", "indicator", "screen"}
)

// A library holds the elements that several rules share, by id.
type library map[string]*node

func readRule(r *reader, n *node, shared library, languages []string) *rule {
	f := r.fields(n, ruleFields...)
	out := &rule{
		id: r.need(n, f["rule"], "rule"), title: r.languages(f["title"]), cite: r.need(n, f["cite"], "cite"), at: n,
		kind:  oneOf(r, f["kind"], kinds...),
		scope: oneOf(r, f["scope"], "episode", "person"),
		by:    oneOf(r, f["by"], ByAct, ByFiling, ByDecision),
		from:  r.date(f["from"]), until: r.date(f["until"]),
	}
	r.need(n, f["kind"], "kind")
	r.need(n, f["scope"], "scope")
	r.need(n, f["reviewed"], "reviewed")
	if len(r.texts(f["sources"])) == 0 {
		r.fail(n.errorf("a rule names its sources"))
	}
	out.root = &element{id: out.id, text: out.title, cite: out.cite, mark: oneOf(r, f["mark"], FromSource, General), at: n}
	r.need(n, f["mark"], "mark")
	switch {
	case out.by == "" && out.scope == "person":
		out.by = ByDecision
	case out.by == "":
		out.by = ByAct
	case (out.by == ByAct) != (out.scope == "episode"):
		r.fail(f["by"].errorf("a rule about an episode is judged by the act, one about the person by filing or decision"))
	}
	rd := elementReader{r, shared, languages}
	rd.words(n, out.title)
	rd.body(out.root, n, f, nil)
	for _, item := range r.list(f["notes"]) {
		out.notes = append(out.notes, rd.element(out.root, item, nil))
	}
	for _, item := range r.list(f["parameters"]) {
		out.parameters = append(out.parameters, rd.parameter(out.root, item))
	}
	return out
}

func (r elementReader) parameter(of *element, n *node) parameter {
	f := r.fields(n, "id", "text", "cite", "mark", "by", "values")
	p := parameter{id: r.need(n, f["id"], "id"), text: r.languages(f["text"]), cite: r.text(f["cite"]), mark: oneOf(r.reader, f["mark"], FromSource, General),
		by: oneOf(r.reader, f["by"], ByFiling, ByDecision)}
	r.words(n, p.text)
	if p.cite == "" {
		p.cite = of.cite
	}
	if p.mark == "" {
		p.mark = of.mark
	}
	for _, item := range r.list(f["values"]) {
		f := r.fields(item, "value", "from", "until")
		v := valued{value: r.languages(f["value"]), from: r.date(f["from"]), until: r.date(f["until"])}
		if f["value"] == nil {
			r.need(item, nil, "value")
		}
		p.values = append(p.values, v)
	}
	if len(p.values) == 0 {
		r.fail(n.errorf("a parameter has values"))
	}
	return p
}

// An elementReader reads the elements of one rule.
type elementReader struct {
	*reader
	shared library
	langs  []string // that every text must have
}

// words fails where a language of the pack is missing, or one is there that the pack does not have.
func (r elementReader) words(n *node, t Text) {
	for _, lang := range r.langs {
		if t[lang] == "" {
			r.fail(n.errorf("no words in %q", lang))
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		if !slices.Contains(r.langs, lang) {
			r.fail(n.errorf("the pack has no language %q", lang))
		}
	}
}

// exception reads one exception to e. It makes e false, or true where it says so.
func (r elementReader) exception(e *element, n *node, using []string) *element {
	plain, gives := *n, (*node)(nil)
	if n.kind == mapNode {
		plain.keys, plain.items = nil, nil
		for i, key := range n.keys {
			if key.value == "gives" {
				gives = n.items[i]
				continue
			}
			plain.keys, plain.items = append(plain.keys, key), append(plain.items, n.items[i])
		}
	}
	out := r.element(e, &plain, using)
	out.gives = oneOf(r.reader, gives, Yes, No) == Yes
	return out
}

// element reads one element under parent. using holds the shared elements being read, to refuse circles.
func (r elementReader) element(parent *element, n *node, using []string) *element {
	if r.elements++; r.elements > maxElements {
		r.fail(n.errorf("more than %d elements", maxElements))
	}
	if r.err != nil {
		return &element{at: n}
	}
	f := r.fields(n, elementFields...)
	if use := f["use"]; use != nil {
		name := r.text(use)
		shared := r.shared[name]
		switch {
		case len(f) > 1:
			r.fail(use.errorf("a used element takes no fields of its own"))
		case shared == nil:
			r.fail(use.errorf("no shared element %q", name))
		case slices.Contains(using, name):
			r.fail(use.errorf("%q uses itself", name))
		default:
			return r.element(parent, shared, append(using, name))
		}
		return &element{at: n}
	}
	e := &element{
		id: parent.id + "/" + r.need(n, f["id"], "id"), text: r.languages(f["text"]), note: r.languages(f["note"]),
		cite: r.text(f["cite"]), mark: oneOf(r.reader, f["mark"], FromSource, General),
		from: r.date(f["from"]), until: r.date(f["until"]), unproved: r.text(f["unproved"]), at: n,
	}
	if f["gives"] != nil {
		r.fail(f["gives"].errorf("only an exception gives something"))
	}
	if e.cite == "" {
		e.cite = parent.cite
	}
	if e.mark == "" {
		e.mark = parent.mark
	}
	r.words(n, e.text)
	if e.note != nil {
		r.words(f["note"], e.note)
	}
	r.body(e, n, f, using)
	return e
}

// body reads the form of an element: what it is made of.
func (r elementReader) body(e *element, n *node, f map[string]*node, using []string) {
	var forms []string
	for _, form := range elementForms {
		if f[form] != nil {
			forms = append(forms, form)
		}
	}
	if len(forms) != 1 {
		r.fail(n.errorf("an element takes exactly one of %s", strings.Join(elementForms, ", ")))
		return
	}
	e.kind = forms[0]
	body := f[e.kind]
	switch e.kind {
	case "facts", "some_facts":
		e.condition = body
		r.text(body)
	case "finding":
		e.refs = []*node{body}
	case "some_episode":
		e.refs = r.list(body)
	case "not":
		e.children = []*element{r.element(e, body, using)}
	default:
		for _, item := range r.list(body) {
			child := r.element(e, item, using)
			if slices.ContainsFunc(e.children, func(c *element) bool { return c.id == child.id }) {
				r.fail(item.errorf("a second element %q", child.id))
			}
			e.children = append(e.children, child)
		}
		if len(e.children) == 0 {
			r.fail(body.errorf("no elements"))
		}
		e.least = map[string]int{"all": len(e.children), "any": 1}[e.kind]
	}
	for _, item := range r.list(f["unless"]) {
		x := r.exception(e, item, using)
		if slices.ContainsFunc(slices.Concat(e.children, e.unless), func(o *element) bool { return o.id == x.id }) {
			r.fail(item.errorf("a second element %q", x.id))
		}
		e.unless = append(e.unless, x)
	}
	if e.kind == "at_least" && f["least"] == nil {
		r.fail(body.errorf("at least how many? Say least: 2, or some other number"))
	} else if e.kind == "at_least" {
		e.least = r.number(f["least"], 1, min(maxLeast, len(e.children)))
	} else if f["least"] != nil {
		r.fail(f["least"].errorf("only at_least takes a number"))
	}
}

// op is the word a finding's tree shows for the element's form.
func (e *element) op() string {
	switch e.kind {
	case "at_least":
		return fmt.Sprintf("at least %d", e.least)
	case "some_episode", "some_facts":
		return "some episode"
	}
	return e.kind
}

// parse parses the conditions of the rule.
func (r *rule) parse(g *grammar) (err error) {
	r.walk(func(e *element) {
		if e.condition != nil && err == nil {
			e.cond, err = g.parse(e.condition)
		}
	})
	return err
}

// walk visits every element of the rule, its notes and exceptions included, each before those below it.
func (r *rule) walk(visit func(*element)) {
	var walk func(es []*element)
	walk = func(es []*element) {
		for _, e := range es {
			visit(e)
			walk(e.children)
			walk(e.unless)
		}
	}
	walk([]*element{r.root})
	walk(r.notes)
}
