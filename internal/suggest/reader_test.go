package suggest

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// words.yaml with every guard, most of them empty, and one set.
func smallWords() string {
	var b strings.Builder
	b.WriteString("reviewed: a test\nsets: {pain: [hit, 'beat up'], was: [was]}\nguards:\n  not: [never]\n  first: [i, me]\n  teller: [i]\n")
	for _, name := range []string{"near", "only", "since", "modal", "would", "control", "to", "threat", "perhaps", "stop", "and", "or", "prep", "helping", "subject",
		"inverted", "third", "people", "say", "hearsay", "according", "bystanders", "guess", "concord"} {
		b.WriteString("  " + name + ": []\n")
	}
	return b.String()
}

func small(facts string) fstest.MapFS {
	return fstest.MapFS{
		"lexicon/en/words.yaml": {Data: []byte(smallWords())},
		"lexicon/en/facts.yaml": {Data: []byte(facts)},
	}
}

func TestReadGivesBytesOfTheText(t *testing.T) {
	r, err := open(small("facts:\n  - {question: hit, say: ['{pain} ..1 me']}\n"), []string{"hit"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"“Él” — he HIT me":                       "HIT me",
		"he b\u0301eat\u00a0up me":               "b\u0301eat\u00a0up me", // a mark on a letter changes no word
		"he be\u00adat up me":                    "be\u00adat up me",      // nor does an invisible hyphen
		"he \ufb01 hit \ufeffme":                 "hit \ufeffme",
		"he hit. Me too":                         "", // not over the end of a sentence
		"he hit the\n\nme":                       "", // nor over an empty line
		"he hit the other me":                    "", // nor over two words, where one may stand between
		"bad \xff\xfe bytes, then he hit me\xff": "hit me",
	} {
		got := ""
		for _, p := range r.Read(text, "en") {
			got += text[p.Start:p.End]
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	p := r.Read("he hit me", "en")[0]
	if p.Rule != "en/hit: {pain} ..1 me" || p.Band != Plain || p.Answer != "yes" {
		t.Errorf("%+v", p)
	}
	if p := r.Read("he never hit me", "en")[0]; p.Answer != "no" {
		t.Errorf("%+v", p)
	}
}

func TestReadProposesOnlyWhatIsAsked(t *testing.T) {
	facts := "facts:\n  - {question: hit, say: [hit me]}\n  - {question: locked, say: [locked me]}\n"
	r, err := open(small(facts), []string{"locked"})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Read("they hit me and locked me", ""); len(got) != 1 || got[0].Question != "locked" {
		t.Errorf("%+v", got)
	}
	if got := r.Read("they locked me", "fr"); got != nil {
		t.Errorf("in a language that is not read: %+v", got)
	}
	if got := r.Read("", "en"); got != nil {
		t.Errorf("nothing said: %+v", got)
	}
}

// Of a hint there is one, and none where something says the same plainly.
func TestHintsGiveWay(t *testing.T) {
	r, err := open(small("facts:\n  - {question: hit, say: [hit me]}\n  - {question: hit, hint: true, say: [bruise]}\n"), []string{"hit"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]Band{
		"a bruise, a bruise":            {Hinted},
		"a bruise and then they hit me": {Plain},
		"they hit me and they hit me":   {Plain, Plain},
	} {
		var got []Band
		for _, p := range r.Read(text, "en") {
			got = append(got, p.Band)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestWrongLexiconsAreRefused(t *testing.T) {
	for fact, want := range map[string]string{
		"{say: [hit]}":    "no question",
		"{question: hit}": "no pattern",
		"{question: hit, answer: maybe, say: [hit]}": `"maybe" is neither yes nor no`,
		"{question: hit, denied: x, say: [hit]}":     `"x" is none of`,
		"{question: hit, doer: me, say: [hit]}":      `"me" is not other`,
		"{question: hit, say: ['{pian} me']}":        "no set {pian}",
		"{question: hit, say: ['(a|{pian}) me']}":    "no set {pian}",
		"{question: hit, say: ['(hit me']}":          "( without )",
		"{question: hit, say: ['..3 me']}":           "must begin and end",
		"{question: hit, say: ['hit me?']}":          "must begin and end",
		"{question: hit, say: ['hit ..99 me']}":      "no gap",
		"{question: hit, say: ['#9-3 me']}":          "no range",
		"{question: hit, say: ['hi* me']}":           "letters before *",
		"{question: hit, say: ['hit $ me']}":         "from one word",
		"{question: hit, say: [hit], except: ['(']}": "( without )",
		"{question: hit, says: [hit]}":               "says",
	} {
		_, err := open(small("facts:\n  - "+fact+"\n"), []string{"hit"})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "lexicon/en/facts.yaml") {
			t.Errorf("%s: error %v does not name the file and say %q", fact, err, want)
		}
	}
	words := smallWords()
	for from, to := range map[string]string{"near: []": "nearby: []", "reviewed: a test": "reviewed: ''", "[never]": "['!']"} {
		fsys := small("facts:\n  - {question: hit, say: [hit]}\n")
		fsys["lexicon/en/words.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(words, from, to, 1))}
		if _, err := open(fsys, []string{"hit"}); err == nil || !strings.Contains(err.Error(), "words.yaml") {
			t.Errorf("%s: %v", to, err)
		}
	}
	if _, err := New(nil); err == nil {
		t.Error("a reader without questions")
	}
}

func TestGuess(t *testing.T) {
	r := mustNew(t)
	for text, want := range map[string]string{
		"He took the passport and I was in the house": "en true",
		"Me quitó el pasaporte y no me dejaba salir":  "es true",
		"12345": "en false",
		"Mae angen cymorth arnaf cyn gynted ag bo modd os gwelwch dda": "en false",
	} {
		lang, sure := r.Guess(text)
		if got := lang + map[bool]string{true: " true", false: " false"}[sure]; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestTheSameTextGivesTheSameProposals(t *testing.T) {
	r := mustNew(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{"he", "I", "never", "hit", "me", "locked", "her", "in", ".", ",", "if",
			"threatened", "to", "kill", "my", "passport", "took", "nobody", "Él", "me", "golpeó", "?", "\n\n"})).Draw(t, "words"), " ")
		a, b := r.Read(text, "en"), r.Read(text, "en")
		if !slices.EqualFunc(a, b, func(x, y Proposal) bool {
			return x.Question == y.Question && x.Answer == y.Answer && x.Start == y.Start && x.End == y.End && x.Rule == y.Rule
		}) {
			t.Fatalf("%v, then %v", a, b)
		}
		sound(t, r, text, a)
	})
}

// sound checks what every proposal promises.
func sound(t interface{ Fatalf(string, ...any) }, r *Reader, text string, found []Proposal) {
	last := 0
	for _, p := range found {
		switch {
		case p.Start < last || p.Start >= p.End || p.End > len(text):
			t.Fatalf("%d to %d of %d bytes, after %d", p.Start, p.End, len(text), last)
		case !utf8.RuneStart(text[p.Start]) || p.End < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[p.End]):
			t.Fatalf("%d to %d cuts a rune", p.Start, p.End)
		case p.Answer != "yes" && p.Answer != "no", p.Band != Plain && p.Band != Hinted, !r.questions[p.Question], p.Rule == "":
			t.Fatalf("%+v", p)
		}
		last = p.Start
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"he never hit me", "Él me golpeó…", "I’m not allowed to leave. can't", "\xff'n't I.M. 17-years-old ''", "- no\n- hit me?", "n't 's 'd"} {
		f.Add(s)
	}
	r := mustNew(f)
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range []string{"en", "es", ""} {
			sound(t, r, text, r.Read(text, lang))
		}
	})
}

func BenchmarkRead(b *testing.B) {
	r := mustNew(b)
	text := strings.Repeat("He took my passport and said he would call the police if I left. I worked every day and they never paid me. ", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		r.Read(text, "en")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		mustNew(b)
	}
}

func mustNew(t testing.TB) *Reader {
	t.Helper()
	r, err := New([]string{"hit", "locked", "threatened_hurt", "papers_taken", "minor", "worked", "pay_kept", "threatened_law", "could_not_stop"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
