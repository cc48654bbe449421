package law_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amparo/law"
)

// An oracle is a condition that knows its own text and its value, with nothing of the engine in it.
type oracle struct {
	text string
	eval func(map[string]bool) bool
}

func oracles(depth int) *rapid.Generator[oracle] {
	return rapid.Custom(func(t *rapid.T) oracle {
		kind := rapid.IntRange(0, 4).Draw(t, "kind")
		if depth == 0 || kind == 0 {
			id := rapid.SampledFrom(letters).Draw(t, "letter")
			return oracle{id, func(m map[string]bool) bool { return m[id] }}
		}
		var parts []oracle
		for range rapid.IntRange(1, 3).Draw(t, "width") {
			parts = append(parts, oracles(depth-1).Draw(t, "part"))
		}
		least, texts := 1, []string{}
		for _, p := range parts {
			texts = append(texts, p.text)
		}
		text := "(" + strings.Join(texts, " || ") + ")"
		switch kind {
		case 1:
			least, text = len(parts), "("+strings.Join(texts, " && ")+")"
		case 2:
			least = rapid.IntRange(1, len(parts)).Draw(t, "least")
			text = fmt.Sprintf("atLeast(%d, [%s])", least, strings.Join(texts, ", "))
		case 3:
			one := parts[0]
			return oracle{"!" + "(" + one.text + ")", func(m map[string]bool) bool { return !one.eval(m) }}
		}
		return oracle{text, func(m map[string]bool) bool {
			n := 0
			for _, p := range parts {
				if p.eval(m) {
					n++
				}
			}
			return n >= least
		}}
	})
}

// completions calls visit with every way the unknown letters may turn out.
func completions(known map[string]bool, visit func(map[string]bool)) {
	var unknown []string
	for _, id := range letters {
		if _, ok := known[id]; !ok {
			unknown = append(unknown, id)
		}
	}
	for n := range 1 << len(unknown) {
		m := map[string]bool{}
		for id, v := range known {
			m[id] = v
		}
		for i, id := range unknown {
			m[id] = n>>i&1 == 1
		}
		visit(m)
	}
}

// turns lists the letters that change the value in some completion.
func (o oracle) turns(known map[string]bool) (ids []string) {
	turns := map[string]bool{}
	completions(known, func(m map[string]bool) {
		for _, id := range letters {
			if _, ok := known[id]; ok || turns[id] {
				continue
			}
			before := o.eval(m)
			m[id] = !m[id]
			turns[id] = before != o.eval(m)
			m[id] = !m[id]
		}
	})
	for _, id := range letters {
		if turns[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

func (o oracle) status(known map[string]bool) law.Status {
	var yes, no bool
	completions(known, func(m map[string]bool) {
		v := o.eval(m)
		yes, no = yes || v, no || !v
	})
	switch {
	case !no:
		return law.Established
	case !yes:
		return law.RuledOut
	}
	return law.Open
}

func journeyOf(known map[string]bool) law.Journey {
	j := law.Journey{Complete: true, Episodes: []law.Episode{{ID: "e"}}}
	for _, id := range letters {
		if v, ok := known[id]; ok {
			f := law.Fact{Question: id, Answer: map[bool]law.Answer{true: law.Yes, false: law.No}[v]}
			j.Episodes[0].Facts = append(j.Episodes[0].Facts, f)
		}
	}
	return j
}

// Brute force over every completion gives the status, the open facts, and that each reason re-derives and
// is minimal; and so does the rule about the person, over the one episode there is.
func TestAssessAgreesWithBruteForce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := oracles(3).Draw(t, "condition")
		p := small(t, o.text)
		known := rapid.MapOf(rapid.SampledFrom(letters), rapid.Bool()).Draw(t, "known")
		a := assess(t, p, journeyOf(known))
		f := finding(t, a, "one", "e")
		want := o.status(known)
		if f.Status != want {
			t.Fatalf("%s with %v: got %s, want %s", o.text, known, f.Status, want)
		}
		if got := status(t, a, "some", ""); got != want {
			t.Fatalf("some episode: %s with %v: got %s, want %s", o.text, known, got, want)
		}
		var open []string
		if want == law.Open {
			open = o.turns(known)
		}
		if diff := cmp.Diff(open, f.Open); diff != "" {
			t.Fatalf("%s with %v: open facts: %s", o.text, known, diff)
		}
		var asked []string
		for _, ask := range a.Next {
			asked = append(asked, ask.Question)
		}
		if slices.Sort(asked); !slices.Equal(asked, open) {
			t.Fatalf("%s with %v: asks %v, open %v", o.text, known, asked, open)
		}
		reason := append(f.Why, f.WhyNot...)
		if want == law.Open && reason != nil {
			t.Fatalf("a reason for an open finding: %v", reason)
		}
		if want != law.Open {
			checkReason(t, o, reason, want)
			checkReasons(t, o, f, known, want)
		} else {
			checkLacks(t, o, f.Lacks, known)
		}
	})
}

// checkLacks gives the answers that are lacking: then it is established, and without any of them it is not.
func checkLacks(t *rapid.T, o oracle, lacks []law.Lack, known map[string]bool) {
	with := func(skip int) law.Status {
		all := maps.Clone(known)
		for i, l := range lacks {
			if i != skip {
				all[l.Question] = l.Answer == law.Yes
			}
		}
		return o.status(all)
	}
	if got := with(-1); got != law.Established {
		t.Fatalf("%s with %v: lacks %v, which makes it %s", o.text, known, lacks, got)
	}
	for i := range lacks {
		if with(i) == law.Established {
			t.Fatalf("%s with %v: %v is not lacking", o.text, known, lacks[i])
		}
	}
}

// checkReasons compares all minimal reasons, and all minimal sets to take back, with those found by trying
// every set of the known letters; and each family is the other's minimal hitting sets.
func checkReasons(t *rapid.T, o oracle, f law.Finding, known map[string]bool, want law.Status) {
	letters := slices.Sorted(maps.Keys(known))
	part := func(set int) map[string]bool {
		m := map[string]bool{}
		for i, id := range letters {
			if set>>i&1 == 1 {
				m[id] = known[id]
			}
		}
		return m
	}
	all := 1<<len(letters) - 1
	enough := func(set int) bool { return o.status(part(set)) == want }
	undone := func(set int) bool { return !enough(all &^ set) }
	minimal := func(holds func(set int) bool) (out []string) {
		for set := range all + 1 {
			if !holds(set) {
				continue
			}
			least := true
			for i := range letters {
				least = least && (set>>i&1 == 0 || !holds(set&^(1<<i)))
			}
			if least {
				out = append(out, strings.Join(slices.Sorted(maps.Keys(part(set))), " "))
			}
		}
		slices.Sort(out)
		return out
	}
	said := func(reasons [][]law.Carried) (out []string) {
		for _, reason := range reasons {
			var ids []string
			for _, c := range reason {
				ids = append(ids, c.Question)
			}
			slices.Sort(ids)
			out = append(out, strings.Join(ids, " "))
		}
		slices.Sort(out)
		return out
	}
	r, err := f.Reasons()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(minimal(enough), said(append(r.Why, r.WhyNot...))); diff != "" {
		t.Fatalf("%s with %v: reasons: %s", o.text, known, diff)
	}
	if diff := cmp.Diff(minimal(undone), said(r.Undo)); diff != "" {
		t.Fatalf("%s with %v: to take back: %s", o.text, known, diff)
	}
	hits := func(of [][]law.Carried) []string {
		return minimal(func(set int) bool {
			return !slices.ContainsFunc(of, func(reason []law.Carried) bool {
				return !slices.ContainsFunc(reason, func(c law.Carried) bool { _, in := part(set)[c.Question]; return in })
			})
		})
	}
	if diff := cmp.Diff(said(r.Undo), hits(append(r.Why, r.WhyNot...))); diff != "" {
		t.Fatalf("%s with %v: what to take back hits not each reason: %s", o.text, known, diff)
	}
	if diff := cmp.Diff(said(append(r.Why, r.WhyNot...)), hits(r.Undo)); diff != "" {
		t.Fatalf("%s with %v: reasons hit not each set to take back: %s", o.text, known, diff)
	}
}

func checkReason(t *rapid.T, o oracle, reason []law.Carried, want law.Status) {
	known := map[string]bool{}
	for _, c := range reason {
		known[c.Question] = c.Answer == law.Yes
	}
	if got := o.status(known); got != want {
		t.Fatalf("%s: the reason %v gives %s, not %s", o.text, known, got, want)
	}
	for id, v := range known {
		delete(known, id)
		if got := o.status(known); got == want {
			t.Fatalf("%s: %s can be dropped from the reason", o.text, id)
		}
		known[id] = v
	}
}

// Each reason why hits each reason why not of the same condition: they share a letter, answered otherwise.
func TestReasonsHitEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := oracles(3).Draw(t, "condition")
		p := small(t, o.text)
		reasons := map[law.Status][]map[string]law.Answer{}
		for range 8 {
			known := map[string]bool{}
			for _, id := range letters {
				known[id] = rapid.Bool().Draw(t, id)
			}
			f := finding(t, assess(t, p, journeyOf(known)), "one", "e")
			reason := map[string]law.Answer{}
			for _, c := range append(f.Why, f.WhyNot...) {
				reason[c.Question] = c.Answer
			}
			reasons[f.Status] = append(reasons[f.Status], reason)
		}
		for _, why := range reasons[law.Established] {
			for _, not := range reasons[law.RuledOut] {
				hit := false
				for id, answer := range why {
					hit = hit || not[id] != "" && not[id] != answer
				}
				if !hit {
					t.Fatalf("%s: %v misses %v", o.text, why, not)
				}
			}
		}
	})
}

// The worked example of 18 USC 1591: advertising is an act and bars recklessness. Kleene's logic says
// unknown; in truth it is ruled out.
func TestMixedPolarityIsDecidedExactly(t *testing.T) {
	const aa, adv = "aa", "bb" // another act; advertising
	p := small(t, "(aa || bb) && (cc || dd && !bb)")
	no := func(ids ...string) (out []law.Fact) {
		for _, id := range ids {
			out = append(out, law.Fact{Question: id, Answer: law.No})
		}
		return out
	}
	j := law.Journey{Episodes: []law.Episode{{ID: "e", Facts: no(aa, "cc")}}}
	f := finding(t, assess(t, p, j), "one", "e")
	if f.Status != law.RuledOut || f.Tree().Value != law.False {
		t.Fatalf("got %s", f.Status)
	}
	if len(f.WhyNot) != 2 {
		t.Errorf("why not: %v", f.WhyNot)
	}
	for _, ask := range assess(t, p, j).Next {
		t.Errorf("asks %s (%s is the advertising)", ask.Question, adv)
	}
}

// With conflicting facts, the two bits are what each consistent half would give.
func TestConflictIsKept(t *testing.T) {
	yes, no := law.Fact{Question: "aa", Answer: law.Yes}, law.Fact{Question: "aa", Answer: law.No}
	both := []law.Fact{yes, no}
	for _, c := range []struct {
		condition string
		facts     []law.Fact
		want      law.Status
	}{
		{"aa", both, law.Conflict},
		{"!aa", both, law.Conflict},
		{"aa || bb", append(both, law.Fact{Question: "bb", Answer: law.Yes}), law.Established},
		{"aa && bb", append(both, law.Fact{Question: "bb", Answer: law.No}), law.RuledOut},
		{"aa && bb", both, law.RuledOut}, // by the no; the yes does not settle it
		{"aa || bb", both, law.Established},
		{"atLeast(2, [aa, bb, cc])", both, law.Open},
	} {
		f := finding(t, assess(t, small(t, c.condition), law.Journey{Episodes: []law.Episode{{ID: "e", Facts: c.facts}}}), "one", "e")
		if f.Status != c.want {
			t.Errorf("%s: got %s, want %s", c.condition, f.Status, c.want)
		}
		rests := slices.ContainsFunc(append(f.Why, f.WhyNot...), func(c law.Carried) bool { return c.Question == "aa" })
		if got := slices.Contains(f.Contested, "aa"); got != rests {
			t.Errorf("%s: contested %v, reasons %v %v", c.condition, f.Contested, f.Why, f.WhyNot)
		}
		if c.want == law.Conflict && (len(f.Why) != 1 || len(f.WhyNot) != 1 || f.Why[0].Answer == f.WhyNot[0].Answer) {
			t.Errorf("%s: why %v, why not %v", c.condition, f.Why, f.WhyNot)
		}
	}
}
