package store

import (
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/vault"
)

var teamKeys = shape[vault.TeamKey]{
	"team_key", "id, purpose, public, valid_from, valid_until, cert",
	func(k *vault.TeamKey) []any { return []any{&k.ID, &k.Purpose, &k.Public, &k.From, &k.Until, &k.Cert} },
}

var keyWraps = shape[vault.KeyWrap]{
	"key_wrap", "key_id, member, body",
	func(w *vault.KeyWrap) []any { return []any{&w.Key, &w.Member, &w.Body} },
}

func (t *tx) AddTeamKey(k vault.TeamKey, wraps []vault.KeyWrap) error {
	if err := add(t, teamKeys, k); err != nil && fault.KindOf(err) != fault.Conflict {
		return err
	}
	for _, w := range wraps {
		n, err := t.exec("DELETE FROM key_wrap WHERE key_id = $1 AND member = $2", w.Key, w.Member)
		if err != nil {
			return err
		}
		t.dropped = t.dropped || n > 0
		if err := add(t, keyWraps, w); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) TeamKeys() ([]vault.TeamKey, error) {
	return list(t, teamKeys, "ORDER BY valid_from, id")
}

func (t *tx) KeyWraps(m id.Member) ([]vault.KeyWrap, error) {
	return list(t, keyWraps, "WHERE member = $1 ORDER BY key_id", m)
}
