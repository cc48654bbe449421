package casework_test

import (
	"testing"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/desk/desktest"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
	"amparo/law"
)

// looks counts how often the hub recorded that a case was looked at.
func looks(t *testing.T, o *desktest.Office, c id.Case) (n int) {
	t.Helper()
	must(t, o.Board.Store.Read(t.Context(), func(tx switchboard.Tx) error {
		events, err := tx.Events(0)
		for _, e := range events {
			if e.Did == "look-at-case" && e.To == string(c) {
				n++
			}
		}
		return err
	}))
	return n
}

func TestFindingAsksAndRecordsAsTheCaseDoes(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, ben, sol, noa := o.Session("ana", nil), o.Session("ben", nil), o.Session("sol", nil), o.Session("noa", nil)
	us, now := pack(t, "us"), time.Now()
	look, _ := opened(t, o, ana)
	farm := id.New[id.Part]()
	must(t, ana.AddEpisode(t.Context(), look, farm, casework.Head{Label: "Farm", When: casefile.ParseWhen("2015")}))
	none := casework.MarkOf(casefile.Facts(nil))
	var edits []casework.FactEdit
	for _, q := range []string{"worked", "made_to_work", "meant_to_make_work", "obtained", "threatened_hurt", "threatened_law"} {
		edits = append(edits, casework.FactEdit{Question: q, Was: none, Now: yes(q)})
	}
	_, err := ana.SaveFacts(t.Context(), look, farm, edits)
	must(t, err)

	before := looks(t, o, look.Case)
	f, err := ana.Finding(t.Context(), look, us, "us.1589", farm, now)
	must(t, err)
	if f.Status != law.Established || len(f.Reasons.Why) != 2 || len(f.Reasons.Undo) == 0 || f.TooMany {
		t.Errorf("%s: %d reasons, %d ways to undo", f.Status, len(f.Reasons.Why), len(f.Reasons.Undo))
	}
	if n := looks(t, o, look.Case) - before; n != 1 {
		t.Errorf("one finding was read, and %d looks recorded", n)
	}
	if screen, err := ana.Finding(t.Context(), look, us, "us.t-screen", "", now); err != nil || screen.Episode != "" || screen.Case.ID != look.Case {
		t.Errorf("about the person: %v", err)
	}
	for name, err := range map[string]error{
		"a rule that is not there":      second(ana.Finding(t.Context(), look, us, "us.none", farm, now)),
		"an episode that is not there":  second(ana.Finding(t.Context(), look, us, "us.1589", id.New[id.Part](), now)),
		"of the person, for an episode": second(ana.Finding(t.Context(), look, us, "us.t-screen", farm, now)),
		"a case of another member":      second(ben.Finding(t.Context(), look, us, "us.1589", farm, now)),
		"a role that keeps no cases":    second(noa.Finding(t.Context(), look, us, "us.1589", farm, now)),
	} {
		if fault.KindOf(err) != fault.Unknown {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = sol.Finding(t.Context(), look, us, "us.1589", farm, now)
	want(t, err, fault.Invalid) // oversight gives a reason
	_, err = sol.Finding(t.Context(), vault.Look{Case: look.Case, Reason: vault.Review}, us, "us.1589", farm, now)
	must(t, err)
}
