package store

import (
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/vault"
)

var cases = shape[vault.Case]{
	"vault_case", "id, closed, opened, version, signed_by, signature",
	func(c *vault.Case) []any {
		return []any{&c.ID, &c.Closed, &c.Opened, &c.Wraps.Version, &c.Wraps.By, &c.Wraps.Sig}
	},
}

// A placed is a wrap with its case and its place in the list, whose order is signed.
type placed struct {
	vault.Wrap
	in    id.Case
	place int64
}

var wraps = shape[placed]{
	"wrap", "case_id, place, member, standing, body",
	func(w *placed) []any { return []any{&w.in, &w.place, &w.Member, &w.Standing, &w.Body} },
}

var parts = shape[vault.Part]{
	"part", "case_id, id, version, body, made_by, made",
	func(p *vault.Part) []any { return []any{&p.Case, &p.ID, &p.Version, &p.Body, &p.By, &p.At} },
}

func (t *tx) AddCase(c vault.Case) error {
	if err := add(t, cases, c); err != nil {
		return err
	}
	if err := t.addWraps(c.ID, c.Wraps.List); err != nil {
		return err
	}
	for _, p := range c.Parts {
		p.Case = c.ID
		if err := add(t, parts, p); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) addWraps(c id.Case, ws []vault.Wrap) error {
	for i, w := range ws {
		if err := add(t, wraps, placed{w, c, int64(i)}); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) Case(cid id.Case) (vault.Case, error) {
	c, err := pick(t, cases, "WHERE id = $1", cid)
	if err != nil {
		return vault.Case{}, err
	}
	ws, err := list(t, wraps, "WHERE case_id = $1 ORDER BY place", cid)
	if err != nil {
		return vault.Case{}, err
	}
	c.Wraps.Case = c.ID
	for _, w := range ws {
		c.Wraps.List = append(c.Wraps.List, w.Wrap)
	}
	c.Parts, err = list(t, parts, "WHERE case_id = $1 ORDER BY id", cid)
	return c, err
}

func (t *tx) Cases(m id.Member) ([]vault.Listing, error) {
	return query(t, func(l *vault.Listing) []any { return []any{&l.ID, &l.Closed, &l.Opened, &l.Standing} },
		"SELECT id, closed, opened, standing FROM vault_case JOIN wrap ON case_id = id WHERE member = $1 ORDER BY opened DESC, id", m)
}

func (t *tx) PutPart(p vault.Part) error {
	if err := t.there("vault_case", p.Case); err != nil {
		return err
	}
	if p.Version == 1 {
		return add(t, parts, p)
	}
	n, err := t.exec("UPDATE part SET version = $1, body = $2, made_by = $3, made = $4 WHERE case_id = $5 AND id = $6 AND version = $7",
		p.Version, p.Body, p.By, p.At, p.Case, p.ID, p.Version-1)
	return onlyNext(n, err)
}

func (t *tx) PutWraps(w vault.Wraps) error {
	if err := t.there("vault_case", w.Case); err != nil {
		return err
	}
	n, err := t.exec("UPDATE vault_case SET version = $1, signed_by = $2, signature = $3 WHERE id = $4 AND version = $5",
		w.Version, w.By, w.Sig, w.Case, w.Version-1)
	if err := onlyNext(n, err); err != nil {
		return err
	}
	if _, err := t.exec("DELETE FROM wrap WHERE case_id = $1", w.Case); err != nil {
		return err
	}
	t.dropped = true
	return t.addWraps(w.Case, w.List)
}

// onlyNext is the end of a write that names the version after the one it read.
func onlyNext(n int64, err error) error {
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "version is not the next")
	}
	return err
}

// there is fault.Unknown unless the table has the id.
func (t *tx) there(table string, id any) error {
	n, err := number(t, "SELECT 1 FROM "+table+" WHERE id = $1", id)
	if err == nil && n == 0 {
		err = fault.New(fault.Unknown, "no such %s", table)
	}
	return err
}

func (t *tx) CloseCase(c id.Case) error {
	return t.change("UPDATE vault_case SET closed = 1 WHERE id = $1", c)
}
