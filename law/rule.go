package law

import (
	"fmt"
	"slices"
	"strings"
)

// A rule is one question of law, as read.
type rule struct {
	id, kind, scope, cite string
	title                 Text
	from, until           Date
	root                  *element
	notes                 []*element
	at                    *node
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
	refs        []*node // rule ids
	children    []*element
	at          *node
}

var (
	elementForms  = []string{"all", "any", "not", "at_least", "facts", "some_facts", "finding", "some_episode"}
	elementFields = append([]string{"id", "text", "note", "cite", "mark", "from", "until", "least", "use"}, elementForms...)
	ruleFields    = []string{"rule", "kind", "scope", "title", "cite", "mark", "from", "until", "sources", "reviewed", "all", "any", "notes"}
)

// A library holds the elements that several rules share, by id.
type library map[string]*node

func readRule(r *reader, n *node, shared library, languages []string) *rule {
	f := r.fields(n, ruleFields...)
	out := &rule{
		id: r.need(n, f["rule"], "rule"), title: r.languages(f["title"]), cite: r.need(n, f["cite"], "cite"), at: n,
		kind:  oneOf(r, f["kind"], "smuggling", "trafficking", "documents", "screen"),
		scope: oneOf(r, f["scope"], "episode", "person"),
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
	rd := elementReader{r, shared, languages}
	rd.words(n, out.title)
	rd.body(out.root, n, f, nil)
	for _, item := range r.list(f["notes"]) {
		out.notes = append(out.notes, rd.element(out.root, item, nil))
	}
	return out
}

// An elementReader reads the elements of one rule.
type elementReader struct {
	*reader
	shared library
	langs  []string // that every text must have
}

// words fails where a language of the pack is missing.
func (r elementReader) words(n *node, t Text) {
	for _, lang := range r.langs {
		if t[lang] == "" {
			r.fail(n.errorf("no words in %q", lang))
		}
	}
}

// element reads one element under parent. using holds the shared elements being read, to refuse circles.
func (r elementReader) element(parent *element, n *node, using []string) *element {
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
		from: r.date(f["from"]), until: r.date(f["until"]), at: n,
	}
	if e.cite == "" {
		e.cite = parent.cite
	}
	if e.mark == "" {
		e.mark = parent.mark
	}
	r.words(n, e.text)
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
	if e.kind == "at_least" {
		e.least = r.number(f["least"], 1, len(e.children))
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
