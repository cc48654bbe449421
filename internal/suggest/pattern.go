package suggest

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

// A pattern is written as words apart by spaces:
//
//	took          this word
//	threat*       words that begin so
//	(a|b c|d*)    one of these, each of one word or more
//	{papers}      one of the words of that set
//	(a|{papers})  a group may take sets in
//	{Name}        any word with a capital inside a sentence
//	#1-17         a number from 1 to 17; #18 only this one
//	..3           up to 3 words of any kind, within the sentence
//
// A question mark after a word, a group, a set or a number lets it be left out. A pattern begins and ends with
// something that must be there.
type pattern struct {
	source   string
	elements []element
	passive  bool // begins with a form of "to be": what happened to the subject before it
}

type element struct {
	words    *words
	low, top int // a number, when words is nil
	gap      int // when positive: only a gap
	optional bool
}

// window is how many words a match may span, so that one machine word can hold all states.
const window = 48

// longestPattern is how many elements a pattern may have.
const longestPattern = 16

// Letters before a *, at least and at most.
const (
	shortestStem = 3
	longestStem  = 16
)

// words is a set of words and phrases.
type words struct {
	exact    map[string][][]string // first word of a phrase to the words after it
	prefixes map[string][][]string // the same, where the first is only the beginning of a word
	name     bool
}

func newWords(phrases []string) (*words, error) {
	w := &words{exact: map[string][][]string{}, prefixes: map[string][][]string{}}
	for _, phrase := range phrases {
		var parts []string
		for _, word := range strings.Fields(phrase) {
			stem, open := strings.CutSuffix(word, "*")
			if strings.ContainsAny(stem, "*{}()|#?") {
				return nil, fmt.Errorf("%q in %q is no word", word, phrase)
			}
			if open && (len(stem) < shortestStem || len(stem) > longestStem) {
				return nil, fmt.Errorf("%q: %d to %d letters before *", word, shortestStem, longestStem)
			}
			if stem == "n't" || stem[0] == '\'' { // as tokens cuts them off
				parts = append(parts, stem)
				continue
			}
			for _, t := range tokens(stem) {
				parts = append(parts, t.text)
			}
			if open {
				parts[len(parts)-1] += "*"
			}
		}
		if parts == nil || len(parts) > 8 {
			return nil, fmt.Errorf("%q: from one word to eight", phrase)
		}
		if stem, open := strings.CutSuffix(parts[0], "*"); open {
			w.prefixes[stem] = append(w.prefixes[stem], parts[1:])
		} else {
			w.exact[stem] = append(w.exact[stem], parts[1:])
		}
	}
	return w, nil
}

// add takes another set in.
func (w *words) add(other *words) {
	for word, rests := range other.exact {
		w.exact[word] = append(w.exact[word], rests...)
	}
	for stem, rests := range other.prefixes {
		w.prefixes[stem] = append(w.prefixes[stem], rests...)
	}
	w.name = w.name || other.name
}

// match gives the lengths, as bits, of the words and phrases of the set that begin at token i.
func (w *words) match(all []token, i int) (lengths uint64) {
	t := all[i].text
	follow := func(rests [][]string) {
		for _, rest := range rests {
			if followed(all[i+1:], rest) {
				lengths |= 1 << (1 + len(rest))
			}
		}
	}
	follow(w.exact[t])
	if len(w.prefixes) > 0 {
		for n := shortestStem; n <= min(len(t), longestStem); n++ {
			follow(w.prefixes[t[:n]])
		}
	}
	if w.name && all[i].name {
		lengths |= 1 << 1
	}
	return lengths
}

// has says whether the single word at i is in the set; a nil set has none.
func (w *words) has(all []token, i int) bool {
	return w != nil && i >= 0 && i < len(all) && w.match(all, i) != 0
}

func followed(all []token, rest []string) bool {
	if len(rest) > len(all) {
		return false
	}
	for k, word := range rest {
		stem, open := strings.CutSuffix(word, "*")
		if all[k].before >= clause || !open && all[k].text != word || open && !strings.HasPrefix(all[k].text, stem) {
			return false
		}
	}
	return true
}

// match finds the shortest match that begins at token i. It gives the token after it, 0 when there is none, and
// which of its tokens only filled gaps, as bits counted from i. The states are the bits of one machine word: bit n
// means that n tokens are used up.
func (p *pattern) match(all []token, i int) (end int, gaps uint64) {
	reach := min(window, len(all)-i)
	for n := 1; n < reach; n++ {
		if all[i+n].before == sentence {
			reach = n
		}
	}
	var kept [longestPattern + 1]uint64 // the states before each element
	states := uint64(1)
	for j, e := range p.elements {
		kept[j] = states
		if states = e.step(all, i, states, reach); states == 0 {
			return 0, 0
		}
	}
	n := bits.TrailingZeros64(states)
	end = i + n
	for j := len(p.elements) - 1; j >= 0; j-- { // back, along one way that leads here
		e := p.elements[j]
		for from := n; from >= 0; from-- {
			if kept[j]&(1<<from) == 0 || e.step(all, i, 1<<from, reach)&(1<<n) == 0 {
				continue
			}
			if e.gap > 0 {
				gaps |= 1<<n - 1<<from
			}
			n = from
			break
		}
	}
	return end, gaps
}

// step gives the states after an element.
func (e *element) step(all []token, i int, states uint64, reach int) (after uint64) {
	if e.gap > 0 || e.optional {
		after = states
	}
	if e.gap > 0 {
		for range e.gap {
			after |= after << 1
		}
	} else {
		for left := states; left != 0; left &= left - 1 {
			if n := bits.TrailingZeros64(left); n < reach {
				after |= e.at(all, i+n) << n
			}
		}
	}
	return after & (1<<(reach+1) - 1)
}

// at gives the lengths of what matches at token i.
func (e *element) at(all []token, i int) uint64 {
	if e.words != nil {
		return e.words.match(all, i)
	}
	if n, err := strconv.Atoi(all[i].text); err == nil && e.low <= n && n <= e.top {
		return 1 << 1
	}
	return 0
}

// parsePattern reads a pattern; sets are the named words it may use.
func parsePattern(source string, sets map[string]*words) (*pattern, error) {
	p := &pattern{source: source}
	for rest := strings.TrimSpace(source); rest != ""; rest = strings.TrimSpace(rest) {
		end := strings.IndexByte(rest, ' ')
		if rest[0] == '(' {
			if end = strings.IndexByte(rest, ')'); end < 0 {
				return nil, fmt.Errorf("pattern %q: ( without )", source)
			}
			if end++; end < len(rest) && rest[end] == '?' {
				end++
			}
		}
		if end < 0 {
			end = len(rest)
		}
		e, err := parseElement(rest[:end], sets)
		if err != nil {
			return nil, fmt.Errorf("pattern %q: %w", source, err)
		}
		p.elements, rest = append(p.elements, e), rest[end:]
	}
	if len(p.elements) > longestPattern {
		return nil, fmt.Errorf("pattern %q: more than %d elements", source, longestPattern)
	}
	if n := len(p.elements); n == 0 || p.elements[0].loose() || p.elements[n-1].loose() {
		return nil, fmt.Errorf("pattern %q: must begin and end with something that must be there", source)
	}
	return p, nil
}

func (e element) loose() bool { return e.gap > 0 || e.optional }

func parseElement(s string, sets map[string]*words) (e element, err error) {
	s, e.optional = strings.CutSuffix(s, "?")
	switch {
	case strings.HasPrefix(s, ".."):
		e.gap, err = strconv.Atoi(s[2:])
		if err != nil || e.gap < 1 || e.gap > 20 || e.optional {
			return e, fmt.Errorf("%q is no gap of 1 to 20 words", s)
		}
	case strings.HasPrefix(s, "#"):
		low, top, span := strings.Cut(s[1:], "-")
		if !span {
			top = low
		}
		var wrong error
		e.low, err = strconv.Atoi(low)
		e.top, wrong = strconv.Atoi(top)
		if err != nil || wrong != nil || e.low > e.top {
			return e, fmt.Errorf("%q is no range of numbers", s)
		}
	case strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}"):
		if e.words = sets[s[1:len(s)-1]]; e.words == nil {
			return e, fmt.Errorf("no set %s", s)
		}
	case strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")"):
		e.words, err = group(strings.Split(s[1:len(s)-1], "|"), sets)
	default:
		e.words, err = newWords([]string{s})
	}
	return e, err
}

// group is the set of all its alternatives: phrases and named sets.
func group(alternatives []string, sets map[string]*words) (*words, error) {
	var phrases []string
	var named []*words
	for _, a := range alternatives {
		if strings.HasPrefix(a, "{") && strings.HasSuffix(a, "}") {
			set := sets[a[1:len(a)-1]]
			if set == nil {
				return nil, fmt.Errorf("no set %s", a)
			}
			named = append(named, set)
			continue
		}
		phrases = append(phrases, a)
	}
	w, err := newWords(phrases)
	if err != nil {
		return nil, err
	}
	for _, set := range named {
		w.add(set)
	}
	return w, nil
}
