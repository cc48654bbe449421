package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"amparo/law"
)

// manyJourneys makes lines of journeys as a case file has them, the same for the same seed: two episodes with about
// twelve facts each, told in full, and a few about the person. In short, a fact is the id of its question alone.
func manyJourneys(p *law.Pack, n int, short, named bool) []byte {
	r := rand.New(rand.NewPCG(2026, 1))
	var person, episode []string
	for _, q := range p.Questions {
		if q.Scope == "person" {
			person = append(person, q.ID)
		} else {
			episode = append(episode, q.ID)
		}
	}
	facts := func(ids []string, count int, actor string) (out []law.Fact) {
		for _, i := range r.Perm(len(ids))[:count] {
			f := law.Fact{Question: ids[i], Answer: law.Yes, Grade: law.Said, Actor: actor}
			switch r.IntN(8) {
			case 0, 1:
				f.Answer = law.No
			case 2:
				f.Answer, f.Grade, f.Why = law.Unknown, "", law.NotAsked
			case 3:
				f.Grade, f.Source = law.Documented, "payslip of March"
			}
			out = append(out, f)
		}
		return out
	}
	var out bytes.Buffer
	for i := range n {
		year := 1998 + r.IntN(27)
		j := law.Journey{Person: facts(person, 3, ""), Complete: r.IntN(2) == 0}
		actor := ""
		if named {
			actor = "the foreman"
		}
		for k, id := range []string{"crossing", "farm"} {
			j.Episodes = append(j.Episodes, law.Episode{
				ID: id, Label: "The " + id + ", as it was told in the first talk", Actors: []string{"the foreman", "a driver"},
				When:  law.Span{From: law.Date{Year: year, Month: 1 + r.IntN(12)}, Until: law.Date{Year: year + k, Month: 12, About: true}},
				Facts: facts(episode, 9+r.IntN(7), actor),
			})
		}
		data := []byte(shorten(j))
		if !short {
			data, _ = json.Marshal(j)
		}
		fmt.Fprintf(&out, `{"id":"A-%06d",%s`+"\n", i, data[1:])
	}
	return out.Bytes()
}

// shorten is a journey in the short form of facts; what is not known is left out.
func shorten(j law.Journey) string {
	type short struct {
		ID    string   `json:"id,omitempty"`
		When  law.Span `json:"when,omitzero"`
		Yes   []string `json:"yes,omitempty"`
		No    []string `json:"no,omitempty"`
		Grade string   `json:"grade,omitempty"`
	}
	in := func(s short, facts []law.Fact) short {
		for _, f := range facts {
			switch f.Answer {
			case law.Yes:
				s.Yes = append(s.Yes, f.Question)
			case law.No:
				s.No = append(s.No, f.Question)
			}
		}
		return s
	}
	var episodes []short
	for _, e := range j.Episodes {
		episodes = append(episodes, in(short{ID: e.ID, When: e.When, Grade: "said"}, e.Facts))
	}
	data, _ := json.Marshal(map[string]any{"person": in(short{}, j.Person), "episodes": episodes, "complete": j.Complete})
	return string(data)
}
