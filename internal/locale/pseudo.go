package locale

import (
	"maps"
	"slices"
	"strings"
	"unicode"
)

// accented and arabic are what the artificial languages write for a Latin letter, in the order of the alphabet.
var (
	accented = []rune("áƀçðéƒĝĥíĵķļɱñöþǫŕšţúṽŵẋýž")
	arabic   = []rune("ابثدهفغحيجكلمنوپقرسطعڤشخضز")
)

// Pseudo adds two artificial languages made from English, for tests of screens: en-XA, accented, bracketed and
// longer by two fifths, in which any word without a bracket was never translated; and ar-XB, the same in
// Arabic letters, from right to left. They are never offered: Languages, Suggest and Check leave them out.
func (w *Words) Pseudo() error {
	english := w.tongues[0]
	for _, made := range []struct {
		Language
		letters []rune
	}{
		{Language{Tag: "en-XA", Name: "Ļöñĝ", Dir: "ltr"}, accented},
		{Language{Tag: "ar-XB", Name: "لونغ", Dir: "rtl"}, arabic},
	} {
		t, err := newTongue(made.Language)
		if err != nil {
			return err
		}
		t.artificial, t.catalogues = true, maps.Clone(english.catalogues)
		t.rule = english.rule
		for key, m := range english.own {
			own := message{}
			for form, words := range m {
				own[form] = pretend(words, made.letters)
			}
			t.own[key] = own
		}
		w.tongues = append(w.tongues, t)
	}
	w.settle()
	return nil
}

// pretend writes words in other letters, with two fifths more of them, and in brackets. Placeholders stay.
func pretend(words string, letters []rune) string {
	var b strings.Builder
	b.WriteRune('⟦')
	at := 0
	for _, p := range append(placeholder.FindAllStringIndex(words, -1), []int{len(words), len(words)}) {
		b.WriteString(strings.Map(func(r rune) rune {
			i := unicode.ToLower(r) - 'a'
			switch {
			case i < 0 || i > 25:
				return r
			case unicode.IsUpper(r):
				return unicode.ToUpper(letters[i])
			}
			return letters[i]
		}, words[at:p[0]]))
		b.WriteString(words[p[0]:p[1]])
		at = p[1]
	}
	more := (2*len([]rune(placeholder.ReplaceAllString(words, ""))) + 4) / 5
	long := slices.Repeat(letters, 1+more/len(letters))[:more]
	for i, r := range long {
		if i%9 == 8 && i < more-1 {
			r = ' ' // long words, but no longer than languages have
		}
		b.WriteRune(r)
	}
	b.WriteRune('⟧')
	return b.String()
}
