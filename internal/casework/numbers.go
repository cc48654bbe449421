package casework

import (
	"context"
	"encoding/json"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/release"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// CloseCase ends a case. Only the coded row remains to be counted, sealed to those who count; it names
// no case and no day.
func (s *Session) CloseCase(ctx context.Context, c *Case, row release.Row, now time.Time) error {
	if err := s.may(staff.Keep); err != nil {
		return err
	}
	if err := row.Check(); err != nil {
		return fault.Field("row", "%w", err)
	}
	plain, err := json.Marshal(row)
	if err != nil {
		return err
	}
	if err := s.Refresh(ctx); err != nil { // the numbers key may have been turned
		return err
	}
	key, err := s.current(vault.ForNumbers, now)
	if err != nil {
		return err
	}
	r := vault.Row{ID: id.New[id.Row](), Key: key.ID}
	if r.Body, err = seal.Box(key.Public, r.Binding(s.Org), plain); err != nil {
		return err
	}
	return s.hub.CloseCase(ctx, vault.Closing{Case: c.ID, Row: r})
}

// Rows opens the coded rows. What does not open is warned of: a table made without it counts too few.
func (s *Session) Rows(ctx context.Context) ([]release.Row, []Warning, error) {
	if err := s.may(staff.Count); err != nil {
		return nil, nil, err
	}
	sealed, err := s.hub.Rows(ctx)
	if err != nil {
		return nil, nil, err
	}
	if err := s.Refresh(ctx); err != nil {
		return nil, nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring == nil {
		return nil, nil, errOut
	}
	var rows []release.Row
	var warnings []Warning
	for _, r := range sealed {
		plain, err := s.ring.Row(r)
		var row release.Row
		if err == nil {
			err = json.Unmarshal(plain, &row)
		}
		if err != nil || row == nil {
			warnings = append(warnings, Warning{UnopenedRow, string(r.ID)})
			continue
		}
		rows = append(rows, row)
	}
	return rows, warnings, nil
}

// A Refusal says why a table must not be made or published, in English and in codes only.
type Refusal struct{ Why error }

func (r *Refusal) Error() string { return r.Why.Error() }

// Unwrap makes fault.KindOf say Invalid, and errors.Is see Why.
func (r *Refusal) Unwrap() []error {
	return []error{&fault.Error{Kind: fault.Invalid, Field: "table"}, r.Why}
}

// Table counts the coded rows by two or three fields, with small counts and what would give them away
// withheld; a threshold of 0 is the usual one. What cannot be made safely is a *Refusal.
func (s *Session) Table(ctx context.Context, by []string, threshold int, on time.Time) (release.Table, []Warning, error) {
	rows, warnings, err := s.Rows(ctx)
	if err != nil {
		return release.Table{}, nil, err
	}
	t, err := release.Make(rows, by, release.Options{Threshold: threshold, On: on})
	if err != nil {
		return t, warnings, &Refusal{err}
	}
	return t, warnings, nil
}

// Ledger gives everything that was published, oldest first.
func (s *Session) Ledger(ctx context.Context) (release.Ledger, error) {
	if err := s.may(staff.Count); err != nil {
		return nil, err
	}
	kept, err := s.hub.Releases(ctx)
	if err != nil {
		return nil, err
	}
	var l release.Ledger
	for _, r := range kept {
		var e release.Entry
		if err := json.Unmarshal(r.Summary, &e); err != nil {
			return nil, fault.New(fault.Internal, "ledger entry %s is not one: %w", r.ID, err)
		}
		l = append(l, e)
	}
	return l, nil
}

// Publish makes the table once more and enters it in the ledger, if hash is still that of what the
// member saw and nothing published before gives away, beside it, a count that is withheld; else a
// *Refusal, or fault.Conflict when rows were added or another table was published since.
func (s *Session) Publish(ctx context.Context, by []string, threshold int, hash string, now time.Time) (release.Table, error) {
	t, _, err := s.Table(ctx, by, threshold, now)
	if err != nil {
		return t, err
	}
	if t.Hash() != hash {
		return t, fault.New(fault.Conflict, "the table is not what was seen")
	}
	l, err := s.Ledger(ctx)
	if err != nil {
		return t, err
	}
	l, err = l.Add(t, string(s.Me.ID))
	if err != nil {
		return t, &Refusal{err}
	}
	summary, err := json.Marshal(l[len(l)-1])
	if err != nil {
		return t, err
	}
	return t, s.hub.Release(ctx, vault.Release{ID: id.New[id.Release](), Summary: summary, Beside: len(l) - 1})
}
