package hub

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"

	"amparo/law"
	"amparo/packs"
)

// A toldCase is a decided case as one person tells it: whoever acted in a part is "they", times are years, and what
// was asked about the person is answered once.
type toldCase struct {
	Name     string         `json:"name"`
	Person   map[string]int `json:"person"`
	Parts    []toldPart     `json:"parts"`
	Complete bool           `json:"complete"`
	Decided  bool           `json:"decided"`  // as a court did; else a variant
	Findings []toldFinding  `json:"findings"` // by package law
	Result   checkResult    `json:"result"`   // by the table of results
}

type toldPart struct {
	Told  map[string]int `json:"told"`
	From  string         `json:"from"`
	Until string         `json:"until"`
}

// A toldFinding is one of the browser's evaluator: the episode by its place, -1 of the person.
type toldFinding struct {
	Rule    string     `json:"rule"`
	Episode int        `json:"episode"`
	Status  law.Status `json:"status"`
}

// toldToday is the day on which the cases are told.
var toldToday = law.Date{Year: 2026, Month: 11, Day: 24}

// toldCases are the decided cases of a pack with their variants, retold.
func toldCases(t *testing.T, p *law.Pack) (out []toldCase) {
	t.Helper()
	cases, err := p.Cases(packs.FS, p.ID)
	if err != nil || len(cases) == 0 {
		t.Fatal(len(cases), "cases", err)
	}
	for _, c := range cases {
		for _, trial := range append([]law.Trial{c.Trial}, c.Variants...) {
			told := retell(t, p, c.Name+" "+trial.Variant, trial.Journey)
			told.Decided = trial.Variant == ""
			out = append(out, told)
		}
	}
	return out
}

func retell(t *testing.T, p *law.Pack, name string, j law.Journey) toldCase {
	asked := p.Program().Facts
	out := toldCase{Name: name, Person: map[string]int{}, Complete: j.Complete}
	merged := law.Journey{Complete: j.Complete}
	take := func(into map[string]int, f law.Fact) {
		if f.Answer == law.Unknown || !slices.Contains(asked, f.Question) {
			return
		}
		if q, _ := p.Question(f.Question); q.Scope == "person" {
			into = out.Person
		}
		if into[f.Question] != 1 {
			into[f.Question] = map[law.Answer]int{law.Yes: 1, law.No: 2}[f.Answer]
		}
	}
	for _, f := range j.Person {
		if q, _ := p.Question(f.Question); q.Scope == "person" {
			take(out.Person, f)
		}
	}
	year := func(d law.Date) (string, law.Date) {
		if d.IsZero() {
			return "", law.Date{}
		}
		return fmt.Sprint(d.Year), law.Date{Year: d.Year}
	}
	if len(j.Episodes) == 0 { // the page asks of one part at least
		j.Episodes = []law.Episode{{ID: "none"}}
	}
	for i, e := range j.Episodes {
		part, when := toldPart{Told: map[string]int{}}, law.Span{}
		part.From, when.From = year(e.When.From)
		part.Until, when.Until = year(e.When.Until)
		for _, f := range slices.Concat(j.Person, e.Facts) {
			take(part.Told, f)
		}
		out.Parts = append(out.Parts, part)
		merged.Episodes = append(merged.Episodes, law.Episode{ID: fmt.Sprint(i), When: when, Facts: toldFacts(part.Told)})
	}
	merged.Person = toldFacts(out.Person)
	a, err := p.Assess(merged, law.Options{AsOf: toldToday})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, f := range a.Findings {
		at := slices.IndexFunc(merged.Episodes, func(e law.Episode) bool { return e.ID == f.Episode })
		out.Findings = append(out.Findings, toldFinding{f.Rule, at, f.Status})
	}
	out.Result = concluded(t, out, merged)
	return out
}

// concluded is what the hub says of a case, by way of its own reading of the law.
func concluded(t *testing.T, told toldCase, j law.Journey) checkResult {
	c, err := askedCheck()
	if err != nil {
		t.Fatal(err)
	}
	answers := func(told map[string]int) map[string]law.Answer {
		out := map[string]law.Answer{}
		for id, code := range told {
			out[id] = map[int]law.Answer{1: law.Yes, 2: law.No}[code]
		}
		return out
	}
	a := account{person: answers(told.Person), complete: told.Complete}
	for i, p := range told.Parts {
		a.parts, a.when = append(a.parts, answers(p.Told)), append(a.when, j.Episodes[i].When)
	}
	found, err := c.assess(a, toldToday)
	if err != nil {
		t.Fatalf("%s: %v", told.Name, err)
	}
	for _, f := range told.Findings {
		at := f.Episode
		if at < 0 {
			at = len(a.parts)
		}
		if got := found[at][f.Rule]; got != f.Status {
			t.Errorf("%s: %s in part %d: the hub finds %s, package law %s", told.Name, f.Rule, f.Episode, got, f.Status)
		}
	}
	return c.Results.conclude(a, found)
}

func toldFacts(told map[string]int) (out []law.Fact) {
	for id, code := range told {
		if answer := map[int]law.Answer{1: law.Yes, 2: law.No}[code]; answer != "" {
			out = append(out, law.Fact{Question: id, Answer: answer})
		}
	}
	return out
}

// TestCasesAreTold writes them where AMPARO_CHECK_CASES says, for browser/check.test.mjs.
func TestCasesAreTold(t *testing.T) {
	p, err := packs.Load("us")
	if err != nil {
		t.Fatal(err)
	}
	cases := toldCases(t, p)
	if len(cases) < 50 {
		t.Errorf("only %d cases", len(cases))
	}
	if name := os.Getenv("AMPARO_CHECK_CASES"); name != "" {
		data, err := json.Marshal(cases)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d journeys", len(cases))
}
