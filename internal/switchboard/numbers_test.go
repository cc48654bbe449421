package switchboard_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

func TestTheLedgerSaysWhoReleasedWhen(t *testing.T) {
	w := newWorld(t)
	eva := w.actors[staff.Analyst]
	r := vault.Release{ID: id.New[id.Release](), Summary: []byte("rows by month"), By: w.actors[staff.Advocate].ID(), At: w.now.AddDate(-1, 0, 0)}
	w.ok(w.Release(ctx, eva, r))
	w.is(fault.Conflict, w.Release(ctx, eva, r))
	unweighed := vault.Release{ID: id.New[id.Release](), Summary: r.Summary} // another analyst was quicker
	w.is(fault.Conflict, w.Release(ctx, eva, unweighed))
	r.By, r.At = eva.ID(), w.now // whatever was claimed
	got, err := w.Releases(ctx, eva)
	w.ok(err)
	if diff := cmp.Diff([]vault.Release{r}, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []vault.Release{{ID: "x", Summary: r.Summary}, {ID: id.New[id.Release]()}, {ID: id.New[id.Release](), Summary: make([]byte, 1<<20)}} {
		if k := fault.KindOf(w.Release(ctx, eva, bad)); k != fault.Invalid && k != fault.TooLong {
			t.Errorf("%q with %d bytes: %s", bad.ID, len(bad.Summary), k)
		}
	}
}

func TestRowsAreAllThatAnAnalystSees(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	row := w.row()
	w.ok(w.CloseCase(ctx, ana, vault.Closing{Case: w.kept(ana).ID, Row: row}))
	got, err := w.Rows(ctx, w.actors[staff.Analyst])
	w.ok(err)
	if diff := cmp.Diff([]vault.Row{row}, got); diff != "" {
		t.Error(diff)
	}
}
