package casework

import (
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/keyring"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Newcomer is a member to be made.
type Newcomer struct {
	Handle string
	Role   staff.Role
}

// A Founding is a new organisation: what the hub is to be given, and the passphrases, which it is not.
type Founding struct {
	Org     string // id
	Name    string
	Members []Founder
	Keys    []vault.TeamKey // the organisation's own first
	Wraps   []vault.KeyWrap
}

// A Founder is a first member with the passphrase to hand to them.
type Founder struct {
	staff.NewMember
	Passphrase string
}

// QueueKeyLife is how long a queue key may be sealed to before the next must take its place.
const QueueKeyLife = 90 * 24 * time.Hour

// holds says which team keys each right comes with.
var holds = []struct {
	right   staff.Right
	purpose vault.Purpose
}{
	{staff.Answer, vault.ForQueue},
	{staff.Count, vault.ForNumbers},
	{staff.Admit, vault.ForOrg},
}

// Found makes an organisation's keys and first members. There must be one who can answer, and one who
// can admit others and answers too, so that keys can be handed on.
func Found(name string, people []Newcomer, now time.Time) (Founding, error) {
	if name == "" {
		return Founding{}, fault.Field("org", "an organisation needs a name")
	}
	f := Founding{Org: string(id.New[id.Key]()), Name: name}
	orgKey, org, err := keyring.NewOrg(now)
	if err != nil {
		return Founding{}, err
	}
	queue, queueSecret, err := org.NewTeamKey(vault.ForQueue, now, now.Add(QueueKeyLife))
	if err != nil {
		return Founding{}, err
	}
	numbers, numbersSecret, err := org.NewTeamKey(vault.ForNumbers, now, time.Time{})
	if err != nil {
		return Founding{}, err
	}
	f.Keys = []vault.TeamKey{orgKey, queue, numbers}
	secrets := map[vault.Purpose]keyring.Secret{vault.ForOrg: org, vault.ForQueue: queueSecret, vault.ForNumbers: numbersSecret}
	supervised := false
	for _, p := range people {
		m, err := newMember(f.Org, orgKey.Public, org, p)
		if err != nil {
			return Founding{}, err
		}
		f.Members = append(f.Members, m)
		supervised = supervised || (p.Role.May(staff.Admit) && p.Role.May(staff.Answer))
		for _, h := range holds {
			if !p.Role.May(h.right) {
				continue
			}
			for _, k := range f.Keys {
				if k.Purpose != h.purpose {
					continue
				}
				w, err := secrets[h.purpose].Wrap(f.Org, k.ID, m.Member)
				if err != nil {
					return Founding{}, err
				}
				f.Wraps = append(f.Wraps, w)
			}
		}
	}
	if !supervised {
		return Founding{}, fault.Field("member", "at least one supervisor is needed")
	}
	return f, nil
}

// newMember makes a member's keys, certifies them, and locks them under a fresh passphrase.
func newMember(orgID string, root []byte, org keyring.Secret, p Newcomer) (Founder, error) {
	if err := staff.CheckHandle(p.Handle); err != nil {
		return Founder{}, err
	}
	known := false
	for _, r := range staff.Roles {
		known = known || r == p.Role
	}
	if !known {
		return Founder{}, fault.Field("role", "no role %q", p.Role)
	}
	ring, err := keyring.NewRing(orgID, id.New[id.Member](), root)
	if err != nil {
		return Founder{}, err
	}
	m := ring.Describe(p.Handle, p.Role)
	org.Certify(&m)
	passphrase := keyring.NewPassphrase()
	lock, proof, err := ring.Lock(passphrase)
	if err != nil {
		return Founder{}, err
	}
	return Founder{staff.NewMember{Member: m, Lock: lock, Proof: proof}, passphrase}, nil
}
