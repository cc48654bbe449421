package peers

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
)

// Format is the one that Read takes.
const Format = "amparo.law.program/1"

// The kinds of operation: the first integer of each.
const (
	opFact    = iota // index into Facts
	opDate           // index into Dates
	opAll            // operations
	opAny            // operations
	opNot            // operation
	opAtLeast        // number, operations
	opSome           // operation
	opIf             // condition, then, else
)

// A Program is a compiled pack, as its JSON tells it.
type Program struct {
	Format   string      `json:"format"`
	Pack     string      `json:"pack"`
	Version  string      `json:"version"`
	Facts    []string    `json:"facts"`
	Person   []int       `json:"person"`
	Dates    [][3]string `json:"dates"`
	Ops      [][]int     `json:"ops"`
	Rules    []Rule      `json:"rules"`
	Elements []Element   `json:"elements"`
}

// A Rule names the operation that its elements come to, and the stretch of law that binds it, or -1.
type Rule struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Scope string `json:"scope"`
	Body  int    `json:"body"`
	Date  int    `json:"date"`
}

// An Element is not compared: it says where the law of an operation stands.
type Element struct {
	ID   string `json:"id"`
	Op   int    `json:"op"`
	Cite string `json:"cite"`
	Mark string `json:"mark"`
}

// Read takes a program's JSON. It refuses what the format does not know, and an operation that rests on a
// later one or on what is not there.
func Read(r io.Reader) (Program, error) {
	var p Program
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return p, fmt.Errorf("program: %w", err)
	}
	if p.Format != Format {
		return p, fmt.Errorf("program: format %q, want %q", p.Format, Format)
	}
	for at, op := range p.Ops {
		if err := p.checkOp(at, op); err != nil {
			return p, fmt.Errorf("program: ops[%d] %v: %w", at, op, err)
		}
	}
	for i, r := range p.Rules {
		if r.Body < 0 || r.Body >= len(p.Ops) || r.Date < -1 || r.Date >= len(p.Dates) {
			return p, fmt.Errorf("program: rules[%d] %s: body %d or date %d is not there", i, r.ID, r.Body, r.Date)
		}
	}
	return p, nil
}

// ReadValue takes a program that marshals to the format, such as law.Program.
func ReadValue(v any) (Program, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return Program{}, err
	}
	return Read(bytes.NewReader(text))
}

func (p Program) checkOp(at int, op []int) error {
	within := func(args []int, n int) error {
		for _, a := range args {
			if a < 0 || a >= n {
				return fmt.Errorf("%d is not among the %d before it", a, n)
			}
		}
		return nil
	}
	args, want := op, 0
	if len(op) > 0 {
		args = op[1:]
		want = map[int]int{opFact: 1, opDate: 1, opNot: 1, opSome: 1, opIf: 3}[op[0]]
	}
	switch {
	case len(op) == 0 || op[0] < opFact || op[0] > opIf:
		return fmt.Errorf("no such operation")
	case want > 0 && len(args) != want, op[0] == opAtLeast && len(args) == 0:
		return fmt.Errorf("wants other arguments")
	case op[0] == opFact:
		return within(args, len(p.Facts))
	case op[0] == opDate:
		return within(args, len(p.Dates))
	case op[0] == opAtLeast:
		return within(args[1:], at)
	}
	return within(args, at)
}

// Only gives the program of the questions alone: their operations and nothing that only other rules, elements
// or notes rest on. Facts and dates keep their numbers; the questions are its rules, in order.
func (p Program) Only(questions []Question) (Program, []Question) {
	need := make([]bool, len(p.Ops))
	for _, q := range questions {
		need[q.Rule.Body] = true
	}
	for at, op := range slices.Backward(p.Ops) {
		for _, a := range operands(op) {
			need[a] = need[a] || need[at]
		}
	}
	out := Program{Format: p.Format, Pack: p.Pack, Version: p.Version, Facts: p.Facts, Person: p.Person, Dates: p.Dates, Elements: []Element{}}
	to := make([]int, len(p.Ops))
	for at, op := range p.Ops {
		if !need[at] {
			continue
		}
		to[at] = len(out.Ops)
		op = slices.Clone(op)
		args := operands(op)
		for i, a := range args {
			args[i] = to[a]
		}
		out.Ops = append(out.Ops, op)
	}
	same := slices.Clone(questions)
	for i := range same {
		same[i].Index, same[i].Rule.Body = i, to[same[i].Rule.Body]
		out.Rules = append(out.Rules, same[i].Rule)
	}
	return out, same
}

// operands are those of an operation's numbers that are operations.
func operands(op []int) []int {
	switch op[0] {
	case opFact, opDate:
		return nil
	case opAtLeast:
		return op[2:]
	}
	return op[1:]
}
