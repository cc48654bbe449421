package packs

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"amparo/law"
)

// example assesses one of the journeys that a pack shows.
func example(t *testing.T, name string) (law.Journey, law.Assessment) {
	t.Helper()
	p, err := Load(strings.SplitN(name, "/", 2)[0])
	if err != nil {
		t.Fatal(err)
	}
	data, err := fs.ReadFile(FS, name)
	if err != nil {
		t.Fatal(err)
	}
	j, err := p.ParseJourney(name, data)
	if err != nil {
		t.Fatal(err)
	}
	a, err := p.Assess(j, law.Options{AsOf: law.Date{Year: 2026, Month: 1, Day: 2}})
	if err != nil {
		t.Fatal(err)
	}
	return j, a
}

func TestEveryExampleIsAJourney(t *testing.T) {
	names, _ := fs.Glob(FS, "*/examples/*.yaml")
	if len(names) == 0 {
		t.Fatal("no examples")
	}
	for _, name := range names {
		if j, a := example(t, name); len(j.Episodes) == 0 || len(a.Findings) == 0 {
			t.Errorf("%s shows nothing", path.Base(name))
		}
	}
}

// The same boat before and after 28 June 2022: only the day differs, and what the law makes of it.
func TestTheBoatBeforeAndAfterJune2022(t *testing.T) {
	j, a := example(t, "uk/examples/boat.yaml")
	if len(j.Episodes) != 2 || !slices.Equal(j.Episodes[0].Facts, j.Episodes[1].Facts) {
		t.Fatalf("the two boats differ in more than the day: %v", j.Episodes)
	}
	for _, rule := range []string{"uk.ia-25", "uk.ia-25a"} {
		var got []law.Status
		for _, f := range a.Findings {
			if f.Rule == rule {
				got = append(got, f.Status)
			}
		}
		if want := []law.Status{law.RuledOut, law.Established}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", rule, got, want)
		}
	}
}
