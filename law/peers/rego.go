package peers

import (
	"fmt"
	"slices"
	"strings"
)

// RegoQuery asks the module that Rego writes for the ids of the rules that hold.
const RegoQuery = "data.peers.holds"

// Rego writes the questions as one module. Whatever is an alternative, a count or shared has a rule of its
// own, which OPA evaluates at most once in a query; the rest stands inline. That a fact holds is said with
// "== true", by which OPA finds its rules in an index: it answered a quarter faster than without. (Compiling the
// module by OPA's partial evaluation made it a hundred times slower.)
func Rego(questions []Question) string {
	var roots []*Expr
	for _, q := range questions {
		roots = append(roots, q.Body)
	}
	w := &regoWriter{named: map[*Expr]bool{}}
	for e := range Uses(roots...) {
		if e.Kind == opAny || e.Kind == opIf || e.Kind == opAtLeast {
			w.named[e] = true
		}
	}
	for _, e := range Shared(roots...) {
		w.named[e] = true
	}
	for e := range Uses(roots...) { // only a fact or a name can be denied
		if (e.Kind == opNot || e.Kind == opIf) && e.Args[0].Kind != opFact {
			w.named[e.Args[0]] = true
		}
	}
	w.text.WriteString("package peers\n")
	for _, q := range questions {
		w.rule(fmt.Sprintf("holds contains %q", q.ID), w.conditions(q.Body))
	}
	var names []*Expr
	for e := range w.named {
		names = append(names, e)
	}
	slices.SortFunc(names, func(a, b *Expr) int { return a.ID - b.ID })
	for _, e := range names {
		w.define(e)
	}
	return w.text.String()
}

type regoWriter struct {
	text  strings.Builder
	named map[*Expr]bool
}

func (w *regoWriter) rule(head string, conditions []string) {
	fmt.Fprintf(&w.text, "\n%s if {\n\t%s\n}\n", head, strings.Join(conditions, "\n\t"))
}

func name(e *Expr) string { return fmt.Sprintf("n%d", e.ID) }

// conditions says e as lines that must all hold.
func (w *regoWriter) conditions(e *Expr) []string {
	if w.named[e] {
		return []string{name(e)}
	}
	return w.inline(e)
}

// denied is e as it stands after not: a fact, or a name.
func (w *regoWriter) denied(e *Expr) string {
	if e.Kind == opFact {
		return "input." + e.Fact
	}
	return name(e)
}

func (w *regoWriter) inline(e *Expr) (lines []string) {
	switch {
	case e.Kind == opFact:
		return []string{"input." + e.Fact + " == true"}
	case e.is(true):
		return []string{"true"}
	case e.Kind == opNot:
		return []string{"not " + w.denied(e.Args[0])}
	}
	for _, a := range e.Args { // of opAll: the others have names
		lines = append(lines, w.conditions(a)...)
	}
	return lines
}

func (w *regoWriter) define(e *Expr) {
	switch e.Kind {
	case opAny:
		if e.is(false) {
			w.rule(name(e), []string{"false"})
		}
		for _, a := range e.Args {
			w.rule(name(e), w.conditions(a))
		}
	case opAtLeast:
		for i, a := range e.Args {
			w.rule(fmt.Sprintf("%s_met contains %d", name(e), i), w.conditions(a))
		}
		w.rule(name(e), []string{fmt.Sprintf("count(%s_met) >= %d", name(e), e.Least)})
	case opIf:
		x, yes, no := e.Args[0], e.Args[1], e.Args[2]
		w.rule(name(e), append(w.conditions(x), w.conditions(yes)...))
		w.rule(name(e), append([]string{"not " + w.denied(x)}, w.conditions(no)...))
	default:
		w.rule(name(e), w.inline(e))
	}
}
