package casefile

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"amparo/internal/fault"
	"amparo/internal/id"
)

func consent() Consent {
	return Consent{Given: true, Fields: []string{"language", "need"}, Purpose: "a bed", Until: "2026-03-01", How: "chat"}
}

func TestDocumentsSurviveEncoding(t *testing.T) {
	for _, d := range []Document{
		Summary{Label: "Blue door", Spoken: "quc", Conversation: id.New[id.Conversation](), Key: make([]byte, 32),
			Contact: Contact{Allowed: true, Channel: "a text", Times: "weekdays after six", Until: "2026-03-01"}},
		Person{Facts: Facts{{Question: "minor", Answer: Yes, Grade: "said"}}},
		Journey{Order: []id.Part{id.New[id.Part]()}, Complete: true, Linked: [][]string{{"driver", "foreman"}}},
		Episode{Label: "The farm", When: ParseWhen("about 2014"), Actors: []string{"foreman"}, Facts: Facts{
			{Question: "debt", Answer: Yes, Grade: "seen", Actor: "foreman"},
			{Question: "debt", Answer: No, Grade: "said-by-other"},
			{Question: "locked-in", Answer: Unknown, Why: "declined"}}},
		Referral{Service: "s1", Name: "House", Shared: []string{"need"}, On: "2026-01-01", Consent: consent()},
		Note{Text: "called back"},
		Rejected{Keys: []string{"00112233445566ff"}},
	} {
		b, err := Encode(d)
		if err != nil {
			t.Fatalf("%s: %v", d.Kind(), err)
		}
		got, err := Decode(b)
		if err != nil {
			t.Fatalf("%s: %v", d.Kind(), err)
		}
		if diff := cmp.Diff(d, got); diff != "" {
			t.Errorf("%s: %s", d.Kind(), diff)
		}
	}
}

func TestCheckNamesTheField(t *testing.T) {
	without := Referral{Service: "s", Name: "n", On: "2026-01-01", Consent: consent()}
	without.Consent.Given = false
	more := Referral{Service: "s", Name: "n", On: "2026-01-01", Consent: consent(), Shared: []string{"journey"}}
	late := Referral{Service: "s", Name: "n", On: "2026-04-01", Consent: consent()}
	twice := id.New[id.Part]()
	for _, c := range []struct {
		doc   Document
		field string
	}{
		{Summary{}, "label"},
		{Summary{Label: "x", Contact: Contact{Allowed: true}}, "channel"},
		{Summary{Label: "x", Contact: Contact{Allowed: true, Channel: "text", Times: "any"}}, "until"},
		{Summary{Label: "x", Conversation: "c"}, "key"},
		{Summary{Label: strings.Repeat("x", MaxLine+1)}, "label"},
		{Episode{}, "label"},
		{Episode{Label: "x", When: When{From: "yesterday"}}, "from"},
		{Episode{Label: "x", Facts: Facts{{Question: "debt", Answer: "maybe"}}}, "debt"},
		{Episode{Label: "x", Facts: Facts{{Question: "debt", Answer: Unknown}}}, "debt"},
		{Episode{Label: "x", Facts: Facts{{Question: "debt", Answer: Yes, Why: "declined"}}}, "debt"},
		{Episode{Label: "x", Facts: Facts{{Question: "debt", Answer: Yes, Actor: "nobody"}}}, "actors"},
		{Journey{Order: []id.Part{twice, twice}}, "order"},
		{without, "consent"},
		{more, "shared"},
		{late, "until"},
		{Note{}, "text"},
		{Note{Text: strings.Repeat("x", MaxText+1)}, "text"},
		{Rejected{Keys: []string{"took my passport"}}, "proposal"},
		{Rejected{Keys: slices.Repeat([]string{"00112233445566ff"}, maxList+1)}, "rejected"},
	} {
		if _, err := Encode(c.doc); fault.FieldOf(err) != c.field {
			t.Errorf("%s: got %v, want the field %q", c.doc.Kind(), err, c.field)
		}
	}
}

func TestDecodeRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, s := range []string{``, `null`, `[]`, `{"kind":"plan","doc":{}}`, `{"kind":"note","doc":{"text":"a","colour":"red"}}`} {
		if d, err := Decode([]byte(s)); !errors.Is(err, ErrShape) {
			t.Errorf("%q: got %v, %v", s, d, err)
		}
	}
}

func TestFactsPut(t *testing.T) {
	fs := Facts{{Question: "a", Answer: Yes}, {Question: "b", Answer: No}, {Question: "c", Answer: Yes}}
	got := fs.Put("b", Facts{{Question: "b", Answer: Yes}, {Question: "b", Answer: No}})
	want := Facts{fs[0], {Question: "b", Answer: Yes}, {Question: "b", Answer: No}, fs[2]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got := got.Put("b", nil).Put("d", Facts{{Question: "d", Answer: No}}); len(got) != 3 || got[2].Question != "d" {
		t.Errorf("got %+v", got)
	}
}

func TestMove(t *testing.T) {
	all := []id.Part{"a", "b", "c"}
	for _, c := range []struct {
		p    id.Part
		by   int
		want string
	}{{"a", 1, "bac"}, {"a", -1, "abc"}, {"c", -1, "acb"}, {"c", 9, "abc"}, {"x", 1, "abc"}} {
		var got string
		for _, p := range Move(all, c.p, c.by) {
			got += string(p)
		}
		if got != c.want {
			t.Errorf("%s by %d: got %s, want %s", c.p, c.by, got, c.want)
		}
	}
}
