package desk

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/law"
	"amparo/packs"
)

// Every heading that questions stand under has words in every language of the desk.
func TestEveryGroupHasWords(t *testing.T) {
	for _, name := range packs.Names() {
		d := storybookDesk(t, name)
		groups := map[string]string{"other": "other"}
		for _, q := range d.Pack.Questions {
			groups[q.Group] = q.ID
		}
		for group, q := range groups {
			for _, l := range d.words.Languages() {
				key := "group." + groupKey(group)
				if words := d.words.In(l.Tag).T(key); words == "["+key+"]" {
					t.Errorf("%s: %q has no words in %s (%s), say of %s", name, group, l.Tag, key, q)
				}
			}
		}
		if len(groups) < 15 {
			t.Errorf("%s has %d groups", name, len(groups))
		}
	}
}

// A card asks what the pack at hand asks and no more, and keeps what was answered beside that.
func TestCardsAskWhatThePackAsks(t *testing.T) {
	for _, name := range packs.Names() {
		d := storybookDesk(t, name)
		say := d.words.In("en")
		var stray string // in the vocabulary, asked in an episode, and not by this pack
		for _, q := range d.Pack.Questions {
			if !d.asked[q.ID] && q.Scope == "episode" {
				stray = q.ID
			}
		}
		if stray == "" {
			t.Fatalf("%s asks everything", name)
		}
		on := func(facts casefile.Facts) (ids []string, other int) {
			for _, g := range d.groups(say, "x", "/x/facts", "/x", "episode", facts, nil) {
				for _, q := range g.Questions {
					ids = append(ids, q.ID)
				}
				if g.ID == "x-other" {
					other = len(g.Questions)
				}
			}
			return ids, other
		}
		plain, other := on(nil)
		for _, id := range plain {
			if !d.asked[id] {
				t.Errorf("%s: the card asks %s", name, id)
			}
		}
		if other != 0 || len(plain) < 50 {
			t.Errorf("%s: %d questions, %d of no pack", name, len(plain), other)
		}
		more, other := on(append(answered("said", stray), answered("said", "asked_long_ago")...))
		if all := strings.Join(more, " "); len(more) != len(plain)+2 || other != 1 || !strings.Contains(all, stray) || !strings.Contains(all, "asked_long_ago") {
			t.Errorf("%s: with two answers beside its law, %d questions instead of %d", name, len(more), len(plain)+2)
		}
	}
}

// An answer to what the pack asks no more can be changed or taken out, and none can be begun.
func TestEditsBesideThePack(t *testing.T) {
	d := storybookDesk(t, "us")
	had := casework.MarkOf(answered("said", "asked_long_ago"))
	form := url.Values{
		"w.asked_long_ago": {string(had)}, "a.asked_long_ago": {""},
		"w.made_up": {string(unanswered)}, "a.made_up": {"yes"},
		"w.worked": {string(unanswered)}, "a.worked": {"no"},
		"w.hit": {string(unanswered)}, "a.hit": {"yes"},
	}
	edits, err := d.edits(form)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range edits {
		got = append(got, e.Question)
	}
	if want := "worked hit asked_long_ago"; strings.Join(got, " ") != want || len(edits[2].Now) != 0 {
		t.Errorf("edits of %v, want %s", got, want)
	}
}

// A longer vocabulary, for the sake of other packs, makes no page longer.
func TestThePageDoesNotGrowWithOtherPacks(t *testing.T) {
	bytes := func(change func(*desk)) int {
		d := storybookDesk(t, "us")
		change(d)
		w := httptest.NewRecorder()
		d.routes().ServeHTTP(w, httptest.NewRequest("GET", "/storybook/en/case/episode", nil))
		return w.Body.Len()
	}
	own := bytes(func(*desk) {})
	longer := bytes(func(d *desk) {
		p := *d.Pack
		for i := range 100 {
			p.Questions = append(p.Questions, law.Question{ID: fmt.Sprintf("elsewhere_%d", i), Group: "work", Scope: "episode", Text: law.Text{"en": "Did it?"}})
		}
		d.Pack = &p
	})
	all := bytes(func(d *desk) {
		for _, q := range d.Pack.Questions {
			d.asked[q.ID] = true
		}
	})
	t.Logf("the page with a card open: %d kB; with all questions of the vocabulary it would be %d kB", own/1000, all/1000)
	if own != longer || own >= all || own > 500_000 {
		t.Errorf("%d bytes; with 100 questions more in the vocabulary %d; with all of it asked %d", own, longer, all)
	}
}
