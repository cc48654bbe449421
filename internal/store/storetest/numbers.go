package storetest

import (
	"cmp"
	"math"
	"slices"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

var numberChecks = []check{
	{"rows come by id", func(p *probe) {
		var want []vault.Row
		p.write(func(tx switchboard.Tx) {
			want = nil
			for range 9 {
				want = append(want, vault.Row{ID: id.New[id.Row](), Key: id.New[id.Key](), Body: bytes(655)})
				p.none(tx.AddRow(want[len(want)-1]))
			}
		})
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.AddRow(vault.Row{ID: want[0].ID, Body: bytes(9)}) })
		slices.SortFunc(want, func(a, b vault.Row) int { return cmp.Compare(a.ID, b.ID) })
		p.read(func(tx switchboard.Tx) { got, err := tx.Rows(); same(p, got, err, want) })
	}},
	{"releases come oldest first", func(p *probe) {
		release := func(minutes int) vault.Release {
			return vault.Release{ID: id.New[id.Release](), At: after(minutes), By: id.New[id.Member](), Summary: []byte("áé 3 × 4")}
		}
		one, two, three := release(1), release(2), release(3)
		p.write(func(tx switchboard.Tx) {
			for _, r := range []vault.Release{two, three, one} {
				p.none(tx.AddRelease(r))
			}
		})
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.AddRelease(one) })
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Releases()
			same(p, got, err, []vault.Release{one, two, three})
		})
	}},
	{"events are numbered without a gap", func(p *probe) {
		var want []switchboard.Event
		for i := range 11 {
			e := switchboard.Event{At: after(-i), By: id.New[id.Member](), Did: "open-case", To: string(id.New[id.Case]()), Reason: vault.Cover}
			if i == 0 {
				e.By, e.To, e.Reason = "", "", ""
			}
			p.write(func(tx switchboard.Tx) { p.none(tx.Record(e)) })
			p.refuses(fault.Busy, func(tx switchboard.Tx) error { // what was not kept leaves no gap
				if err := tx.Record(e); err != nil {
					return err
				}
				return fault.New(fault.Busy, "changed its mind")
			})
			e.Seq = uint64(i + 1)
			want = append(want, e)
		}
		p.read(func(tx switchboard.Tx) {
			for _, after := range []uint64{0, 4, 11, math.MaxUint64} {
				got, err := tx.Events(after)
				same(p, got, err, want[min(after, 11):])
			}
		})
	}},
}
