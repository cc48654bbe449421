package law_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"amparo/law"
	"amparo/packs"
)

var loadUS = sync.OnceValues(func() (*law.Pack, error) { return packs.Load("us") })

func us(t testing.TB) *law.Pack {
	t.Helper()
	p, err := loadUS()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func day(s string) law.Date {
	d, err := law.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// failer is what a test and a property have in common.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func assess(t failer, p *law.Pack, j law.Journey) law.Assessment {
	t.Helper()
	a, err := p.Assess(j, law.Options{AsOf: day("2026-01-02")})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func status(t failer, a law.Assessment, rule, episode string) law.Status {
	t.Helper()
	return finding(t, a, rule, episode).Status
}

func finding(t failer, a law.Assessment, rule, episode string) law.Finding {
	t.Helper()
	for _, f := range a.Findings {
		if f.Rule == rule && f.Episode == episode {
			return f
		}
	}
	t.Fatalf("no finding of %s in %q", rule, episode)
	return law.Finding{}
}

// small is a pack of one rule about an episode over the questions a to h, of which h is asked of the
// person, and of one rule that looks for an episode.
func small(t failer, condition string) *law.Pack {
	t.Helper()
	p, err := law.Load(smallFiles(condition), ".")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const smallRule = `rules:
  - rule: one
    kind: trafficking
    scope: episode
    title: One
    cite: c. 1
    mark: S
    reviewed: nobody
    sources: [none]
    all:
      - {id: it, text: It, facts: %q}
  - rule: some
    kind: screen
    scope: person
    title: Some
    cite: c. 2
    mark: S
    reviewed: nobody
    sources: [none]
    all:
      - {id: any, text: Any, some_episode: [one]}
`

func smallFiles(condition string) fstest.MapFS {
	var questions strings.Builder
	questions.WriteString("questions:\n")
	for i, id := range letters {
		scope := "episode"
		if id == "hh" {
			scope = "person"
		}
		fmt.Fprintf(&questions, "  - {id: %s, group: g, text: %s?, sensitivity: %d, scope: %s}\n", id, id, i%5+1, scope)
	}
	words := ""
	for _, id := range []string{"established", "open", "ruled_out", "conflict", "not_law", "why", "why_not", "contested", "missing", "lacks", "parameter",
		"straddles", "no_date", "note", "general", "unreviewed", `"yes"`, `"no"`} {
		words += id + ": said\n"
	}
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"pack.yaml":       file("pack: small\nversion: 1.0\ntitle: Small\nreviewed: nobody\nlanguages: {en: nobody}\nsources: [none]\n"),
		"vocabulary.yaml": file(questions.String()),
		"strings.yaml":    file(words),
		"rules/one.yaml":  file(fmt.Sprintf(smallRule, condition)),
	}
}

var letters = []string{"aa", "bb", "cc", "dd", "ee", "ff", "gg", "hh"}

// facts draws some answers to some of the questions, sometimes in conflict.
func facts(ids []string) *rapid.Generator[[]law.Fact] {
	return rapid.Custom(func(t *rapid.T) []law.Fact {
		var out []law.Fact
		for _, id := range rapid.SliceOfN(rapid.SampledFrom(ids), 0, 2*len(ids)/3+1).Draw(t, "questions") {
			f := law.Fact{Question: id, Answer: rapid.SampledFrom([]law.Answer{law.Yes, law.Yes, law.No, law.Unknown}).Draw(t, "answer")}
			if f.Answer == law.Unknown {
				f.Why = rapid.SampledFrom([]law.Why{law.NotAsked, law.DoesNotKnow, law.Declined, law.UnsafeToAsk, ""}).Draw(t, "why")
			} else {
				f.Grade = rapid.SampledFrom([]law.Grade{law.Said, law.SaidByOther, law.Seen, law.Documented}).Draw(t, "grade")
			}
			out = append(out, f)
		}
		return out
	})
}

// journeys draws journeys over a pack's whole vocabulary.
func journeys(p *law.Pack) *rapid.Generator[law.Journey] {
	var aboutPerson, all []string
	for _, q := range p.Questions {
		if q.Scope == "person" {
			aboutPerson = append(aboutPerson, q.ID)
		}
		all = append(all, q.ID)
	}
	spans := []law.Span{{}, {From: day("2020")}, {From: day("2001-05-02"), Until: day("about 2001-06")},
		{Until: day("1999")}, {From: day("1999"), Until: day("2004"), Words: "long"}}
	return rapid.Custom(func(t *rapid.T) law.Journey {
		j := law.Journey{Person: facts(aboutPerson).Draw(t, "person"), Complete: rapid.Bool().Draw(t, "complete")}
		for i := range rapid.IntRange(0, 3).Draw(t, "episodes") {
			j.Episodes = append(j.Episodes, law.Episode{
				ID: fmt.Sprintf("e%d", i), When: rapid.SampledFrom(spans).Draw(t, "when"), Facts: facts(all).Draw(t, "facts"),
			})
		}
		return j
	})
}
