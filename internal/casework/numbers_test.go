package casework_test

import (
	"errors"
	"testing"
	"time"

	"amparo/internal/casework"
	"amparo/internal/desk/desktest"
	"amparo/internal/fault"
	"amparo/internal/release"
	"amparo/internal/vault"
)

func TestPublish(t *testing.T) {
	o := desktest.New(t, time.Now)
	ana, noa := o.Session("ana", nil), o.Session("noa", nil)
	ctx, now := t.Context(), time.Now()
	closeOne := func(act, gender string) {
		t.Helper()
		id, err := ana.OpenCase(ctx, "", "x")
		must(t, err)
		c, err := ana.Case(ctx, vault.Look{Case: id})
		must(t, err)
		must(t, ana.CloseCase(ctx, c, release.Row{"amparoAct": act, "Gender": gender}, now))
	}
	by := []string{"Gender", "amparoAct"}
	var refusal *casework.Refusal
	if _, _, err := noa.Table(ctx, by, 3, now); !errors.As(err, &refusal) || !errors.Is(err, release.ErrNothing) {
		t.Fatalf("a table of nobody: %v", err)
	}
	for range 6 {
		for _, act := range []string{"trafficking", "smuggling"} {
			for _, gender := range []string{"Feminine", "Masculine"} {
				closeOne(act, gender)
			}
		}
	}
	table, warnings, err := noa.Table(ctx, by, 3, now)
	must(t, err)
	if n, told, err := table.Count(release.Total, release.Total); n != 24 || !told || err != nil || len(warnings) > 0 {
		t.Fatalf("count %d %v %v, warnings %v", n, told, err, warnings)
	}
	_, err = noa.Publish(ctx, by, 3, "another", now)
	want(t, err, fault.Conflict)
	_, err = ana.Publish(ctx, by, 3, table.Hash(), now)
	want(t, err, fault.Unknown)
	_, err = noa.Publish(ctx, by, 3, table.Hash(), now)
	must(t, err)
	ledger, err := noa.Ledger(ctx)
	must(t, err)
	if len(ledger) != 1 || ledger[0].Hash != table.Hash() || ledger[0].By != string(noa.Me.ID) {
		t.Fatalf("ledger %+v", ledger)
	}
	// One more case: beside the first table, a second would tell of exactly that person.
	closeOne("smuggling", "Feminine")
	table, _, err = noa.Table(ctx, by, 3, now)
	must(t, err)
	if _, err = noa.Publish(ctx, by, 3, table.Hash(), now); !errors.As(err, &refusal) {
		t.Fatalf("a release that tells of one person: %v", err)
	}
	if ledger, err = noa.Ledger(ctx); err != nil || len(ledger) != 1 {
		t.Errorf("%d entries, %v", len(ledger), err)
	}
}
