package peers

import (
	"fmt"
	"slices"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"amparo/law"
)

// Shown gives the same questions as the program's, read from the trees of elements that the product shows to
// people: as the pack states them. Where a rule is tangled a program has a decision diagram instead, which
// shares nearly all its parts; a language that must say them anew each time would be put at a disadvantage.
func Shown(pack *law.Pack, p Program) ([]Question, error) {
	questions, _ := p.Questions()
	empty := law.Journey{Episodes: []law.Episode{{ID: "any"}}}
	assessment, err := pack.Assess(empty, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
	if err != nil {
		return nil, err
	}
	env, err := cel.NewEnv()
	if err != nil {
		return nil, err
	}
	r := shownReader{&maker{map[string]*Expr{}}, env, map[string]law.Element{}, map[string]*Expr{}}
	for _, f := range assessment.Findings {
		r.trees[f.Rule] = f.Tree()
	}
	for i, q := range questions {
		if questions[i].Body, err = r.rule(q.ID); err != nil {
			return nil, fmt.Errorf("%s: %w", q.ID, err)
		}
	}
	return questions, nil
}

type shownReader struct {
	*maker
	env   *cel.Env
	trees map[string]law.Element // by rule
	rules map[string]*Expr
}

func (r shownReader) rule(id string) (*Expr, error) {
	if done := r.rules[id]; done != nil {
		return done, nil
	}
	tree, ok := r.trees[id]
	if !ok {
		return nil, fmt.Errorf("no finding of the rule %q", id)
	}
	e, err := r.element(tree)
	r.rules[id] = e
	return e, err
}

// element is an element with its exceptions, the law in force.
func (r shownReader) element(e law.Element) (*Expr, error) {
	body, err := r.form(e)
	if err != nil {
		return nil, err
	}
	given := map[law.Answer][]*Expr{law.Yes: {body}}
	for _, x := range e.Unless {
		met, err := r.element(x)
		if err != nil {
			return nil, err
		}
		given[x.Gives] = append(given[x.Gives], met)
	}
	return r.all([]*Expr{r.any(given[law.Yes]), r.not(r.any(given[law.No]))}), nil
}

func (r shownReader) form(e law.Element) (*Expr, error) {
	switch e.Op {
	case "facts":
		parsed, issues := r.env.Parse(e.Condition)
		if issues.Err() != nil {
			return nil, fmt.Errorf("%s: %w", e.ID, issues.Err())
		}
		return r.condition(parsed.NativeRep().Expr())
	case "finding":
		return r.rule(e.Rule)
	}
	var parts []*Expr
	for _, child := range e.Children {
		part, err := r.element(child)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	least := 0
	switch _, err := fmt.Sscanf(e.Op, "at least %d", &least); {
	case e.Op == "all":
		return r.all(parts), nil
	case e.Op == "any":
		return r.any(parts), nil
	case e.Op == "not":
		return r.not(parts[0]), nil
	case err == nil:
		return r.atLeast(least, parts), nil
	}
	return nil, fmt.Errorf("%s: cannot read %q", e.ID, e.Op)
}

func (r shownReader) condition(e ast.Expr) (*Expr, error) {
	if e.Kind() == ast.IdentKind {
		return r.make(Expr{Kind: opFact, Fact: e.AsIdent()}), nil
	}
	if e.Kind() != ast.CallKind {
		return nil, fmt.Errorf("a condition with a %v", e.Kind())
	}
	call, args, least := e.AsCall(), e.AsCall().Args(), int64(0)
	if call.FunctionName() == "atLeast" {
		least, args = args[0].AsLiteral().Value().(int64), args[1].AsList().Elements()
	}
	var parts []*Expr
	for _, a := range args {
		part, err := r.condition(a)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	switch call.FunctionName() {
	case operators.LogicalAnd:
		return r.all(flat(opAll, parts)), nil
	case operators.LogicalOr:
		return r.any(flat(opAny, parts)), nil
	case operators.LogicalNot:
		return r.not(parts[0]), nil
	case "atLeast":
		return r.atLeast(int(least), parts), nil
	}
	return nil, fmt.Errorf("a condition with %s", call.FunctionName())
}

// flat takes the parts of parts of one kind: CEL reads a && b && c as (a && b) && c.
func flat(kind int, parts []*Expr) (out []*Expr) {
	for _, p := range parts {
		if p.Kind == kind && len(p.Args) > 0 {
			out = append(out, p.Args...)
		} else {
			out = append(out, p)
		}
	}
	return slices.Compact(out)
}
