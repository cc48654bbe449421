package guide

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func shipped(t *testing.T) *Guide {
	t.Helper()
	g, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// statements calls f with each statement and the page it is of.
func (g *Guide) statements(f func(p Page, kind string, s Statement)) (n int) {
	for _, p := range g.Pages {
		for _, part := range p.Parts {
			for _, s := range part.Statements {
				f(p, part.Kind, s)
				n++
			}
		}
	}
	return n
}

func TestEveryStatementHasItsSource(t *testing.T) {
	g := shipped(t)
	today := time.Now()
	sourced := func(where string, s Source) {
		day, err := time.Parse(time.DateOnly, s.Looked)
		if s.Cite == "" || s.Mark != Read && s.Mark != General || err != nil || day.After(today) || s.Review == "" {
			t.Errorf("%s: %+v", where, s)
		}
	}
	law := 0
	n := g.statements(func(p Page, kind string, s Statement) {
		sourced(p.ID+" "+s.Say["en"], s.Source)
		if PartKinds[kind].Law {
			law++
		}
	})
	for _, o := range g.Offices {
		sourced(o.ID, o.Source)
	}
	if n < 150 || law < 80 || len(g.Offices) < 8 {
		t.Errorf("only %d statements, %d of law, %d offices", n, law, len(g.Offices))
	}
	t.Logf("%d statements, %d of law, %d offices, %d pages", n, law, len(g.Offices), len(g.Pages))
}

func TestEverySituationIsWhole(t *testing.T) {
	kinds := map[string]int{}
	for _, p := range shipped(t).Pages {
		kinds[p.Kind]++
		var parts []string
		for _, part := range p.Parts {
			parts = append(parts, part.Kind)
		}
		want := map[string]string{"situation": "law do keep", "stay": "who gives asks care do", "call": "steps report stop"}[p.Kind]
		if strings.Join(parts, " ") != want {
			t.Errorf("%s has the parts %v; want %s", p.ID, parts, want)
		}
		if !slices.Contains(p.Offices, "hotline") || len(p.See) == 0 {
			t.Errorf("%s leads to no hotline, or to no other page", p.ID)
		}
	}
	if kinds["situation"] != 10 || kinds["stay"] != 2 || kinds["call"] != 1 {
		t.Errorf("pages by kind: %v", kinds)
	}
}

// words are all texts of the guide, with where each stands.
func (g *Guide) words(f func(where, lang, text string)) (n int) {
	tell := func(where string, t Text) {
		for lang, text := range t {
			f(where, lang, text)
			n++
		}
	}
	for _, p := range g.Pages {
		tell(p.ID+" title", p.Title)
		tell(p.ID+" lead", p.Lead)
	}
	g.statements(func(p Page, kind string, s Statement) { tell(p.ID+" "+kind, s.Say) })
	for _, o := range g.Offices {
		tell(o.ID, o.Name)
		tell(o.ID, o.Does)
	}
	return n
}

// unfit are words that wound or frighten; a statute may say them, we do not.
var unfit = regexp.MustCompile(`(?i)\b(illegals?|alien|aliens|victims?|ilegal(es)?|v[ií]ctimas?|must call|verdict)\b`)

func TestWordsArePlain(t *testing.T) {
	number := regexp.MustCompile(`\d{3}[- ]\d{4}`)
	check := func(text string) (wrong []string) {
		for sentence := range strings.FieldsFuncSeq(text, func(c rune) bool { return strings.ContainsRune(".?!:", c) }) {
			if n := len(strings.Fields(sentence)); n > 20 {
				wrong = append(wrong, fmt.Sprintf("a sentence of %d words: %s", n, sentence))
			}
		}
		if w := unfit.FindString(text); w != "" {
			wrong = append(wrong, "says "+w)
		}
		if number.MatchString(text) {
			wrong = append(wrong, "holds a telephone number: those stand in offices.yaml, with the day")
		}
		return wrong
	}
	n := shipped(t).words(func(where, lang, text string) {
		for _, w := range check(text) {
			t.Errorf("%s %s: %s", where, lang, w)
		}
	})
	if n < 350 {
		t.Errorf("only %d texts", n)
	}
	for _, planted := range []string{strings.Repeat("word ", 21), "An alien is here.", "Call 1-888-373-7888."} {
		if check(planted) == nil {
			t.Errorf("%q passes", planted)
		}
	}
}
