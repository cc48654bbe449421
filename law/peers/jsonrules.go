package peers

import "fmt"

// JSONLogic writes the question as a rule of json-logic, which has no names: what is shared is said anew
// each time. The result is to be marshalled.
func JSONLogic(e *Expr) any {
	var args []any
	for _, a := range e.Args {
		args = append(args, JSONLogic(a))
	}
	switch {
	case e.is(true) || e.is(false):
		return e.is(true)
	case e.Kind == opFact:
		return map[string]any{"var": e.Fact}
	case e.Kind == opAll:
		return map[string]any{"and": args}
	case e.Kind == opAny:
		return map[string]any{"or": args}
	case e.Kind == opNot:
		return map[string]any{"!": args}
	case e.Kind == opIf:
		return map[string]any{"if": args}
	}
	var ones []any
	for _, a := range args {
		ones = append(ones, map[string]any{"if": []any{a, 1, 0}})
	}
	return map[string]any{">=": []any{map[string]any{"+": ones}, e.Least}}
}

// A RulesEngine is what json-rules-engine is given: conditions by name, and for each rule one condition.
// It asks the name of a shared condition anew each time, so names save text and no work.
type RulesEngine struct {
	Conditions map[string]any `json:"conditions"`
	Rules      map[string]any `json:"rules"`
}

// JSONRulesEngine writes the questions for json-rules-engine.
func JSONRulesEngine(questions []Question) RulesEngine {
	out := RulesEngine{map[string]any{}, map[string]any{}}
	var roots []*Expr
	for _, q := range questions {
		roots = append(roots, q.Body)
	}
	w := engineWriter{map[*Expr]string{}}
	for _, e := range Shared(roots...) {
		out.Conditions[name(e)] = w.top(e)
		w.named[e] = name(e)
	}
	for _, q := range questions {
		out.Rules[q.ID] = w.top(q.Body)
	}
	return out
}

type engineWriter struct{ named map[*Expr]string }

// top is a condition that may stand by itself: of a rule, or under a name.
func (w engineWriter) top(e *Expr) any {
	said := w.condition(e)
	if e.Kind == opFact || e.Kind == opNot {
		return map[string]any{"all": []any{said}}
	}
	return said
}

func (w engineWriter) condition(e *Expr) any {
	if n, ok := w.named[e]; ok {
		return map[string]any{"condition": n}
	}
	args := func() []any {
		all := []any{}
		for _, a := range e.Args {
			all = append(all, w.condition(a))
		}
		return all
	}
	switch {
	case e.is(false): // an empty any holds, there
		return map[string]any{"not": map[string]any{"all": []any{}}}
	case e.Kind == opFact:
		return map[string]any{"fact": e.Fact, "operator": "equal", "value": true}
	case e.Kind == opAll:
		return map[string]any{"all": args()}
	case e.Kind == opAny:
		return map[string]any{"any": args()}
	case e.Kind == opNot:
		return w.not(e.Args[0])
	case e.Kind == opIf:
		a := args()
		return map[string]any{"any": []any{
			map[string]any{"all": []any{a[0], a[1]}},
			map[string]any{"all": []any{w.not(e.Args[0]), a[2]}},
		}}
	}
	return engineCases(e.Least, args())
}

// not denies a fact so that one that is missing is denied too, as everywhere else in these languages.
func (w engineWriter) not(e *Expr) any {
	if e.Kind == opFact {
		return map[string]any{"fact": e.Fact, "operator": "notEqual", "value": true}
	}
	return map[string]any{"not": w.condition(e)}
}

// engineCases says "at least k of" by cases, as it cannot count.
func engineCases(k int, args []any) any {
	switch {
	case k == 1:
		return map[string]any{"any": args}
	case k == len(args):
		return map[string]any{"all": args}
	case k < 1 || k > len(args):
		panic(fmt.Sprintf("at least %d of %d is a constant", k, len(args)))
	}
	return map[string]any{"any": []any{
		map[string]any{"all": []any{args[0], engineCases(k-1, args[1:])}},
		engineCases(k, args[1:]),
	}}
}
