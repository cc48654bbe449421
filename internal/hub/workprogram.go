package hub

import (
	"slices"

	"amparo/law"
)

// cutProgram keeps of a program what these rules and elements rest on, and the facts named: the page of one exercise need
// not carry the law of all others. It gives where the operations kept now stand.
func cutProgram(p law.Program, rules, facts []string, elements []int) (law.Program, map[int]int) {
	keep := map[int]bool{}
	for _, r := range p.Rules {
		if slices.Contains(rules, r.ID) {
			keep[r.Body] = true
		}
	}
	for _, op := range elements {
		keep[op] = true
	}
	usedDates := map[int]bool{}
	for _, r := range p.Rules {
		if slices.Contains(rules, r.ID) && r.Date >= 0 {
			usedDates[r.Date] = true
		}
	}
	usedFacts := map[int]bool{}
	for i, id := range p.Facts {
		usedFacts[i] = slices.Contains(facts, id)
	}
	for i, op := range slices.Backward(p.Ops) { // an operation rests on earlier ones only
		if !keep[i] {
			continue
		}
		switch op[0] {
		case 0:
			usedFacts[op[1]] = true
		case 1:
			usedDates[op[1]] = true
		default:
			for _, a := range op[argsFrom(op):] {
				keep[a] = true
			}
		}
	}
	out := law.Program{Format: p.Format, Pack: p.Pack, Version: p.Version}
	factAt, dateAt, opAt := map[int]int{}, map[int]int{}, map[int]int{}
	for i, f := range p.Facts {
		if usedFacts[i] {
			factAt[i] = len(out.Facts)
			out.Facts = append(out.Facts, f)
			if slices.Contains(p.Person, i) {
				out.Person = append(out.Person, factAt[i])
			}
		}
	}
	for i, d := range p.Dates {
		if usedDates[i] {
			dateAt[i] = len(out.Dates)
			out.Dates = append(out.Dates, d)
		}
	}
	for i, op := range p.Ops {
		if !keep[i] {
			continue
		}
		opAt[i] = len(out.Ops)
		op = slices.Clone(op)
		switch op[0] {
		case 0:
			op[1] = factAt[op[1]]
		case 1:
			op[1] = dateAt[op[1]]
		default:
			for k := argsFrom(op); k < len(op); k++ {
				op[k] = opAt[op[k]]
			}
		}
		out.Ops = append(out.Ops, op)
	}
	for _, r := range p.Rules {
		if slices.Contains(rules, r.ID) {
			r.Body = opAt[r.Body]
			if r.Date >= 0 {
				r.Date = dateAt[r.Date]
			}
			out.Rules = append(out.Rules, r)
		}
	}
	return out, opAt
}

// argsFrom is where the places of earlier operations begin.
func argsFrom(op []int) int {
	if op[0] == 5 { // at least k of these
		return 2
	}
	return 1
}
