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
