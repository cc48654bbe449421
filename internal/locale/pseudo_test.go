package locale_test

import (
	"regexp"
	"testing"
)

func TestPseudo(t *testing.T) {
	w := load(t, nil)
	before := len(w.Languages())
	if err := w.Pseudo(); err != nil {
		t.Fatal(err)
	}
	if len(w.Languages()) != before || len(w.Artificial()) != 2 || len(w.Check()) > 0 || len(w.Tallies()) != 8 {
		t.Error("an artificial language is offered, or checked")
	}
	for tag, want := range map[string]string{
		"en-XA": `^⟦Ţĥé ţéáɱ öƒ Refuge & ƒŕíéñðš[ á-ỿ]{7,12}⟧$`,
		"ar-XB": `^⟦[ \p{Arabic}]+ Refuge & [ \p{Arabic}]+⟧$`,
	} {
		say := w.In(tag)
		if got := say.T("team", "Org", "Refuge"); !regexp.MustCompile(want).MatchString(got) {
			t.Errorf("%s: %s", tag, got)
		}
		if one, two := say.T("wait", "N", 1), say.T("wait", "N", 2); one == two || !regexp.MustCompile(`^⟦1 .*⟧$`).MatchString(one) {
			t.Errorf("%s: %s, %s", tag, one, two)
		}
		if say.Reviewed || say.Beside || say.T("nowhere") != "[nowhere]" {
			t.Errorf("%s: %+v", tag, say.Language)
		}
	}
	short, long := len([]rune(w.In("en").T("hello"))), len([]rune(w.In("en-XA").T("hello")))-2
	if long*10 < short*14 {
		t.Errorf("%d letters became %d; want two fifths more", short, long)
	}
}
