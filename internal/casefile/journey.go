package casefile

import (
	"slices"

	"amparo/internal/fault"
	"amparo/internal/id"
)

// Answers, reasons for not knowing, and kinds of evidence, as package law names them.
const (
	Yes     = "yes"
	No      = "no"
	Unknown = "unknown"
)

// Whys are the reasons for an unknown answer.
var Whys = []string{"not-asked", "does-not-know", "declined", "unsafe-to-ask"}

// Grades are the kinds of evidence that a yes or a no rests on: said by the person, said by another,
// seen by a member, in a paper or picture.
var Grades = []string{"said", "said-by-other", "seen", "documented"}

// A Fact is one answer to one question of the vocabulary. A yes and a no on the same question may stand
// side by side: both are kept.
type Fact struct {
	Question string `json:"question"`
	Answer   string `json:"answer"`
	Why      string `json:"why,omitempty"`    // only with Unknown
	Grade    string `json:"grade,omitempty"`  // only with Yes and No
	Source   string `json:"source,omitempty"` // where it came from, in free words
	Actor    string `json:"actor,omitempty"`  // who did it, one of the episode's actors; empty is all of them
}

func (f Fact) check() error {
	switch {
	case f.Question == "" || len(f.Question) > MaxLine:
		return fault.Field("question", "not a question")
	case f.Answer == Unknown && (f.Grade != "" || !slices.Contains(Whys, f.Why)):
		return fault.Field(f.Question, "unknown without a reason for it")
	case f.Answer != Unknown && (f.Why != "" || f.Grade != "" && !slices.Contains(Grades, f.Grade)):
		return fault.Field(f.Question, "an answer with no kind of evidence")
	case f.Answer != Yes && f.Answer != No && f.Answer != Unknown:
		return fault.Field(f.Question, "neither yes, no nor unknown")
	}
	return line(f.Question, f.Source, false)
}

// Facts are answers, in the order in which they were first given.
type Facts []Fact

// On gives the facts on one question.
func (fs Facts) On(question string) (out Facts) {
	for _, f := range fs {
		if f.Question == question {
			out = append(out, f)
		}
	}
	return out
}

// Put gives fs with the facts on one question replaced, the order of the others kept.
func (fs Facts) Put(question string, now Facts) Facts {
	at := slices.IndexFunc(fs, func(f Fact) bool { return f.Question == question })
	rest := slices.DeleteFunc(slices.Clone(fs), func(f Fact) bool { return f.Question == question })
	if at < 0 {
		at = len(rest)
	}
	return slices.Insert(rest, at, now...)
}

func (fs Facts) check() error {
	if err := bounded("facts", len(fs)); err != nil {
		return err
	}
	for _, f := range fs {
		if err := f.check(); err != nil {
			return err
		}
	}
	return nil
}

// A Person holds the facts about the person that hold in every episode.
type Person struct {
	Facts Facts `json:"facts,omitempty"`
}

// Kind is KindPerson.
func (Person) Kind() Kind { return KindPerson }

// Check checks every fact.
func (p Person) Check() error { return p.Facts.check() }

// An Episode is a stretch of the journey with one set of actors and one kind of happening: the
// crossing, the stash house, the farm. Its id is that of its part.
type Episode struct {
	Label   string   `json:"label"`
	When    When     `json:"when,omitzero"`
	Actors  []string `json:"actors,omitempty"` // work names: "the driver", "the foreman"
	Facts   Facts    `json:"facts,omitempty"`
	Removed bool     `json:"removed,omitempty"` // taken out of the journey; kept, and can be put back
}

// Kind is KindEpisode.
func (Episode) Kind() Kind { return KindEpisode }

// Check asks for a label, and that an actor named by a fact is one of the episode's.
func (e Episode) Check() error {
	if err := line("label", e.Label, true); err != nil {
		return err
	}
	if err := e.When.Check(); err != nil {
		return err
	}
	if err := bounded("actors", len(e.Actors)); err != nil {
		return err
	}
	for _, a := range e.Actors {
		if err := line("actors", a, true); err != nil {
			return err
		}
	}
	for _, f := range e.Facts {
		if f.Actor != "" && !slices.Contains(e.Actors, f.Actor) {
			return fault.Field("actors", "a fact names an actor who is not in the episode")
		}
	}
	return e.Facts.check()
}

// A Journey puts the episodes in order.
type Journey struct {
	Order    []id.Part  `json:"order,omitempty"`    // an episode that is not named comes after those that are
	Complete bool       `json:"complete,omitempty"` // no episode is missing
	Linked   [][]string `json:"linked,omitempty"`   // groups of actors who act together
}

// Kind is KindJourney.
func (Journey) Kind() Kind { return KindJourney }

// Check checks that the order names parts, each once.
func (j Journey) Check() error {
	if err := bounded("order", len(j.Order)); err != nil {
		return err
	}
	for i, p := range j.Order {
		if !id.Valid(p) || slices.Contains(j.Order[:i], p) {
			return fault.Field("order", "not an episode, or named twice")
		}
	}
	for _, group := range j.Linked {
		for _, a := range group {
			if err := line("linked", a, true); err != nil {
				return err
			}
		}
	}
	return bounded("linked", len(j.Linked))
}

// Move gives the order with one episode moved by so many places, as far as it can go. all is the order
// as shown, with every episode in it.
func Move(all []id.Part, p id.Part, by int) []id.Part {
	at := slices.Index(all, p)
	if at < 0 {
		return all
	}
	to := min(max(at+by, 0), len(all)-1)
	return slices.Insert(slices.Delete(slices.Clone(all), at, at+1), to, p)
}
