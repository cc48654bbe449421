package storetest

import (
	"cmp"
	"slices"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

var keyChecks = []check{
	{"team keys come oldest first, and stay as they were", func(p *probe) {
		old, young, endless := newKey(vault.ForQueue, after(0)), newKey(vault.ForQueue, after(9)), newKey(vault.ForNumbers, after(5))
		endless.Until = time.Time{}
		p.write(func(tx switchboard.Tx) {
			for _, k := range []vault.TeamKey{young, endless, old} {
				p.none(tx.AddTeamKey(k, nil))
			}
			swapped := old
			swapped.Public, swapped.From = bytes(65), after(99)
			p.none(tx.AddTeamKey(swapped, nil))
		})
		p.read(func(tx switchboard.Tx) {
			got, err := tx.TeamKeys()
			same(p, got, err, []vault.TeamKey{old, endless, young})
		})
	}},
	{"wraps are a member's own, and are replaced", func(p *probe) {
		ana, eva := newMember("ana", staff.Advocate), newMember("eva", staff.Advocate)
		queue, numbers := newKey(vault.ForQueue, noon), newKey(vault.ForNumbers, noon)
		wrap := func(k vault.TeamKey, m staff.Member) vault.KeyWrap {
			return vault.KeyWrap{Key: k.ID, Member: m.ID, Body: bytes(1169)}
		}
		first, evas, again, other := wrap(queue, ana.Member), wrap(queue, eva.Member), wrap(queue, ana.Member), wrap(numbers, ana.Member)
		p.write(func(tx switchboard.Tx) {
			p.none(addMember(tx, ana))
			p.none(addMember(tx, eva))
			p.none(tx.AddTeamKey(queue, []vault.KeyWrap{first, evas}))
			p.none(tx.AddTeamKey(numbers, []vault.KeyWrap{other}))
		})
		p.write(func(tx switchboard.Tx) { p.none(tx.AddTeamKey(queue, []vault.KeyWrap{again})) })
		p.read(func(tx switchboard.Tx) {
			byKey := func(a, b vault.KeyWrap) int { return cmp.Compare(a.Key, b.Key) }
			got, err := tx.KeyWraps(ana.Member.ID)
			slices.SortFunc(got, byKey)
			want := []vault.KeyWrap{again, other}
			slices.SortFunc(want, byKey)
			same(p, got, err, want)
			got, err = tx.KeyWraps(eva.Member.ID)
			same(p, got, err, []vault.KeyWrap{evas})
			got, err = tx.KeyWraps(id.New[id.Member]())
			same(p, got, err, nil)
		})
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error {
			return tx.AddTeamKey(queue, []vault.KeyWrap{wrap(queue, newMember("nobody", staff.Advocate).Member)})
		})
	}},
}
