package law_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"amparo/law"
)

// with is j with more facts in its first episode, or on the person where it has none.
func with(j law.Journey, more ...law.Fact) law.Journey {
	j.Episodes = slices.Clone(j.Episodes)
	for i := range j.Episodes {
		j.Episodes[i].Facts = append(slices.Clone(j.Episodes[i].Facts), more...)
	}
	return j
}

// without is j with no answer to the questions named.
func without(j law.Journey, ids ...string) law.Journey {
	drop := func(facts []law.Fact) []law.Fact {
		return slices.DeleteFunc(slices.Clone(facts), func(f law.Fact) bool { return slices.Contains(ids, f.Question) })
	}
	j.Person = drop(j.Person)
	j.Episodes = slices.Clone(j.Episodes)
	for i := range j.Episodes {
		j.Episodes[i].Facts = drop(j.Episodes[i].Facts)
	}
	return j
}

// statuses says what an assessment found, of the kinds named or of all.
func statuses(a law.Assessment, kinds ...string) (out []law.Finding) {
	for _, f := range a.Findings {
		if len(kinds) == 0 || slices.Contains(kinds, f.Kind) {
			out = append(out, law.Finding{Rule: f.Rule, Episode: f.Episode, Status: f.Status})
		}
	}
	return out
}

func same(t *rapid.T, why string, a, b []law.Finding) {
	t.Helper()
	for i := range a {
		if a[i].Status != b[i].Status {
			t.Fatalf("%s: %s in %q: %s, then %s", why, a[i].Rule, a[i].Episode, a[i].Status, b[i].Status)
		}
	}
}

func TestLearningNeverTurnsAFindingWithoutConflict(t *testing.T) {
	p := us(t)
	rapid.Check(t, func(t *rapid.T) {
		j := journeys(p).Filter(func(j law.Journey) bool { return len(j.Episodes) > 0 }).Draw(t, "journey")
		q := rapid.SampledFrom(p.Questions).Draw(t, "question")
		f := law.Fact{Question: q.ID, Answer: rapid.SampledFrom([]law.Answer{law.Yes, law.No}).Draw(t, "answer"), Grade: law.Documented}
		before, after := statuses(assess(t, p, j)), statuses(assess(t, p, with(j, f)))
		allowed := map[law.Status][]law.Status{
			law.Open:        {law.Open, law.Established, law.RuledOut, law.Conflict},
			law.Established: {law.Established, law.Conflict},
			law.RuledOut:    {law.RuledOut, law.Conflict},
			law.Conflict:    {law.Conflict},
			law.NotLaw:      {law.NotLaw},
		}
		for i := range before {
			if !slices.Contains(allowed[before[i].Status], after[i].Status) {
				t.Fatalf("%s in %q: %s, then %s", before[i].Rule, before[i].Episode, before[i].Status, after[i].Status)
			}
		}
	})
}

func TestBeingAMinorNeverRemovesSexTrafficking(t *testing.T) {
	p := us(t)
	established := 0
	rapid.Check(t, func(t *rapid.T) {
		j := without(journeys(p).Draw(t, "journey"), "minor")
		// Enough for sex trafficking of an adult, so that the property is not empty.
		if rapid.Bool().Draw(t, "whole") && len(j.Episodes) > 0 {
			j.Episodes[0] = law.Episode{ID: "e0", When: law.Span{From: day("2020")}, Facts: yes("recruited", "sex_act",
				"sex_for_value", "threatened_hurt", "made_to_sex", "knew_means", "used_commerce")}
		}
		minor := j
		minor.Person = append(slices.Clone(j.Person), yes("minor")...)
		before, after := assess(t, p, j), assess(t, p, minor)
		for i, f := range before.Findings {
			if (f.Rule == "us.1591" || f.Rule == "us.7102-11-a") && f.Status == law.Established {
				established++
				if got := after.Findings[i].Status; got != law.Established {
					t.Fatalf("%s: established for an adult, %s for a child", f.Rule, got)
				}
			}
		}
	})
	if established == 0 {
		t.Error("nothing was established: the property says nothing")
	}
}

func yes(ids ...string) (out []law.Fact) {
	for _, id := range ids {
		out = append(out, law.Fact{Question: id, Answer: law.Yes, Grade: law.Said})
	}
	return out
}

// In US law trafficking needs no movement: with any other act shown, taking the journey away changes nothing.
func TestMovementMakesNoTrafficking(t *testing.T) {
	p := us(t)
	rapid.Check(t, func(t *rapid.T) {
		j := with(journeys(p).Draw(t, "journey"), yes(rapid.SampledFrom([]string{"recruited", "harbored", "provided", "obtained"}).Draw(t, "act"))...)
		still := without(j, "transported", "brought_in", "outside_port", "moved_inside", "ride_to_stay")
		// 1597 is for papers that smugglers keep, and so rests on their journey.
		found := func(j law.Journey) []law.Finding {
			all := statuses(assess(t, p, j), "trafficking", "documents", "screen")
			return slices.DeleteFunc(all, func(f law.Finding) bool { return f.Rule == "us.1597" })
		}
		same(t, "movement", found(j), found(still))
	})
}

// Consent, lawful entry, a death on the way, an ordinary life beside it, and every vulnerability are told
// and shown; no finding turns on them.
func TestWhatIsShownAndDecidesNothing(t *testing.T) {
	p := us(t)
	shown := []string{"agreed", "came_lawfully", "lived_freely", "someone_died", "life_at_risk", "for_gain"}
	for _, q := range p.Questions {
		if q.Vulnerability {
			shown = append(shown, q.ID)
		}
	}
	if len(shown) < 15 {
		t.Fatalf("only %v", shown)
	}
	rapid.Check(t, func(t *rapid.T) {
		j := journeys(p).Draw(t, "journey")
		same(t, "shown", statuses(assess(t, p, j)), statuses(assess(t, p, without(j, shown...))))
	})
}

// Fraud is a means of 22 USC 7102, and alone it is none of 18 USC 1589.
func TestFraudAloneIsNoForcedLabor(t *testing.T) {
	p := us(t)
	j := law.Journey{Episodes: []law.Episode{{ID: "e", When: law.Span{From: day("2020")}, Facts: append(
		yes("recruited", "obtained", "worked", "lied", "work_for_debt", "made_to_work", "meant_to_make_work"),
		no("work_counted", "hit", "locked", "threatened_hurt", "harmed_otherwise", "threatened_otherwise", "threatened_law", "used_law", "believed_harm")...)}}}
	a := assess(t, p, j)
	if got := status(t, a, "us.7102-11-b", "e"); got != law.Established {
		t.Errorf("7102: %s", got)
	}
	if got := status(t, a, "us.1589", "e"); got != law.RuledOut {
		t.Errorf("1589: %s", got)
	}
}

func no(ids ...string) (out []law.Fact) {
	for _, f := range yes(ids...) {
		f.Answer = law.No
		out = append(out, f)
	}
	return out
}

// Every reason re-derives its finding, and no fact in it can be dropped.
func TestReasonsRederiveAndAreMinimal(t *testing.T) {
	p := us(t)
	rapid.Check(t, func(t *rapid.T) {
		j := journeys(p).Draw(t, "journey")
		only := func(facts []law.Carried, skip int) law.Journey {
			out := law.Journey{Complete: j.Complete}
			for _, e := range j.Episodes {
				e.Facts = nil
				out.Episodes = append(out.Episodes, e)
			}
			for i, c := range facts {
				if i == skip {
					continue
				}
				if c.Episode == "" {
					out.Person = append(out.Person, c.Fact)
				}
				for k := range out.Episodes {
					if out.Episodes[k].ID == c.Episode {
						out.Episodes[k].Facts = append(out.Episodes[k].Facts, c.Fact)
					}
				}
			}
			return out
		}
		settled := slices.DeleteFunc(assess(t, p, j).Findings, func(f law.Finding) bool { return f.Why == nil && f.WhyNot == nil })
		if len(settled) > 0 {
			f := rapid.SampledFrom(settled).Draw(t, "finding")
			for _, side := range []struct {
				reason []law.Carried
				value  law.Value
			}{{f.Why, law.True}, {f.WhyNot, law.False}} {
				if side.reason == nil {
					continue
				}
				if got := finding(t, assess(t, p, only(side.reason, -1)), f.Rule, f.Episode).Tree().Value; got != side.value {
					t.Fatalf("%s: the reason gives %s: %v", f.Rule, got, side.reason)
				}
				for i := range side.reason {
					if got := finding(t, assess(t, p, only(side.reason, i)), f.Rule, f.Episode).Tree().Value; got == side.value {
						t.Fatalf("%s: %v can be dropped from %v", f.Rule, side.reason[i], side.reason)
					}
				}
			}
		}
	})
}

// The same journey gives the same bytes, in whatever order its facts were told.
func TestSameBytes(t *testing.T) {
	p := us(t)
	rapid.Check(t, func(t *rapid.T) {
		j := journeys(p).Draw(t, "journey")
		shuffled := j
		shuffled.Person = rapid.Permutation(slices.Clone(j.Person)).Draw(t, "person")
		shuffled.Episodes = slices.Clone(j.Episodes)
		for i := range shuffled.Episodes {
			shuffled.Episodes[i].Facts = rapid.Permutation(slices.Clone(j.Episodes[i].Facts)).Draw(t, "facts")
		}
		a, err := json.Marshal(assess(t, p, j))
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(assess(t, p, shuffled))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) {
			t.Fatalf("%s\n%s", a, b)
		}
	})
}

// What was declined, cannot be known, or is unsafe to ask is not asked again; it stays open.
func TestAskingRespectsTheReasonForUnknown(t *testing.T) {
	p := us(t)
	for _, why := range []law.Why{law.Declined, law.DoesNotKnow, law.UnsafeToAsk, law.NotAsked} {
		j := law.Journey{Episodes: []law.Episode{{ID: "e", Facts: []law.Fact{{Question: "worked", Answer: law.Unknown, Why: why}}}}}
		a := assess(t, p, j)
		asked := slices.ContainsFunc(a.Next, func(ask law.Ask) bool { return ask.Question == "worked" })
		if asked != (why == law.NotAsked) {
			t.Errorf("%s: asked again: %v", why, asked)
		}
		if f := finding(t, a, "us.1589", "e"); !slices.Contains(f.Open, "worked") {
			t.Errorf("%s: not open", why)
		}
		minor := law.Journey{Episodes: []law.Episode{{ID: "e", Facts: []law.Fact{{Question: "minor", Answer: law.Unknown, Why: why}}}, {ID: "f"}}}
		asked = slices.ContainsFunc(assess(t, p, minor).Next, func(ask law.Ask) bool { return ask.Question == "minor" })
		if asked != (why == law.NotAsked) {
			t.Errorf("%s: the person is asked: %v", why, asked)
		}
	}
}

// A first conversation does not begin with what hurts most.
func TestFirstQuestionsAreGentle(t *testing.T) {
	a := assess(t, us(t), law.Journey{Episodes: []law.Episode{{ID: "e"}}})
	for _, ask := range a.Next[:5] {
		if ask.Cost > 3 {
			t.Errorf("%s costs %d", ask.Question, ask.Cost)
		}
	}
}

func TestEveryFindingCanBeSaid(t *testing.T) {
	p := us(t)
	labor := yes("worked", "obtained", "threatened_hurt", "made_to_work", "meant_to_make_work")
	seen := map[law.Status]bool{}
	for _, e := range []law.Episode{
		{ID: "nothing told"},
		{ID: "established", When: law.Span{From: day("2020")}, Facts: labor},
		{ID: "no date", Facts: labor},
		{ID: "straddling", When: law.Span{From: day("1999"), Until: day("2004")}, Facts: labor},
		{ID: "ruled out", When: law.Span{From: day("2020")}, Facts: no("worked")},
		{ID: "conflict", When: law.Span{From: day("2020")}, Facts: append(no("worked"), labor...)},
		{ID: "before", When: law.Span{Until: day("1999")}, Facts: labor},
		{ID: "noted", Facts: yes("noncitizen", "no_permission", "knew_no_permission", "hidden", "for_gain")},
	} {
		for _, f := range assess(t, p, law.Journey{Episodes: []law.Episode{e}}).Findings {
			seen[f.Status] = true
			for _, lang := range []string{"en", "es", "xx"} {
				text := strings.Join(p.Explain(f, lang), "\n")
				if strings.Contains(text, "%!") || !strings.Contains(text, f.Title.In(lang)) {
					t.Errorf("%s in %s: %q", e.ID, lang, text)
				}
				if lang == "es" && !strings.Contains(text, "Nadie ha revisado") {
					t.Errorf("the Spanish does not say that it is unreviewed: %q", text)
				}
			}
		}
	}
	if len(seen) != 5 {
		t.Errorf("only these were said: %v", seen)
	}
}

func BenchmarkAssess(b *testing.B) {
	p := us(b)
	j := law.Journey{Episodes: []law.Episode{{ID: "nothing told"}, {ID: "nor here"}, {ID: "nor there"}}}
	for b.Loop() {
		assess(b, p, j)
	}
}

// A journey as one is told: three episodes, some twenty-five facts.
func BenchmarkAssessTold(b *testing.B) {
	p := us(b)
	person := []law.Fact{{Question: "noncitizen", Answer: law.Yes}, {Question: "minor", Answer: law.No}, {Question: "in_us_now", Answer: law.Yes}}
	when := func(from, until string) law.Span { return law.Span{From: day(from), Until: day(until)} }
	j := law.Journey{Person: person, Episodes: []law.Episode{
		{ID: "crossing", When: when("2019-02", "2019-03"), Facts: append(yes("recruited", "transported", "brought_in", "for_gain", "lied", "work_planned", "agreed"), no("worked", "hit")...)},
		{ID: "house", When: when("2019-03", "2019-04"), Facts: append(yes("harbored", "locked", "threatened_hurt", "hidden"), no("worked", "sex_act")...)},
		{ID: "farm", When: when("2019-04", "2021"), Facts: append(yes("worked", "obtained", "made_to_work", "could_not_stop", "threatened_law", "papers_taken", "work_for_debt", "pay_kept"), no("sex_act", "hit")...)},
	}}
	a := assess(b, p, j)
	b.ReportMetric(float64(len(a.Findings)), "findings")
	for b.Loop() {
		assess(b, p, j)
	}
}
