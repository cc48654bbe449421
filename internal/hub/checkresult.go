package hub

import (
	"slices"
	"strings"

	"amparo/law"
)

// An account is what one person answered: yes or no, by question.
type account struct {
	person   map[string]law.Answer
	parts    []map[string]law.Answer
	when     []law.Span // of each part
	complete bool
}

// A checkResult is what the table says of an account. The browser works out the same (client/check-result.js).
type checkResult struct {
	Groups  []groupResult `json:"groups"`
	Notes   []string      `json:"notes"`
	Protect []string      `json:"protect"`
}

// A groupResult is a group that fits, or fits partly.
type groupResult struct {
	ID    string   `json:"id"`
	Fits  bool     `json:"fits"`
	Rules []string `json:"rules"` // that are established; where it fits partly, one that is open
	Told  []string `json:"told"`
	Open  []string `json:"open"`
}

// assess lays an account beside the law: the statuses of rules, those about the person in the last place.
func (c *checkLaw) assess(a account, today law.Date) ([]map[string]law.Status, error) {
	j := law.Journey{Person: answersOf(a.person), Complete: a.complete}
	for i, told := range a.parts {
		j.Episodes = append(j.Episodes, law.Episode{ID: partID(i), When: a.when[i], Facts: answersOf(told)})
	}
	b, err := c.pack.NewBatch(law.Options{AsOf: today})
	if err != nil {
		return nil, err
	}
	if err := b.Add(j); err != nil {
		return nil, err
	}
	b.Run()
	out := make([]map[string]law.Status, len(a.parts)+1)
	for i := range out {
		out[i] = map[string]law.Status{}
	}
	for _, o := range b.Outcomes(0) {
		at := len(a.parts)
		if o.Episode != "" {
			at = slices.IndexFunc(j.Episodes, func(e law.Episode) bool { return e.ID == o.Episode })
		}
		out[at][o.Rule] = o.Status
	}
	return out, nil
}

func partID(i int) string { return string(rune('a'+i%26)) + strings.Repeat("z", i/26) }

func answersOf(told map[string]law.Answer) (out []law.Fact) {
	for id, answer := range told {
		out = append(out, law.Fact{Question: id, Answer: answer})
	}
	return out
}

// conclude says of an account what the table says, given the statuses of rules in each part and last of the person.
func (r results) conclude(a account, found []map[string]law.Status) checkResult {
	out := checkResult{Groups: []groupResult{}, Notes: []string{}, Protect: []string{}}
	state := map[string]int{} // 2 fits, 1 partly
	for _, g := range r.Groups {
		got := groupResult{ID: g.ID, Rules: []string{}, Told: []string{}, Open: []string{}}
		for i, told := range a.parts {
			answer := func(id string) law.Answer { return either(a.person[id], told[id]) }
			yes := func(id string) bool { return answer(id) == law.Yes }
			var fits, open []string
			for _, rule := range g.Rules {
				switch found[i][rule] {
				case law.Established:
					fits = append(fits, rule)
				case law.Open, law.Conflict:
					open = append(open, rule)
				}
			}
			switch {
			case len(fits) > 0:
				if !got.Fits { // what other parts only hint at is not shown beside it
					got.Fits, got.Rules, got.Told, got.Open = true, []string{}, []string{}, []string{}
				}
				state[g.ID] = 2
			case len(open) > 0 && slices.ContainsFunc(g.Signs, yes) && (len(g.With) == 0 || slices.ContainsFunc(g.With, yes)):
				if got.Fits {
					continue
				}
				fits, state[g.ID] = open[:1], 1 // one law is enough to look up
				for _, id := range g.Ask {
					if answer(id) == "" {
						got.Open = addOnce(got.Open, id)
					}
				}
			default:
				continue
			}
			for _, rule := range fits {
				got.Rules = addOnce(got.Rules, rule)
			}
			for _, id := range g.Told {
				if is, no := strings.CutPrefix(id, "!"); no && answer(is) == law.No || !no && yes(id) {
					got.Told = addOnce(got.Told, id)
				}
			}
		}
		if state[g.ID] > 0 {
			out.Groups = append(out.Groups, got)
		}
	}
	for _, n := range r.Notes {
		if n.holds(a, state) {
			out.Notes = append(out.Notes, n.ID)
		}
	}
	for _, p := range r.Protect {
		may := func(found map[string]law.Status) bool {
			s, ok := found[p.Rule]
			return ok && s != law.RuledOut && s != law.NotLaw
		}
		if p.holds(a, state) && slices.ContainsFunc(found, may) {
			out.Protect = append(out.Protect, p.ID)
		}
	}
	return out
}

func (n remark) holds(a account, state map[string]int) bool {
	return slices.ContainsFunc(n.If, func(list string) bool {
		for term := range strings.FieldsSeq(list) {
			term, not := strings.CutPrefix(term, "!")
			var is bool
			if id, ok := strings.CutPrefix(term, "@"); ok {
				is = a.person[id] == law.Yes || slices.ContainsFunc(a.parts, func(told map[string]law.Answer) bool { return told[id] == law.Yes })
			} else if id, ok := strings.CutSuffix(term, "?"); ok {
				is = state[id] > 0
			} else {
				is = state[term] == 2
			}
			if is == not {
				return false
			}
		}
		return true
	})
}

func either(a, b law.Answer) law.Answer {
	if a != "" {
		return a
	}
	return b
}

func addOnce(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
