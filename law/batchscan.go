package law

import (
	"bytes"
	"unicode/utf8"
)

// A scan reads one journey as JSON in one pass, making nothing. It knows the plain form alone: where a line is in
// any way unusual it declines, by giving false, and the ordinary reader has the word, which also says what is
// wrong. What the scan takes, the ordinary reader takes too, to the same meaning.
type scan struct {
	draft
	lexicon lexicon
	line    []byte
	i       int

	taken  int      // lanes
	actors [][]byte // of the episode being read; nil about the person
	person bool     // the facts being read are about the person
	grade  int8     // their usual one, as weight
	acted  bool     // some fact of the episode being read names an actor
	named  bool     // some fact of the journey does
	linked bool     // some actors act together
	opened int      // brackets inside words: the ordinary reader counts them as depth
}

// ungraded is the weight of a fact for which no grade was named.
const ungraded = int8(-1)

// journey reads a whole line. What it gives stands in the draft and in the line, until the next.
func (r *scan) journey(line []byte) bool {
	r.clear()
	line = bytes.TrimSuffix(line, []byte("\n"))
	r.line, r.i, r.opened, r.taken, r.named, r.linked = line, 0, 0, 0, false, false
	if len(line) > maxBytes || len(line) == 0 || line[0] != '{' || !utf8.Valid(line) || !r.take('{') {
		return false
	}
	seen, grade := 0, int8(grades[Said])
	for n := 0; ; n++ {
		key, more, ok := r.member(n)
		if !ok {
			return false
		}
		if !more {
			break
		}
		field := 0
		switch string(key) {
		case "id":
			field = 1
			r.id, ok = r.name()
		case "person":
			field, ok = 2, r.aboutPerson()
		case "episodes":
			field, ok = 4, r.list((*scan).episode)
		case "complete":
			field = 8
			r.complete, ok = r.yes()
		case "filed":
			field = 16
			r.filed, ok = r.date()
		case "grade":
			field = 32
			grade, ok = r.weight()
		case "source":
			field, ok = 64, r.text()
		case "linked_actors":
			field, ok = 128, r.list((*scan).link)
		}
		if !ok || field == 0 || seen&field != 0 {
			return false
		}
		seen |= field
	}
	r.settle(0, grade)
	return r.end() && !(r.named && r.linked)
}

// settle gives the facts from a place on the usual grade, where none was named.
func (r *scan) settle(from int, usual int8) {
	if usual == ungraded {
		return
	}
	for i := from; i < len(r.facts); i++ {
		if f := &r.facts[i]; f.weight == ungraded {
			f.weight = usual
		}
	}
}

// aboutPerson reads facts, or facts in short.
func (r *scan) aboutPerson() bool {
	r.person, r.actors, r.grade = true, r.actors[:0], ungraded
	first, ok := len(r.facts), false
	if r.peek() == '[' {
		ok = r.list((*scan).fact)
	} else {
		ok = r.told(nil)
	}
	for i := first; i < len(r.facts); i++ {
		r.facts[i].lanes = everyLane
	}
	return ok
}

// episode reads one of them, and gives its facts their lanes: one lane for all, or where a fact names an actor one
// for each that is listed.
func (r *scan) episode() bool {
	r.person, r.actors, r.acted, r.grade = false, r.actors[:0], false, ungraded
	e := draftEpisode{when: unknownReach, lanes: 1}
	first := len(r.facts)
	if !r.told(&e) || e.id == nil {
		return false
	}
	for i := range r.episodes {
		if bytes.Equal(r.episodes[i].id, e.id) {
			return false
		}
	}
	if r.acted {
		e.lanes, r.named = len(r.actors), true
	}
	if r.taken+e.lanes >= wordLanes {
		return false
	}
	for i := first; i < len(r.facts); i++ {
		f := &r.facts[i]
		f.lanes = (1<<e.lanes - 1) << r.taken
		if f.actor > 0 {
			f.lanes = 1 << (r.taken + int(f.actor) - 1)
		}
	}
	r.taken += e.lanes
	r.episodes = append(r.episodes, e)
	return true
}

// told reads a group of fields with facts, those of the person or of an episode.
func (r *scan) told(e *draftEpisode) bool {
	if !r.take('{') {
		return false
	}
	first, seen := len(r.facts), 0
	for n := 0; ; n++ {
		key, more, ok := r.member(n)
		if !ok {
			return false
		}
		if !more {
			r.settle(first, r.grade)
			return true
		}
		field := 0
		switch string(key) {
		case "yes":
			field, ok = 1, r.list((*scan).said)
		case "no":
			field, ok = 2, r.list((*scan).denied)
		case "facts":
			field, ok = 4, r.list((*scan).fact)
		case "grade":
			field = 8
			r.grade, ok = r.weight()
		case "source":
			field, ok = 16, r.text()
		}
		if e != nil && field == 0 {
			switch string(key) {
			case "id":
				field = 32
				e.id, ok = r.name()
			case "label":
				field, ok = 64, r.text()
			case "when":
				field = 128
				e.when, ok = r.when()
			case "actors":
				field, ok = 256, r.list((*scan).listed)
			}
		}
		if !ok || field == 0 || seen&field != 0 {
			return false
		}
		seen |= field
	}
}

func (r *scan) yes() (value, ok bool) {
	r.space()
	rest := r.line[r.i:]
	switch {
	case bytes.HasPrefix(rest, []byte("true")):
		r.i += len("true")
		return true, true
	case bytes.HasPrefix(rest, []byte("false")):
		r.i += len("false")
		return false, true
	}
	return false, false
}

// when reads a date, for a stretch within it, or from, until and words.
func (r *scan) when() (reach, bool) {
	var s Span
	if r.peek() == '"' {
		d, ok := r.date()
		s = Span{From: d, Until: d}
		return s.reach(), ok
	}
	if !r.take('{') {
		return reach{}, false
	}
	seen := 0
	for n := 0; ; n++ {
		key, more, ok := r.member(n)
		if !ok {
			return reach{}, false
		}
		if !more {
			break
		}
		field := 0
		switch string(key) {
		case "from":
			field = 1
			s.From, ok = r.date()
		case "until":
			field = 2
			s.Until, ok = r.date()
		case "words":
			field, ok = 4, r.text()
		}
		if !ok || field == 0 || seen&field != 0 {
			return reach{}, false
		}
		seen |= field
	}
	out := s.reach()
	return out, s.From.IsZero() || s.Until.IsZero() || out.until[1] >= out.from[0]
}
