package casework

import (
	"slices"
	"strconv"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/release"
	"amparo/law"
)

// fromFacts gives the coded field that rests on the answers to questions, in any episode. The first question
// asks for the field itself, and only a no to it is a no of the field; the others are finer, and a yes to one
// of them is a yes.
var fromFacts = []struct {
	field     string
	questions []string
}{
	{"MethodsOfControlDebtBondage", []string{"work_for_debt"}},
	{"MethodsOfControlTakesEarnings", []string{"pay_kept", "pay_cut"}},
	{"MethodsOfControlFalsePromises", []string{"lied", "lied_job", "lied_pay", "lied_conditions", "lied_contract", "lied_home", "lied_papers",
		"lied_trip", "lied_family", "lied_marriage", "lied_school", "lied_about_job"}},
	{"MethodsOfControlPhysicalAbuse", []string{"hit", "badly_hurt"}},
	{"MethodsOfControlRestrictsMovement", []string{"locked", "watched"}},
	{"MethodsOfControlThreatOfLawEnforcement", []string{"threatened_law"}},
	{"MethodsOfControlWithholdsDocuments", []string{"papers_taken", "papers_to_make_work", "papers_to_keep"}},
}

// exploitation gives the type that a reason for trafficking stands for when one of the questions is in it;
// the first that fits. It is read from the answers and not from rules, so that it holds for every pack.
var exploitation = []struct {
	kind      string
	questions []string
}{
	{"SexualExploitation", []string{"sex_act", "sex_for_value", "sex_run_by_others", "made_to_sex", "brought_for_sex"}},
	{"OrganRemoval", []string{"body_part"}},
	{"ForcedMarriage", []string{"forced_marriage"}},
	{"Surrogacy", []string{"carried_child"}},
	{"ForcedAdoption", []string{"child_given_away"}},
	{"Other", []string{"used_for_other_gain"}}, // begging, stealing and claims are one question
	{"ForcedLabour", []string{"worked", "work_planned", "made_to_work", "work_for_debt", "far_too_much"}},
}

// coded lists the questions that a member must be able to answer for the coded row to be filled.
func coded() (ids []string) {
	for _, f := range fromFacts {
		ids = append(ids, f.questions[0])
	}
	return append(ids, "minor")
}

// languages gives HTCDS codes (ISO 639-2 and 639-3) for the language tags of a summary.
var languages = map[string]string{"ar": "ara", "en": "eng", "fr": "fra", "ht": "hat", "kjb": "kjb", "ko": "kor", "mam": "mam",
	"pt": "por", "quc": "quc", "ru": "rus", "es": "spa", "tl": "tgl", "uk": "ukr", "vi": "vie", "zh": "zho"}

// several is what a field takes when more than one value fits.
const several = "amparoSeveral"

// Prefill proposes the coded row of a case from its facts and findings. It proposes only what they
// bear out; the member changes what is wrong before the case is closed.
func Prefill(c *Case, a law.Assessment, now time.Time) release.Row {
	row := release.Row{"amparoYear": strconv.Itoa(now.Year()), "Status": "Closed"}
	if c.Summary.Doc.Conversation != "" {
		row["amparoChannel"] = "Chat"
	}
	if len(c.Referrals) > 0 {
		row["Status"] = "ClosedReferred"
	}
	if tag := c.Summary.Doc.Spoken; tag != "" {
		row["PrimaryLanguage"] = "amparoOther"
		if len(tag) > 2 && tag[2] == '-' {
			tag = tag[:2]
		}
		if code := languages[tag]; code != "" {
			row["PrimaryLanguage"] = code
		}
	}
	found, unsettled, types := map[string]bool{}, false, map[string]bool{}
	for _, f := range a.Findings {
		switch {
		case f.Kind != "trafficking" && f.Kind != "smuggling":
		case f.Status == law.Established:
			found[f.Kind] = true
			if f.Kind == "trafficking" {
				addTypes(types, f)
			}
		case f.Status == law.Open || f.Status == law.Conflict:
			unsettled = true
		}
	}
	switch {
	case found["trafficking"] && found["smuggling"]:
		row["amparoAct"] = "both"
	case found["trafficking"]:
		row["amparoAct"] = "trafficking"
	case found["smuggling"]:
		row["amparoAct"] = "smuggling"
	case unsettled || len(a.Findings) == 0:
		row["amparoAct"] = "open"
	default:
		row["amparoAct"] = "neither"
	}
	if found["trafficking"] {
		// A hotline does not confirm: that is for a court or an authority.
		row["TraffickingStatus"] = "PossibleVictimOfTrafficking"
	}
	for e := range types {
		row["TypeOfExploitation"] = e
		if len(types) > 1 {
			row["TypeOfExploitation"] = several
		}
	}
	for _, f := range fromFacts {
		v := anywhere(c, f.questions[0])
		for _, finer := range f.questions[1:] {
			if anywhere(c, finer) == "Yes" {
				v = "Yes"
			}
		}
		if v != "" {
			row[f.field] = v
		}
	}
	if anywhere(c, "minor") == "Yes" {
		row["amparoAgeWhenTrafficked"] = "Under18"
	}
	return row
}

// addTypes adds the types of exploitation that the reasons of an established finding stand for.
func addTypes(types map[string]bool, f law.Finding) {
	reasons, err := f.Reasons()
	if err != nil { // more than anyone could read: the one it came with tells enough
		reasons.Why = [][]law.Carried{f.Why}
	}
	for _, reason := range reasons.Why {
		for _, e := range exploitation {
			if slices.ContainsFunc(reason, func(c law.Carried) bool {
				return c.Answer == law.Yes && slices.Contains(e.questions, c.Question)
			}) {
				types[e.kind] = true
				break
			}
		}
	}
}

// anywhere is Yes when a question was answered so in any episode or about the person, No when it was
// only ever answered no, and empty when it was not answered.
func anywhere(c *Case, question string) (answer string) {
	all := []casefile.Facts{c.Person.Doc.Facts}
	for _, e := range c.Episodes {
		all = append(all, e.Doc.Facts)
	}
	for _, fs := range all {
		for _, f := range fs.On(question) {
			switch f.Answer {
			case casefile.Yes:
				return "Yes"
			case casefile.No:
				answer = "No"
			}
		}
	}
	return answer
}
