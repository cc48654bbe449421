package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A gap is what stands between a word and the word before it.
type gap int

const (
	space    gap = iota
	comma        // comma, bracket, quotation mark
	clause       // semicolon, colon, dash, ellipsis
	sentence     // end of a sentence, or an empty line
)

// A token is one word of the account. "didn't" makes two, "did" and "n't", which then share their place.
type token struct {
	text       string // lower case, without accents
	start, end int    // bytes of the account
	before     gap    // what stands before it
	asked      bool   // a question mark ends its sentence
	name       bool   // begins with a capital inside a sentence
}

// Words that a full stop may follow without ending a sentence.
var abbreviations = map[string]bool{"mr": true, "mrs": true, "ms": true, "dr": true, "st": true, "vs": true,
	"sr": true, "sra": true, "srta": true, "dra": true, "ud": true, "uds": true, "approx": true, "jr": true}

// tokens cuts a text into words. Bytes that are no UTF-8 count as spaces.
func tokens(text string) []token {
	var out []token
	next, begin := sentence, 0 // begin: first token of the sentence
	end := func(question bool) {
		if question {
			for i := begin; i < len(out); i++ {
				out[i].asked = true
			}
		}
		begin = len(out)
	}
	lines := 0 // line ends since the last word
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if isWord(r) {
			j := wordEnd(text, i)
			t := token{text: fold(text[i:j]), start: i, end: j, before: next}
			if next == sentence && begin != len(out) {
				end(false)
			}
			t.name = unicode.IsUpper(r) && next != sentence
			if text[i:j] == "I" && (strings.HasPrefix(text[j:], ".") && j+1 < len(text) && isWord(rune(text[j+1])) || i > 0 && text[i-1] == '.') {
				t.text = "i." // an initial: "I.M."
			}
			if t.text != "" {
				out = split(out, t)
				next, lines = space, 0
			}
			i = j
			continue
		}
		switch r {
		case '.', '!', '?', '¡', '¿', '。', '؟':
			if r != '.' || stops(text, i, out) {
				next = sentence
			}
			if r == '?' || r == '؟' {
				end(true)
			}
		case ';', ':', '—', '–', '…':
			next = max(next, clause)
		case ',', '(', ')', '[', ']', '"', '“', '”', '«', '»':
			next = max(next, comma)
		case '\n':
			if lines++; lines > 1 {
				next = sentence
			}
		case '-', '*', '•':
			if lines > 0 { // an item of a list
				next = sentence
			} else if r == '-' && size < len(text)-i && text[i+size] == '-' || i > 0 && text[i-1] == ' ' {
				next = max(next, clause)
			}
		}
		i += size
	}
	return out
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// wordEnd gives the end of the word at i: letters, digits, marks, invisible signs, and apostrophes inside.
func wordEnd(text string, i int) int {
	end := i
	for j := i; j < len(text); {
		r, size := utf8.DecodeRuneInString(text[j:])
		switch {
		case r == utf8.RuneError && size <= 1:
			return end
		case isWord(r) || unicode.Is(unicode.M, r):
			j += size
			end = j
		case (r == ',' || r == '.') && thousands(text, j):
			j++
		case r == '\'' || r == '’' || r == 'ʼ' || unicode.Is(unicode.Cf, r):
			j += size // inside only when a letter follows
			if next, _ := utf8.DecodeRuneInString(text[j:]); !isWord(next) && !unicode.Is(unicode.Cf, next) {
				return end
			}
		default:
			return end
		}
	}
	return end
}

// thousands says whether the sign at j parts thousands: "40,000", "40.000".
func thousands(text string, j int) bool {
	digit := func(k int) bool { return k >= 0 && k < len(text) && '0' <= text[k] && text[k] <= '9' }
	return digit(j-1) && digit(j+1) && digit(j+2) && digit(j+3) && !digit(j+4)
}

// stops says whether the full stop at i ends a sentence.
func stops(text string, i int, before []token) bool {
	rest := text[i+1:]
	if next, _ := utf8.DecodeRuneInString(rest); isWord(next) || next == '.' {
		return false // "I.M.", "example.org", an ellipsis
	}
	if len(before) == 0 || before[len(before)-1].end != i {
		return true
	}
	last := before[len(before)-1].text
	return len(last) > 1 && !abbreviations[last] || last == "i" || "0" <= last && last <= "9" // an initial does not
}

// fold writes a word in lower case, without accents, apostrophes made plain and invisible signs left out.
func fold(word string) string {
	plain := true
	for i := 0; i < len(word); i++ {
		plain = plain && word[i] < utf8.RuneSelf
	}
	if plain {
		return thousandsMark.Replace(strings.ToLower(word))
	}
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.M, r) || unicode.Is(unicode.Cf, r):
			return -1
		case r == '’' || r == 'ʼ':
			return '\''
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(word))
}

var thousandsMark = strings.NewReplacer(",", "", ".", "")

// Negations written without their apostrophe.
var bare = map[string]string{"dont": "do", "didnt": "did", "doesnt": "does", "wasnt": "was", "werent": "were",
	"isnt": "is", "arent": "are", "couldnt": "could", "wouldnt": "would", "cant": "can", "wont": "will",
	"hasnt": "has", "havent": "have", "hadnt": "had", "shouldnt": "should", "aint": "is", "cannot": "can"}

// split adds a word to the tokens, a contraction as two: did+n't, he+'d, i+'m.
func split(out []token, t token) []token {
	whole := t.text
	first, second := whole, ""
	switch verb, ok := bare[whole]; {
	case ok:
		first, second = verb, "n't"
	case whole == "can't":
		first, second = "can", "n't"
	case whole == "won't":
		first, second = "will", "n't"
	case len(whole) > 3 && strings.HasSuffix(whole, "n't"):
		first, second = whole[:len(whole)-3], "n't"
	default:
		if i := strings.LastIndexByte(whole, '\''); i > 0 {
			first, second = whole[:i], whole[i:]
		}
	}
	t.text = first
	out = append(out, t)
	if second != "" {
		t.text, t.before, t.name = second, space, false
		out = append(out, t)
	}
	return out
}
