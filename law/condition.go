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
}

func newGrammar(questions []Question) (*grammar, error) {
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
	return &grammar{p, env}, nil
}

// compile parses and checks the condition that stands at n and adds its operations to the graph.
func (g *grammar) compile(to *graph, n *node) (op int, err error) {
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
		return 0, fail(errs)
	}
	checked, errs := checker.Check(parsed, source, g.env)
	if len(errs.GetErrors()) > 0 {
		return 0, fail(errs)
	}
	if t := checked.GetType(checked.Expr().ID()); !t.IsExactType(types.BoolType) {
		return 0, n.errorf("a condition is yes or no; this is %s", t)
	}
	return to.expr(n, checked.Expr())
}

// expr adds one checked expression. Constants are refused: an element that is always met is none.
func (g *graph) expr(n *node, e ast.Expr) (int, error) {
	exprs := func(es []ast.Expr) (args []int, err error) {
		for _, e := range es {
			arg, err := g.expr(n, e)
			if err != nil {
				return nil, err
			}
			args = append(args, arg)
		}
		return args, nil
	}
	switch e.Kind() {
	case ast.IdentKind:
		return g.add(op{kind: opFact, name: e.AsIdent()}), nil
	case ast.CallKind:
		call := e.AsCall()
		list, least := call.Args(), 0
		if call.FunctionName() == atLeast {
			k := call.Args()[0]
			if k.Kind() != ast.LiteralKind || call.Args()[1].Kind() != ast.ListKind {
				return 0, n.errorf("write atLeast(2, [a, b, c]), with the number and the list in place")
			}
			value, _ := k.AsLiteral().Value().(int64)
			list, least = call.Args()[1].AsList().Elements(), int(value)
			if value < 1 || value > int64(len(list)) {
				return 0, n.errorf("at least %d of %d says nothing", value, len(list))
			}
		}
		args, err := exprs(list)
		if err != nil {
			return 0, err
		}
		switch call.FunctionName() {
		case operators.LogicalAnd:
			return g.add(op{kind: opAll, args: args}), nil
		case operators.LogicalOr:
			return g.add(op{kind: opAny, args: args}), nil
		case operators.LogicalNot:
			return g.add(op{kind: opNot, args: args}), nil
		case atLeast:
			return g.add(op{kind: opAtLeast, least: least, args: args}), nil
		}
	}
	return 0, n.errorf("only questions, &&, ||, ! and atLeast may stand in a condition")
}
