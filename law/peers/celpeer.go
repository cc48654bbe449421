package peers

import (
	"fmt"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/ext"
)

type celPeer struct {
	facts    []string
	patterns map[string]*cel.AttributePatternType // nil when all must be known
	programs []cel.Program
}

// NewCEL compiles the questions for cel-go's evaluator: its partial one, for which each fact without an
// answer is an unknown, or its plain one, which wants an answer to everything.
func NewCEL(facts []string, questions []Question, partial, bind bool) (Peer, error) {
	options := []cel.EnvOption{
		ext.Bindings(), cel.ParserRecursionLimit(2000), cel.ParserExpressionSizeLimit(8 << 20),
	}
	for _, f := range facts {
		options = append(options, cel.Variable(f, cel.BoolType))
	}
	env, err := cel.NewEnv(options...)
	if err != nil {
		return nil, err
	}
	peer := &celPeer{facts: facts}
	how := cel.EvalOptions(cel.OptOptimize)
	if partial {
		how = cel.EvalOptions(cel.OptOptimize, cel.OptPartialEval)
		peer.patterns = map[string]*cel.AttributePatternType{}
		for _, f := range facts {
			peer.patterns[f] = cel.AttributePattern(f)
		}
	}
	for _, q := range questions {
		checked, issues := env.Compile(CEL(q.Body, bind))
		if issues.Err() != nil {
			return nil, fmt.Errorf("%s: %w", q.ID, issues.Err())
		}
		program, err := env.Program(checked, how)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.ID, err)
		}
		peer.programs = append(peer.programs, program)
	}
	return peer, nil
}

func (p *celPeer) Prepare(answers Answers) (any, error) {
	if p.patterns == nil {
		return cel.NewActivation(answers)
	}
	var unknown []*cel.AttributePatternType
	for _, f := range p.facts {
		if _, known := answers[f]; !known {
			unknown = append(unknown, p.patterns[f])
		}
	}
	return cel.PartialVars(answers, unknown...)
}

func (p *celPeer) Answer(prepared any, verdicts []Verdict) error {
	for i, program := range p.programs {
		value, _, err := program.Eval(prepared)
		switch {
		case err != nil:
			return err
		case types.IsUnknown(value):
			verdicts[i] = Open
		default:
			verdicts[i] = verdict(value == types.True)
		}
	}
	return nil
}
