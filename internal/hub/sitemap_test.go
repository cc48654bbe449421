package hub

import (
	"slices"
	"strings"
	"testing"
)

// TestEveryAddressAnswers opens all that the site says it has, and nothing of what a language has no words for.
func TestEveryAddressAnswers(t *testing.T) {
	f := open(t, "")
	all := f.hub.Addresses()
	if len(all) < 10 {
		t.Fatalf("only %d addresses", len(all))
	}
	for _, a := range all {
		if w := f.get("/" + a.Path); w.Code != 200 {
			t.Errorf("%s: %d", a.Path, w.Code)
		}
	}
	for _, l := range f.hub.words.Languages() {
		if !slices.Contains(all, Address{l.Tag + "/", "page"}) || !slices.Contains(all, Address{l.Tag + "/talk", "chat"}) {
			t.Errorf("%s has no first page or no chat", l.Tag)
		}
	}
}

func TestLinksLeadToScreens(t *testing.T) {
	f := open(t, "")
	p := f.hub.newPage(f.hub.words.In("es"), "/")
	if to, err := p.To("/privacy"); to != "/es/privacy" || err != nil {
		t.Errorf("%q, %v", to, err)
	}
	for _, path := range []string{"/nowhere", "privacy", "/privacy/x", ""} {
		if to, err := p.To(path); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%q leads to %q", path, to)
		}
	}
}
