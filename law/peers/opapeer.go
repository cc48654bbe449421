package peers

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

type opaPeer struct {
	query rego.PreparedEvalQuery
	index map[string]int // of each rule among the questions
}

// NewOPA compiles the questions for OPA. A rule that does not come to hold does not: OPA takes what is
// unknown for no, and says nothing.
func NewOPA(questions []Question) (Peer, error) {
	query, err := rego.New(rego.Query(RegoQuery), rego.Module("peers.rego", Rego(questions))).PrepareForEval(context.Background())
	if err != nil {
		return nil, err
	}
	peer := &opaPeer{query, map[string]int{}}
	for i, q := range questions {
		peer.index[q.ID] = i
	}
	return peer, nil
}

func (p *opaPeer) Prepare(answers Answers) (any, error) { return ast.InterfaceToValue(answers) }

func (p *opaPeer) Answer(prepared any, verdicts []Verdict) error {
	results, err := p.query.Eval(context.Background(), rego.EvalParsedInput(prepared.(ast.Value)))
	if err != nil {
		return err
	}
	if len(results) != 1 || len(results[0].Expressions) != 1 {
		return fmt.Errorf("opa: no single result: %v", results)
	}
	holds, ok := results[0].Expressions[0].Value.([]any)
	if !ok {
		return fmt.Errorf("opa: not a set of rules: %v", results)
	}
	for i := range p.index {
		verdicts[p.index[i]] = No
	}
	for _, id := range holds {
		verdicts[p.index[id.(string)]] = Yes
	}
	return nil
}
