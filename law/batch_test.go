package law_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amparo/law"
	"amparo/packs"
)

func batch(t failer, p *law.Pack, o law.Options) *law.Batch {
	t.Helper()
	b, err := p.NewBatch(o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// alone is what an ordinary assessment comes to; nil where what is open is too tangled for one to draw.
func alone(t failer, p *law.Pack, j law.Journey, o law.Options) (out []law.Outcome) {
	t.Helper()
	a, err := p.Assess(j, o)
	switch {
	case err != nil && strings.Contains(err.Error(), "too tangled"):
		return nil
	case err != nil:
		t.Fatal(err)
	}
	for _, f := range a.Findings {
		out = append(out, law.Outcome{Rule: f.Rule, Episode: f.Episode, Status: f.Status})
	}
	return out
}

// crowded draws journeys with actors, some of them linked, with days of filing, and now and then with more
// episodes, most at most.
func crowded(p *law.Pack, most int) *rapid.Generator[law.Journey] {
	names := []string{"driver", "foreman", "cousin", "guard"}
	return rapid.Custom(func(t *rapid.T) law.Journey {
		j := journeys(p).Draw(t, "journey")
		for i := range j.Episodes {
			e := &j.Episodes[i]
			e.Actors = names[:rapid.IntRange(0, len(names)).Draw(t, "actors")]
			for k := range e.Facts {
				if len(e.Actors) > 0 && rapid.IntRange(0, 3).Draw(t, "named") == 0 {
					e.Facts[k].Actor = rapid.SampledFrom(e.Actors).Draw(t, "actor")
				}
			}
		}
		if rapid.Bool().Draw(t, "linked") {
			j.LinkedActors = [][]string{rapid.SliceOfN(rapid.SampledFrom(names), 1, 3).Draw(t, "links")}
		}
		j.Filed = rapid.SampledFrom([]law.Date{{}, {}, day("2019"), day("2024-08-27"), day("about 2024-09-01")}).Draw(t, "filed")
		if n := rapid.IntRange(-2*most, most).Draw(t, "many"); n > len(j.Episodes) && len(j.Episodes) > 0 {
			for i := len(j.Episodes); i < n; i++ {
				e := j.Episodes[i%3%len(j.Episodes)]
				e.ID = fmt.Sprintf("e%d", i)
				j.Episodes = append(j.Episodes, e)
			}
		}
		return j
	})
}

var standards = []law.Standard{"", law.Suspicion, law.ReasonableGrounds, law.AnyCredibleEvidence, law.Preponderance, law.BeyondReasonableDoubt}

// Whatever else is in the batch, and in whichever way a journey came into it, its statuses are those of Assess.
func TestBatchAgreesWithAssess(t *testing.T) {
	compared := 0
	for _, p := range everyPack(t) {
		rapid.Check(t, func(t *rapid.T) { compared += agrees(t, p, rapid.SliceOfN(crowded(p, 6), 0, 9)) })
	}
	if compared < 500 {
		t.Errorf("only %d journeys were compared", compared)
	}
}

// A journey may have more scenes than a machine word has lanes.
func TestBatchAgreesOnLongJourneys(t *testing.T) {
	p, wide := small(t, "aa && (bb || !cc) || atLeast(2, [dd, ee, hh])"), 0
	rapid.Check(t, func(t *rapid.T) {
		agrees(t, p, rapid.SliceOfN(rapid.Map(crowded(p, 100), func(j law.Journey) law.Journey {
			if len(j.Episodes) > 63 {
				wide++
			}
			return j
		}), 0, 4))
	})
	if wide == 0 {
		t.Error("no long journey was tried")
	}
}

// A journey that repeats one episode comes to the same in each as where there is one alone.
func TestBatchRepeatsItself(t *testing.T) {
	for _, p := range everyPack(t) {
		rapid.Check(t, func(t *rapid.T) {
			j := crowded(p, 0).Draw(t, "journey")
			if len(j.Episodes) == 0 {
				return
			}
			many := j
			j.Episodes, many.Episodes = j.Episodes[:1], nil
			for i := range 70 {
				e := j.Episodes[0]
				e.ID = fmt.Sprintf("e%d", i)
				many.Episodes = append(many.Episodes, e)
			}
			b := batch(t, p, law.Options{AsOf: day("2026-01-02")})
			for _, j := range []law.Journey{j, many} {
				if err := b.Add(j); err != nil {
					t.Fatal(err)
				}
			}
			b.Run()
			once, often := b.Outcomes(0), b.Outcomes(1)
			n := 0 // rules about an episode
			for n < len(once) && once[n].Episode != "" {
				n++
			}
			var want []law.Outcome
			for _, e := range many.Episodes {
				for _, o := range once[:n] {
					o.Episode = e.ID
					want = append(want, o)
				}
			}
			if diff := cmp.Diff(append(want, once[n:]...), often); diff != "" {
				t.Fatal(diff)
			}
		})
	}
}

func agrees(t *rapid.T, p *law.Pack, journeys *rapid.Generator[[]law.Journey]) (compared int) {
	o := law.Options{AsOf: day(rapid.SampledFrom([]string{"2026-01-02", "1999-05-05", "2024-08-28"}).Draw(t, "as of"))}
	o.Standard = rapid.SampledFrom(standards).Draw(t, "standard")
	told, read := batch(t, p, o), batch(t, p, o)
	for range rapid.IntRange(1, 2).Draw(t, "rounds") {
		told.Reset()
		read.Reset()
		var want [][]law.Outcome
		for i, j := range journeys.Draw(t, "journeys") {
			data, err := json.Marshal(j)
			if err == nil {
				err = read.AddJSON("file", i, data)
			}
			if err == nil {
				err = told.Add(j)
			}
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, alone(t, p, j, o))
		}
		told.Run()
		read.Run()
		if told.Len() != len(want) || read.Len() != len(want) {
			t.Fatalf("%d and %d journeys, not %d", told.Len(), read.Len(), len(want))
		}
		for i := range want {
			if want[i] == nil {
				continue
			}
			compared++
			for way, b := range map[string]*law.Batch{"told": told, "read": read} {
				if diff := cmp.Diff(want[i], b.Outcomes(i)); diff != "" {
					t.Fatalf("%s journey %d: %s", way, i, diff)
				}
			}
		}
	}
	return compared
}

// Acts of two actors add up only where they are linked, however many journeys share the word.
func TestBatchBindsActs(t *testing.T) {
	p := small(t, "aa && bb")
	b := batch(t, p, law.Options{AsOf: day("2026-01-02")})
	want := []string{}
	for range 20 {
		for _, c := range []struct{ facts, more, want string }{
			{`{"question":"aa","answer":"yes","actor":"y"},{"question":"bb","answer":"yes","actor":"y"}`, ``, "ee"},
			{`{"question":"aa","answer":"yes","actor":"x"},{"question":"bb","answer":"yes","actor":"y"}`, ``, "oo"},
			{`{"question":"aa","answer":"yes","actor":"x"},{"question":"bb","answer":"yes"}`, ``, "ee"},
			{`{"question":"aa","answer":"no","actor":"y"}`, ``, "oo"},
			{`{"question":"aa","answer":"no","actor":"y"},{"question":"bb","answer":"no","actor":"x"},{"question":"aa","answer":"no","actor":"z"}`, ``, "rr"},
			{`{"question":"bb","answer":"no"},{"question":"aa","answer":"yes","actor":"x"}`, ``, "rr"},
			{`{"question":"aa","answer":"unknown","actor":"x"},{"question":"aa","answer":"yes"},{"question":"bb","answer":"yes"}`, ``, "ee"},
			{`{"question":"aa","answer":"yes","actor":"x"},{"question":"bb","answer":"yes","actor":"y"}`, `,"linked_actors":[["y","x"]]`, "ee"},
		} {
			line := `{"complete":true,"episodes":[{"id":"e","actors":["x","y","z"],"facts":[` + c.facts + `]}]` + c.more + `}`
			if err := b.AddJSON("file", 1, []byte(line)); err != nil {
				t.Fatal(err)
			}
			want = append(want, fmt.Sprintf(`{"line":1,"episodes":{"e":"%c"},"person":"%c"}`+"\n", c.want[0], c.want[1]))
		}
	}
	b.Run()
	for i := range want {
		if got := string(b.AppendJSON(nil, 1, i)); got != want[i] {
			t.Errorf("journey %d: got %s, want %s", i, got, want[i])
		}
	}
}

func everyPack(t *testing.T) (all []*law.Pack) {
	for _, name := range packs.Names() {
		p, err := packs.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		t.Fatal("no packs")
	}
	return all
}

// Each decided case, its variants too, comes to the same in a batch as alone.
func TestBatchAgreesOnDecidedCases(t *testing.T) {
	n := 0
	for _, p := range everyPack(t) {
		cases, err := p.Cases(packs.FS, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			for _, trial := range append(c.Variants, c.Trial) {
				b := batch(t, p, trial.Options())
				data, err := json.Marshal(trial.Journey)
				if err != nil {
					t.Fatal(err)
				}
				for _, err := range []error{b.Add(trial.Journey), b.AddJSON(c.Name, 1, data)} {
					if err != nil {
						t.Fatalf("%s: %v", c.Name, err)
					}
				}
				b.Run()
				for i := range b.Len() {
					if diff := cmp.Diff(alone(t, p, trial.Journey, trial.Options()), b.Outcomes(i)); diff != "" {
						t.Errorf("%s %s, %s: %s", p.ID, c.Name, trial.Variant, diff)
					}
				}
				n++
			}
		}
	}
	if found, _ := fs.Glob(packs.FS, "cases/*.txtar"); n < len(found) || n == 0 {
		t.Fatalf("%d trials from %d files", n, len(found))
	}
}

// What a batch refuses leaves no trace in it.
func TestBatchRefusesWhatAssessRefuses(t *testing.T) {
	p := us(t)
	if _, err := p.NewBatch(law.Options{}); err == nil || !strings.Contains(err.Error(), "exact day") {
		t.Errorf("no day: %v", err)
	}
	b := batch(t, p, law.Options{AsOf: day("2026-01-02")})
	if err := b.Add(law.Journey{Person: []law.Fact{{Question: "zzz", Answer: law.Yes}}}); err == nil || !strings.Contains(err.Error(), `no question "zzz"`) {
		t.Errorf("a question that is not there: %v", err)
	}
	for text, want := range map[string]string{
		`{"id":"a","person":{"yes":["zzz"]}}`:  `cases.jsonl:7:28: person.yes[0]: the vocabulary has no question "zzz"`,
		`{"id":"a","id":"b"}`:                  `cases.jsonl:7:11: id: said twice`,
		`{"id":"  "}`:                          `cases.jsonl:7:7: id: empty`,
		`{"id":{}}`:                            `cases.jsonl:7:7: id: want a single value, not a group of fields`,
		`{"episodes":[{}]}`:                    `cases.jsonl:7:14: episodes[0].id: missing`,
		`{"episodes":[{"id":"a"},{"id":"a"}]}`: `cases.jsonl:7:25: episodes[1]: a second episode with the id "a"`,
		`episodes: []`:                         `cases.jsonl:7:1: want a group of fields in braces, as JSON`,
		``:                                     `cases.jsonl:7:1: want a group of fields in braces, as JSON`,
		`{`:                                    `cases.jsonl:7:2: the text ends too soon`,
		`{"ids":"a"}`:                          `cases.jsonl:7:2: ids: no such field; there are: person, episodes, complete, linked_actors, filed, grade, source`,
	} {
		if err := b.AddJSON("cases.jsonl", 7, []byte(text)); err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
	if b.Len() != 0 {
		t.Errorf("%d journeys were taken", b.Len())
	}
}
