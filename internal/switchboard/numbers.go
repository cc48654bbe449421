package switchboard

import (
	"context"

	"amparo/internal/fault"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// Rows gives all coded rows, sealed.
func (s *Switchboard) Rows(ctx context.Context, a Actor) (rows []vault.Row, err error) {
	err = s.act(ctx, a, staff.Count, Event{Did: "read-rows"}, func(tx Tx) error {
		rows, err = tx.Rows()
		return err
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Release enters a published table in the ledger. It must have been weighed against all that stands
// there: else it is fault.Conflict, for beside a release that it knows nothing of it may betray somebody.
func (s *Switchboard) Release(ctx context.Context, a Actor, r vault.Release) error {
	if err := checkID("release", r.ID); err != nil {
		return err
	}
	if len(r.Summary) == 0 || len(r.Summary) > maxPart {
		return fault.New(fault.TooLong, "summary of %d bytes", len(r.Summary))
	}
	r.By, r.At = a.member.ID, s.Now().UTC()
	return s.act(ctx, a, staff.Count, Event{Did: "release", To: string(r.ID)}, func(tx Tx) error {
		all, err := tx.Releases()
		if err != nil {
			return err
		}
		if len(all) != r.Beside {
			return fault.New(fault.Conflict, "weighed against %d releases of %d", r.Beside, len(all))
		}
		return tx.AddRelease(r)
	})
}

// Releases gives the ledger of what was published, oldest first.
func (s *Switchboard) Releases(ctx context.Context, a Actor) (rs []vault.Release, err error) {
	err = s.read(ctx, a, staff.Count, func(tx Tx) error {
		rs, err = tx.Releases()
		return err
	})
	return rs, err
}
