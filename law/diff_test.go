package law_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"amparo/law"
)

// The difference of two conditions is told by answers that make it so, of which none can be left out; what is
// told whole is all of it.
func TestCompareTellsTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		was, now := oracles(3).Draw(t, "was"), oracles(3).Draw(t, "now")
		d, err := law.Compare(small(t, was.text), small(t, now.text), nil)
		if err != nil {
			t.Fatal(err)
		}
		differ := false
		completions(nil, func(m map[string]bool) { differ = differ || was.eval(m) != now.eval(m) })
		if !differ {
			if len(d.Rules) != 0 {
				t.Fatalf("%s and %s are the same; told %+v", was.text, now.text, d.Rules)
			}
			return
		}
		change := d.Rules[0]
		if change.Rule != "one" || len(change.Gained)+len(change.Lost) == 0 {
			t.Fatalf("%s, then %s: told %+v", was.text, now.text, d.Rules)
		}
		for _, side := range []struct {
			told       [][]law.Term
			from, into oracle
		}{{change.Gained, was, now}, {change.Lost, now, was}} {
			holds := func(known map[string]bool) bool {
				return side.from.status(known) == law.RuledOut && side.into.status(known) == law.Established
			}
			var sets []map[string]bool
			for _, terms := range side.told {
				known := map[string]bool{}
				for _, term := range terms {
					known[term.Question] = term.Yes
				}
				if !holds(known) {
					t.Fatalf("%s, then %s: %v does not tell", was.text, now.text, terms)
				}
				sets = append(sets, known)
				for _, term := range terms {
					delete(known, term.Question)
					if holds(known) {
						t.Fatalf("%s, then %s: %s can be left out of %v", was.text, now.text, term.Question, terms)
					}
					known[term.Question] = term.Yes
				}
			}
			completions(nil, func(m map[string]bool) {
				if side.from.eval(m) || !side.into.eval(m) || change.More {
					return
				}
				for _, known := range sets {
					fits := true
					for id, yes := range known {
						fits = fits && m[id] == yes
					}
					if fits {
						return
					}
				}
				t.Fatalf("%s, then %s: %v is not told by %v", was.text, now.text, m, side.told)
			})
		}
	})
}

// Dates, elements and rules that came and went are told, and the cases that they touch.
func TestCompareTellsDatesElementsAndCases(t *testing.T) {
	load := func(files fstest.MapFS) *law.Pack {
		p, err := law.Load(files, ".")
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	files := smallFiles("aa")
	rules := string(files["rules/one.yaml"].Data)
	rules = strings.Replace(rules, "    cite: c. 1\n", "    cite: c. 1\n    from: 2010-05-01\n", 1)
	rules = strings.Replace(rules, `{id: it, text: It,`, `{id: that, text: That,`, 1)
	rules = strings.Replace(rules, "rule: some", "rule: other", 1)
	files["rules/one.yaml"].Data = []byte(rules)
	was, now := small(t, "aa"), load(files)
	c := law.Case{Name: "c", Trial: law.Trial{Date: day("2020"), Standard: law.Suspicion,
		Journey: law.Journey{Episodes: []law.Episode{{ID: "e", When: law.Span{From: day("2001"), Until: day("2002")}, Facts: yes("aa")}}}}}
	d, err := law.Compare(was, now, []law.Case{c})
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Rules) != 3 || !d.Rules[1].Added || d.Rules[1].Rule != "other" || !d.Rules[2].Gone || d.Rules[2].Rule != "some" {
		t.Fatalf("%+v", d.Rules)
	}
	one := d.Rules[0]
	if len(one.Dates) != 2 || one.Dates[1].From != day("2010-05-01") || strings.Join(one.Came, " ") != "one/that" || strings.Join(one.Went, " ") != "one/it" {
		t.Errorf("%+v", one)
	}
	if len(one.Gained)+len(one.Lost) != 0 {
		t.Errorf("a condition that is the same: %+v", one)
	}
	if len(d.Cases) != 1 || d.Cases[0].Status != law.Established || d.Cases[0].Now != law.NotLaw {
		t.Errorf("%+v", d.Cases)
	}
}
