package law

import (
	"bytes"
	"slices"
	"strings"
)

// maxEpisodes keeps one journey a journey.
const maxEpisodes = 100

// ParseJourney reads a journey in YAML or JSON, or the journey of a decided case in txtar. It refuses
// questions that the vocabulary lacks, answers and grades that do not exist, unknown and doubled fields,
// and what is too big or nested too deep. The error is a *SyntaxError and names line and field.
func (p *Pack) ParseJourney(name string, data []byte) (Journey, error) {
	line := 0
	if strings.HasSuffix(name, ".txtar") || bytes.Contains(data, []byte("\n-- journey.yaml --")) {
		s, _, err := sections(name, data)
		if err != nil {
			return Journey{}, err
		}
		data, line = s["journey.yaml"].data, s["journey.yaml"].line
	}
	n, err := parseNode(name, data, line)
	if err != nil {
		return Journey{}, err
	}
	r := &reader{}
	j := p.readJourney(r, n)
	if r.err != nil {
		return Journey{}, r.err
	}
	return j, nil
}

func (p *Pack) readJourney(r *reader, n *node) Journey {
	f := r.fields(n, "person", "episodes", "complete", "linked_actors", "filed", "grade", "source")
	j := Journey{Complete: r.yes(f["complete"]), Filed: r.date(f["filed"])}
	usual := p.usual(r, f, Fact{Grade: Said})
	if person := f["person"]; person != nil && person.kind == mapNode {
		j.Person = p.readFacts(r, r.fields(person, factFields...), usual, true, nil)
	} else {
		for _, item := range r.list(person) {
			j.Person = append(j.Person, p.readFact(r, item, usual, true, nil))
		}
	}
	for _, item := range r.list(f["episodes"]) {
		e := p.readEpisode(r, item, usual)
		if slices.ContainsFunc(j.Episodes, func(o Episode) bool { return o.ID == e.ID }) {
			r.fail(item.errorf("a second episode with the id %q", e.ID))
		}
		j.Episodes = append(j.Episodes, e)
	}
	if len(j.Episodes) > maxEpisodes {
		r.fail(f["episodes"].errorf("%d episodes, at most %d", len(j.Episodes), maxEpisodes))
	}
	for _, group := range r.list(f["linked_actors"]) {
		j.LinkedActors = append(j.LinkedActors, r.texts(group))
	}
	return j
}

// factFields say facts in short: questions answered yes and no with the usual grade and source, and facts
// told one by one.
var factFields = []string{"yes", "no", "facts", "grade", "source"}

func (p *Pack) readEpisode(r *reader, n *node, usual Fact) Episode {
	f := r.fields(n, append([]string{"id", "label", "when", "actors"}, factFields...)...)
	e := Episode{ID: r.need(n, f["id"], "id"), Label: r.text(f["label"]), When: r.span(f["when"]), Actors: r.texts(f["actors"])}
	if e.ID == "person" {
		r.fail(f["id"].errorf("%q is no name for an episode: it stands for the person", e.ID))
	}
	e.Facts = p.readFacts(r, f, usual, false, e.Actors)
	return e
}

// usual is the grade and the source that facts have where they name none.
func (p *Pack) usual(r *reader, f map[string]*node, usual Fact) Fact {
	if f["grade"] != nil {
		usual.Grade = oneOf(r, f["grade"], Said, SaidByOther, Seen, Documented)
	}
	if f["source"] != nil {
		usual.Source = r.text(f["source"])
	}
	return usual
}

func (p *Pack) readFacts(r *reader, f map[string]*node, usual Fact, aboutPerson bool, actors []string) (out []Fact) {
	usual = p.usual(r, f, usual)
	for _, side := range []struct {
		n      *node
		answer Answer
	}{{f["yes"], Yes}, {f["no"], No}} {
		for _, item := range r.list(side.n) {
			fact := usual
			fact.Question, fact.Answer = r.need(item, item, ""), side.answer
			p.checkFact(r, fact, map[string]*node{"question": item}, aboutPerson, actors)
			out = append(out, fact)
		}
	}
	for _, item := range r.list(f["facts"]) {
		out = append(out, p.readFact(r, item, usual, aboutPerson, actors))
	}
	return out
}

func (p *Pack) readFact(r *reader, n *node, usual Fact, aboutPerson bool, actors []string) Fact {
	f := r.fields(n, "question", "answer", "why", "grade", "source", "actor")
	fact := Fact{
		Question: r.need(n, f["question"], "question"),
		Answer:   Answer(r.need(n, f["answer"], "answer")),
		Why:      oneOf(r, f["why"], NotAsked, DoesNotKnow, Declined, UnsafeToAsk),
		Grade:    oneOf(r, f["grade"], Said, SaidByOther, Seen, Documented),
		Source:   r.text(f["source"]),
		Actor:    r.text(f["actor"]),
	}
	if r.err != nil {
		return fact
	}
	oneOf(r, f["answer"], Yes, No, Unknown)
	p.checkFact(r, fact, f, aboutPerson, actors)
	if fact.Answer != Unknown && fact.Grade == "" {
		fact.Grade = usual.Grade
	}
	if fact.Source == "" {
		fact.Source = usual.Source
	}
	return fact
}

// checkFact refuses a fact that makes no sense; f says where its fields stand.
func (p *Pack) checkFact(r *reader, fact Fact, f map[string]*node, aboutPerson bool, actors []string) {
	if r.err != nil {
		return
	}
	q, known := p.Question(fact.Question)
	switch {
	case !known:
		r.fail(f["question"].errorf("the vocabulary has no question %q", fact.Question))
	case aboutPerson && q.Scope != "person":
		r.fail(f["question"].errorf("%q is asked of an episode, not of the person", q.ID))
	case fact.Answer == Unknown && f["grade"] != nil:
		r.fail(f["grade"].errorf("an unknown answer has no grade"))
	case fact.Answer != Unknown && fact.Why != "":
		r.fail(f["why"].errorf("only an unknown answer has a reason"))
	case fact.Actor != "" && !slices.Contains(actors, fact.Actor):
		r.fail(f["actor"].errorf("%q is not among the episode's actors", fact.Actor))
	}
}

// span reads one date, for a stretch within it, or from, until and words.
func (r *reader) span(n *node) Span {
	if n == nil {
		return Span{}
	}
	if n.kind == scalarNode {
		d := r.date(n)
		return Span{From: d, Until: d}
	}
	f := r.fields(n, "from", "until", "words")
	s := Span{From: r.date(f["from"]), Until: r.date(f["until"]), Words: r.text(f["words"])}
	if r.err == nil && !s.From.IsZero() && !s.Until.IsZero() {
		first, _ := s.From.bounds()
		if _, last := s.Until.bounds(); last.Before(first) {
			r.fail(f["until"].errorf("%s is before %s", s.Until, s.From))
		}
	}
	return s
}
