package law_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amparo/law"
	"amparo/packs"
)

var update = flag.Bool("update", false, "write what is got as what is wanted")

// Each bad file has beside it the error it must give.
func TestBadJourneysNamePlaceAndField(t *testing.T) {
	p := us(t)
	var inputs []string
	names, _ := filepath.Glob("testdata/bad/*")
	for _, name := range names {
		if filepath.Ext(name) != ".want" {
			inputs = append(inputs, name)
		}
	}
	if len(inputs) < 30 {
		t.Fatalf("%d inputs: where are they?", len(inputs))
	}
	for _, name := range inputs {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.ParseJourney(filepath.Base(name), data)
		if _, ok := errors.AsType[*law.SyntaxError](err); !ok {
			t.Errorf("%s: %v is no SyntaxError", name, err)
			continue
		}
		want := name + ".want"
		if *update {
			if err := os.WriteFile(want, []byte(err.Error()+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text, readErr := os.ReadFile(want)
		if readErr != nil {
			t.Error(readErr)
		}
		if got := err.Error(); got != strings.TrimSpace(string(text)) {
			t.Errorf("got  %s\nwant %s", got, text)
		}
	}
}

// What is written as JSON is read back the same, and JSON is a form of YAML to the reader.
func TestJourneysSurviveWriting(t *testing.T) {
	p := us(t)
	rapid.Check(t, func(t *rapid.T) {
		j := journeys(p).Draw(t, "journey")
		data, err := json.Marshal(j)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{string(data), "\t" + strings.ReplaceAll(string(data), `,"`, ",\n\t\t\""), "# YAML\n" + string(data)} {
			back, err := p.ParseJourney("j", []byte(form))
			if err != nil {
				t.Fatalf("%v\n%s", err, form)
			}
			if diff := cmp.Diff(j, back); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestAssessRefusesWhatItDoesNotKnow(t *testing.T) {
	p := us(t)
	today := law.Options{AsOf: day("2026-01-02")}
	farm := law.Episode{ID: "farm"}
	for _, c := range []struct {
		name    string
		journey law.Journey
		options law.Options
		want    string
	}{
		{"question", law.Journey{Person: []law.Fact{{Question: "zzz", Answer: law.Yes}}}, today, `no question "zzz"`},
		{"scope", law.Journey{Person: []law.Fact{{Question: "worked", Answer: law.Yes}}}, today, "asked of an episode"},
		{"answer", law.Journey{Person: []law.Fact{{Question: "minor", Answer: "perhaps"}}}, today, "no answer"},
		{"grade", law.Journey{Person: []law.Fact{{Question: "minor", Answer: law.Yes, Grade: "sure"}}}, today, "no grade"},
		{"actor", law.Journey{Episodes: []law.Episode{{ID: "a", Facts: []law.Fact{{Question: "worked", Answer: law.Yes, Actor: "x"}}}}}, today, "not among the actors"},
		{"twice", law.Journey{Episodes: []law.Episode{farm, farm}}, today, "empty or taken"},
		{"nameless", law.Journey{Episodes: []law.Episode{{}}}, today, "empty or taken"},
		{"day", law.Journey{}, law.Options{AsOf: day("2026-01")}, "exact day"},
		{"standard", law.Journey{}, law.Options{AsOf: day("2026-01-02"), Standard: "hunch"}, "no standard of proof"},
	} {
		if _, err := p.Assess(c.journey, c.options); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

func FuzzParseJourney(f *testing.F) {
	p := us(f)
	names, _ := filepath.Glob("testdata/bad/*")
	for _, name := range names {
		if data, err := os.ReadFile(name); err == nil && len(data) < 10_000 {
			f.Add(data)
		}
	}
	f.Add([]byte("episodes: [{id: a, when: about 2013-05, facts: [{question: worked, answer: yes}]}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		j, err := p.ParseJourney("fuzz", data)
		if err != nil {
			if _, ok := errors.AsType[*law.SyntaxError](err); !ok {
				t.Fatalf("%v is no SyntaxError", err)
			}
			return
		}
		if _, err := p.Assess(j, law.Options{AsOf: day("2026-01-02")}); err != nil {
			t.Fatalf("what was read cannot be assessed: %v", err)
		}
	})
}

func FuzzParseCase(f *testing.F) {
	p := us(f)
	names, _ := filepath.Glob("../packs/cases/*.txtar")
	for _, name := range names {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := p.ParseCase("fuzz", data)
		if err != nil {
			if _, ok := errors.AsType[*law.SyntaxError](err); !ok {
				t.Fatalf("%v is no SyntaxError", err)
			}
			return
		}
		if _, err := p.Assess(c.Journey, c.Options()); err != nil {
			t.Fatalf("what was read cannot be assessed: %v", err)
		}
	})
}

// The longest journey that is read, and one with many actors, are assessed with every pack, and in bounded time.
func TestLongJourneysAreAssessed(t *testing.T) {
	for _, name := range packs.Names() {
		p, err := packs.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, size := range []struct{ episodes, actors int }{{100, 0}, {100, 3}, {6, 12}, {1, 200}} {
			var j law.Journey
			for i := range size.episodes {
				e := law.Episode{ID: fmt.Sprint("e", i)}
				for k := range size.actors {
					e.Actors = append(e.Actors, fmt.Sprint("actor", k))
					e.Facts = append(e.Facts, law.Fact{Question: "hit", Answer: law.Yes, Grade: law.Said, Actor: e.Actors[k]})
				}
				j.Episodes = append(j.Episodes, e)
			}
			a := assess(t, p, j)
			if len(a.Findings) == 0 || len(a.Next) == 0 {
				t.Errorf("%s: %d findings, %d questions", name, len(a.Findings), len(a.Next))
			}
		}
	}
}
