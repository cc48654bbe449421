package evidence

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func shippedBook(t *testing.T) *Book {
	t.Helper()
	b, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// What ships is whole on the day when it was last looked at. Whether it is overdue today, `amparo evidence check` says.
func TestShippedHasNoProblem(t *testing.T) {
	b := shippedBook(t)
	day := Date("")
	for _, c := range b.Claims {
		day = max(day, c.Checked)
	}
	for _, p := range b.Check(day) {
		t.Error(p)
	}
	for _, k := range Kinds {
		if len(b.Of(k)) < 3 {
			t.Errorf("only %d claims of the kind %s", len(b.Of(k)), k)
		}
	}
}

// An address that was given once stays: claims are numbered through, and none is taken out.
func TestNoClaimIsTakenOut(t *testing.T) {
	b := shippedBook(t)
	if len(b.Claims) < 47 {
		t.Errorf("%d claims; there were 47", len(b.Claims))
	}
	for i := range b.Claims {
		if id := fmt.Sprintf("c%02d", i+1); !has(b, id) {
			t.Errorf("%s is gone", id)
		}
	}
	for _, id := range []string{"c40", "c42", "c47"} {
		if c, _ := b.Find(id); c.Standing != Doubtful {
			t.Errorf("%s stands as %s", id, c.Standing)
		}
	}
	if c, _ := b.Find("c44"); c.SupersededBy != "c45" || c.Until != "2025-07-03" {
		t.Errorf("the old fee: %+v", c)
	}
}

func has(b *Book, id string) bool { _, ok := b.Find(id); return ok }

var unwanted = regexp.MustCompile(`(?i)\b(illegal|alien|victim|ilegal|víctima|extranjeros? ilegal)`)

// The words are plain: short sentences, and none that we do not use.
func TestWordsArePlain(t *testing.T) {
	b := shippedBook(t)
	checked := 0
	look := func(where string, texts ...Text) {
		for _, text := range texts {
			for lang, s := range text {
				checked++
				if w := unwanted.FindString(s); w != "" {
					t.Errorf("%s %s: says %q", where, lang, w)
				}
				for sentence := range strings.FieldsFuncSeq(s, func(c rune) bool { return strings.ContainsRune(".?!:", c) }) {
					if n := len(strings.Fields(sentence)); n > 20 {
						t.Errorf("%s %s: %d words: %s", where, lang, n, sentence)
					}
				}
			}
		}
	}
	for _, c := range b.Claims {
		look(c.ID, c.Topic, c.Claim, c.Answer, c.Smuggling, c.Trafficking, c.Counts, c.Undated, c.Caveat, c.Why)
		for _, p := range c.Points {
			look(c.ID, p.Label)
		}
	}
	for _, s := range b.Sources {
		look(s.ID, s.What)
	}
	if checked < 300 {
		t.Errorf("only %d texts were read", checked)
	}
	if unwanted.FindString("an Illegal act") == "" || unwanted.FindString("the victims") == "" {
		t.Error("the planted words are not seen")
	}
}
