package law

import (
	"encoding/json"
	"fmt"
	"slices"
)

// ProgramFormat names the form of a [Program].
const ProgramFormat = "amparo.law.program/1"

// A Program is a pack's rules as operations on two bit planes, for other evaluators: the one in the browser
// reads the same. As JSON it is canonical: the same pack gives the same bytes.
//
// Every operation has two bits, t for known true and f for known false; neither is unknown, both is
// conflict. An operation is a list of whole numbers, its code first, its arguments the places of earlier
// operations:
//
//	[0, i]          fact i: t where there is a yes, f where there is a no
//	[1, d]          the law of Dates[d] was in force; neither where that is not known
//	[2, a, b …]     all: t = AND of t, f = OR of f; of nothing: true
//	[3, a, b …]     any: t = OR of t, f = AND of f; of nothing: false
//	[4, a]          not: t and f change places
//	[5, k, a, b …]  at least k of n: t where k of the t, f where n-k+1 of the f
//	[6, a]          some episode in which a: t where a.t in one, f where the journey is complete and a.f in all
//	[7, x, h, l]    if x then h else l: t = x.t·h.t + x.f·l.t + h.t·l.t, and so f
//
// One pass in order evaluates many scenes at once, a bit of a machine word for each: every group of actors
// of every episode, and last the person. A rule of scope episode is read over the scenes of one episode: t
// where in one of them, f where in all.
type Program struct {
	Format   string           `json:"format"`
	Pack     string           `json:"pack"`
	Version  string           `json:"version"`
	Facts    []string         `json:"facts"`  // ids of the questions, in the vocabulary's order
	Person   []int            `json:"person"` // places in Facts of those asked of the person
	Dates    []Stretch        `json:"dates"`
	Ops      [][]int          `json:"ops"`
	Rules    []ProgramRule    `json:"rules"`
	Elements []ProgramElement `json:"elements"`
}

// A Stretch of law runs from its first day to the day before Until; a day that is not known is open. As JSON
// it is a list of three.
type Stretch struct {
	From, Until Date
	By          Clock
}

// MarshalJSON writes ["2000-10-28","","act"].
func (s Stretch) MarshalJSON() ([]byte, error) {
	return json.Marshal([3]string{s.From.String(), s.Until.String(), string(s.By)})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (s *Stretch) UnmarshalJSON(data []byte) error {
	var parts [3]string
	if err := json.Unmarshal(data, &parts); err != nil {
		return err
	}
	s.By = Clock(parts[2])
	if err := s.From.UnmarshalText([]byte(parts[0])); err != nil {
		return err
	}
	return s.Until.UnmarshalText([]byte(parts[1]))
}

// A ProgramRule says which operations a rule is: Body its elements alone. Date is a place in Dates, or -1 for a
// rule that was always law.
type ProgramRule struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Scope string `json:"scope"`
	Body  int    `json:"body"`
	Date  int    `json:"date"`
}

// A ProgramElement says which operation an element is.
type ProgramElement struct {
	ID   string `json:"id"`
	Op   int    `json:"op"`
	Cite string `json:"cite"`
	Mark Mark   `json:"mark"`
}

// Program gives the pack's program.
func (p *Pack) Program() Program {
	out := Program{Format: ProgramFormat, Pack: p.ID, Version: p.Version, Facts: []string{}, Person: []int{}, Dates: []Stretch{}}
	for _, d := range p.prog.dates {
		out.Dates = append(out.Dates, Stretch{d.from, d.until, d.by})
	}
	places := make([]int, len(p.Questions))
	for i, q := range p.Questions {
		if p.prog.factOp[i] < 0 {
			continue
		}
		if q.Scope == "person" {
			out.Person = append(out.Person, len(out.Facts))
		}
		places[i] = len(out.Facts)
		out.Facts = append(out.Facts, q.ID)
	}
	for _, o := range p.prog.ops {
		code := []int{o.kind}
		switch o.kind {
		case opFact:
			code = append(code, places[o.n])
		case opDated, opAtLeast:
			code = append(code, o.n)
		}
		out.Ops = append(out.Ops, append(code, o.args...))
	}
	for _, r := range p.prog.rules {
		out.Rules = append(out.Rules, ProgramRule{r.id, r.kind, r.scope, r.body, r.date})
		r.walk(func(e *element) {
			if at, ok := p.prog.at[e]; ok {
				out.Elements = append(out.Elements, ProgramElement{e.id, at, e.cite, e.mark})
			}
		})
	}
	return out
}

// MarshalJSON writes the program without spaces and without escapes for HTML.
func (p Program) MarshalJSON() ([]byte, error) {
	type plain Program
	return marshal(plain(p))
}

// Check refuses a program that no evaluator could run: an operation that rests on a later one, on none, or on
// a fact or date that is not there.
func (p Program) Check() error {
	if p.Format != ProgramFormat {
		return fmt.Errorf("the format %q is not %s", p.Format, ProgramFormat)
	}
	for at, code := range p.Ops {
		if err := p.checkOp(at, code); err != nil {
			return fmt.Errorf("ops[%d]: %w", at, err)
		}
	}
	atoms := map[[2]int]bool{}
	for at, code := range p.Ops {
		if code[0] != opFact && code[0] != opDated {
			continue
		}
		if key := [2]int{code[0], code[1]}; atoms[key] {
			return fmt.Errorf("ops[%d]: stands twice", at)
		} else {
			atoms[key] = true
		}
	}
	for i, e := range p.Elements {
		if e.Op < 0 || e.Op >= len(p.Ops) {
			return fmt.Errorf("elements[%d]: %s rests on what is not there", i, e.ID)
		}
	}
	for i, f := range p.Person {
		if f < 0 || f >= len(p.Facts) {
			return fmt.Errorf("person[%d]: no fact %d", i, f)
		}
	}
	for i, r := range p.Rules {
		if r.Body < 0 || r.Body >= len(p.Ops) || r.Date < -1 || r.Date >= len(p.Dates) || r.Scope != "episode" && r.Scope != "person" {
			return fmt.Errorf("rules[%d]: %s rests on what is not there", i, r.ID)
		}
	}
	return nil
}

func (p Program) checkOp(at int, code []int) error {
	if len(code) == 0 {
		return fmt.Errorf("nothing")
	}
	kind, args := code[0], code[1:]
	wants := map[int]int{opFact: 1, opDated: 1, opNot: 1, opSome: 1, opIf: 3}
	n, fixed := wants[kind]
	switch {
	case kind < opFact || kind > opIf:
		return fmt.Errorf("no operation %d", kind)
	case fixed && len(args) != n:
		return fmt.Errorf("%d arguments, not %d", len(args), n)
	case kind == opFact && (args[0] < 0 || args[0] >= len(p.Facts)), kind == opDated && (args[0] < 0 || args[0] >= len(p.Dates)):
		return fmt.Errorf("rests on what is not there")
	case kind == opFact || kind == opDated:
		return nil
	case kind == opAtLeast && (len(args) < 2 || args[0] < 1 || args[0] > min(maxLeast, len(args)-1)):
		return fmt.Errorf("at least so many of so few, or of too many")
	case kind == opAtLeast:
		args = args[1:]
	}
	if slices.ContainsFunc(args, func(a int) bool { return a < 0 || a >= at }) {
		return fmt.Errorf("rests on what does not stand before it")
	}
	return nil
}

// maxLeast bounds the number of a threshold.
const maxLeast = 255

// Planes gives an evaluator of the program.
func (p Program) Planes() (*Planes, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	out := &Planes{factOp: slices.Repeat([]int{-1}, len(p.Facts)), dateOp: slices.Repeat([]int{-1}, len(p.Dates)), scope: scope{episodes: []uint64{0}}}
	for at, code := range p.Ops {
		o := op{kind: code[0], args: code[1:]}
		switch o.kind {
		case opFact:
			out.factOp[code[1]] = at
		case opDated:
			out.dateOp[code[1]] = at
		case opAtLeast:
			o.n, o.args = code[1], code[2:]
		}
		if !o.atom() || o.kind == opSome {
			out.cone = append(out.cone, at)
		}
		out.ops = append(out.ops, o)
	}
	for _, r := range p.Rules {
		out.bodies = append(out.bodies, r.Body)
	}
	out.planes.size(len(out.ops), 64)
	return out, nil
}

// Planes runs a program over 64 lanes at a time: the lowest floor of the engine, for those who hold journeys
// as bits already. One Planes serves one goroutine at a time. Where the lanes are the scenes of one journey,
// Episodes says which of them are episodes; else they stand each for itself, and operations that look for
// an episode are unknown.
type Planes struct {
	planes
	ops            []op
	cone           []int
	factOp, dateOp []int
	bodies         []int
	scope          scope
}

// Planes gives an evaluator of the pack's program.
func (p *Pack) Planes() *Planes {
	out, err := p.Program().Planes()
	if err != nil {
		panic(err) // a compiled pack has a sound program
	}
	return out
}

// Clear makes every fact and date unknown.
func (p *Planes) Clear() {
	for _, ops := range [][]int{p.factOp, p.dateOp} {
		for _, at := range ops {
			if at >= 0 {
				p.t[at], p.f[at] = 0, 0
			}
		}
	}
}

// Fact sets in which lanes there is a yes and in which there is a no to Facts[i].
func (p *Planes) Fact(i int, yes, no uint64) {
	if at := p.factOp[i]; at >= 0 {
		p.t[at], p.f[at] = yes, no
	}
}

// Date sets in which lanes the law of Dates[i] was in force, and in which it was not.
func (p *Planes) Date(i int, in, out uint64) {
	if at := p.dateOp[i]; at >= 0 {
		p.t[at], p.f[at] = in, out
	}
}

// Episodes says which lanes are episodes of one journey, and whether none is missing.
func (p *Planes) Episodes(lanes uint64, complete bool) {
	p.scope = scope{[]uint64{lanes}, complete}
}

// Run evaluates every operation.
func (p *Planes) Run() { p.run(p.ops, p.cone, p.scope) }

// Rule gives in which lanes the body of Rules[i] is known true, and in which known false.
func (p *Planes) Rule(i int) (yes, no uint64) { return p.t[p.bodies[i]], p.f[p.bodies[i]] }

// Op gives in which lanes Ops[i] is known true, and in which known false.
func (p *Planes) Op(i int) (yes, no uint64) { return p.t[i], p.f[i] }
