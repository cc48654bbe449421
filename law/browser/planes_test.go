package browser

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"amparo/law"
	"amparo/packs"
)

// Kinds of operations, as in law.Program.
const (
	opFact = iota
	opDate
	opAll
	opAny
	opNot
	opAtLeast
	opSome
	opIf
	kinds
)

// randomProgram makes a program of every kind of operation, with one rule for each operation, so that all
// their planes are compared.
func randomProgram(r *rand.Rand) law.Program {
	p := law.Program{Format: law.ProgramFormat, Pack: "random", Version: "1", Person: []int{}, Elements: []law.ProgramElement{}, Dates: []law.Stretch{}}
	for i := range 3 + r.IntN(10) {
		p.Facts = append(p.Facts, fmt.Sprintf("q%d", i))
		p.Ops = append(p.Ops, []int{opFact, i})
	}
	for i := range r.IntN(4) {
		p.Dates = append(p.Dates, law.Stretch{By: law.ByAct})
		p.Ops = append(p.Ops, []int{opDate, i})
	}
	for range 20 + r.IntN(60) {
		at := len(p.Ops)
		args := func(n int) (out []int) {
			for range n {
				// Mostly late ones, so that operations stand on operations.
				out = append(out, max(r.IntN(at), r.IntN(at)))
			}
			return out
		}
		kind := opAll + r.IntN(kinds-opAll)
		op := []int{kind}
		switch kind {
		case opNot, opSome:
			op = append(op, args(1)...)
		case opIf:
			op = append(op, args(3)...)
		case opAtLeast:
			n := 1 + r.IntN(20)
			op = append(append(op, 1+r.IntN(n)), args(n)...)
		default:
			op = append(op, args(r.IntN(5))...)
		}
		p.Ops = append(p.Ops, op)
	}
	return everyOperation(p)
}

// everyOperation makes each operation a rule.
func everyOperation(p law.Program) law.Program {
	p.Rules, p.Elements = nil, []law.ProgramElement{}
	for at := range p.Ops {
		p.Rules = append(p.Rules, law.ProgramRule{ID: fmt.Sprint(at), Kind: "screen", Scope: "episode", Body: at, Date: -1})
	}
	return p
}

// draw gives one plane of 64 lanes, in one of four densities.
func draw(r *rand.Rand) uint64 {
	switch r.IntN(4) {
	case 0:
		return r.Uint64() & r.Uint64()
	case 1:
		return r.Uint64() | r.Uint64()
	case 2:
		return 0
	}
	return r.Uint64()
}

// compare evaluates a program over words of 64 lanes in Go and in JavaScript. It gives how many evaluations of
// the whole program were compared, a lane as one, and the operations that came out otherwise.
func compare(t testing.TB, n *node, p law.Program, r *rand.Rand, words int) (compared int, differ []int) {
	t.Helper()
	planes, err := p.Planes()
	if err != nil {
		t.Fatal(err)
	}
	var given [2][]byte // the lower and the upper 32 lanes
	var want [2][]byte
	put := func(to *[2][]byte, yes, no uint64) {
		for half := range to {
			to[half] = binary.LittleEndian.AppendUint32(to[half], uint32(yes>>(32*half)))
			to[half] = binary.LittleEndian.AppendUint32(to[half], uint32(no>>(32*half)))
		}
	}
	var send, expect []byte
	somes := 0
	for _, op := range p.Ops {
		if op[0] == opSome {
			somes++
		}
	}
	for range words {
		given, want = [2][]byte{}, [2][]byte{}
		planes.Clear()
		for i := range p.Facts {
			yes, no := draw(r), draw(r)
			planes.Fact(i, yes, no)
			put(&given, yes, no)
		}
		for i := range p.Dates {
			in, out := draw(r), draw(r)
			planes.Date(i, in, out)
			put(&given, in, out)
		}
		for range somes { // unknown: each lane stands for itself
			put(&given, 0, 0)
		}
		planes.Run()
		for i := range p.Rules {
			yes, no := planes.Rule(i)
			put(&want, yes, no)
		}
		send, expect = append(append(send, given[0]...), given[1]...), append(append(expect, want[0]...), want[1]...)
	}
	var answer struct{ Planes string }
	n.ask(map[string]any{"program": p, "given": base64.StdEncoding.EncodeToString(send)}, &answer)
	got, err := base64.StdEncoding.DecodeString(answer.Planes)
	if err != nil || len(got) != len(expect) {
		t.Fatalf("%d bytes of planes, want %d; %v", len(got), len(expect), err)
	}
	seen := make([]bool, len(p.Rules))
	for i := range expect {
		if rule := i / 8 % len(p.Rules); got[i] != expect[i] && !seen[rule] {
			seen[rule] = true
			differ = append(differ, rule)
		}
	}
	slices.Sort(differ)
	return 64 * words, differ
}

func TestBrowserEvaluatesAsGo(t *testing.T) {
	const seed, programs, words = 1, 80, 200
	n := startNode(t, bundle)
	r := rand.New(rand.NewPCG(seed, 0))
	total, made := 0, [kinds]int{}
	check := func(p law.Program, words int) {
		compared, differ := compare(t, n, p, r, words)
		total += compared
		for _, op := range p.Ops {
			made[op[0]]++
		}
		for _, at := range differ[:min(5, len(differ))] {
			t.Errorf("seed %d: %s: operation %d, %v, comes out otherwise", seed, p.Pack, at, p.Ops[at])
		}
	}
	for range programs {
		check(randomProgram(r), words)
	}
	for _, name := range packs.Names() {
		pack, err := packs.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		check(everyOperation(pack.Program()), words/2)
	}
	t.Logf("%d evaluations compared, over %d operations: fact, date, all, any, not, at least, some, if: %v", total, sum(made), made)
	if total < 1_000_000 || slices.Min(made[:]) < 50 {
		t.Errorf("too few")
	}
}

func sum(of [kinds]int) (n int) {
	for _, k := range of {
		n += k
	}
	return n
}

// A fault in any operation of the evaluator is seen.
func TestPlantedFaultsAreSeen(t *testing.T) {
	for name, change := range map[string][2]string{
		"fact":          {"kind < 2 ? leaf(kind, op[1])", "kind < 2 ? leaf(kind, 0)"},
		"all":           {": kind == 3 ? 1 : n;", ": kind == 3 ? 1 : n - 1 || 1;"},
		"any":           {"kind == 3 ? 1", "kind == 3 ? 2"},
		"not":           {"[x[1], x[0]]", "[x[1], x[1]]"},
		"at least, yes": {"2 ** j < k;", "2 ** j < k - 1;"},
		"at least, no":  {"n - k + 1", "n - k + (kind == 5 ? 2 : 1)"},
		"some":          {"kind == 6 ? leaf(6, done.length)", "kind == 6 ? x"},
		"if":            {"| h[p] & l[p]", "| 0"},
	} {
		t.Run(name, func(t *testing.T) {
			n := startNode(t, faulty(t, change[0], change[1]))
			r := rand.New(rand.NewPCG(1, 0))
			for range 10 {
				if _, differ := compare(t, n, randomProgram(r), r, 4); len(differ) > 0 {
					return
				}
			}
			t.Error("not seen")
		})
	}
}
