package peers

import (
	"fmt"

	"pgregory.net/rapid"
)

// programs draws programs of operations on few facts, with one rule for each of the last operations. Their
// ifs choose by a fact, and are otherwise not those of a decision diagram.
func programs() *rapid.Generator[Program] {
	return rapid.Custom(func(t *rapid.T) Program {
		p := Program{Format: Format, Pack: "drawn", Version: "1", Dates: [][3]string{{"2000-10-28", "", "act"}}}
		for f := range rapid.IntRange(1, 6).Draw(t, "facts") {
			p.Facts = append(p.Facts, fmt.Sprintf("fact_%c", 'a'+f))
			p.Ops = append(p.Ops, []int{opFact, f})
		}
		p.Ops = append(p.Ops, []int{opDate, 0}, []int{opAll}, []int{opAny})
		for range rapid.IntRange(1, 14).Draw(t, "operations") {
			p.Ops = append(p.Ops, drawOp(t, p))
		}
		for at := max(0, len(p.Ops)-6); at < len(p.Ops); at++ {
			p.Rules = append(p.Rules, Rule{ID: fmt.Sprintf("drawn.%d", at), Kind: "trafficking", Scope: "episode", Body: at, Date: -1})
		}
		return p
	})
}

func drawOp(t *rapid.T, p Program) []int {
	before := rapid.IntRange(0, len(p.Ops)-1)
	kind := rapid.SampledFrom([]int{opAll, opAny, opNot, opAtLeast, opIf}).Draw(t, "kind")
	args := rapid.SliceOfN(before, 2, 5).Draw(t, "args")
	switch kind {
	case opNot:
		return []int{opNot, args[0]}
	case opAtLeast:
		return append([]int{opAtLeast, rapid.IntRange(1, len(args)).Draw(t, "least")}, args...)
	case opIf:
		return []int{opIf, rapid.IntRange(0, len(p.Facts)-1).Draw(t, "by"), args[0], args[1]}
	}
	return append([]int{kind}, args...)
}

// partly draws answers to some of the facts, by index.
func partly(facts int) *rapid.Generator[map[int]bool] {
	return rapid.Custom(func(t *rapid.T) map[int]bool {
		known := map[int]bool{}
		for f := range facts {
			switch rapid.IntRange(0, 4).Draw(t, "answer") {
			case 0, 1:
				known[f] = true
			case 2:
				known[f] = false
			}
		}
		return known
	})
}

func fully(facts int) *rapid.Generator[map[int]bool] {
	return rapid.Custom(func(t *rapid.T) map[int]bool {
		known := map[int]bool{}
		for f := range facts {
			known[f] = rapid.Bool().Draw(t, "yes")
		}
		return known
	})
}

// answers says known facts as the peers read them.
func answers(p Program, known map[int]bool) Answers {
	a := Answers{}
	for f, yes := range known {
		a[p.Facts[f]] = yes
	}
	return a
}
