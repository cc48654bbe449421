package law

import (
	"strings"

	"cel.dev/cel-go/checker"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/containers"
	"cel.dev/cel-go/common/decls"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/parser"
)

// atLeast is the one function of conditions besides &&, || and !: atLeast(2, [a, b, c]).
const atLeast = "atLeast"

// A grammar parses conditions over one vocabulary: CEL syntax and types, and none of its evaluator.
type grammar struct {
	parser *parser.Parser
	env    *checker.Env
	index  map[string]int // places in the vocabulary
}

func newGrammar(questions []Question, index map[string]int) (*grammar, error) {
	p, err := parser.NewParser(parser.MaxRecursionDepth(50), parser.ExpressionSizeCodePointLimit(4096),
		parser.EnableVariadicOperatorASTs(true))
	if err != nil {
		return nil, err
	}
	env, err := checker.NewEnv(containers.DefaultContainer, types.NewEmptyRegistry())
	if err != nil {
		return nil, err
	}
	yes := types.BoolType
	functions := map[string][]*types.Type{
		operators.LogicalAnd: {yes, yes},
		operators.LogicalOr:  {yes, yes},
		operators.LogicalNot: {yes},
		atLeast:              {types.IntType, types.NewListType(yes)},
	}
	for name, args := range functions {
		f, err := decls.NewFunction(name, decls.Overload(name, args, yes))
		if err != nil {
			return nil, err
		}
		if err := env.AddFunctions(f); err != nil {
			return nil, err
		}
	}
	for _, q := range questions {
		if err := env.AddIdents(decls.NewVariable(q.ID, yes)); err != nil {
			return nil, err
		}
	}
	return &grammar{p, env, index}, nil
}

// An expr is a condition, parsed and checked.
type expr struct {
	kind     int // opFact, opAll, opAny, opNot or opAtLeast
	n        int // the question's place in the vocabulary, or how many
	question string
	args     []expr
}

// parse parses and checks the condition that stands at n.
func (g *grammar) parse(n *node) (e expr, err error) {
	fail := func(errs *common.Errors) error {
		first := errs.GetErrors()[0]
		at := *n
		at.line += first.Location.Line() - 1
		at.col += first.Location.Column()
		message, _, _ := strings.Cut(first.Message, " (in container")
		return at.errorf("%s", message)
	}
	source := common.NewTextSource(n.value)
	parsed, errs := g.parser.Parse(source)
	if len(errs.GetErrors()) > 0 {
		return e, fail(errs)
	}
	checked, errs := checker.Check(parsed, source, g.env)
	if len(errs.GetErrors()) > 0 {
		return e, fail(errs)
	}
	if t := checked.GetType(checked.Expr().ID()); !t.IsExactType(types.BoolType) {
		return e, n.errorf("a condition is yes or no; this is %s", t)
	}
	return g.expr(n, checked.Expr())
}

// expr takes one checked expression. Constants are refused: an element that is always met is none.
func (g *grammar) expr(n *node, e ast.Expr) (out expr, err error) {
	switch e.Kind() {
	case ast.IdentKind:
		return expr{kind: opFact, n: g.index[e.AsIdent()], question: e.AsIdent()}, nil
	case ast.CallKind:
		call := e.AsCall()
		list := call.Args()
		switch call.FunctionName() {
		case operators.LogicalAnd:
			out.kind = opAll
		case operators.LogicalOr:
			out.kind = opAny
		case operators.LogicalNot:
			out.kind = opNot
		case atLeast:
			out.kind = opAtLeast
			k := call.Args()[0]
			if k.Kind() != ast.LiteralKind || call.Args()[1].Kind() != ast.ListKind {
				return out, n.errorf("write atLeast(2, [a, b, c]), with the number and the list in place")
			}
			value, _ := k.AsLiteral().Value().(int64)
			list, out.n = call.Args()[1].AsList().Elements(), int(value)
			if value < 1 || value > int64(min(maxLeast, len(list))) {
				return out, n.errorf("at least %d of %d says nothing", value, len(list))
			}
		}
		for _, arg := range list {
			next, err := g.expr(n, arg)
			if err != nil {
				return out, err
			}
			out.args = append(out.args, next)
		}
		return out, nil
	}
	return out, n.errorf("only questions, &&, ||, ! and atLeast may stand in a condition")
}

// facts visits the questions of the condition.
func (e expr) facts(visit func(question string)) {
	if e.kind == opFact {
		visit(e.question)
	}
	for _, a := range e.args {
		a.facts(visit)
	}
}

// condition adds an expression.
func (c *compiler) condition(e expr) int {
	o := op{kind: e.kind, n: e.n}
	for _, a := range e.args {
		o.args = append(o.args, c.condition(a))
	}
	return c.gate(o)
}
