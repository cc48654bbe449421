package suggest

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
)

// A Reader proposes answers. It does not change after New, so that any number of goroutines may share one.
type Reader struct {
	questions map[string]bool
	lexicons  []*lexicon
}

// New loads the lexicons into a reader that proposes answers to the questions with the given ids, and to no
// others. It fails only when the lexicons built into the program are wrong, or when no question is given.
func New(questions []string) (*Reader, error) { return open(shipped, questions) }

func open(fsys fs.FS, questions []string) (*Reader, error) {
	if len(questions) == 0 {
		return nil, errors.New("suggest: no question to propose an answer to")
	}
	folders, err := fs.ReadDir(fsys, "lexicon")
	if err != nil {
		return nil, err
	}
	r := &Reader{questions: map[string]bool{}}
	for _, id := range questions {
		r.questions[id] = true
	}
	for _, folder := range folders {
		l, err := load(fsys, folder.Name())
		if err != nil {
			return nil, fmt.Errorf("suggest: %w", err)
		}
		r.lexicons = append(r.lexicons, l)
	}
	if len(r.lexicons) == 0 {
		return nil, errors.New("suggest: no lexicon")
	}
	return r, nil
}

// A Language is one that a Reader reads.
type Language struct {
	Tag       string   // such as "en"
	Reviewed  string   // who has reviewed its lexicon, or that nobody has
	Questions []string // ids that its lexicon may answer, sorted, whether the reader was given them or not
}

// Languages lists what the reader reads, by tag.
func (r *Reader) Languages() (all []Language) {
	for _, l := range r.lexicons {
		var ids []string
		for _, p := range l.patterns {
			ids = append(ids, p.Question)
		}
		slices.Sort(ids)
		all = append(all, Language{l.lang, l.reviewed, slices.Compact(ids)})
	}
	return all
}

// Guess says in which of its languages a text seems to be written: the one whose small words are most, English
// when none is. It is not sure when fewer than one word in eight is such a word: then the text may be in none.
func (r *Reader) Guess(text string) (lang string, sure bool) {
	best, most := "en", 0
	all := tokens(text)
	for _, l := range r.lexicons {
		n := 0
		for i := range all {
			if l.guess.has(all, i) {
				n++
			}
		}
		if n > most {
			best, most = l.lang, n
		}
	}
	return best, most > 0 && most*8 >= len(all)
}

// Read proposes answers, in the order of their place in the text. lang is a tag of Languages; empty, it is
// guessed; in any other language it proposes nothing. Text may be of any length, and bytes that are no UTF-8
// count as spaces; time and memory grow in proportion to it. The same question may get several proposals, and
// both answers: where the account says both, a member must see both.
func (r *Reader) Read(text, lang string) []Proposal {
	if lang == "" {
		lang, _ = r.Guess(text)
	}
	i := slices.IndexFunc(r.lexicons, func(l *lexicon) bool { return l.lang == lang })
	if i < 0 {
		return nil
	}
	l := r.lexicons[i]
	all := tokens(text)
	own := l.ownStory(all)
	var found []Proposal
	for s := range all {
		l.starting(all, s, func(p *ruled) {
			if !r.questions[p.Question] {
				return
			}
			e, gaps := p.match(all, s)
			if e == 0 || slices.ContainsFunc(p.except, func(x *pattern) bool { e, _ := x.match(all, s); return e != 0 }) {
				return
			}
			answer := p.Answer
			switch l.judge(all, s, e, gaps, p) {
			case dropped:
				return
			case denied:
				answer = p.Denied
			}
			if answer != "nothing" {
				found = append(found, Proposal{p.Question, answer, all[s].start, all[e-1].end, p.id, p.band(), l.notes(all, s, e, p, own)})
			}
		})
	}
	return distinct(found)
}

// ownStory says whether the person tells it themself.
func (l *lexicon) ownStory(all []token) bool {
	n := 0
	for i := range all {
		if l.first.has(all, i) {
			n++
		}
	}
	return n > 0 && n*40 >= len(all)
}

// starting calls try with each pattern that may begin at token i.
func (l *lexicon) starting(all []token, i int, try func(*ruled)) {
	each := func(patterns []*ruled) {
		for _, p := range patterns {
			try(p)
		}
	}
	t := all[i].text
	each(l.exact[t])
	for n := shortestStem; n <= min(len(t), longestStem); n++ {
		each(l.prefixes[t[:n]])
	}
	if t[0] >= '0' && t[0] <= '9' {
		each(l.numbers)
	}
	if all[i].name {
		each(l.names)
	}
}

// better says whether p goes before another proposal whose words it shares: what is plain, then what is longest,
// for it says most of what is meant ("not free to leave" before "free to leave").
func (p Proposal) better(than Proposal) bool {
	if p.Band != than.Band {
		return p.Band == Plain
	}
	return p.End-p.Start > than.End-than.Start
}

// distinct leaves one proposal where several of one question overlap, and of mere hints at an answer the first, if
// nothing says it plainly.
func distinct(found []Proposal) (out []Proposal) {
	slices.SortStableFunc(found, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(a.Question, b.Question), cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	for _, p := range found {
		if n := len(out); n > 0 && out[n-1].Question == p.Question && p.Start < out[n-1].End {
			if p.better(out[n-1]) {
				out[n-1] = p
			}
			continue
		}
		out = append(out, p)
	}
	told := map[[2]string]bool{}
	for _, p := range out {
		if p.Band == Plain {
			told[[2]string{p.Question, p.Answer}] = true
		}
	}
	out = slices.DeleteFunc(out, func(p Proposal) bool {
		answer := [2]string{p.Question, p.Answer}
		hint := p.Band == Hinted && told[answer]
		told[answer] = true
		return hint
	})
	slices.SortStableFunc(out, func(a, b Proposal) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End), cmp.Compare(a.Question, b.Question))
	})
	return out
}
