package switchboard

import (
	"context"
	"crypto/sha256"

	"amparo/internal/fault"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Founding is all that a new hub is given: its organisation, its first members with their locks, and
// the team keys with their wraps. It is made where the passphrases are, never on the hub.
type Founding struct {
	Org     Org
	Members []staff.NewMember
	Keys    []vault.TeamKey
	Wraps   []vault.KeyWrap
}

// Found sets up an empty hub. One that has an organisation is fault.Conflict.
func (s *Switchboard) Found(ctx context.Context, f Founding) error {
	return s.Store.Write(ctx, func(tx Tx) error {
		if _, err := tx.Org(); err == nil {
			return fault.New(fault.Conflict, "an organisation is set up here already")
		} else if fault.KindOf(err) != fault.Unknown {
			return err
		}
		if err := tx.SetOrg(f.Org); err != nil {
			return err
		}
		for _, m := range f.Members {
			if err := addMember(tx, m); err != nil {
				return err
			}
		}
		for _, k := range f.Keys {
			if err := tx.AddTeamKey(k, wrapsOf(f.Wraps, k)); err != nil {
				return err
			}
		}
		return tx.Record(Event{At: s.Now().UTC(), Did: "found"})
	})
}

// Admit adds a member, who can open nothing before keys are given to them.
func (s *Switchboard) Admit(ctx context.Context, a Actor, m staff.NewMember) error {
	if err := staff.CheckHandle(m.Member.Handle); err != nil {
		return err
	}
	return s.act(ctx, a, staff.Admit, Event{Did: "admit-member", To: string(m.Member.ID)}, func(tx Tx) error {
		return addMember(tx, m)
	})
}

// GiveKey adds a team key, certified by the organisation, with its wraps; or, for a key that is there,
// only the wraps.
func (s *Switchboard) GiveKey(ctx context.Context, a Actor, k vault.NewKey) error {
	if err := checkID("key", k.Key.ID); err != nil {
		return err
	}
	if len(k.Wraps) == 0 {
		return fault.Field("wraps", "nobody could open what is sealed to this key")
	}
	return s.act(ctx, a, staff.Admit, Event{Did: "give-key", To: string(k.Key.ID)}, func(tx Tx) error {
		return tx.AddTeamKey(k.Key, wrapsOf(k.Wraps, k.Key))
	})
}

func addMember(tx Tx, m staff.NewMember) error {
	if err := checkID("member", m.Member.ID); err != nil {
		return err
	}
	return tx.AddMember(m.Member, m.Lock, sha256.Sum256(m.Proof[:]))
}

func wrapsOf(all []vault.KeyWrap, k vault.TeamKey) (out []vault.KeyWrap) {
	for _, w := range all {
		if w.Key == k.ID {
			out = append(out, w)
		}
	}
	return out
}
