package casework_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/desk/desktest"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/release"
	"amparo/internal/seal"
	"amparo/internal/suggest"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

func reader(t *testing.T) *suggest.Reader {
	t.Helper()
	r, err := suggest.New([]string{"papers_taken", "locked", "hit", "minor"})
	must(t, err)
	return r
}

// told is a case of ana's, from a conversation in which the visitor says each of the texts.
func told(t *testing.T, o *desktest.Office, ana *casework.Session, lang string, texts ...string) vault.Look {
	t.Helper()
	v := o.Visit(lang, texts...)
	must(t, ana.Claim(t.Context(), v.ID))
	c, err := ana.OpenCase(t.Context(), v.ID, "Blue door")
	must(t, err)
	return vault.Look{Case: c}
}

// says gives each proposal as text: where, question, answer, the words it rests on.
func says(s casework.Suggestions) (out []string) {
	for _, o := range s.Offers {
		out = append(out, fmt.Sprintf("%d %s %s: %s", o.Passage.Seq, o.Question, o.Answer, o.Passage.Text[o.Start:o.End]))
	}
	return out
}

func TestSuggestReadsThePersonAndNotTheTeam(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	v := o.Visit("en", "Hi. My boss took my passport. I am afraid")
	must(t, ana.Claim(t.Context(), v.ID))
	_, err := ana.Reply(t.Context(), v.ID, id.New[id.Message](), "Did he hit you? My last boss hit me.")
	must(t, err)
	v.Say("he hit me. He never kicked me. My friend says they locked her in.")
	c, err := ana.OpenCase(t.Context(), v.ID, "Blue door")
	must(t, err)
	got, err := ana.Suggest(t.Context(), vault.Look{Case: c}, reader(t), "", "")
	must(t, err)
	want := []string{"1 papers_taken yes: took my passport", "3 hit yes: hit me", "3 hit no: kicked me", "3 locked yes: locked her in"}
	if diff := cmp.Diff(want, says(got)); diff != "" {
		t.Error(diff)
	}
	if got.List.Tag != "en" || !got.Sure || got.Looks != "" || got.Left != 0 || got.Lost != 0 {
		t.Errorf("list %q, sure %v, looks %q, left %d, lost %d", got.List.Tag, got.Sure, got.Looks, got.Left, got.Lost)
	}
	if s := fmt.Sprintf("%v %+v", got, got); strings.Contains(s, "passport") {
		t.Errorf("suggestions print what was said: %s", s)
	}
}

func TestSuggestFollowsTheLanguage(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	const spanish = "Hola. Mi patrón me quitó el pasaporte y no me deja salir de la casa."
	const mam = "Ma chin ul"
	for _, c := range []struct {
		lang, list  string
		tag, looks  string
		finds, sure bool
		text        string
	}{
		{lang: "es", tag: "es", sure: true, text: mam}, // no list is surely better
		{lang: "es", tag: "es", finds: true, sure: true},
		{lang: "en", tag: "en", looks: "es", sure: true},              // the page was English, the words are not
		{lang: "en", list: "es", tag: "es", finds: true, sure: true},  // the member chose
		{lang: "quc", tag: "", looks: "es", sure: true},               // no list: nothing is read
		{lang: "quc", list: "es", tag: "es", finds: true, sure: true}, // chosen all the same
		{lang: "es", list: "xx", tag: "", looks: "es", sure: true},    // no such list
	} {
		if c.text == "" {
			c.text = spanish
		}
		got, err := ana.Suggest(t.Context(), told(t, o, ana, c.lang, c.text), reader(t), "", c.list)
		must(t, err)
		if got.List.Tag != c.tag || got.Looks != c.looks || got.Sure != c.sure || len(got.Offers) > 0 != c.finds {
			t.Errorf("%s read as %q: list %q, looks %q, sure %v, %q", c.lang, c.list, got.List.Tag, got.Looks, got.Sure, says(got))
		}
	}
}

func TestSuggestReadsANote(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	look := told(t, o, ana, "quc", "Utz")
	note, short := id.New[id.Part](), id.New[id.Part]()
	must(t, ana.AddNote(t.Context(), look, note, "On the phone: the boss took her passport and they locked her in."))
	must(t, ana.AddNote(t.Context(), look, short, "Passport?"))
	got, err := ana.Suggest(t.Context(), look, reader(t), note, "")
	must(t, err)
	if diff := cmp.Diff([]string{"0 papers_taken yes: took her passport", "0 locked yes: locked her in"}, says(got)); diff != "" {
		t.Error(diff)
	}
	if got.Offers[0].Passage.By != ana.Me.ID || !got.Sure || got.List.Tag != "en" {
		t.Errorf("by %q, sure %v, list %q", got.Offers[0].Passage.By, got.Sure, got.List.Tag)
	}
	if got, err = ana.Suggest(t.Context(), look, reader(t), short, ""); err != nil || got.Sure {
		t.Errorf("one word tells no language: sure %v, %v", got.Sure, err)
	}
	_, err = ana.Suggest(t.Context(), look, reader(t), id.New[id.Part](), "")
	want(t, err, fault.Unknown)
}

// What is read at once is bounded, newest first, and what is left out is told.
func TestWordsAreBounded(t *testing.T) {
	line := func(seq int, text string) casework.Line {
		return casework.Line{ID: id.Message(fmt.Sprint(seq)), Seq: uint64(seq), From: seal.FromVisitor, Text: text, Fate: casework.Opened}
	}
	var many, long casework.Talk
	for i := range 1000 {
		many.Lines = append(many.Lines, line(i, "x"))
	}
	for i := range 40 {
		long.Lines = append(long.Lines, line(i, strings.Repeat("x", seal.MaxMessage)))
	}
	many.Lines[999].Fate = casework.Unopened
	long.Lines[5].From = seal.FromTeam
	long.Lines[2].Text = "short" // it would fit, but what comes after it does not
	for name, c := range map[string]struct {
		talk             casework.Talk
		read, left, lost int
		last             uint64
	}{"many": {many, 400, 599, 1, 998}, "long": {long, 32, 7, 0, 39}} {
		w := casework.TalkWords(c.talk)
		if len(w.Passages) != c.read || w.Left != c.left || w.Lost != c.lost || w.Passages[len(w.Passages)-1].Seq != c.last {
			t.Errorf("%s: %d read to %d, %d left, %d lost", name, len(w.Passages), w.Passages[len(w.Passages)-1].Seq, w.Left, w.Lost)
		}
	}
}

func TestAcceptKeepsBothOnlyWhenAsked(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	look := told(t, o, ana, "en", "My boss took my passport.")
	farm := id.New[id.Part]()
	must(t, ana.AddEpisode(t.Context(), look, farm, casework.Head{Label: "Farm"}))
	fact := casefile.Fact{Question: "papers_taken", Answer: casefile.Yes, Grade: "said", Source: "conversation, message 1"}
	accept := func(part id.Part, f casefile.Fact, seen casework.Mark) error {
		t.Helper()
		c, err := ana.Case(t.Context(), look)
		must(t, err)
		return ana.Accept(t.Context(), look, c, part, f, seen)
	}
	on := func(part id.Part) casefile.Facts {
		t.Helper()
		c, err := ana.Case(t.Context(), look)
		must(t, err)
		fs, err := c.Answers(part)
		must(t, err)
		return fs
	}
	must(t, accept(farm, fact, ""))
	again := fact
	again.Source = "conversation, message 9"
	must(t, accept(farm, again, "")) // the same answer: nothing to add
	if diff := cmp.Diff(casefile.Facts{fact}, on(farm)); diff != "" {
		t.Fatal(diff)
	}

	no := casefile.Fact{Question: "papers_taken", Answer: casefile.No, Grade: "said-by-other"}
	var other *casework.Otherwise
	if err := accept(farm, no, ""); !errors.As(err, &other) || fault.KindOf(err) != fault.Conflict {
		t.Fatalf("against a yes: %v", err)
	}
	if diff := cmp.Diff(casefile.Facts{fact}, on(farm)); diff != "" {
		t.Fatalf("it was kept before anybody was asked: %s", diff)
	}
	if err := accept(farm, no, casework.MarkOf("stale")); !errors.As(err, &other) {
		t.Errorf("with the mark of something else: %v", err)
	}
	must(t, accept(farm, no, casework.MarkOf(other.There)))
	if diff := cmp.Diff(casefile.Facts{fact, no}, on(farm)); diff != "" {
		t.Error(diff)
	}

	unknown := casefile.Facts{{Question: "minor", Answer: casefile.Unknown, Why: "declined"}}
	_, err := ana.SaveFacts(t.Context(), look, "", []casework.FactEdit{{Question: "minor", Was: casework.MarkOf(casefile.Facts(nil)), Now: unknown}})
	must(t, err)
	minor := casefile.Fact{Question: "minor", Answer: casefile.Yes, Grade: "said"}
	if err := accept("", minor, ""); !errors.As(err, &other) {
		t.Errorf("against what the person would not say: %v", err)
	}
	must(t, accept("", minor, casework.MarkOf(unknown)))
	if diff := cmp.Diff(casefile.Facts{minor}, on("")); diff != "" {
		t.Error(diff)
	}
	want(t, accept(id.New[id.Part](), fact, ""), fault.Unknown)
}

// A colleague who answers between the reading and the accepting is not written over.
func TestAcceptFindsWhatCameBetween(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	look := told(t, o, ana, "en", "My boss took my passport.")
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	theirs := casefile.Facts{{Question: "minor", Answer: casefile.No, Grade: "documented"}}
	_, err = ana.SaveFacts(t.Context(), look, "", []casework.FactEdit{{Question: "minor", Was: casework.MarkOf(casefile.Facts(nil)), Now: theirs}})
	must(t, err)
	err = ana.Accept(t.Context(), look, c, "", casefile.Fact{Question: "minor", Answer: casefile.Yes, Grade: "said"}, "")
	var other *casework.Otherwise
	if !errors.As(err, &other) || cmp.Diff(theirs, other.There) != "" {
		t.Errorf("got %v", err)
	}
}

func TestRejectedForAColleagueToo(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, ben := o.Session("ana", nil), o.Session("ben", nil)
	look := told(t, o, ana, "en", "My boss took my passport.", "He took my passport again. They locked me in.")
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	must(t, ana.Assign(t.Context(), c, ben.Me.ID))
	offers := func(s *casework.Session) casework.Suggestions {
		t.Helper()
		got, err := s.Suggest(t.Context(), look, reader(t), "", "")
		must(t, err)
		if len(got.Offers) != 3 {
			t.Fatalf("proposals %q", says(got))
		}
		return got
	}
	rejected := func(s *casework.Session) (out []bool) {
		t.Helper()
		for _, o := range offers(s).Offers {
			out = append(out, o.Rejected)
		}
		return out
	}
	second := offers(ana).Offers[1].Key
	must(t, ana.Reject(t.Context(), look, second, true))
	must(t, ana.Reject(t.Context(), look, second, true)) // the same form twice
	must(t, ben.Reject(t.Context(), look, offers(ben).Offers[2].Key, true))
	if diff := cmp.Diff([]bool{false, true, true}, rejected(ben)); diff != "" {
		t.Error(diff)
	}
	must(t, ben.Reject(t.Context(), look, second, false))
	if diff := cmp.Diff([]bool{false, false, true}, rejected(ana)); diff != "" {
		t.Error(diff)
	}
	if err := ana.Reject(t.Context(), look, "took my passport", true); fault.FieldOf(err) != "proposal" {
		t.Errorf("words instead of a key: %v", err)
	}
	if c, err = ana.Case(t.Context(), look); err != nil || len(c.Warnings) > 0 || len(c.Person.Doc.Facts) > 0 {
		t.Errorf("%v, %v, facts %v", err, c.Warnings, c.Person.Doc.Facts)
	}
}

// recorded counts how often the hub recorded a deed.
func recorded(t *testing.T, o *desktest.Office, did switchboard.Deed) (n int) {
	t.Helper()
	must(t, o.Board.Store.Read(t.Context(), func(tx switchboard.Tx) error {
		events, err := tx.Events(0)
		for _, e := range events {
			if e.Did == did {
				n++
			}
		}
		return err
	}))
	return n
}

func TestSuggestAsksAndRecordsAsReadingDoes(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, ben, sol, noa := o.Session("ana", nil), o.Session("ben", nil), o.Session("sol", nil), o.Session("noa", nil)
	look := told(t, o, ana, "en", "My boss took my passport.")
	r := reader(t)
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	fact := casefile.Fact{Question: "minor", Answer: casefile.Yes, Grade: "said"}
	before := looks(t, o, look.Case)
	_, err = ana.Suggest(t.Context(), look, r, "", "")
	must(t, err)
	if n := looks(t, o, look.Case) - before; n != 1 {
		t.Errorf("proposals were read once, and %d looks recorded", n)
	}
	for name, s := range map[string]*casework.Session{"not theirs": ben, "no right to keep cases": noa} {
		for what, err := range map[string]error{
			"suggest": second(s.Suggest(t.Context(), look, r, "", "")),
			"accept":  s.Accept(t.Context(), look, c, "", fact, ""),
			"reject":  s.Reject(t.Context(), look, "00112233445566ff", true),
		} {
			if fault.KindOf(err) != fault.Unknown {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	_, err = sol.Suggest(t.Context(), look, r, "", "")
	want(t, err, fault.Invalid) // oversight gives a reason
	_, err = sol.Suggest(t.Context(), vault.Look{Case: look.Case, Reason: vault.Review}, r, "", "")
	must(t, err)
	if n := recorded(t, o, "look-at-conversation"); n != 1 {
		t.Errorf("%d looks at the conversation in oversight are recorded", n)
	}
	must(t, ana.CloseCase(t.Context(), c, release.Row{"Gender": "Feminine"}, time.Now()))
	_, err = ana.Suggest(t.Context(), look, r, "", "")
	want(t, err, fault.Ended)
	must(t, ana.LogOut(t.Context()))
	_, err = ana.Suggest(t.Context(), look, r, "", "")
	want(t, err, fault.Stranger)
}
