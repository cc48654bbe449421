package storetest

import (
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// caseWith keeps two members and a case that is open to the first and the second.
func caseWith(p *probe, parts int) (c vault.Case, ana, eva id.Member) {
	a, e := newMember("ana", staff.Advocate), newMember("eva", staff.Supervisor)
	c = newCase(noon, parts, a.Member.ID, e.Member.ID)
	p.write(func(tx switchboard.Tx) {
		p.none(addMember(tx, a))
		p.none(addMember(tx, e))
		p.none(tx.AddCase(c))
	})
	return c, a.Member.ID, e.Member.ID
}

func wants(p *probe, c vault.Case) {
	p.read(func(tx switchboard.Tx) { got, err := tx.Case(c.ID); same(p, got, err, c) })
}

var vaultChecks = []check{
	{"a case is kept with its parts and its list in order", func(p *probe) {
		c, _, _ := caseWith(p, 3)
		wants(p, c)
		twin := newCase(noon, 1, c.Wraps.By)
		twin.ID = c.ID
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.AddCase(twin) })
		wants(p, c)
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Case(id.New[id.Case]()); return err })
	}},
	{"the signed order of a list survives", func(p *probe) {
		c, ana, eva := caseWith(p, 0)
		c.Wraps = newWraps(c.ID, 2, eva, ana)
		p.write(func(tx switchboard.Tx) { p.none(tx.PutWraps(c.Wraps)) })
		wants(p, c)
		c.Wraps = newWraps(c.ID, 3, ana, eva)
		p.write(func(tx switchboard.Tx) { p.none(tx.PutWraps(c.Wraps)) })
		wants(p, c)
	}},
	{"a list's version is the next", func(p *probe) {
		c, ana, eva := caseWith(p, 1)
		for _, version := range []uint64{0, 1, 3, 1 << 63} {
			p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.PutWraps(newWraps(c.ID, version, eva)) })
		}
		wants(p, c)
		c.Wraps = newWraps(c.ID, 2, ana)
		p.write(func(tx switchboard.Tx) { p.none(tx.PutWraps(c.Wraps)) })
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.PutWraps(newWraps(c.ID, 2, eva)) })
		wants(p, c)
		p.read(func(tx switchboard.Tx) { got, err := tx.Cases(eva); same(p, got, err, nil) })
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error { return tx.PutWraps(newWraps(id.New[id.Case](), 2, eva)) })
	}},
	{"cases are listed to those who can open them, newest first", func(p *probe) {
		old, ana, eva := caseWith(p, 1)
		newer, evas := newCase(after(24*60), 0, ana), newCase(after(48*60), 0, eva)
		p.write(func(tx switchboard.Tx) {
			p.none(tx.AddCase(newer))
			p.none(tx.AddCase(evas))
			p.none(tx.CloseCase(newer.ID))
			p.none(tx.CloseCase(newer.ID)) // closing what is closed changes nothing
		})
		newer.Closed = true
		wants(p, newer)
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Cases(ana)
			same(p, got, err, []vault.Listing{
				{ID: newer.ID, Closed: true, Opened: newer.Opened, Standing: vault.Assigned},
				{ID: old.ID, Opened: old.Opened, Standing: vault.Assigned},
			})
			got, err = tx.Cases(eva)
			same(p, got, err, []vault.Listing{
				{ID: evas.ID, Opened: evas.Opened, Standing: vault.Assigned},
				{ID: old.ID, Opened: old.Opened, Standing: vault.Oversight},
			})
			got, err = tx.Cases(id.New[id.Member]())
			same(p, got, err, nil)
		})
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error { return tx.CloseCase(id.New[id.Case]()) })
	}},
	{"a part's version is the next", func(p *probe) {
		c, ana, eva := caseWith(p, 2)
		next := c.Parts[0]
		next.Version, next.Body, next.By, next.At = 2, bytes(700), eva, after(9)
		for _, version := range []uint64{0, 1, 3, 1 << 63} {
			wrong := next
			wrong.Version = version
			p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.PutPart(wrong) })
		}
		wants(p, c)
		fresh := vault.Part{Case: c.ID, ID: "zzzzzzzzzzzzzzzzzzzzzzzzzz", Version: 1, Body: bytes(9), By: ana, At: noon}
		p.write(func(tx switchboard.Tx) { p.none(tx.PutPart(next)); p.none(tx.PutPart(fresh)) })
		c.Parts[0] = next
		c.Parts = append(c.Parts, fresh)
		wants(p, c)
		early := fresh
		early.ID, early.Version = id.New[id.Part](), 2
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.PutPart(early) })
		stray := fresh
		stray.Case = id.New[id.Case]()
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error { return tx.PutPart(stray) })
	}},
}
