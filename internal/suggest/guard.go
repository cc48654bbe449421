package suggest

import (
	"fmt"
	"maps"
	"slices"
)

// guards are the words around a match that turn it round, take it back, or tell whose it is.
type guards struct {
	not        *words // "not", "never", "nobody"
	near       *words // the same, but only of the next word or two: "no", "without"
	only       *words // after a negation, undoes it: "not only"
	since      *words // with a negation, leaves open what was before: "no longer", "anymore"
	modal      *words // "will", "might", "going to"
	would      *words // habit ("he would hit me every night") or, after speech or fear, no fact
	control    *words // with "to": "wanted", "tried", "threatened"
	to         *words // what control needs; empty where the language has no such word
	threat     *words // "threats of violence" are none yet, unless "threats and violence"
	perhaps    *words // "if", "afraid", "maybe"
	stop       *words // begins a clause of its own: "but", "because", "when"
	and        *words // begins a clause when a subject follows
	or         *words // carries a negation on: "did not hit or kick me"
	prep       *words // before a noun, makes it no subject: "with", "from"
	subject    *words // "I", "he", "who"
	inverted   *words // before a subject: "never did he"
	helping    *words // may stand between a subject and its verb: "have", "always"
	teller     *words // "I", "we"
	first      *words // "me", "my", "us"
	third      *words // "her", "them", "the girls"
	people     *words // nouns that do things: "boss", "defendant", "man"
	say        *words // "said", "told", "claims"
	hearsay    *words // "allegedly", "heard that"
	according  *words // "according to"
	bystanders *words // whose word it is when they say it: "neighbour", "police"
	guess      *words // small words that tell the language
	concord    *words // not empty where two negations make one ("no me pegó nunca")
}

func newGuards(lists map[string][]string) (*guards, error) {
	g := &guards{}
	slots := map[string]**words{"not": &g.not, "near": &g.near, "only": &g.only, "since": &g.since, "modal": &g.modal, "would": &g.would,
		"control": &g.control, "to": &g.to, "threat": &g.threat, "perhaps": &g.perhaps, "stop": &g.stop, "and": &g.and, "or": &g.or, "prep": &g.prep,
		"subject": &g.subject, "inverted": &g.inverted, "helping": &g.helping, "teller": &g.teller, "first": &g.first, "third": &g.third,
		"people": &g.people, "say": &g.say, "hearsay": &g.hearsay, "according": &g.according,
		"bystanders": &g.bystanders, "guess": &g.guess, "concord": &g.concord}
	for name := range lists {
		if slots[name] == nil {
			return nil, fmt.Errorf("guards: no guard %q", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(slots)) {
		list, ok := lists[name]
		if !ok {
			return nil, fmt.Errorf("guards: %s is missing", name)
		}
		w, err := newWords(list)
		if err != nil {
			return nil, fmt.Errorf("guards: %s: %w", name, err)
		}
		*slots[name] = w
	}
	return g, nil
}

// weighs says whether the word at k is one that may take a match back, or speech.
func (g *guards) weighs(all []token, k int) bool {
	for _, guard := range []*words{g.not, g.near, g.modal, g.would, g.control, g.threat, g.perhaps, g.say} {
		if guard.has(all, k) {
			return true
		}
	}
	return false
}

// A fate is what becomes of a match.
type fate int

const (
	kept fate = iota
	denied
	dropped
)

// How many words before a match each guard reaches.
const (
	reachNear  = 2
	reachModal = 4
	reachNot   = 10
	reachFar   = 14
	reachSay   = 30
)

// judge reads the words around the match all[s:e] and in its gaps.
func (g *guards) judge(all []token, s, e int, gaps uint64, r *ruled) fate {
	if all[s].asked {
		return dropped
	}
	nots := 0
	if !g.guarded(all, s, e, gaps) {
		for k := s; k < e; k++ {
			switch {
			case gaps&(1<<(k-s)) == 0:
			case g.not.has(all, k) && !g.only.has(all, k+1), g.near.has(all, k):
				nots++
			case g.modal.has(all, k), g.perhaps.has(all, k), g.control.has(all, k), g.would.has(all, k) && g.spoken(all, k):
				return dropped
			}
		}
	}
	if r.Doer == "other" && !r.passive && g.byTeller(all, s) {
		return dropped
	}
	left, gone := g.before(all, s, e)
	if nots += left; gone || nots > 0 && g.open(all, s, e) {
		return dropped
	}
	switch {
	case nots == 0:
		return kept
	case nots == 1 || len(g.concord.exact) > 0:
		return denied
	}
	return dropped // "it is not true that he never hit me"
}

// guarded says whether the pattern itself took a word that weighs: then those in its gaps are part of what it
// means ("threatened that if we did not work he would kill us").
func (g *guards) guarded(all []token, s, e int, gaps uint64) bool {
	for k := s; k < e; k++ {
		if gaps&(1<<(k-s)) == 0 && g.weighs(all, k) {
			return true
		}
	}
	return false
}

// before walks back over the clause and counts its negations; gone is when it makes the match no fact.
func (g *guards) before(all []token, s, e int) (nots int, gone bool) {
	subjects, nouns, joined := 0, 0, false
	to := len(g.to.exact) == 0
	for k := s - 1; k >= 0 && s-k <= reachFar; k-- {
		if b := all[k+1].before; b >= clause || b == comma && !g.listed(all, k+1, e) {
			return nots, false
		}
		far := s - k
		if far == 1 && g.not.has(all, s) && g.modal.has(all, k) {
			continue // "won't": "will" only helps the "n't" that the pattern took
		}
		switch {
		case g.perhaps.has(all, k) && subjects <= 1 && subjects+nouns <= 2:
			return nots, true
		case g.stop.has(all, k), g.and.has(all, k) && g.subject.has(all, k+1):
			return nots, false
		case g.not.has(all, k):
			if subjects == 0 && far <= reachNot && !joined && !g.only.has(all, k+1) {
				nots++
			}
		case g.near.has(all, k):
			if far <= reachNear && !joined {
				nots++
			}
		case subjects == 0 && far <= reachModal && (g.modal.has(all, k) || g.would.has(all, k) && g.spoken(all, k)),
			subjects == 0 && to && g.control.has(all, k),
			subjects == 0 && !joined && g.threat.has(all, k):
			return nots, true
		case g.and.has(all, k):
			joined = true
		case g.subject.has(all, k) && !g.inverted.has(all, k-1):
			subjects++
		case g.people.has(all, k) || all[k].name:
			nouns++
		case g.to.has(all, k):
			to = true
		}
	}
	return nots, false
}

// listed says whether the comma before token k stands in a list that goes on to the match: "never hit, kicked or
// beat me".
func (g *guards) listed(all []token, k, e int) bool {
	for ; k < e && k < len(all); k++ {
		if g.or.has(all, k) {
			return true
		}
	}
	return false
}

// spoken says whether a would at k follows speech, fear or a condition in its sentence, and so tells no habit.
func (g *guards) spoken(all []token, k int) bool {
	for j := k - 1; j >= 0 && k-j <= reachFar && all[j+1].before != sentence; j-- {
		if g.say.has(all, j) || g.perhaps.has(all, j) || g.control.has(all, j) {
			return true
		}
	}
	return false
}

// open says whether the denial only tells that something ended: "no longer", "not any more".
func (g *guards) open(all []token, s, e int) bool {
	for k := max(0, s-reachModal); k < min(len(all), e+reachModal); k++ {
		if g.since.has(all, k) {
			return true
		}
	}
	return false
}

// doer gives the nearest subject before token s in its clause, or -1.
func (g *guards) doer(all []token, s int) int {
	for k := s - 1; k >= 0 && s-k <= reachFar && all[k+1].before < clause && !g.stop.has(all, k); k-- {
		if g.subject.has(all, k) || (g.people.has(all, k) || all[k].name) && !g.prep.has(all, k-1) && !g.prep.has(all, k-2) {
			return k
		}
	}
	return -1
}

// byTeller says whether the teller does what the word at s says: "I never hit", "I ran and hit". Not "I suffered
// beatings": there another verb stands between.
func (g *guards) byTeller(all []token, s int) bool {
	k := s - 1
	for k >= 0 && s-k <= reachModal && all[k+1].before < comma && (g.helping.has(all, k) || g.not.has(all, k) || g.modal.has(all, k) || g.would.has(all, k)) {
		k--
	}
	switch {
	case k < 0 || all[k+1].before >= comma:
		return false
	case g.and.has(all, k):
		return g.teller.has(all, g.doer(all, k))
	}
	return g.teller.has(all, k)
}

// notes tells whose word and whose experience it may be; own is whether the account is told by the person.
func (g *guards) notes(all []token, s, e int, r *ruled, own bool) (notes []Note) {
	if g.reported(all, s, e, own) {
		notes = append(notes, Reported)
	}
	if own && g.another(all, s, e, r) {
		notes = append(notes, Other)
	}
	return notes
}

func (g *guards) another(all []token, s, e int, r *ruled) bool {
	third := false
	for k := s; k < e; k++ {
		if g.first.has(all, k) {
			return false
		}
		third = third || g.third.has(all, k) || g.people.has(all, k)
	}
	if (r.Doer == "other" || r.Hint) && !r.passive {
		return third
	}
	if k := g.doer(all, s); k >= 0 {
		return !g.first.has(all, k)
	}
	return third
}

// reported looks for somebody else's saying it, before the match or after it, in the same sentence.
func (g *guards) reported(all []token, s, e int, own bool) bool {
	for k := e - 1; k >= 0 && s-k <= reachSay; k-- {
		if g.hearsay.has(all, k) {
			return true
		}
		if k < s {
			if g.according.has(all, k) && !g.first.has(all, k+2) && (own || !g.third.has(all, k+2)) {
				return true
			}
			if g.say.has(all, k) {
				return g.bystander(all, k, own)
			}
		}
		if all[k].before == sentence {
			break
		}
	}
	for k := e; k < len(all) && k-e < reachFar && all[k].before != sentence; k++ {
		if all[k].before >= comma && k+2 < len(all) { // ", my sister said", ", according to the police"
			for j := k; j < k+3 && j < len(all) && all[j].before != sentence; j++ {
				if g.according.has(all, j) || g.say.has(all, j+1) && g.bystanders.has(all, j) || g.say.has(all, j) && g.bystanders.has(all, j+1) {
					return true
				}
			}
		}
	}
	return false
}

// bystander says whether the one who says it, before the word at k, is neither the teller nor the person told about.
func (g *guards) bystander(all []token, k int, own bool) bool {
	for j := k - 1; j >= 0 && k-j <= 5 && all[j+1].before < clause; j-- {
		switch {
		case g.teller.has(all, j):
			return false
		case g.bystanders.has(all, j):
			return true
		case g.subject.has(all, j) || g.people.has(all, j) || all[j].name:
			return own
		}
	}
	return false
}
