package switchboard_test

import (
	"testing"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

func TestTheSameNewCaseIsOneCase(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	n := newCase(ana, eva)
	for range 2 {
		w.ok(w.NewCase(ctx, ana, n))
	}
	other := newCase(ana)
	other.Wraps.Case, other.Parts = n.Wraps.Case, nil
	w.is(fault.Conflict, w.NewCase(ctx, ana, other))
	c := w.stored(n.Wraps.Case)
	if len(c.Parts) != 1 || c.Parts[0].By != ana.ID() || !c.Opened.Equal(w.now.Truncate(24*time.Hour)) {
		t.Errorf("kept %+v", c)
	}
}

func TestABadNewCaseIsRefused(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	for name, c := range map[string]struct {
		field string
		spoil func(*vault.NewCase)
	}{
		"no id":            {"case", func(n *vault.NewCase) { n.Wraps.Case = "x" }},
		"signed by others": {"wraps", func(n *vault.NewCase) { n.Wraps.By = eva.ID() }},
		"not assigned":     {"wraps", func(n *vault.NewCase) { n.Wraps.List[0].Standing = vault.Oversight }},
		"not the first":    {"wraps", func(n *vault.NewCase) { n.Wraps.Version = 2 }},
		"another's part":   {"parts", func(n *vault.NewCase) { n.Parts[0].Case = id.New[id.Case]() }},
		"second version":   {"parts", func(n *vault.NewCase) { n.Parts[0].Version = 2 }},
		"part without id":  {"part", func(n *vault.NewCase) { n.Parts[0].ID = "" }},
		"empty part":       {"", func(n *vault.NewCase) { n.Parts[0].Body = nil }},
	} {
		n := newCase(ana)
		c.spoil(&n)
		err := w.NewCase(ctx, ana, n)
		if k := fault.KindOf(err); fault.FieldOf(err) != c.field || k != fault.Invalid && k != fault.TooLong {
			t.Errorf("%s: %v", name, err)
		}
	}
	if ls, err := w.Cases(ctx, ana); err != nil || len(ls) > 0 {
		t.Errorf("kept %v, %v", ls, err)
	}
}

func TestACaseGrowsFromAConversationThatIsTheMembers(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	n := newCase(ana)
	n.Conversation = w.held(eva).Conversation
	w.is(fault.Unknown, w.NewCase(ctx, ana, n))
	v := w.held(ana)
	n.Conversation = v.Conversation
	w.ok(w.NewCase(ctx, ana, n))
	if c := w.conversation(v.Conversation); c.Case != n.Wraps.Case {
		t.Errorf("conversation is part of %q", c.Case)
	}
	again := newCase(ana)
	again.Conversation = v.Conversation
	w.is(fault.Conflict, w.NewCase(ctx, ana, again))
	w.is(fault.Unknown, w.Store.Read(ctx, func(tx switchboard.Tx) error { _, err := tx.Case(again.Wraps.Case); return err }))
}

func TestOversightNeedsARightAndAReasonAndIsRecorded(t *testing.T) {
	w := newWorld(t)
	ana, eva, bea := w.actors[staff.Advocate], w.actors[staff.Supervisor], w.hire("bea", staff.Advocate)
	c := w.kept(ana, eva, bea)
	look := func(a switchboard.Actor, r vault.Reason) error {
		before := w.last()
		got, err := w.Case(ctx, a, vault.Look{Case: c.ID, Reason: r})
		es := w.deeds(before)
		if err != nil && (len(es) > 0 || len(got.Parts) > 0 || got.ID != "") {
			t.Errorf("refused, yet gave %+v and recorded %v", got, es)
		}
		if err == nil && (len(es) != 1 || es[0].To != string(c.ID) || es[0].Reason != r || es[0].By != a.ID() || got.ID != c.ID) {
			t.Errorf("gave %+v and recorded %v", got, es)
		}
		return err
	}
	w.ok(look(ana, ""))
	for _, r := range vault.Reasons {
		w.ok(look(eva, r))
	}
	for _, r := range []vault.Reason{"", "curious", "Review"} {
		if err := look(eva, r); fault.FieldOf(err) != "reason" {
			t.Errorf("reason %q: %v", r, err)
		}
	}
	w.is(fault.Unknown, look(bea, vault.Review)) // on the list, and without the right
	w.is(fault.Unknown, w.PutPart(ctx, bea, vault.Part{Case: c.ID, ID: id.New[id.Part](), Version: 1, Body: bytes(9)}))
	w.is(fault.Unknown, w.Assign(ctx, bea, newWraps(c.ID, 2, bea, ana, eva)))
	w.is(fault.Unknown, w.CloseCase(ctx, bea, vault.Closing{Case: c.ID, Row: w.row()}))
}

func TestOversightReadsAConversationOnRecord(t *testing.T) {
	w := newWorld(t)
	ana, eva, bea, mia := w.actors[staff.Advocate], w.actors[staff.Supervisor], w.hire("bea", staff.Advocate), w.hire("mia", staff.Advocate)
	n := newCase(ana, eva, mia)
	n.Wraps.List = append(n.Wraps.List, vault.Wrap{Member: bea.ID(), Standing: vault.Assigned, Body: bytes(9)})
	n.Conversation = w.held(ana).Conversation
	w.ok(w.NewCase(ctx, ana, n))
	before := w.last()
	for _, a := range []switchboard.Actor{ana, bea} {
		_, err := w.Read(ctx, a, n.Conversation)
		w.ok(err)
	}
	_, err := w.Read(ctx, mia, n.Conversation) // on the list for oversight, without the right to it
	w.is(fault.Unknown, err)
	recorded(t, w, before, switchboard.Event{})
	_, err = w.Read(ctx, eva, n.Conversation)
	w.ok(err)
	recorded(t, w, before, switchboard.Event{By: eva.ID(), Did: "look-at-conversation"})
}

func TestAConcurrentEditIsAConflict(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	c := w.kept(ana)
	edit := func(version uint64) vault.Part {
		return vault.Part{Case: c.ID, ID: c.Parts[0].ID, Version: version, Body: bytes(600), By: "somebody else"}
	}
	mine, theirs := edit(2), edit(2)
	w.ok(w.PutPart(ctx, ana, mine))
	w.is(fault.Conflict, w.PutPart(ctx, ana, theirs))
	w.is(fault.Conflict, w.PutPart(ctx, ana, edit(4)))
	if p := w.stored(c.ID).Parts[0]; p.Version != 2 || string(p.Body) != string(mine.Body) || p.By != ana.ID() {
		t.Errorf("kept %+v", p)
	}
}

func TestAssigning(t *testing.T) {
	w := newWorld(t)
	ana, eva, bea := w.actors[staff.Advocate], w.actors[staff.Supervisor], w.hire("bea", staff.Advocate)
	c := w.kept(ana, eva)
	assign := func(by switchboard.Actor, version uint64, list ...vault.Wrap) error {
		return w.Assign(ctx, by, vault.Wraps{Case: c.ID, Version: version, By: by.ID(), Sig: bytes(64), List: list})
	}
	on := func(a switchboard.Actor, s vault.Standing) vault.Wrap {
		return vault.Wrap{Member: a.ID(), Standing: s, Body: bytes(9)}
	}
	w.is(fault.Unknown, assign(bea, 2, on(bea, vault.Assigned), on(ana, vault.Assigned), on(eva, vault.Oversight)))
	for name, list := range map[string][]vault.Wrap{
		"removes":        {on(ana, vault.Assigned), on(bea, vault.Assigned)},
		"lowers herself": {on(ana, vault.Oversight), on(eva, vault.Oversight)},
		"raises another": {on(ana, vault.Assigned), on(eva, vault.Assigned)},
	} {
		if err := assign(ana, 2, list...); fault.FieldOf(err) != "wraps" {
			t.Errorf("an advocate %s: %v", name, err)
		}
	}
	forged := newWraps(c.ID, 2, ana, eva)
	forged.By = eva.ID()
	if err := w.Assign(ctx, ana, forged); fault.FieldOf(err) != "wraps" {
		t.Errorf("signed by another: %v", err)
	}
	w.ok(assign(ana, 2, on(ana, vault.Assigned), on(eva, vault.Oversight), on(bea, vault.Assigned)))
	w.is(fault.Conflict, assign(ana, 2, on(ana, vault.Assigned), on(eva, vault.Oversight), on(bea, vault.Assigned)))
	w.ok(assign(eva, 3, on(eva, vault.Oversight), on(bea, vault.Assigned))) // who oversees may remove
	_, err := w.Case(ctx, ana, vault.Look{Case: c.ID})
	w.is(fault.Unknown, err)
	_, err = w.Case(ctx, bea, vault.Look{Case: c.ID})
	w.ok(err)
}

func TestClosingACaseLeavesItsRowBothOrNeither(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	first, second := w.kept(ana), w.kept(ana)
	row := w.row()
	w.ok(w.CloseCase(ctx, ana, vault.Closing{Case: first.ID, Row: row}))
	w.is(fault.Ended, w.CloseCase(ctx, ana, vault.Closing{Case: first.ID, Row: w.row()}))
	before := w.last()
	other := w.row()
	other.Key = w.queue.ID
	short := w.row()
	short.Body = short.Body[:9]
	for name, c := range map[string]struct {
		by   switchboard.Actor
		row  vault.Row
		want fault.Kind
	}{
		"a row id that is taken":   {ana, row, fault.Conflict},
		"a key that is not theirs": {ana, other, fault.Conflict},
		"a row too short":          {ana, short, fault.Invalid},
		"a row without id":         {ana, vault.Row{Key: w.numbers.ID, Body: row.Body}, fault.Invalid},
		"another member":           {eva, w.row(), fault.Unknown},
	} {
		if err := w.CloseCase(ctx, c.by, vault.Closing{Case: second.ID, Row: c.row}); fault.KindOf(err) != c.want {
			t.Errorf("%s: %v; want %s", name, err, c.want)
		}
	}
	if rows := w.rows(); len(rows) != 1 || rows[0].ID != row.ID || w.stored(second.ID).Closed || len(w.deeds(before)) > 0 {
		t.Errorf("half a closing was kept: rows %v, case %+v", rows, w.stored(second.ID))
	}
	w.is(fault.Ended, w.PutPart(ctx, ana, vault.Part{Case: first.ID, ID: first.Parts[0].ID, Version: 2, Body: bytes(9)}))
	w.ok(w.CloseCase(ctx, ana, vault.Closing{Case: second.ID, Row: w.row()}))
}

func TestCasesListsOnlyTheMembersOwn(t *testing.T) {
	w := newWorld(t)
	ana, eva := w.actors[staff.Advocate], w.actors[staff.Supervisor]
	own, shared := w.kept(eva), w.kept(ana, eva)
	got := map[id.Case]vault.Standing{}
	ls, err := w.Cases(ctx, eva)
	w.ok(err)
	for _, l := range ls {
		got[l.ID] = l.Standing
	}
	if len(got) != 2 || got[own.ID] != vault.Assigned || got[shared.ID] != vault.Oversight {
		t.Errorf("listed %v", got)
	}
	if ls, err := w.Cases(ctx, ana); err != nil || len(ls) != 1 || ls[0].ID != shared.ID {
		t.Errorf("listed %v, %v", ls, err)
	}
}

func TestTheSamePartTwiceIsKeptOnce(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	c := w.kept(ana)
	p := vault.Part{Case: c.ID, ID: c.Parts[0].ID, Version: 2, Body: bytes(600)}
	for range 2 { // an answer that was lost: the desk asks again
		w.ok(w.PutPart(ctx, ana, p))
	}
	if got := w.stored(c.ID).Parts[0]; got.Version != 2 {
		t.Errorf("kept version %d", got.Version)
	}
	p.Body = bytes(600)
	w.is(fault.Conflict, w.PutPart(ctx, ana, p))
}

func TestWhoseLeaseRanOutOpensNoCase(t *testing.T) {
	w := newWorld(t)
	ana := w.actors[staff.Advocate]
	n := newCase(ana)
	n.Conversation = w.held(ana).Conversation
	w.now = w.now.Add(w.Terms.Lease)
	w.is(fault.Unknown, w.NewCase(ctx, ana, n))
}
