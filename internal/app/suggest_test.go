package app

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"amparo/internal/suggest"
)

// TestSuggestKnowsTheVocabulary fails when a lexicon answers a question that no pack asks: it was misspelt, or the
// vocabulary has dropped it.
func TestSuggestKnowsTheVocabulary(t *testing.T) {
	questions, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := suggest.New(ids(questions))
	if err != nil {
		t.Fatal(err)
	}
	if len(reader.Languages()) < 2 {
		t.Errorf("languages: %v", reader.Languages())
	}
	for _, l := range reader.Languages() {
		if strange := strangers(l.Questions, ids(questions)); strange != nil {
			t.Errorf("lexicon %s answers what no pack asks: %v", l.Tag, strange)
		}
		if len(l.Questions) < 30 {
			t.Errorf("lexicon %s answers only %d questions", l.Tag, len(l.Questions))
		}
	}
	if got := strangers([]string{"hit", "hitt"}, ids(questions)); !slices.Equal(got, []string{"hitt"}) {
		t.Errorf("a planted question is not told: %v", got)
	}
}

func strangers(answered, asked []string) (out []string) {
	for _, id := range answered {
		if !slices.Contains(asked, id) {
			out = append(out, id)
		}
	}
	return out
}

func TestAroundEscapesWhatATerminalObeys(t *testing.T) {
	text := "é\x1b[31m he\nsaid \"no\" and hit me"
	if got, want := around(text, len(text)-6, len(text)), `é\x1b[31m he said "no" and [hit me]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSuggestRefusesWhatItCannotRead(t *testing.T) {
	for account, want := range map[string]string{
		"he hit me \xff and left":                    "standard input: not UTF-8 at byte 10",
		strings.Repeat("he hit me. ", maxAccount/10): "standard input: larger than 512 KiB",
		" \n\t": "standard input: empty",
	} {
		var out, errs bytes.Buffer
		code := Main(context.Background(), Program{Args: []string{"suggest", "-"}, Stdin: strings.NewReader(account), Stdout: &out, Stderr: &errs,
			Env: func(string) string { return "" }})
		if code != 1 || out.Len() > 0 || !strings.Contains(errs.String(), want) || strings.Contains(errs.String(), "hit") {
			t.Errorf("%.20q: exit %d, %q, %q; want %q", account, code, out.String(), errs.String(), want)
		}
	}
}
