package law_test

import (
	"slices"
	"strings"
	"testing"

	"amparo/law"
)

// Plain journeys, told to the end: what is not answered yes was not so. Each has the answer of a careful lawyer
// who reads the texts. "+" is made out, "-" is ruled out.
var plainJourneys = []struct{ what, when, yes, want string }{
	{"a girl of fifteen in flats where others sell her, by no means that the law names", "2024",
		"minor under_16 recruited harbored moved_inside wanted_use meant_from_the_start agreed sex_act sex_for_value sex_run_by_others",
		"+un.trafficking +eu.trafficking +eu.4-trafficking +uk.msa-2 +uk.nrm-trafficking -un.forced-labour -un.smuggling"},
	{"a grown woman who works in such a flat as she likes", "2024",
		"recruited harbored moved_inside wanted_use meant_from_the_start agreed sex_act sex_for_value sex_run_by_others",
		"-un.trafficking -eu.trafficking -eu.4-trafficking +uk.msa-2 -uk.nrm-trafficking"},
	{"a child of thirteen passed around for nothing, by a man with power over her", "2024",
		"minor under_16 recruited provided transported wanted_use meant_from_the_start power_over sex_act",
		"+un.trafficking +eu.trafficking +uk.msa-2 +uk.nrm-trafficking"},
	{"a girl of seventeen and the friend who fetches her", "2024",
		"minor transported moved_inside meant_from_the_start sex_act agreed",
		"-un.trafficking -eu.trafficking -uk.msa-2 -uk.nrm-trafficking"},
	{"a child whom its parents gave away to keep house", "2024",
		"minor given_by_family harbored obtained wanted_use worked far_too_much kept_from_school",
		"+un.slavery-like +un.trafficking +eu.trafficking -un.forced-labour -un.slavery"},
	{"a woman whom a pimp beats in her own street", "2024",
		"harbored obtained wanted_use hit knew_means sex_act sex_for_value sex_run_by_others made_to_sex",
		"+un.trafficking +un.forced-labour +eu.trafficking +eu.4-forced-labour +uk.msa-1-b -uk.msa-2 +uk.nrm-trafficking"},

	{"a cook lied to about his pay", "2024",
		"noncitizen came_lawfully travelled recruited obtained wanted_use worked lied lied_pay pay_kept long_hours below_minimum",
		"-un.trafficking -un.forced-labour -eu.trafficking -eu.4-forced-labour -uk.msa-1-b -uk.msa-2 -uk.nrm-trafficking -uk.ia-25"},
	{"the cook, kept at the stove by threats of the police", "2024",
		"noncitizen came_lawfully travelled recruited obtained wanted_use worked lied pay_kept far_too_much threatened_law made_to_work meant_to_make_work meant_from_the_start",
		"+un.trafficking +un.forced-labour +eu.trafficking +eu.4-forced-labour -eu.4-servitude +uk.msa-1-b +uk.msa-2 +uk.nrm-trafficking -un.smuggling -uk.ia-25"},
	{"an au pair with too much to do, who may go", "2024",
		"noncitizen came_lawfully travelled recruited harbored obtained wanted_use worked long_hours pay_cut lived_freely",
		"-un.trafficking -un.forced-labour -eu.trafficking -eu.4-forced-labour -uk.msa-1-a -uk.msa-1-b -uk.msa-2"},
	{"an au pair who may not go, and sees no end to it", "2024",
		"noncitizen came_lawfully travelled recruited harbored obtained wanted_use worked far_too_much threatened_law made_to_work meant_to_make_work could_not_stop seemed_endless",
		"+un.trafficking +eu.4-servitude +eu.trafficking +uk.msa-1-a +uk.msa-1-b -uk.msa-2 +uk.nrm-trafficking"},
	{"a picker who works off a debt that never grows less", "2024",
		"recruited obtained wanted_use worked lied work_for_debt", "+un.slavery-like +un.trafficking +eu.trafficking -un.forced-labour"},
	{"a picker who works off a fair debt on clear terms", "2024",
		"recruited obtained wanted_use worked lied work_for_debt work_counted debt_terms_clear", "-un.slavery-like -un.trafficking -eu.trafficking"},
	{"a prisoner at ordinary work", "2024",
		"obtained harbored locked wanted_use worked made_to_work could_not_stop far_too_much public_duty",
		"-un.forced-labour -un.trafficking -eu.4-forced-labour -eu.trafficking -eu.4-trafficking -uk.msa-1-b"},
	{"a prisoner hired out to a firm", "2024",
		"obtained harbored locked wanted_use worked made_to_work could_not_stop public_duty hired_to_private", "+un.forced-labour +un.trafficking"},
	{"a conscript put to building houses", "2018",
		"obtained harbored threatened_hurt wanted_use worked made_to_work meant_to_make_work far_too_much public_duty conscript_other_work",
		"+un.forced-labour +un.trafficking +eu.4-forced-labour +uk.msa-1-b"},

	{"a kidney taken from one who had no other way out", "2024",
		"travelled recruited wanted_use meant_from_the_start no_other_choice used_weakness agreed body_part body_part_paid",
		"+un.trafficking +eu.trafficking +uk.msa-2 +uk.nrm-trafficking"},
	{"a kidney sold freely", "2024", "travelled recruited wanted_use meant_from_the_start agreed body_part body_part_paid",
		"-un.trafficking -eu.trafficking +uk.msa-2 -uk.nrm-trafficking"},
	{"a kidney given to a brother", "2024", "travelled recruited wanted_use meant_from_the_start agreed body_part",
		"-un.trafficking -eu.trafficking -uk.msa-2"},

	{"a marriage that could not be refused, in 2024", "2024", "transported harbored power_over wanted_use forced_marriage travelled",
		"-eu.trafficking -un.slavery-like -uk.msa-2"},
	{"the same in 2024, and no way to leave it", "2024",
		"transported harbored power_over wanted_use forced_marriage travelled could_not_stop", "+eu.trafficking"},
	{"the same in 2027", "2027", "transported harbored power_over wanted_use forced_marriage travelled", "+eu.trafficking"},
	{"the same in 2024, for a payment to her father", "2024",
		"transported harbored power_over wanted_use forced_marriage travelled paid_controller",
		"+un.slavery-like +un.trafficking +eu.trafficking +eu.4-trafficking"},
	{"the same in 2024, and raped in it", "2024",
		"transported harbored power_over wanted_use forced_marriage travelled sex_act made_to_sex meant_from_the_start",
		"+un.trafficking +eu.trafficking +uk.msa-2"},

	{"a boy whom a gang sends out with drugs", "2024",
		"minor recruited transported moved_inside wanted_use used_for_other_gain chosen_as_weaker meant_from_the_start may_be_crime came_of_being_held others_would_too",
		"+uk.msa-2 +uk.nrm-trafficking +uk.msa-45 +eu.trafficking -eu.non-punishment -uk.msa-1-b -un.forced-labour"},
	{"a man whose flat a gang takes over, and who must sell for them", "2024",
		"obtained wanted_use hit used_for_other_gain made_to_work meant_to_make_work may_be_crime driven_to_it came_of_being_held no_other_way",
		"-uk.msa-2 +uk.msa-1-b +uk.msa-45 +eu.trafficking +eu.non-punishment"},
	{"the same, who robbed someone for them", "2024",
		"obtained wanted_use hit used_for_other_gain made_to_work meant_to_make_work may_be_crime driven_to_it came_of_being_held no_other_way listed_crime",
		"+uk.msa-1-b -uk.msa-45 +eu.non-punishment"},
	{"a passenger whom the smugglers force to steer, and who is tried for it", "2024",
		"noncitizen brought_in transported no_permission knew_no_permission for_gain threatened_hurt wanted_use used_for_other_gain made_to_work may_be_crime driven_to_it came_of_being_held no_other_way listed_crime blamed_for_coming helped_bring_others",
		"+un.smuggling +un.not-liable +eu.facilitation-entry +eu.non-punishment +uk.ia-25 -uk.msa-45"},
	{"a recruiter abroad who never meets the one they send on, and knows to whom", "2024",
		"noncitizen came_lawfully travelled recruited provided lied knew_others_would sex_act sex_for_value sex_run_by_others",
		"+un.trafficking +eu.trafficking +uk.msa-2 +uk.nrm-trafficking -un.smuggling"},
	{"the same, who knew nothing of it", "2024",
		"noncitizen came_lawfully travelled recruited provided lied sex_act sex_for_value sex_run_by_others",
		"-un.trafficking -eu.trafficking -uk.msa-2 -uk.nrm-trafficking"},

	{"a mother who brings her child with false papers", "2024",
		"minor noncitizen brought_in transported no_permission knew_no_permission false_papers papers_for_entry brought_by_carer",
		"-un.smuggling -un.smuggling-documents -un.trafficking -eu.facilitation-entry -eu.trafficking +uk.ia-25 -uk.msa-2"},
	{"a driver who hides someone and asks nothing", "2024", "noncitizen brought_in transported hidden no_permission knew_no_permission",
		"-un.smuggling +eu.facilitation-entry -eu.facilitation-stay +uk.ia-25 -un.trafficking -eu.trafficking -uk.msa-2"},
	{"a driver who hides someone for money, and people die", "2024",
		"noncitizen brought_in transported hidden no_permission knew_no_permission for_gain agreed life_at_risk someone_died",
		"+un.smuggling +eu.facilitation-entry +uk.ia-25 -un.trafficking -eu.trafficking -eu.4-trafficking -uk.msa-2 -uk.nrm-trafficking"},
	{"volunteers, where the State has not chosen to spare them", "2024",
		"noncitizen helped_enter helped_stay no_permission knew_no_permission humane_help",
		"-un.smuggling -un.smuggling-stay +eu.facilitation-entry -eu.facilitation-stay +uk.ia-25"},
	{"volunteers, where it has", "2024", "noncitizen helped_enter no_permission knew_no_permission humane_help law_spares_help",
		"-un.smuggling -eu.facilitation-entry"},
	{"a boat to the officers of a port, in 2021", "2021-07", "noncitizen brought_in transported no_permission knew_no_permission came_to_officers seeks_protection knew_seeks_protection",
		"-uk.ia-25 -uk.ia-25a -un.smuggling"},
	{"the same in 2023", "2023-07", "noncitizen brought_in transported no_permission knew_no_permission came_to_officers seeks_protection knew_seeks_protection",
		"+uk.ia-25 +uk.ia-25a -un.smuggling"},
	{"people found in danger at sea in 2023", "2023-07", "noncitizen brought_in transported no_permission knew_no_permission came_to_officers rescue_only",
		"-uk.ia-25 -un.smuggling"},
	{"a room let for money to one who may not stay", "2024", "noncitizen no_permission knew_no_permission helped_stay for_gain harbored",
		"+eu.facilitation-stay -un.smuggling-stay -un.trafficking"},
}

func TestPlainJourneys(t *testing.T) {
	held := map[string]map[bool]bool{}
	for _, c := range plainJourneys {
		for _, name := range []string{"un", "eu", "uk"} {
			p := shipped(t, name)
			said := strings.Fields(c.yes)
			j := law.Journey{Complete: true, Episodes: []law.Episode{{ID: "e", When: law.Span{From: day(c.when), Until: day(c.when)}}}}
			for _, q := range p.Questions {
				answer := no(q.ID)
				if slices.Contains(said, q.ID) {
					answer = yes(q.ID)
				}
				if q.Scope == "person" {
					j.Person = append(j.Person, answer...)
				} else {
					j.Episodes[0].Facts = append(j.Episodes[0].Facts, answer...)
				}
			}
			for _, id := range said {
				if _, ok := p.Question(id); !ok {
					t.Errorf("%s: no question %q", c.what, id)
				}
			}
			a := assess(t, p, j)
			for _, want := range strings.Fields(c.want) {
				rule, made := want[1:], want[0] == '+'
				if !strings.HasPrefix(rule, name+".") {
					continue
				}
				got := finding(t, a, rule, "e")
				if status := map[bool]law.Status{true: law.Established, false: law.RuledOut}[made]; got.Status != status {
					t.Errorf("%s: %s is %s, not %s\n%s", c.what, rule, got.Status, status, strings.Join(p.Explain(got, "en"), "\n"))
				}
				if held[rule] == nil {
					held[rule] = map[bool]bool{}
				}
				held[rule][made] = true
			}
		}
	}
	for rule, ways := range map[string]int{"un.trafficking": 2, "eu.trafficking": 2, "uk.msa-2": 2, "un.smuggling": 2, "eu.facilitation-entry": 2, "uk.ia-25": 2} {
		if len(held[rule]) != ways {
			t.Errorf("%s is not tried both ways: %v", rule, held[rule])
		}
	}
}
