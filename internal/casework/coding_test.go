package casework_test

import (
	"io/fs"
	"path"
	"testing"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/law"
	"amparo/packs"
)

func pack(t *testing.T, name string) *law.Pack {
	t.Helper()
	p, err := packs.Load(name)
	must(t, err)
	return p
}

// What decided cases were about, as the coded row says it under each body of law.
func TestTypeOfExploitation(t *testing.T) {
	for _, c := range []struct{ pack, file, want string }{
		{"us", "castillo-serrano", "ForcedLabour"},
		{"us", "veerapol", "ForcedLabour"},
		{"us", "robinson", "SexualExploitation"},
		{"us", "ricchio", "amparoSeveral"},
		{"us", "toviave", ""},
		{"un", "castillo-serrano", "ForcedLabour"},
		{"un", "dann", "ForcedLabour"},
		{"un", "robinson", "SexualExploitation"},
		{"un", "essex-lorry", ""},
		{"eu", "siliadin", "ForcedLabour"},
		{"eu", "sm-v-croatia", "SexualExploitation"},
		{"eu", "kinsa", ""},
		{"uk", "callahan", "ForcedLabour"},
		{"uk", "iyamu-2018", "SexualExploitation"},
		{"uk", "dpp-v-m-2020", "Other"},
		{"uk", "essex-lorry", ""},
	} {
		p := pack(t, c.pack)
		data, err := fs.ReadFile(packs.FS, path.Join("cases", c.file+".txtar"))
		must(t, err)
		decided, err := p.ParseCase(c.file, data)
		must(t, err)
		a, err := p.Assess(decided.Journey, decided.Options())
		must(t, err)
		if got := casework.Prefill(&casework.Case{}, a, time.Now())["TypeOfExploitation"]; got != c.want {
			t.Errorf("%s under %s: %q, want %q", c.file, c.pack, got, c.want)
		}
	}
}

// Packs ask the same thing in coarser and in finer questions. A yes to any of them is one; a no to a finer
// one says nothing of the whole.
func TestMethodsOfControlFromFinerQuestions(t *testing.T) {
	c := &casework.Case{}
	c.Person.Doc.Facts = append(yes("minor"), no("lied_school")...)
	e := casework.Kept[casefile.Episode]{ID: "a"}
	e.Doc.Facts = append(append(yes("papers_to_keep"), yes("lied_pay")...), append(no("hit"), no("watched")...)...)
	c.Episodes = append(c.Episodes, e)
	row := casework.Prefill(c, law.Assessment{}, time.Now())
	for field, want := range map[string]string{"MethodsOfControlWithholdsDocuments": "Yes", "MethodsOfControlFalsePromises": "Yes",
		"MethodsOfControlPhysicalAbuse": "No", "MethodsOfControlRestrictsMovement": "", "MethodsOfControlDebtBondage": ""} {
		if row[field] != want {
			t.Errorf("%s: %q, want %q", field, row[field], want)
		}
	}
	must(t, row.Check())
}

// A card asks all that the law at hand turns on, all circumstances and what the coded row is filled from; it
// does not grow with what other packs ask.
func TestAskedIsWhatThePackAsks(t *testing.T) {
	for _, name := range packs.Names() {
		p := pack(t, name)
		asked, rests := casework.Asked(p), map[string]bool{}
		var walk func([]law.Element)
		walk = func(es []law.Element) {
			for _, e := range es {
				for _, q := range e.Missing {
					rests[q] = true
				}
				walk(e.Children)
				walk(e.Unless)
			}
		}
		for _, r := range p.Rules() {
			_, parts, _ := p.Anatomy(r.ID)
			walk(parts)
		}
		if len(rests) < 50 {
			t.Fatalf("%s: its rules rest on %d questions", name, len(rests))
		}
		for q := range rests {
			if !asked[q] {
				t.Errorf("%s: a rule rests on %s, and it is not asked", name, q)
			}
		}
		beside := 0
		for _, q := range p.Questions {
			switch {
			case q.Vulnerability && !asked[q.ID]:
				t.Errorf("%s: the circumstance %s is not asked", name, q.ID)
			case asked[q.ID] && !q.Vulnerability && !rests[q.ID]:
				beside++
			}
		}
		if beside > 8 || len(asked) >= len(p.Questions) {
			t.Errorf("%s: asks %d of %d questions, %d beside its law", name, len(asked), len(p.Questions), beside)
		}
		for _, q := range []string{"minor", "work_for_debt", "pay_kept", "lied", "hit", "locked", "threatened_law", "papers_taken"} {
			if !asked[q] {
				t.Errorf("%s: the coded row wants %s", name, q)
			}
		}
	}
}

// A case outlives a version of a pack: what it no longer asks stays in the case and counts for nothing.
func TestAnswersThatTheLawDoesNotKnow(t *testing.T) {
	p := pack(t, "us")
	c := &casework.Case{}
	c.Person.Doc.Facts = yes("minor")
	c.Episodes = []casework.Kept[casefile.Episode]{{ID: "a"}}
	c.Episodes[0].Doc.Facts = yes("worked")
	before, err := casework.Assess(p, c, time.Now())
	must(t, err)
	c.Person.Doc.Facts = append(c.Person.Doc.Facts, append(yes("asked_long_ago"), yes("hit")...)...) // hit is asked of an episode
	c.Episodes[0].Doc.Facts = append(c.Episodes[0].Doc.Facts, no("asked_long_ago")...)
	after, err := casework.Assess(p, c, time.Now())
	must(t, err)
	for i, f := range after.Findings {
		if f.Status != before.Findings[i].Status {
			t.Errorf("%s: %s, then %s", f.Rule, before.Findings[i].Status, f.Status)
		}
	}
	if len(c.Person.Doc.Facts) != 3 || len(c.Episodes[0].Doc.Facts) != 2 {
		t.Error("the case lost an answer")
	}
}
