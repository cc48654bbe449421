package store

import "amparo/internal/vault"

var rows = shape[vault.Row]{
	"coded_row", "id, key_id, body",
	func(r *vault.Row) []any { return []any{&r.ID, &r.Key, &r.Body} },
}

var releases = shape[vault.Release]{
	"published", "id, made, made_by, summary",
	func(r *vault.Release) []any { return []any{&r.ID, &r.At, &r.By, &r.Summary} },
}

func (t *tx) AddRow(r vault.Row) error { return add(t, rows, r) }

func (t *tx) Rows() ([]vault.Row, error) { return list(t, rows, "ORDER BY id") }

func (t *tx) AddRelease(r vault.Release) error { return add(t, releases, r) }

func (t *tx) Releases() ([]vault.Release, error) { return list(t, releases, "ORDER BY made, id") }
