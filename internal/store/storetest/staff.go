package storetest

import (
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

var staffChecks = []check{
	{"the organisation is set once", func(p *probe) {
		org := switchboard.Org{ID: "org", Name: "Casa Ámparo", Key: newKey(vault.ForOrg, noon)}
		org.Key.Until = noon.Add(0).AddDate(1, 0, 0)
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Org(); return err })
		p.write(func(tx switchboard.Tx) { p.none(tx.SetOrg(org)) })
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.SetOrg(switchboard.Org{ID: "other", Key: org.Key}) })
		p.read(func(tx switchboard.Tx) { got, err := tx.Org(); same(p, got, err, org) })
	}},
	{"members are found by id and handle, and listed by handle", func(p *probe) {
		// By its bytes a hyphen comes before digits and letters; in no language it does.
		ana, anb, anx := newMember("ana", staff.Advocate), newMember("an-b", staff.Supervisor), newMember("an1", staff.Analyst)
		p.write(func(tx switchboard.Tx) {
			for _, a := range []switchboard.Account{ana, anb, anx} {
				p.none(addMember(tx, a))
			}
		})
		p.read(func(tx switchboard.Tx) {
			all, err := tx.Members()
			same(p, all, err, []staff.Member{anb.Member, anx.Member, ana.Member})
			m, err := tx.Member(ana.Member.ID)
			same(p, m, err, ana.Member)
			a, err := tx.Account("an-b")
			same(p, a, err, anb)
		})
		for _, handle := range []string{"nobody", "ANA", "ana ", "an%", ""} {
			p.unknown(func(tx switchboard.Tx) error { _, err := tx.Account(handle); return err })
		}
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Member(id.New[id.Member]()); return err })
	}},
	{"a taken handle or id is a conflict", func(p *probe) {
		ana := newMember("ana", staff.Advocate)
		p.write(func(tx switchboard.Tx) { p.none(addMember(tx, ana)) })
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return addMember(tx, newMember("ana", staff.Analyst)) })
		twin := newMember("bea", staff.Analyst)
		twin.Member.ID = ana.Member.ID
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return addMember(tx, twin) })
		p.read(func(tx switchboard.Tx) { all, err := tx.Members(); same(p, all, err, []staff.Member{ana.Member}) })
	}},
	{"sessions are seen, dropped and swept", func(p *probe) {
		ana := newMember("ana", staff.Advocate)
		session := func(until int) switchboard.Session {
			return switchboard.Session{Token: hash(), Member: ana.Member.ID, Until: after(until), Seen: noon}
		}
		one, two, three := session(10), session(20), session(30)
		p.write(func(tx switchboard.Tx) {
			p.none(addMember(tx, ana))
			for _, s := range []switchboard.Session{one, two, three} {
				p.none(tx.AddSession(s))
			}
		})
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error {
			return tx.AddSession(switchboard.Session{Token: hash(), Member: id.New[id.Member](), Until: after(1), Seen: noon})
		})
		p.write(func(tx switchboard.Tx) { p.none(tx.SeeSession(two.Token, after(5))); two.Seen = after(5) })
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error { return tx.SeeSession(hash(), noon) })
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Session(one.Token)
			same(p, got, err, one)
			got, err = tx.Session(two.Token)
			same(p, got, err, two)
		})
		p.write(func(tx switchboard.Tx) { p.none(tx.DropSession(three.Token)) })
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error { return tx.DropSession(three.Token) })
		p.write(func(tx switchboard.Tx) { p.none(tx.DropSessionsBefore(after(20))) })
		p.read(func(tx switchboard.Tx) { got, err := tx.Session(two.Token); same(p, got, err, two) })
		for _, gone := range []switchboard.Session{one, three} {
			p.unknown(func(tx switchboard.Tx) error { _, err := tx.Session(gone.Token); return err })
		}
	}},
	{"who was seen is told by role and time", func(p *probe) {
		ana, eva := newMember("ana", staff.Advocate), newMember("eva", staff.Analyst)
		p.write(func(tx switchboard.Tx) {
			for _, a := range []switchboard.Account{ana, eva} {
				p.none(addMember(tx, a))
				p.none(tx.AddSession(switchboard.Session{Token: hash(), Member: a.Member.ID, Until: after(60), Seen: noon}))
			}
		})
		for _, c := range []struct {
			minutes int
			roles   []staff.Role
			want    bool
		}{
			{0, []staff.Role{staff.Advocate}, true},
			{-1, []staff.Role{staff.Supervisor, staff.Advocate}, true},
			{1, []staff.Role{staff.Advocate}, false},
			{0, []staff.Role{staff.Supervisor, staff.Administrator}, false},
			{0, nil, false},
		} {
			p.read(func(tx switchboard.Tx) {
				got, err := tx.SeenSince(after(c.minutes), c.roles...)
				same(p, got, err, c.want)
			})
		}
	}},
}
