package packs

import (
	"strings"
	"testing"

	"amparo/law"
)

// Every screen is about the person and ends with a lawyer, in each language.
func TestScreensEndWithALawyer(t *testing.T) {
	for name, least := range map[string]int{"us": 8, "eu": 5, "uk": 4} {
		screens := 0
		for _, r := range load(t, name).Rules() {
			if r.Kind != "screen" {
				continue
			}
			screens++
			if r.Scope != "person" {
				t.Errorf("%s is about an %s", r.ID, r.Scope)
			}
			for lang, word := range map[string]string{"en": "see a lawyer", "es": "consulte a un abogado"} {
				if !strings.Contains(r.Title[lang], word) {
					t.Errorf("%s in %s does not say %q: %q", r.ID, lang, word, r.Title[lang])
				}
			}
		}
		if screens < least {
			t.Errorf("%s: only %d screens", name, screens)
		}
	}
}

// An indicator of the ILO says in its title that it is no finding, in each language.
func TestIndicatorsSayThatTheyAreNoFinding(t *testing.T) {
	indicators := 0
	for _, r := range load(t, "un").Rules() {
		if r.Kind != "indicator" {
			continue
		}
		indicators++
		for lang, word := range map[string]string{"en": "no finding of law", "es": "no conclusión jurídica"} {
			if !strings.Contains(r.Title[lang], word) {
				t.Errorf("%s in %s does not say %q: %q", r.ID, lang, word, r.Title[lang])
			}
		}
	}
	if indicators < 7 {
		t.Errorf("only %d indicators", indicators)
	}
}

// What asking costs, and how long one may wait, is what it was on the day of asking.
func TestFeesAndTermsByDay(t *testing.T) {
	p := load(t, "us")
	for _, c := range []struct{ rule, parameter, filed, asOf, want string }{
		{"us.asylum-screen", "filing-fee", "2025-07-03", "2026-01-02", "none"},
		{"us.asylum-screen", "filing-fee", "2025-07-04", "2026-01-02", "$100"},
		{"us.asylum-screen", "annual-fee", "2025-07-03", "2026-01-02", "none when it was asked"},
		{"us.asylum-screen", "annual-fee", "2025-07-04", "2026-01-02", "$100 a year"},
		{"us.asylum-screen", "annual-fee", "2026-01-01", "2026-01-02", "$102 a year"},
		{"us.asylum-screen", "deadline", "1997-03-31", "2026-01-02", "no limit"},
		{"us.asylum-screen", "deadline", "1997-04-01", "2026-01-02", "one year"},
		{"us.sij-screen", "fee", "2025-07-03", "2026-01-02", "none"},
		{"us.sij-screen", "fee", "2025-07-04", "2026-01-02", "$250"},
		{"us.t-screen", "cap", "", "2026-01-02", "5,000"},
		{"us.t-screen", "stay", "", "2006-01-04", "three years"},
		{"us.t-screen", "stay", "", "2006-01-05", "four years"},
		{"us.u-screen", "cap", "", "2026-01-02", "10,000"},
		{"us.child-eligibility", "interim", "2008-12-23", "2026-01-02", "up to 90 days"},
	} {
		j := law.Journey{Filed: day(t, c.filed)}
		a, err := p.Assess(j, law.Options{AsOf: day(t, c.asOf)})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, f := range a.Findings {
			for _, v := range f.Parameters {
				if f.Rule == c.rule && v.ID == c.parameter {
					said = append(said, v.Value["en"])
				}
			}
		}
		if len(said) != 1 || !strings.HasPrefix(said[0], c.want) {
			t.Errorf("%s %s, asked for on %q, seen on %s: %q, want %q", c.rule, c.parameter, c.filed, c.asOf, said, c.want)
		}
	}
}

// The circumstances that the public documents name can each be told, and carry no element.
func TestCircumstancesOfThePublicDocuments(t *testing.T) {
	for factor, ids := range map[string][]string{
		"undocumented or uncertain status":        {"unsure_status"},
		"a visa tied to one employer":             {"tied_visa"},
		"threat of deportation":                   {"fears_removal", "removal_begun"},
		"debt, recruitment fees":                  {"owes_for_coming", "paid_to_come"},
		"papers taken":                            {"without_papers_in_hand"},
		"language barrier":                        {"language_barrier"},
		"isolation":                               {"isolated"},
		"unstable housing":                        {"unstable_housing"},
		"fear of medical care, police or shelter": {"fears_help"},
		"no lawful pathway":                       {"no_lawful_way"},
		"false recruiters":                        {"false_recruiter"},
		"a partner or a relative as recruiter":    {"partner_or_relative"},
		"poverty, displacement":                   {"poor_or_displaced"},
	} {
		for _, id := range ids {
			for _, name := range Names() {
				if q, ok := load(t, name).Question(id); !ok || !q.Vulnerability {
					t.Errorf("%s: %s: %q is no circumstance: %+v", name, factor, id, q)
				}
			}
		}
	}
}

var loaded = map[string]*law.Pack{}

func load(t *testing.T, name string) *law.Pack {
	t.Helper()
	if loaded[name] == nil {
		p, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		loaded[name] = p
	}
	return loaded[name]
}

func day(t *testing.T, text string) law.Date {
	t.Helper()
	if text == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
