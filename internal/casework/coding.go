package casework

import (
	"strconv"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/release"
	"amparo/law"
)

// fromFacts gives the coded field that rests on the answers to one question, in any episode.
var fromFacts = []struct{ field, question string }{
	{"MethodsOfControlDebtBondage", "work_for_debt"},
	{"MethodsOfControlTakesEarnings", "pay_kept"},
	{"MethodsOfControlFalsePromises", "lied"},
	{"MethodsOfControlPhysicalAbuse", "hit"},
	{"MethodsOfControlRestrictsMovement", "locked"},
	{"MethodsOfControlThreatOfLawEnforcement", "threatened_law"},
	{"MethodsOfControlWithholdsDocuments", "papers_taken"},
}

// exploitation gives the type that an established rule stands for.
var exploitation = map[string]string{
	"us.7102-11-a": "SexualExploitation", "us.1591": "SexualExploitation",
	"us.7102-11-b": "ForcedLabour", "us.1589": "ForcedLabour",
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
	found, unsettled := map[string]bool{}, false
	for _, f := range a.Findings {
		switch {
		case f.Kind != "trafficking" && f.Kind != "smuggling":
		case f.Status == law.Established:
			found[f.Kind] = true
			if e := exploitation[f.Rule]; e != "" {
				if was := row["TypeOfExploitation"]; was != "" && was != e {
					e = several
				}
				row["TypeOfExploitation"] = e
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
	for _, f := range fromFacts {
		if v := anywhere(c, f.question); v != "" {
			row[f.field] = v
		}
	}
	if anywhere(c, "minor") == "Yes" {
		row["amparoAgeWhenTrafficked"] = "Under18"
	}
	return row
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
