package law

import "bytes"

func (r *scan) said() bool   { return r.short(false) }
func (r *scan) denied() bool { return r.short(true) }

// listed reads the name of an actor of the episode.
func (r *scan) listed() bool {
	name, ok := r.name()
	if !ok || r.actor(name) > 0 || len(r.actors) == wordLanes {
		return false
	}
	r.actors = append(r.actors, name)
	return true
}

// actor gives the number of an actor from 1, or 0 where none of that name is listed so far.
func (r *scan) actor(name []byte) int8 {
	for i, a := range r.actors {
		if bytes.Equal(a, name) {
			return int8(i + 1)
		}
	}
	return 0
}

// link reads a group of actors who act together.
func (r *scan) link() bool {
	r.linked = true
	return r.list(func(r *scan) bool {
		_, ok := r.name()
		return ok
	})
}

// short reads a fact that is the id of its question alone.
func (r *scan) short(no bool) bool {
	q, ok := r.question()
	if ok && q.at >= 0 {
		r.facts = append(r.facts, heard{at: q.at, weight: ungraded, no: no})
	}
	return ok
}

// question reads the id of one that may be asked here.
func (r *scan) question() (*lexeme, bool) {
	id, ok := r.word()
	if !ok {
		return nil, false
	}
	q := r.lexicon.find(id)
	return q, q != nil && (q.person || !r.person)
}

// fact reads one told in full.
func (r *scan) fact() bool {
	if !r.take('{') {
		return false
	}
	const question, answer, grade, why, source, actor = 1, 2, 4, 8, 16, 32
	var q *lexeme
	h, seen, unknown := heard{weight: ungraded}, 0, false
	for n := 0; ; n++ {
		key, more, ok := r.member(n, factOrder...)
		if !ok {
			return false
		}
		if !more {
			break
		}
		field := 0
		switch string(key) {
		case "question":
			field = question
			q, ok = r.question()
		case "answer":
			var word []byte
			field = answer
			word, ok = r.word()
			switch string(word) {
			case "yes":
			case "no":
				h.no = true
			case "unknown":
				unknown = true
			default:
				return false
			}
		case "grade":
			field = grade
			h.weight, ok = r.weight()
		case "source":
			field, ok = source, r.text()
		case "why":
			field, ok = why, r.why()
		case "actor":
			var name []byte
			name, ok = r.name()
			field, h.actor = actor, r.actor(name)
			ok, r.acted = ok && h.actor > 0, true
		}
		if !ok || field == 0 || seen&field != 0 {
			return false
		}
		seen |= field
	}
	switch {
	case seen&question == 0, seen&answer == 0, unknown && seen&grade != 0, !unknown && seen&why != 0:
		return false
	case q.at >= 0 && !unknown:
		h.at = q.at
		r.facts = append(r.facts, h)
	}
	return true
}

// weight reads a grade.
func (r *scan) weight() (int8, bool) {
	word, ok := r.word()
	switch Grade(word) {
	case SaidByOther:
		return 0, ok
	case Said:
		return 1, ok
	case Seen:
		return 2, ok
	case Documented:
		return 3, ok
	}
	return 0, false
}

func (r *scan) why() bool {
	word, ok := r.word()
	switch Why(word) {
	case NotAsked, DoesNotKnow, Declined, UnsafeToAsk:
		return ok
	}
	return false
}
