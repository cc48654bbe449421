package law_test

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"amparo/law"
	"amparo/packs"
)

// What must be so in the law of the United Nations, of Europe and of England and Wales, whatever else is told.

var loadPack = map[string]func() (*law.Pack, error){
	"un": sync.OnceValues(func() (*law.Pack, error) { return packs.Load("un") }),
	"eu": sync.OnceValues(func() (*law.Pack, error) { return packs.Load("eu") }),
	"uk": sync.OnceValues(func() (*law.Pack, error) { return packs.Load("uk") }),
}

func shipped(t testing.TB, name string) *law.Pack {
	t.Helper()
	p, err := loadPack[name]()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// eachPack runs a property for each of the three packs.
func eachPack(t *testing.T, property func(*testing.T, *law.Pack)) {
	for _, name := range []string{"un", "eu", "uk"} {
		t.Run(name, func(t *testing.T) { property(t, shipped(t, name)) })
	}
}

// What each law calls trafficking by act, means and purpose; and the one that asks for travel instead of means.
var (
	byMeans  = map[string][]string{"un": {"un.trafficking"}, "eu": {"eu.4-trafficking", "eu.trafficking"}, "uk": {"uk.nrm-trafficking"}}
	byTravel = "uk.msa-2"
)

var (
	movement = []string{"travelled", "transported", "brought_in", "taken_out", "moved_inside", "helped_enter", "taken_across", "outside_port", "ride_to_stay"}
	entry    = []string{"came_lawfully", "no_permission", "knew_no_permission", "ignored_no_permission", "noncitizen", "eu_citizen", "knew_foreign", "outside_port", "visa_by_lies", "came_to_officers"}
	dying    = []string{"someone_died", "life_at_risk", "cruel_on_way", "badly_hurt"}
	allMeans = []string{"hit", "locked", "threatened_hurt", "harmed_otherwise", "threatened_otherwise", "threatened_law", "used_law", "believed_harm",
		"papers_to_make_work", "papers_to_keep", "carried_off", "lied", "power_over", "no_other_choice", "used_weakness", "paid_controller"}

	// Prostitution that others ran, meant from the start: the purpose in all three laws.
	ran = []string{"recruited", "wanted_use", "meant_from_the_start", "sex_act", "sex_for_value", "sex_run_by_others"}
	// A crossing for a fee, and nothing that the carrier wanted beyond it.
	carried   = []string{"noncitizen", "brought_in", "transported", "no_permission", "knew_no_permission", "for_gain"}
	noPurpose = []string{"wanted_use", "meant_to_make_work", "planned_hold", "knew_others_would", "meant_from_the_start", "others_plainly_would", "treated_as_owned"}
)

// amid draws any journey, and with it an episode "told" of 2020 in which the one questions are answered yes and
// the other no, documented and contradicted nowhere, whatever else is told in it.
func amid(t *rapid.T, p *law.Pack, yesTo, noTo []string) law.Journey {
	mine := slices.Concat(yesTo, noTo)
	var others []string
	for _, q := range p.Questions {
		if !slices.Contains(mine, q.ID) {
			others = append(others, q.ID)
		}
	}
	e := law.Episode{ID: "told", When: law.Span{From: day("2020")}, Facts: append(yes(yesTo...), no(noTo...)...)}
	if rapid.Bool().Draw(t, "more") {
		e.Facts = append(e.Facts, facts(others).Draw(t, "others")...)
	}
	j := without(journeys(p).Draw(t, "journey"), mine...)
	j.Episodes = append(j.Episodes, e)
	return j
}

// trafficking says what an assessment found of trafficking, slavery and forced labour in the episodes.
func trafficking(a law.Assessment) []law.Finding { return statuses(a, "trafficking") }

// With another act shown, movement changes nothing where the law asks for act, means and purpose.
func TestWithoutMovementTraffickingStays(t *testing.T) {
	for _, name := range []string{"un", "eu"} {
		t.Run(name, func(t *testing.T) {
			p := shipped(t, name)
			rapid.Check(t, func(t *rapid.T) {
				acts := []string{"recruited", "harbored", "provided", "obtained"}
				act := rapid.SampledFrom(acts).Draw(t, "act")
				moved := with(without(amid(t, p, append([]string{"lied", "transported"}, ran...), nil), acts...), yes(act)...)
				a := assess(t, p, moved)
				same(t, "movement", trafficking(a), trafficking(assess(t, p, without(moved, movement...))))
				for _, rule := range byMeans[name] {
					if got := status(t, a, rule, "told"); got != law.Established {
						t.Fatalf("%s by %s: %s", rule, act, got)
					}
				}
			})
		})
	}
}

// In section 2 it changes everything: without travel there is no offence, and what the referral asks for stays.
func TestWithoutTravelThereIsNoSection2(t *testing.T) {
	p := shipped(t, "uk")
	rapid.Check(t, func(t *rapid.T) {
		way := rapid.SampledFrom([]string{"travelled", "transported", "brought_in", "taken_out", "moved_inside"}).Draw(t, "way")
		facts := append(slices.Clone(ran), "lied")
		a := assess(t, p, amid(t, p, append(facts, way), nil))
		if got := status(t, a, byTravel, "told"); got != law.Established {
			t.Fatalf("%s: %s", way, got)
		}
		a = assess(t, p, amid(t, p, facts, movement))
		if got := status(t, a, byTravel, "told"); got != law.RuledOut {
			t.Fatalf("without travel: %s", got)
		}
		if got := status(t, a, byMeans["uk"][0], "told"); got != law.Established {
			t.Fatalf("without travel, for the referral: %s", got)
		}
	})
}

// For a child no means is needed; for an adult, with everything else the same, one is.
func TestAChildNeedsNoMeans(t *testing.T) {
	eachPack(t, func(t *testing.T, p *law.Pack) {
		rapid.Check(t, func(t *rapid.T) {
			child := assess(t, p, amid(t, p, append([]string{"minor"}, ran...), allMeans))
			adult := assess(t, p, amid(t, p, ran, append([]string{"minor"}, allMeans...)))
			for _, rule := range byMeans[p.ID] {
				if got := status(t, child, rule, "told"); got != law.Established {
					t.Fatalf("%s of a child: %s", rule, got)
				}
				if got := status(t, adult, rule, "told"); got != law.RuledOut {
					t.Fatalf("%s of an adult: %s", rule, got)
				}
			}
		})
	})
}

// Being under 18 never takes trafficking away.
func TestBeingAChildTakesNoTraffickingAway(t *testing.T) {
	eachPack(t, func(t *testing.T, p *law.Pack) {
		rapid.Check(t, func(t *rapid.T) {
			j := without(amid(t, p, append([]string{"lied", "travelled"}, ran...), nil), "minor")
			child := j
			child.Person = append(slices.Clone(j.Person), yes("minor")...)
			before, after, established := trafficking(assess(t, p, j)), trafficking(assess(t, p, child)), 0
			for i, f := range before {
				if f.Status == law.Established {
					if established++; after[i].Status != law.Established {
						t.Fatalf("%s in %q: established for an adult, %s for a child", f.Rule, f.Episode, after[i].Status)
					}
				}
			}
			if established < len(byMeans[p.ID]) {
				t.Fatal("nothing was established: the property says nothing")
			}
		})
	})
}

// Once a means was used, consent changes nothing; nor does it change anything else. A means does.
func TestConsentChangesNothing(t *testing.T) {
	eachPack(t, func(t *testing.T, p *law.Pack) {
		if _, ok := p.Question("agreed"); !ok {
			t.Fatal("consent is not asked about")
		}
		rapid.Check(t, func(t *rapid.T) {
			means := rapid.SampledFrom([]string{"hit", "locked", "threatened_hurt", "threatened_law", "lied", "carried_off", "power_over", "paid_controller"}).Draw(t, "means")
			j := without(amid(t, p, append([]string{means}, ran...), []string{"minor"}), "agreed")
			a := assess(t, p, j)
			for _, answer := range [][]law.Fact{yes("agreed"), no("agreed")} {
				same(t, "consent", statuses(a), statuses(assess(t, p, with(j, answer...))))
			}
			for _, rule := range byMeans[p.ID] {
				if got := status(t, a, rule, "told"); got != law.Established {
					t.Fatalf("%s by %s: %s", rule, means, got)
				}
			}
		})
	})
}

// How somebody came in, and of which country they are, decides nothing about trafficking. It decides smuggling.
func TestLawfulEntryRulesNoTraffickingOut(t *testing.T) {
	smuggling := map[string]string{"un": "un.smuggling", "eu": "eu.facilitation-entry", "uk": "uk.ia-25"}
	eachPack(t, func(t *testing.T, p *law.Pack) {
		rapid.Check(t, func(t *rapid.T) {
			j := without(amid(t, p, append([]string{"lied", "travelled"}, ran...), nil), entry...)
			lawful := with(j, append(yes("came_lawfully"), no("no_permission", "outside_port", "visa_by_lies")...)...)
			a := assess(t, p, lawful)
			same(t, "entry", trafficking(assess(t, p, j)), trafficking(a))
			for _, rule := range byMeans[p.ID] {
				if got := status(t, a, rule, "told"); got != law.Established {
					t.Fatalf("%s after a lawful entry: %s", rule, got)
				}
			}
			if got := status(t, a, smuggling[p.ID], "told"); got != law.RuledOut {
				t.Fatalf("%s after a lawful entry: %s", smuggling[p.ID], got)
			}
		})
	})
}

// A death or a danger on the way never makes trafficking of smuggling. It is noted where the law speaks of it.
func TestADeathOnTheWayMakesNoTrafficking(t *testing.T) {
	smuggling := map[string]string{"un": "un.smuggling", "eu": "eu.facilitation-entry", "uk": "uk.ia-25"}
	ruledOut := map[string][]string{"un": {"un.trafficking"}, "eu": {"eu.4-trafficking", "eu.trafficking"}, "uk": {"uk.msa-2", "uk.nrm-trafficking"}}
	eachPack(t, func(t *testing.T, p *law.Pack) {
		rapid.Check(t, func(t *rapid.T) {
			unspared := slices.Concat(noPurpose, []string{"eu_citizen", "brought_by_carer", "humane_help", "came_to_officers", "rescue_only"})
			j := amid(t, p, append([]string{"someone_died", "life_at_risk"}, carried...), unspared)
			a := assess(t, p, j)
			same(t, "death", statuses(a), statuses(assess(t, p, without(j, dying...))))
			for _, rule := range ruledOut[p.ID] {
				if got := status(t, a, rule, "told"); got != law.RuledOut {
					t.Fatalf("%s after a death: %s", rule, got)
				}
			}
			f := finding(t, a, smuggling[p.ID], "told")
			if f.Status != law.Established || len(f.Notes) == 0 {
				t.Fatalf("%s after a death: %s, noted: %v", f.Rule, f.Status, f.Notes)
			}
		})
	})
}

// Circumstances are shown and decide nothing; nor does an ordinary life beside it.
func TestCircumstancesDecideNothing(t *testing.T) {
	eachPack(t, func(t *testing.T, p *law.Pack) {
		shown := []string{"lived_freely", "came_lawfully", "agreed"}
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
	})
}

// No finding of law rests on an indicator of the ILO.
func TestNoFindingOfLawRestsOnAnIndicator(t *testing.T) {
	p := shipped(t, "un")
	kind := map[string]string{}
	for _, r := range p.Rules() {
		kind[r.ID] = r.Kind
	}
	links, indicators := 0, 0
	var walk func(law.Rule, []law.Element)
	walk = func(of law.Rule, elements []law.Element) {
		for _, e := range elements {
			if e.Rule != "" {
				links++
				if kind[e.Rule] == "indicator" {
					t.Errorf("%s rests on %s", of.ID, e.Rule)
				}
			}
			walk(of, e.Children)
			walk(of, e.Unless)
		}
	}
	for _, r := range p.Rules() {
		if r.Kind == "indicator" {
			indicators++
			continue
		}
		_, parts, _ := p.Anatomy(r.ID)
		walk(r, parts)
	}
	if links == 0 || indicators == 0 {
		t.Errorf("%d links, %d indicators: the check says nothing", links, indicators)
	}
}
