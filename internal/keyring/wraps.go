package keyring

import (
	"crypto/ed25519"

	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Reader is a member who is to open a case, and in what capacity.
type Reader struct {
	Member   staff.Member
	Standing vault.Standing
}

// Wrap seals a case's key to each reader and signs the list. Every reader must be certified.
func (r *Ring) Wrap(c id.Case, version uint64, key seal.Key, readers []Reader) (vault.Wraps, error) {
	w := vault.Wraps{Case: c, Version: version, By: r.Member}
	for _, to := range readers {
		if err := r.CheckMember(to.Member); err != nil {
			return vault.Wraps{}, err
		}
		body, err := seal.To(seal.MemberKEM, to.Member.Seal, w.Binding(r.Org, to.Member.ID), key[:])
		if err != nil {
			return vault.Wraps{}, err
		}
		w.List = append(w.List, vault.Wrap{Member: to.Member.ID, Standing: to.Standing, Body: body})
	}
	w.Sig = ed25519.Sign(r.sign, w.Statement())
	return w, nil
}

// CaseKey opens a case's key from a list of wraps, after checking that a certified member who may
// keep cases signed the list as it stands.
func (r *Ring) CaseKey(w vault.Wraps, by staff.Member) (seal.Key, error) {
	if by.ID != w.By || r.CheckMember(by) != nil || !by.Role.May(staff.Keep) ||
		!ed25519.Verify(by.Sign, w.Statement(), w.Sig) {
		return seal.Key{}, ErrForged
	}
	for _, x := range w.List {
		if x.Member == r.Member {
			return openKey(r.seal, w.Binding(r.Org, r.Member), x.Body)
		}
	}
	return seal.Key{}, seal.ErrOpen
}
