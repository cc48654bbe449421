package law_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"amparo/law"
)

// A discreet error tells what is wrong and where, and nothing of what was written.
func TestDiscreetErrors(t *testing.T) {
	p := us(t)
	var many []string
	for i := range 101 {
		many = append(many, fmt.Sprintf(`{"id":"Zulema %d"}`, i))
	}
	for text, want := range map[string]string{
		`{"Zulema":1}`:                                   "…: no such field",
		`{"person":{"Zulema.facts":1}}`:                  "person.….facts: no such field",
		`{"person":1,"person":"Zulema"}`:                 "person: said twice",
		`{"person":"Zulema"}`:                            "person: want a list",
		`{"episodes":["Zulema"]}`:                        "episodes[0]: want a group of fields",
		`{"id":["Zulema"]}`:                              "id: want a single value",
		`{"person":{"yes":["Zulema"]}}`:                  "person.yes[0]: the vocabulary has no such question",
		`{"person":{"yes":["worked"]}}`:                  "person.yes[0]: a question asked of an episode, not of the person",
		`{"grade":"Zulema"}`:                             "grade: not one of the words that may stand here",
		`{"complete":"Zulema"}`:                          "complete: want true or false",
		`{"filed":"Zulema"}`:                             `filed: no date: write 2013, 2013-05 or 2013-05-12, with "about " before it if it is not exact`,
		`{"episodes":[{"label":"Zulema"}]}`:              "episodes[0].id: missing",
		`{"episodes":[{"id":""}]}`:                       "episodes[0].id: empty",
		`{"source":"Zulema\r"}`:                          "source: holds a control character",
		"{\"source\":\"Zulema\x00\"}":                    "holds a zero byte",
		"{\"source\":\"Zulema\xff\"}":                    "not UTF-8 text",
		`{"source":"` + strings.Repeat("[", 99):          "nested too deep",
		`{"source":"` + strings.Repeat("Z", law.MaxLine): "too big",
		`{"source":"Zulema" Zulema}`:                     "not JSON",
		`{"source":"Zulema"} Zulema`:                     "text after the end",
		`{"source":"Zulema"`:                             "the text ends too soon",
		`{"episodes":[` + strings.Join(many, ",") + `]}`: "episodes: too many episodes",
		`Zulema`: "want a group of fields in braces, as JSON",
		`{"episodes":[{"id":"Zulema"},{"id":"Zulema"}]}`:                                            "episodes[1]: a second episode with the same id",
		`{"episodes":[{"id":"Zulema","when":{"from":"2004","until":"2001"}}]}`:                      "episodes[0].when.until: it ends before it begins",
		`{"person":[{"question":"minor","answer":"unknown","grade":"said"}]}`:                       "person[0].grade: an unknown answer has no grade",
		`{"person":[{"question":"minor","answer":"yes","why":"declined"}]}`:                         "person[0].why: only an unknown answer has a reason",
		`{"episodes":[{"id":"a","facts":[{"question":"worked","answer":"yes","actor":"Zulema"}]}]}`: "episodes[0].facts[0].actor: not among the episode's actors",
	} {
		b := batch(t, p, law.Options{AsOf: day("2026-01-02")})
		wrong, ok := errors.AsType[*law.SyntaxError](b.AddJSON("cases.jsonl", 7, []byte(text)))
		if !ok {
			t.Errorf("%.80s: no error", text)
			continue
		}
		got := wrong.Discreet().Error()
		place, words, _ := strings.Cut(got, ": ")
		if words != want || !strings.HasPrefix(place, "cases.jsonl:7:") || strings.Contains(got, "Zulema") {
			t.Errorf("%.80s:\ngot  %s\nwant %s", text, got, want)
		}
	}
}
