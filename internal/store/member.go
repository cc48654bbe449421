package store

import (
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
)

var accounts = shape[switchboard.Account]{
	"member", members.columns + ", salt, passes, memory, threads, lock_body, proof",
	func(a *switchboard.Account) []any {
		s := &a.Lock.Stretch
		return append(members.fields(&a.Member), &s.Salt, &s.Time, &s.Memory, &s.Threads, &a.Lock.Sealed, &a.Proof)
	},
}

var members = shape[staff.Member]{
	"member", "id, handle, role, seal_key, sign_key, cert",
	func(m *staff.Member) []any { return []any{&m.ID, &m.Handle, &m.Role, &m.Seal, &m.Sign, &m.Cert} },
}

func (t *tx) AddMember(m staff.Member, l staff.Lock, p switchboard.ProofHash) error {
	return add(t, accounts, switchboard.Account{Member: m, Lock: l, Proof: p})
}

func (t *tx) Member(m id.Member) (staff.Member, error) { return pick(t, members, "WHERE id = $1", m) }

func (t *tx) Members() ([]staff.Member, error) { return list(t, members, "ORDER BY handle") }

func (t *tx) Account(handle string) (switchboard.Account, error) {
	return pick(t, accounts, "WHERE handle = $1", handle)
}
