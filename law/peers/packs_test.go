package peers

import (
	"math/rand/v2"
	"testing"

	"github.com/dalzilio/rudd"

	"amparo/law"
	"amparo/packs"
)

// eachPack runs a test on every pack that ships.
func eachPack(t *testing.T, test func(t *testing.T, pack *law.Pack, p Program)) {
	t.Helper()
	names := packs.Names()
	if len(names) == 0 {
		t.Fatal("no packs")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			pack, err := packs.Load(name)
			if err != nil {
				t.Fatal(err)
			}
			p, err := ReadValue(pack.Program())
			if err != nil {
				t.Fatal(err)
			}
			test(t, pack, p)
		})
	}
}

// questionsOf are the rules of a pack about an episode, as it shows them.
func questionsOf(t *testing.T, pack *law.Pack, p Program) []Question {
	t.Helper()
	_, left := p.Questions()
	questions, err := Shown(pack, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(questions) == 0 {
		t.Fatal("no rules about an episode")
	}
	t.Logf("%d rules compared, left out: %v", len(questions), left)
	return questions
}

// What the product shows to people as the elements of a rule, with its exceptions, is what its program
// decides: the same decision diagram, by rudd, the law in force.
func TestProgramsDecideWhatIsShown(t *testing.T) {
	eachPack(t, func(t *testing.T, pack *law.Pack, p Program) {
		drawn, err := draw(p)
		if err != nil {
			t.Fatal(err)
		}
		law, done := drawn.known(inForce(p, nil)), map[*Expr]rudd.Node{}
		for _, q := range questionsOf(t, pack, p) {
			decided, shown := drawn.And(law, drawn.ops[q.Rule.Body]), drawn.And(law, drawn.expr(p, q.Body, done))
			if !drawn.Equal(decided, shown) {
				t.Errorf("%s: the program decides otherwise than is shown", q.ID)
			}
			if drawn.Equal(decided, drawn.False()) || drawn.Equal(decided, law) {
				t.Errorf("%s does not hang on facts", q.ID)
			}
		}
	})
}

// With every fact known, all agree: brute force, the two bit planes, the decision diagram, CEL's evaluator,
// OPA, json-logic and json-rules-engine.
func TestPacksWithAllFactsKnown(t *testing.T) {
	every := started(t)
	eachPack(t, func(t *testing.T, pack *law.Pack, p Program) {
		questions := questionsOf(t, pack, p)
		each := every.load(t, p, questions)
		drawn, err := draw(p)
		if err != nil {
			t.Fatal(err)
		}
		ours := NewOurs(pack, p, questions)
		batch, findings := ours.NewBatch(), ours.NewFindings()
		journeys := DrawAnswers(p.Facts, Lanes, 1, .5, 7)
		ours.Read(batch, journeys)
		ours.Answer(batch, findings)
		for lane, answers := range journeys {
			facts := byIndex(p, answers)
			values, cube := brute(p, func(f int) bool { return facts[f] }), drawn.known(inForce(p, facts))
			verdicts := each.verdicts(t, len(questions), answers)
			for i, q := range questions {
				want := verdict(values[q.Rule.Body])
				if got := drawn.verdict(q.Rule.Body, cube); got != want {
					t.Fatalf("%s, journey %d: rudd says %s, brute force %s", q.ID, lane, got, want)
				}
				if got := findings.Verdict(i, lane); got != want {
					t.Fatalf("%s, journey %d: the planes say %s, brute force %s", q.ID, lane, got, want)
				}
				for name, said := range verdicts {
					if said[i] != want {
						t.Fatalf("%s, journey %d: %s says %s, brute force %s", q.ID, lane, name, said[i], want)
					}
				}
			}
		}
	})
}

func byIndex(p Program, answers Answers) map[int]bool {
	facts := map[int]bool{}
	for f, name := range p.Facts {
		if yes, known := answers[name].(bool); known {
			facts[f] = yes
		}
	}
	return facts
}

// With facts unknown, the planes know exactly what all completions agree on. rudd says what that is; a sample
// of completions, by brute force, never says otherwise.
func TestPacksWithUnknownFacts(t *testing.T) {
	eachPack(t, func(t *testing.T, pack *law.Pack, p Program) {
		questions := questionsOf(t, pack, p)
		drawn, err := draw(p)
		if err != nil {
			t.Fatal(err)
		}
		ours := NewOurs(pack, p, questions)
		batch, findings := ours.NewBatch(), ours.NewFindings()
		random := rand.New(rand.NewPCG(3, 3))
		verdicts := map[Verdict]int{}
		for _, d := range drawings() {
			journeys := DrawAnswers(p.Facts, Lanes, d.known, d.yes, 3)
			ours.Read(batch, journeys)
			ours.Answer(batch, findings)
			for lane, answers := range journeys {
				facts := byIndex(p, answers)
				cube := drawn.known(inForce(p, facts))
				for i, q := range questions {
					got := findings.Verdict(i, lane)
					verdicts[got]++
					if want := drawn.verdict(q.Rule.Body, cube); got != want {
						t.Fatalf("%s with %v: the planes say %s, rudd %s", q.ID, answers, got, want)
					}
				}
				for range 4 {
					values := brute(p, func(f int) bool {
						yes, known := facts[f]
						return known && yes || !known && random.IntN(2) == 1
					})
					for i, q := range questions {
						if got := findings.Verdict(i, lane); got != Open && got != verdict(values[q.Rule.Body]) {
							t.Fatalf("%s with %v: the planes say %s, a completion not", q.ID, answers, got)
						}
					}
				}
			}
		}
		t.Logf("%d yes, %d no, %d open", verdicts[Yes], verdicts[No], verdicts[Open])
		if verdicts[Yes] == 0 || verdicts[No] == 0 || verdicts[Open] == 0 {
			t.Error("some verdict never came")
		}
	})
}

// A drawing says how much is known, and how often it is a yes. Where nearly all is known and nearly all of that is
// no, what remains hangs on few facts: there exactness shows.
type drawing struct{ known, yes float64 }

func drawings() (all []drawing) {
	for _, known := range []float64{0, .2, .4, .6, .8, .9} {
		for _, yes := range []float64{.1, .5, .9} {
			all = append(all, drawing{known, yes})
		}
	}
	return all
}

// CEL's partial evaluator never says otherwise than the planes. It may leave unknown what is settled.
func TestCELLeavesUnknownWhatIsSettled(t *testing.T) {
	eachPack(t, func(t *testing.T, pack *law.Pack, p Program) {
		questions := questionsOf(t, pack, p)
		cel, err := NewCEL(p.Facts, questions, true, false)
		if err != nil {
			t.Fatal(err)
		}
		ours := NewOurs(pack, p, questions)
		batch, findings, said := ours.NewBatch(), ours.NewFindings(), make([]Verdict, len(questions))
		for _, d := range []drawing{{.2, .5}, {.6, .5}, {.9, .5}, {.9, .1}} {
			settled, left := 0, map[string]int{}
			journeys := DrawAnswers(p.Facts, 8*Lanes, d.known, d.yes, 5)
			for i, answers := range journeys {
				if i%Lanes == 0 {
					ours.Read(batch, journeys[i:i+Lanes])
					ours.Answer(batch, findings)
				}
				prepared, err := cel.Prepare(answers)
				if err == nil {
					err = cel.Answer(prepared, said)
				}
				if err != nil {
					t.Fatal(err)
				}
				for q, question := range questions {
					want := findings.Verdict(q, i%Lanes)
					if said[q] != Open && said[q] != want {
						t.Fatalf("%s with %v: CEL says %s, the planes %s", question.ID, answers, said[q], want)
					}
					if want != Open {
						settled++
						if said[q] == Open {
							left[question.ID]++
						}
					}
				}
			}
			n := 0
			for _, k := range left {
				n += k
			}
			t.Logf("%.0f%% of facts known, %.0f%% of them yes: of %d settled verdicts cel-go's partial evaluation left %d unknown %v",
				100*d.known, 100*d.yes, settled, n, left)
			if settled == 0 {
				t.Error("nothing was settled")
			}
		}
	})
}
