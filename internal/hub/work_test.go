package hub

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"amparo/law"
)

func book(t *testing.T) *workbook {
	t.Helper()
	b, err := workLaw()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// statuses says what the engine finds for a journey, one line for each finding.
func statuses(t *testing.T, p *law.Pack, j law.Journey, asOf law.Date) (out []string) {
	t.Helper()
	a, err := p.Assess(j, law.Options{AsOf: asOf})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.Findings {
		out = append(out, fmt.Sprint(f.Rule, " ", f.Episode, " ", f.Status))
	}
	return out
}

// TestExercisesEndAsTheCaseDoes: the last judgement of each exercise, by hand and ready, is what the engine finds for the
// decided case itself, after the exercise went through its file.
func TestExercisesEndAsTheCaseDoes(t *testing.T) {
	b := book(t)
	if len(b.ready) != len(b.cases) || len(b.ready) < 40 || len(b.exercises) < 6 {
		t.Fatalf("%d ready exercises of %d cases, %d by hand", len(b.ready), len(b.cases), len(b.exercises))
	}
	for _, x := range slices.Concat(b.ready, b.exercises) {
		i := slices.IndexFunc(b.cases, func(c law.Case) bool { return c.Title == x.Case.Title && c.Citation == x.Case.Citation })
		c := b.cases[i]
		data, err := json.Marshal(x)
		if err != nil {
			t.Fatal(err)
		}
		var again exercise
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(&again); err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		if err := again.check(b.pack); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		last := len(again.Steps) - 1
		j, err := again.journey(again.facts(last, false), again.whole(last))
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		asOf := c.Options().AsOf
		if diff := cmp.Diff(statuses(t, b.pack, c.Journey, asOf), statuses(t, b.pack, j, asOf)); diff != "" {
			t.Errorf("%s: -case +exercise\n%s", c.Name, diff)
		}
		if x.AsOf != asOf.String() {
			t.Errorf("%s: as of %s, decided %s", c.Name, x.AsOf, asOf)
		}
		got := statuses(t, b.pack, j, asOf)
		for _, h := range again.Holding {
			if !slices.Contains(got, fmt.Sprint(h.Rule, " ", h.Episode, " ", h.Status)) {
				t.Errorf("%s: %s of %q is held %s, and not found so", c.Name, h.Rule, h.Episode, h.Status)
			}
		}
	}
}

// TestExercisesDifferInShape: what the facts come to at the end is not always the same.
func TestExercisesDifferInShape(t *testing.T) {
	b := book(t)
	var got []string
	for _, x := range b.exercises {
		last := len(x.Steps) - 1
		v, err := x.judge(b.pack, "en", x.facts(last, false), true)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, caseOf(b, x)+" "+v.Act)
	}
	want := []string{"san-antonio-2022 smuggling", "callahan trafficking", "castillo-serrano both", "muchira labor", "robinson trafficking",
		"calimlim both", "carreto both", "askarkhodjaev open"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func caseOf(b *workbook, x exercise) string {
	for _, c := range b.cases {
		if c.Title == x.Case.Title && c.Citation == x.Case.Citation {
			return caseName(c)
		}
	}
	return ""
}

// TestExerciseFilesAreRefused: each fault is named with its place.
func TestExerciseFilesAreRefused(t *testing.T) {
	b := book(t)
	good, err := workFiles.ReadFile("work/exercise-2.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"case: callahan", "case: nobody", `no decided case "nobody"`},
		{"title:", "titel:", "titel"},
		{"[transported, brought_in, moved_inside]", "[transported, brought_in, flown]", "steps[1].tell.apartment: the case does not tell flown"},
		{"    rest: true\n", "", "facts of the case are never told"},
		{"question: locked", "question: locked_up", `steps[0].ask[1]: the vocabulary has no question "locked_up"`},
		{"{of: apartment, question: hit}", "{of: attic, question: hit}", `steps[0].ask[2]: there is no episode "attic"`},
		{"wrong: conclusion", "wrong: rude", "steps[0].ask[3]: wants one of"},
		{"us.1324-iii]", "us.9999]", `no "us.9999"`},
		{"    rest: true\n    act: true\n", "    rest: true\n    act: true\n    protect: true\n", "asks for more than one thing"},
	} {
		bad := strings.Replace(string(good), c.old, c.new, 1)
		if bad == string(good) {
			t.Fatalf("%q is not in the file", c.old)
		}
		_, err := b.exercise(fstest.MapFS{"work/x.yaml": {Data: []byte(bad)}}, "work/x.yaml")
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v; want %q", c.new, err, c.want)
		}
	}
}

func TestCardsAreRefused(t *testing.T) {
	b := book(t)
	good, err := workFiles.ReadFile("work/cards.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"question: isolated", "question: looks_sad", `cards[0].signs[0].question: "looks_sad" leads to no law`},
		{"question: isolated", "question: watched", `cards[0].signs[0].question: "watched" leads to no law`},
		{"checked: 2026-11-24", "checked: lately", "checked"},
		{`    speak: {en: "Alone, on`, `    speech: {en: "Alone, on`, "speech"},
		{"es: Una casa}", "fr: Une maison}", "cards[0].setting: wanted in en and es"},
		{`name: "ILO, indicators of forced labour", mark: G`, `name: "", mark: G`, "cards[0].sources[0]"},
	} {
		bad := strings.Replace(string(good), c.old, c.new, 1)
		if bad == string(good) {
			t.Fatalf("%q is not in the file", c.old)
		}
		if _, err := readCards(fstest.MapFS{"c.yaml": {Data: []byte(bad)}}, "c.yaml", b.pack); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v; want %q", c.new, err, c.want)
		}
	}
}

// TestInterviewIsTheEnginesOrder: the first question is the one that the engine asks first, each stands once, and each is shown.
func TestInterviewIsTheEnginesOrder(t *testing.T) {
	b := book(t)
	day := law.Date{Year: 2026, Month: 11, Day: 24}
	a, err := b.pack.Assess(law.Journey{Episodes: []law.Episode{{ID: "x", When: law.Span{From: day, Until: day}}}}, law.Options{AsOf: day})
	if err != nil {
		t.Fatal(err)
	}
	if b.order[0].ID != a.Next[0].Question || len(b.order) < len(a.Next) {
		t.Errorf("%d questions from %s on; the engine asks %d, first %s", len(b.order), b.order[0].ID, len(a.Next), a.Next[0].Question)
	}
	seen := map[string]bool{}
	for i, q := range b.order {
		if seen[q.ID] || q.Place != i+1 {
			t.Errorf("%s at %d, or twice", q.ID, q.Place)
		}
		seen[q.ID] = true
		if len(b.cites(q.ID, "en")) == 0 {
			t.Errorf("%s is asked, and settles nothing", q.ID)
		}
	}
	shown := 0
	for _, part := range interviewParts {
		for _, g := range b.groups(part, "es") {
			shown += len(g.Asked)
		}
	}
	if shown != len(b.order) {
		t.Errorf("%d questions are shown of %d: a group has no part", shown, len(b.order))
	}
	// Who is a citizen cannot have been smuggled: that no makes many questions pointless.
	i := slices.IndexFunc(b.order, func(a orderedAsk) bool { return a.ID == "noncitizen" })
	if i < 0 || len(b.order[i].Skip) < 10 {
		t.Errorf("after no to noncitizen %d questions are left out", len(b.order[i].Skip))
	}
}

func TestWorkPages(t *testing.T) {
	f := open(t, "")
	for _, lang := range []string{"en", "es"} {
		for _, path := range []string{"/work", "/work/cards", "/work/interview", "/work/interview/3", "/work/training", "/work/training/1", "/work/instructor"} {
			w := f.get("/" + lang + path)
			if w.Code != 200 || strings.Contains(w.Body.String(), "[work.") {
				t.Errorf("%s%s: %d, or a word is missing", lang, path, w.Code)
			}
		}
	}
	for _, path := range []string{"/en/work/training/0", "/en/work/training/99", "/en/work/training/01", "/en/work/training/x", "/en/work/instructor/999/exercise.json", "/en/work/interview/4"} {
		if w := f.get(path); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	one, two := f.get("/en/work/instructor/3/exercise.json"), f.get("/es/work/instructor/3/exercise.json")
	if one.Code != 200 || one.Body.String() != two.Body.String() || !strings.HasPrefix(one.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("a ready exercise: %d, the same in both languages: %v", one.Code, one.Body.String() == two.Body.String())
	}
}

// TestACutProgramJudgesAlike lays every exercise beside the whole program and beside its own.
func TestACutProgramJudgesAlike(t *testing.T) {
	b := book(t)
	whole := b.pack.Program()
	for _, x := range b.exercises {
		cut := b.lawOf(x, "en").Program
		if err := cut.Check(); err != nil {
			t.Fatal(err)
		}
		if len(cut.Ops) >= len(whole.Ops) || len(cut.Facts) >= len(whole.Facts) {
			t.Errorf("%s: nothing was cut: %d of %d operations", x.ID, len(cut.Ops), len(whole.Ops))
		}
		for k := range x.Steps {
			facts := x.facts(k, true)
			for _, e := range x.Episodes {
				if diff := cmp.Diff(bodies(t, whole, cut, facts, e.ID), bodies(t, cut, cut, facts, e.ID)); diff != "" {
					t.Errorf("%s, step %d, %s: -whole +cut\n%s", x.ID, k, e.ID, diff)
				}
			}
		}
	}
}

// bodies gives the two bits of each rule of a cut program, as another program has them, over the facts of an episode.
func bodies(t *testing.T, p, of law.Program, facts []toldFact, episode string) map[string][2]uint64 {
	t.Helper()
	planes, err := p.Planes()
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.Dates {
		planes.Date(i, 1, 0)
	}
	for i, id := range p.Facts {
		var yes, no uint64
		for _, f := range facts {
			if f.Question == id && (f.Of == episode || f.Of == ofPerson) {
				if f.Answer == law.Yes {
					yes = 1
				} else {
					no = 1
				}
			}
		}
		planes.Fact(i, yes, no)
	}
	planes.Run()
	out := map[string][2]uint64{}
	for i, r := range p.Rules {
		if slices.ContainsFunc(of.Rules, func(o law.ProgramRule) bool { return o.ID == r.ID }) {
			yes, no := planes.Rule(i)
			out[r.ID] = [2]uint64{yes & 1, no & 1}
		}
	}
	return out
}
