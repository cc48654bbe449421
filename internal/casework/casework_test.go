package casework_test

import (
	"errors"
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
	"amparo/internal/staff"
	"amparo/internal/vault"
)

func want(t *testing.T, err error, kind fault.Kind) {
	t.Helper()
	if fault.KindOf(err) != kind {
		t.Errorf("got %v, want the kind %q", err, kind)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestLogIn(t *testing.T) {
	o := desktest.New(t, time.Now)
	_, err := casework.LogIn(t.Context(), o, "ana", "wrong")
	want(t, err, fault.Stranger)
	_, err = casework.LogIn(t.Context(), o, "nobody", "wrong")
	want(t, err, fault.Stranger)
	s := o.Session("ana", nil)
	if s.Me.Handle != "ana" || len(s.Members()) != len(desktest.People) || len(s.Warnings()) != 0 {
		t.Errorf("%v: %d members, warnings %v", s.Me.Handle, len(s.Members()), s.Warnings())
	}
	must(t, s.LogOut(t.Context()))
	_, err = s.Queue(t.Context())
	want(t, err, fault.Stranger)
}

func TestTalk(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, ben := o.Session("ana", nil), o.Session("ben", nil)
	v := o.Visit("es", "Hola", "¿Hay alguien?")
	q, err := ana.Queue(t.Context())
	must(t, err)
	if len(q.Waiting) != 1 || q.Waiting[0].ID != v.ID {
		t.Fatalf("queue %+v", q)
	}
	_, err = ana.Talk(t.Context(), v.ID)
	want(t, err, fault.Unknown) // not before it is claimed
	must(t, ana.Claim(t.Context(), v.ID))
	want(t, ben.Claim(t.Context(), v.ID), fault.Conflict)
	m := id.New[id.Message]()
	first, err := ana.Reply(t.Context(), v.ID, m, "Estoy aquí")
	must(t, err)
	again, err := ana.Reply(t.Context(), v.ID, m, "Estoy aquí")
	must(t, err)
	if first != again {
		t.Errorf("the same form twice: %v, then %v", first, again)
	}
	_, err = ana.Reply(t.Context(), v.ID, m, "something else")
	want(t, err, fault.Conflict)
	talk, err := ana.Talk(t.Context(), v.ID)
	must(t, err)
	var lines []string
	for _, l := range talk.Lines {
		lines = append(lines, string(l.From)+": "+l.Text)
	}
	if diff := cmp.Diff([]string{"visitor: Hola", "visitor: ¿Hay alguien?", "team: Estoy aquí"}, lines); diff != "" || len(talk.Warnings) > 0 {
		t.Errorf("%s %v", diff, talk.Warnings)
	}
	if diff := cmp.Diff([]string{"Estoy aquí"}, v.Hears()); diff != "" {
		t.Error(diff)
	}
	must(t, ana.Transfer(t.Context(), v.ID, ben.Me.ID))
	_, err = ana.Talk(t.Context(), v.ID)
	want(t, err, fault.Unknown)
	_, err = ben.Reply(t.Context(), v.ID, id.New[id.Message](), "Soy otra persona")
	must(t, err)
	must(t, ben.Return(t.Context(), v.ID))
	must(t, ana.Claim(t.Context(), v.ID))
	must(t, ana.Close(t.Context(), v.ID))
	_, err = ana.Reply(t.Context(), v.ID, id.New[id.Message](), "?")
	want(t, err, fault.Ended)
	if talk, err = ana.Talk(t.Context(), v.ID); err != nil || len(talk.Warnings) > 0 || len(talk.Lines) != 4 {
		t.Errorf("%v: %d lines, %v", err, len(talk.Lines), talk.Warnings)
	}
}

func TestReplyRefuses(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	v := o.Visit("en")
	must(t, ana.Claim(t.Context(), v.ID))
	for text, kind := range map[string]fault.Kind{"": fault.Invalid, "\xff": fault.Invalid, strings.Repeat("x", 9000): fault.TooLong} {
		_, err := ana.Reply(t.Context(), v.ID, id.New[id.Message](), text)
		want(t, err, kind)
		if fault.FieldOf(err) != "text" {
			t.Errorf("%v names no field", err)
		}
	}
}

// opened is a case that ana has opened from a conversation.
func opened(t *testing.T, o *desktest.Office, ana *casework.Session) (vault.Look, *desktest.Visitor) {
	t.Helper()
	v := o.Visit("quc", "Utz")
	must(t, ana.Claim(t.Context(), v.ID))
	c, err := ana.OpenCase(t.Context(), v.ID, "Blue door")
	must(t, err)
	again, err := ana.OpenCase(t.Context(), v.ID, "Blue door")
	must(t, err)
	if c != again {
		t.Fatalf("one conversation makes two cases")
	}
	return vault.Look{Case: c}, v
}

func TestCase(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, ben, sol := o.Session("ana", nil), o.Session("ben", nil), o.Session("sol", nil)
	look, v := opened(t, o, ana)
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	if c.Summary.Doc.Label != "Blue door" || c.Summary.Doc.Spoken != "quc" || c.Summary.Doc.Contact.Allowed || len(c.Warnings) > 0 {
		t.Errorf("%+v, %v", c.Summary.Doc, c.Warnings)
	}
	_, err = ben.Case(t.Context(), look)
	want(t, err, fault.Unknown)
	if cs, err := ben.Cases(t.Context()); err != nil || len(cs) != 0 {
		t.Errorf("ben sees %v, %v", cs, err)
	}
	_, err = sol.Case(t.Context(), look)
	want(t, err, fault.Invalid) // no reason given
	over, err := sol.Case(t.Context(), vault.Look{Case: look.Case, Reason: vault.Review})
	must(t, err)
	if over.Standing != vault.Oversight {
		t.Errorf("standing %s", over.Standing)
	}
	if talk, err := sol.TalkOf(t.Context(), over); err != nil || len(talk.Lines) != 1 || talk.Lines[0].Text != "Utz" {
		t.Errorf("%v: %+v", err, talk.Lines)
	}
	must(t, ana.Assign(t.Context(), c, ben.Me.ID))
	c, err = ben.Case(t.Context(), look)
	must(t, err)
	if len(c.Readers) != 3 || c.Standing != vault.Assigned {
		t.Errorf("%s, readers %+v", c.Standing, c.Readers)
	}
	v.Say("more")
	if talk, err := ben.TalkOf(t.Context(), c); err != nil || len(talk.Lines) != 2 {
		t.Errorf("%v: %+v", err, talk.Lines)
	}
}

func TestRolesAreAskedHere(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, noa, adi := o.Session("ana", nil), o.Session("noa", nil), o.Session("adi", nil)
	look, v := opened(t, o, ana)
	ctx := t.Context()
	for name, err := range map[string]error{
		"analyst claims":        noa.Claim(ctx, v.ID),
		"analyst opens":         second(noa.Case(ctx, look)),
		"analyst lists":         second(noa.Cases(ctx)),
		"analyst queue":         second(noa.Queue(ctx)),
		"analyst admits":        second(noa.Admit(ctx, casework.Newcomer{Handle: "eve", Role: staff.Supervisor}, time.Now())),
		"advocate counts":       third(ana.Rows(ctx)),
		"advocate turns keys":   ana.TurnQueueKey(ctx, time.Now()),
		"administrator opens":   second(adi.Case(ctx, look)),
		"administrator replies": second(adi.Reply(ctx, v.ID, id.New[id.Message](), "x")),
	} {
		if fault.KindOf(err) != fault.Unknown {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error      { return err }
func third[T, U any](_ T, _ U, e error) error { return e }

func yes(q string) casefile.Facts {
	return casefile.Facts{{Question: q, Answer: casefile.Yes, Grade: "said"}}
}

func no(q string) casefile.Facts {
	return casefile.Facts{{Question: q, Answer: casefile.No, Grade: "said-by-other"}}
}

func TestTwoDesksOneCase(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, ben := o.Session("ana", nil), o.Session("ben", nil)
	look, _ := opened(t, o, ana)
	ctx := t.Context()
	c, err := ana.Case(ctx, look)
	must(t, err)
	must(t, ana.Assign(ctx, c, ben.Me.ID))
	farm, crossing := id.New[id.Part](), id.New[id.Part]()
	must(t, ana.AddEpisode(ctx, look, farm, casework.Head{Label: "Farm", Actors: []string{"foreman"}}))
	must(t, ana.AddEpisode(ctx, look, farm, casework.Head{Label: "Farm"})) // the form sent twice
	must(t, ben.AddEpisode(ctx, look, crossing, casework.Head{Label: "Crossing", When: casefile.ParseWhen("about 2014")}))
	must(t, ben.MoveEpisode(ctx, look, crossing, -1))
	c, err = ana.Case(ctx, look)
	must(t, err)
	if len(c.Episodes) != 2 || c.Episodes[0].ID != crossing || c.Episodes[1].ID != farm {
		t.Fatalf("episodes %+v", c.Episodes)
	}

	none := casework.MarkOf(casefile.Facts(nil))
	clashes, err := ana.SaveFacts(ctx, look, farm, []casework.FactEdit{{"debt", none, yes("debt")}})
	if err != nil || len(clashes) > 0 {
		t.Fatal(err, clashes)
	}
	// Ben saw neither; one of his answers stands against ana's, the other does not.
	clashes, err = ben.SaveFacts(ctx, look, farm, []casework.FactEdit{{"debt", none, no("debt")}, {"locked", none, yes("locked")}})
	must(t, err)
	if len(clashes) != 1 || clashes[0].Theirs.By != ana.Me.ID || cmp.Diff(yes("debt"), clashes[0].Theirs.Doc) != "" || cmp.Diff(no("debt"), clashes[0].Now) != "" {
		t.Fatalf("clashes %+v", clashes)
	}
	// He keeps both.
	both := append(yes("debt"), no("debt")...)
	clashes, err = ben.SaveFacts(ctx, look, farm, []casework.FactEdit{{"debt", casework.MarkOf(clashes[0].Theirs.Doc), both}})
	if err != nil || len(clashes) > 0 {
		t.Fatal(err, clashes)
	}
	c, err = ana.Case(ctx, look)
	must(t, err)
	if diff := cmp.Diff(append(both, yes("locked")...), c.Episodes[1].Doc.Facts); diff != "" {
		t.Error(diff)
	}

	was := casework.MarkOf(casework.HeadOf(c.Episodes[1].Doc))
	must(t, ana.SaveEpisode(ctx, look, farm, was, casework.Head{Label: "Egg farm", Actors: []string{"foreman"}}))
	err = ben.SaveEpisode(ctx, look, farm, was, casework.Head{Label: "The farm", Actors: []string{"foreman"}})
	want(t, err, fault.Conflict)
	var clash *casework.Clash[casework.Head]
	if !errors.As(err, &clash) || clash.Theirs.Doc.Label != "Egg farm" || clash.Mine.Label != "The farm" || clash.Theirs.By != ana.Me.ID {
		t.Fatalf("%v %+v", err, clash)
	}
	must(t, ben.SaveEpisode(ctx, look, farm, casework.MarkOf(clash.Theirs.Doc), clash.Mine))

	must(t, ben.RemoveEpisode(ctx, look, crossing, true))
	must(t, ana.SetComplete(ctx, look, true))
	c, err = ana.Case(ctx, look)
	must(t, err)
	if len(c.Episodes) != 1 || len(c.Removed) != 1 || !c.Journey.Doc.Complete || len(c.Warnings) > 0 {
		t.Errorf("%d episodes, %d removed, warnings %v", len(c.Episodes), len(c.Removed), c.Warnings)
	}
}

func TestReferNeedsConsent(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana := o.Session("ana", nil)
	look, _ := opened(t, o, ana)
	r := casefile.Referral{Service: "s1", Name: "Night house", Shared: []string{"need"}, On: "2026-01-05",
		Consent: casefile.Consent{Fields: []string{"need"}, Purpose: "a bed", Until: "2026-02-01", How: "chat"}}
	part := id.New[id.Part]()
	err := ana.Refer(t.Context(), look, part, r)
	if fault.FieldOf(err) != "consent" {
		t.Fatalf("without consent: %v", err)
	}
	r.Consent.Given = true
	must(t, ana.Refer(t.Context(), look, part, r))
	must(t, ana.Refer(t.Context(), look, part, r)) // the form sent twice
	must(t, ana.AddNote(t.Context(), look, id.New[id.Part](), "called"))
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	if len(c.Referrals) != 1 || len(c.Notes) != 1 {
		t.Errorf("%+v %+v", c.Referrals, c.Notes)
	}
}

func TestCloseToARow(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, noa := o.Session("ana", nil), o.Session("noa", nil)
	look, _ := opened(t, o, ana)
	c, err := ana.Case(t.Context(), look)
	must(t, err)
	want(t, ana.CloseCase(t.Context(), c, release.Row{"Gender": "plenty"}, time.Now()), fault.Invalid)
	row := release.Row{"Gender": "Feminine", "amparoAct": "both"}
	must(t, ana.CloseCase(t.Context(), c, row, time.Now()))
	want(t, ana.CloseCase(t.Context(), c, row, time.Now()), fault.Ended)
	want(t, ana.AddNote(t.Context(), look, id.New[id.Part](), "late"), fault.Ended)
	rows, warnings, err := noa.Rows(t.Context())
	must(t, err)
	if len(rows) != 1 || rows[0].Get("amparoAct") != "both" || len(warnings) > 0 {
		t.Errorf("rows %v, warnings %v", rows, warnings)
	}
}

func TestAdmit(t *testing.T) {
	now := time.Now()
	clock := func() time.Time { now = now.Add(time.Minute); return now } // no two keys of one second
	o := desktest.New(t, clock)
	sol := o.Session("sol", nil)
	v := o.Visit("en", "before")
	for _, p := range []casework.Newcomer{{Handle: "kim", Role: staff.Advocate}, {Handle: "ada", Role: staff.Analyst}, {Handle: "lee", Role: staff.Supervisor}} {
		pass, err := sol.Admit(t.Context(), p, clock())
		must(t, err)
		o.Passphrases[p.Handle] = pass
	}
	_, err := sol.Admit(t.Context(), casework.Newcomer{Handle: "kim", Role: staff.Advocate}, clock())
	want(t, err, fault.Conflict)
	kim := o.Session("kim", nil)
	after := o.Visit("en", "after")
	must(t, kim.Claim(t.Context(), after.ID))
	if talk, err := kim.Talk(t.Context(), after.ID); err != nil || len(talk.Lines) != 1 || talk.Lines[0].Text != "after" {
		t.Errorf("%v: %+v", err, talk)
	}
	must(t, kim.Claim(t.Context(), v.ID))
	_, err = kim.Talk(t.Context(), v.ID)
	want(t, err, fault.Unknown) // sealed before she came
	lee := o.Session("lee", nil)
	_, err = lee.Admit(t.Context(), casework.Newcomer{Handle: "max", Role: staff.Advocate}, clock())
	must(t, err)
	// A desk that was logged in before the key was turned learns the new one when it meets it.
	ana := o.Session("ana", nil)
	must(t, sol.TurnQueueKey(t.Context(), clock()))
	late := o.Visit("en", "late")
	must(t, ana.Claim(t.Context(), late.ID))
	if talk, err := ana.Talk(t.Context(), late.ID); err != nil || talk.Lines[0].Text != "late" {
		t.Errorf("%v: %+v", err, talk)
	}
}
