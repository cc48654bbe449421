package store

import "amparo/internal/switchboard"

var orgs = shape[switchboard.Org]{
	"org", "one, id, name, key_id, key_purpose, key_public, key_from, key_until, key_cert",
	func(o *switchboard.Org) []any {
		one := int64(1) // the table has one row
		return append([]any{&one, &o.ID, &o.Name}, teamKeys.fields(&o.Key)...)
	},
}

func (t *tx) Org() (switchboard.Org, error) { return pick(t, orgs, "") }

func (t *tx) SetOrg(o switchboard.Org) error { return add(t, orgs, o) }
