package casework

import (
	"slices"
	"time"

	"amparo/internal/casefile"
	"amparo/law"
)

// JourneyOf gives a case's journey as the law engine reads it. An episode's id there is that of its part.
func JourneyOf(c *Case) (law.Journey, error) {
	j := law.Journey{Person: facts(c.Person.Doc.Facts), Complete: c.Journey.Doc.Complete, LinkedActors: c.Journey.Doc.Linked}
	for _, e := range c.Episodes {
		when := law.Span{Words: e.Doc.When.Words}
		for _, end := range []struct {
			date *law.Date
			text string
		}{{&when.From, e.Doc.When.From}, {&when.Until, e.Doc.When.Until}} {
			if err := end.date.UnmarshalText([]byte(end.text)); err != nil {
				return law.Journey{}, err
			}
		}
		j.Episodes = append(j.Episodes, law.Episode{ID: string(e.ID), Label: e.Doc.Label, When: when,
			Actors: e.Doc.Actors, Facts: facts(e.Doc.Facts)})
	}
	return j, nil
}

func facts(fs casefile.Facts) (out []law.Fact) {
	for _, f := range fs {
		out = append(out, law.Fact{Question: f.Question, Answer: law.Answer(f.Answer), Why: law.Why(f.Why),
			Grade: law.Grade(f.Grade), Source: f.Source, Actor: f.Actor})
	}
	return out
}

// Assess lays the case beside a body of law, as of a day. Answers to what this law does not ask, or does not
// ask of the person, stay in the case and count for nothing: a case outlives a version of a pack.
func Assess(pack *law.Pack, c *Case, on time.Time) (law.Assessment, error) {
	j, err := JourneyOf(c)
	if err != nil {
		return law.Assessment{}, err
	}
	j.Person = heeded(pack, j.Person, "person")
	for i := range j.Episodes {
		j.Episodes[i].Facts = heeded(pack, j.Episodes[i].Facts, "")
	}
	return pack.Assess(j, law.Options{AsOf: law.DateOf(on)})
}

// heeded leaves the facts on questions that the pack has; of the scope given, unless it is empty.
func heeded(pack *law.Pack, facts []law.Fact, scope string) []law.Fact {
	return slices.DeleteFunc(facts, func(f law.Fact) bool {
		q, known := pack.Question(f.Question)
		return !known || scope != "" && q.Scope != scope
	})
}
