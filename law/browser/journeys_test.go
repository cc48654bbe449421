package browser

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amparo/law"
	"amparo/packs"
)

func assess(t *testing.T, p *law.Pack, j law.Journey, asOf law.Date) []finding {
	t.Helper()
	out := []finding{}
	a, err := p.Assess(j, law.Options{AsOf: asOf, Standard: law.AnyCredibleEvidence})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Findings {
		at := slices.IndexFunc(j.Episodes, func(e law.Episode) bool { return e.ID == f.Episode })
		out = append(out, finding{f.Rule, at, f.Status})
	}
	return out
}

func eachPack(t *testing.T, test func(t *testing.T, p *law.Pack, n *node)) {
	names := packs.Names()
	if len(names) == 0 {
		t.Fatal("no packs")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			p, err := packs.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			test(t, p, startNode(t, bundle))
		})
	}
}

// Over the decided cases, and variants of some, the browser finds what Assess finds; and what it would ask next
// is what trying each answer with Assess shows.
func TestBrowserFindsWhatAssessFinds(t *testing.T) {
	eachPack(t, func(t *testing.T, p *law.Pack, n *node) {
		cases, err := p.Cases(packs.FS, p.ID)
		if err != nil || len(cases) == 0 {
			t.Fatal(len(cases), "cases", err)
		}
		program, compared, tried := p.Program(), 0, 0
		for i, c := range cases {
			trials := []law.Trial{c.Trial}
			if i%4 == 0 { // a sample: there are many
				trials = append(trials, c.Variants...)
			}
			for _, trial := range trials {
				asOf := trial.Options().AsOf
				var answer struct{ Assessed []assessed }
				n.ask(map[string]any{"program": program, "journeys": []journey{forBrowser(trial.Journey, asOf)}}, &answer)
				want := assess(t, p, trial.Journey, asOf)
				if diff := cmp.Diff(want, answer.Assessed[0].Findings); diff != "" {
					t.Errorf("%s %s: %s", c.Name, trial.Variant, diff)
				}
				compared += len(want)
				if trial.Variant == "" && i%10 == 0 { // a sample: there are hundreds of answers to a case
					next, n := tryAll(t, p, program, trial.Journey, asOf, want)
					tried += n
					if diff := cmp.Diff(next, answer.Assessed[0].Next); diff != "" {
						t.Errorf("%s: next: %s", c.Name, diff)
					}
				}
			}
		}
		t.Logf("%d findings compared; %d answers tried", compared, tried)
		if compared == 0 || tried == 0 {
			t.Error("nothing compared")
		}
	})
}

// tryAll gives, for each thing that was not asked, how many open findings a yes or a no alone settles.
func tryAll(t *testing.T, p *law.Pack, program law.Program, j law.Journey, asOf law.Date, before []finding) (out []ask, tried int) {
	t.Helper()
	out = []ask{}
	said := forBrowser(j, asOf)
	for i, id := range program.Facts {
		ofPerson := slices.Contains(program.Person, i)
		for place := range len(j.Episodes) + 1 {
			if place == len(j.Episodes) {
				place = -1
			}
			if ofPerson != (place < 0) || asked(said, id, place) {
				continue
			}
			settled := make([]bool, len(before))
			for _, answer := range []law.Answer{law.Yes, law.No} {
				tried++
				for f, after := range assess(t, p, with(j, place, law.Fact{Question: id, Answer: answer}), asOf) {
					settled[f] = settled[f] || before[f].Status == law.Open && after.Status != law.Open
				}
			}
			a := ask{Fact: id, Episode: place}
			for _, s := range settled {
				if s {
					a.Settles++
				}
			}
			if a.Settles > 0 {
				out = append(out, a)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ask) int { return b.Settles - a.Settles })
	return out, tried
}

// differ says how the browser's findings over journeys made at random, with actors, dates, filings and
// conflicts, differ from Assess's; it counts the statuses that Assess gave.
func differ(t *testing.T, p *law.Pack, n *node, seed uint64, batches int, statuses map[law.Status]int) string {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	asOf, program := law.Date{Year: 2026, Month: 1, Day: 2}, p.Program()
	for range batches {
		var journeys []law.Journey
		var send []journey
		for range 20 {
			j := randomJourney(r, p)
			journeys, send = append(journeys, j), append(send, forBrowser(j, asOf))
		}
		var answer struct{ Assessed []assessed }
		n.ask(map[string]any{"program": program, "journeys": send}, &answer)
		for i, j := range journeys {
			want := assess(t, p, j, asOf)
			if diff := cmp.Diff(want, answer.Assessed[i].Findings); diff != "" {
				var when []law.Span
				for _, e := range j.Episodes {
					when = append(when, e.When)
				}
				return fmt.Sprintf("seed %d: filed %v, episodes %v: %s", seed, j.Filed, when, diff)
			}
			for _, f := range want {
				statuses[f.Status]++
			}
		}
	}
	return ""
}

func TestBrowserFindsWhatAssessFindsAtRandom(t *testing.T) {
	eachPack(t, func(t *testing.T, p *law.Pack, n *node) {
		statuses := map[law.Status]int{}
		if diff := differ(t, p, n, 1, 4, statuses); diff != "" {
			t.Error(diff)
		}
		t.Logf("%v", statuses)
		for _, s := range []law.Status{law.Established, law.Open, law.RuledOut, law.Conflict} {
			if statuses[s] == 0 {
				t.Errorf("no finding is %s", s)
			}
		}
	})
}

// A fault in the way a journey is laid out or read is seen.
func TestPlantedFaultsInJourneysAreSeen(t *testing.T) {
	p, err := packs.Load("uk")
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"the person's answers":     {"asked.includes(i) ? person[fact] : 0", "0"},
		"groups of actors":         {"found[1] &= no", "found[1] |= no"},
		"some episode":             {"episode < 0 ? some[i]", "episode < -1 ? some[i]"},
		"a complete journey":       {"-!!complete", "0"},
		"when law begins":          {"side(from, 1, 2)", "1"},
		"an end that is not known": {"last && last < date ? before : 0", "last < date ? before : after"},
		"conflict":                 {"yes & no & 1 ? 'conflict'", "0 ? 'conflict'"},
	} {
		t.Run(name, func(t *testing.T) {
			n := startNode(t, faulty(t, change[0], change[1]))
			if differ(t, p, n, 1, 15, map[law.Status]int{}) == "" {
				t.Error("not seen")
			}
		})
	}
}
