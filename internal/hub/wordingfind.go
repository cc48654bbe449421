package hub

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The finder of the wording check for pages without JavaScript. client/wordingfind.js is its twin: both must find the same
// (testdata/wording.json).

// A wordToken is a word of a text: where it stands, in bytes, and in which sentence.
type wordToken struct {
	fold       string // small letters without accents
	start, end int
	sentence   int
}

var (
	wordRun     = regexp.MustCompile(`[\p{L}\p{M}\p{Nd}]+`)
	sentenceEnd = regexp.MustCompile(`[.!?;:][^\p{L}\p{M}\p{Nd}]*[ \t\r\n]|\n`)
)

func tokensOf(text string) (out []wordToken) {
	sentence, last := 0, 0
	for _, at := range wordRun.FindAllStringIndex(text, -1) {
		if sentenceEnd.MatchString(text[last:at[0]]) {
			sentence++
		}
		last = at[1]
		out = append(out, wordToken{foldWord(text[at[0]:at[1]]), at[0], at[1], sentence})
	}
	return out
}

func foldWord(s string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsMark(r) {
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}

// gapWords is how many words ".." may stand for.
const gapWords = 3

// deniedBefore is how many words before another a "not" denies it.
const deniedBefore = 3

// fitsWord says whether a word fits one part of a pattern: "word", "begin*", "{1-17}", or several with "|" between.
func fitsWord(part, word string) bool {
	for option := range strings.SplitSeq(part, "|") {
		begin, prefix := strings.CutSuffix(option, "*")
		switch {
		case strings.HasPrefix(option, "{"):
			low, high, _ := strings.Cut(strings.Trim(option, "{}"), "-")
			n, err := strconv.Atoi(word)
			l, errL := strconv.Atoi(low)
			h, errH := strconv.Atoi(high)
			if err == nil && errL == nil && errH == nil && len(word) <= 6 && l <= n && n <= h {
				return true
			}
		case prefix && strings.HasPrefix(word, begin), option == word:
			return true
		}
	}
	return false
}

// matchAt gives the end of a pattern that begins at token i, or -1.
func matchAt(tokens []wordToken, i int, parts []string) int {
	return matchFrom(tokens, i, tokens[i].sentence, parts)
}

func matchFrom(tokens []wordToken, i, sentence int, parts []string) int {
	if len(parts) == 0 {
		return i
	}
	if parts[0] == ".." {
		for skip := range gapWords + 1 {
			if end := matchFrom(tokens, i+skip, sentence, parts[1:]); end >= 0 {
				return end
			}
		}
		return -1
	}
	if i >= len(tokens) || tokens[i].sentence != sentence || !fitsWord(parts[0], tokens[i].fold) {
		return -1
	}
	return matchFrom(tokens, i+1, sentence, parts[1:])
}

// A wordHit is where a pattern was found: tokens from start to before end.
type wordHit struct{ start, end int }

// hits finds patterns in a text, in its order; of those at one word the longest.
func hits(tokens []wordToken, patterns []string) (out []wordHit) {
	for i := range tokens {
		end := -1
		for _, p := range patterns {
			end = max(end, matchAt(tokens, i, strings.Fields(p)))
		}
		if end > i {
			out = append(out, wordHit{i, end})
		}
	}
	return out
}

// denied says whether a word just before takes it back.
func (l *wordList) denied(tokens []wordToken, h wordHit) bool {
	for i := max(0, h.start-deniedBefore); i < h.start; i++ {
		if tokens[i].sentence == tokens[h.start].sentence && slices.Contains(l.Deny, tokens[i].fold) && !slices.Contains(l.Except, tokens[i+1].fold) {
			return true
		}
	}
	return false
}

// A wordMark is a word that a rule marks.
type wordMark struct {
	rule       *wordRule
	start, end int // in bytes of the text
}

// A wordTold is what the text tells, by the words that tell it.
type wordTold struct {
	ID    string
	Words []string
}

// find marks the words of a text, and says what it tells.
func (w *wording) find(text, lang string) (marks []wordMark, told []wordTold) {
	list, tokens := w.lists[lang], tokensOf(text)
	is := map[string]bool{}
	for _, id := range w.ToldOrder {
		t := wordTold{ID: id}
		for _, h := range hits(tokens, list.Told[id]) {
			s := text[tokens[h.start].start:tokens[h.end-1].end]
			if !list.denied(tokens, h) && !slices.Contains(t.Words, s) {
				t.Words = append(t.Words, s)
			}
		}
		if t.Words != nil {
			is[id] = true
			told = append(told, t)
		}
	}
	for id, lines := range w.Conditions {
		is[id] = slices.ContainsFunc(lines, func(line []string) bool {
			return !slices.ContainsFunc(line, func(t string) bool { return !is[t] })
		})
	}
	taken := make([]bool, len(tokens))
	for i := range w.Rules {
		r := &w.Rules[i]
		if slices.ContainsFunc(r.When.All, func(c string) bool { return !is[c] }) || slices.ContainsFunc(r.When.None, func(c string) bool { return is[c] }) {
			continue
		}
		for _, h := range hits(tokens, list.Words[r.Words]) {
			if slices.Contains(taken[h.start:h.end], true) || !r.always() && list.denied(tokens, h) {
				continue
			}
			for k := h.start; k < h.end; k++ {
				taken[k] = true
			}
			if r.Kind == "skip" {
				continue
			}
			marks = append(marks, wordMark{r, tokens[h.start].start, tokens[h.end-1].end})
		}
	}
	slices.SortFunc(marks, func(a, b wordMark) int { return cmp.Compare(a.start, b.start) })
	return marks, told
}

// checkPattern refuses a pattern that the finder could not read.
func checkPattern(p string) error {
	parts := strings.Fields(p)
	if len(parts) == 0 || parts[0] == ".." || parts[len(parts)-1] == ".." {
		return fmt.Errorf("pattern %q: it begins and ends with a word", p)
	}
	for _, part := range parts {
		if part != ".." && !patternPart.MatchString(part) {
			return fmt.Errorf("pattern %q: %q is none of word, begin*, {1-17}, or some of them with | between", p, part)
		}
	}
	return nil
}

var patternPart = regexp.MustCompile(`^([a-z0-9]+\*?|\{\d+-\d+\})(\|([a-z0-9]+\*?|\{\d+-\d+\}))*$`)
