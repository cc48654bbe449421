// Package keyring unlocks a member's keys, opens what was sealed to them, and signs. Whatever faces
// the world must never reach this package through any import.
package keyring

import (
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// ErrPassphrase says only that the keys did not unlock.
var ErrPassphrase = errors.New("keyring: does not unlock")

// ErrForged says that a signature by the organisation or a member does not hold.
var ErrForged = errors.New("keyring: signature does not hold")

// A Ring is one member's unlocked keys, and the team keys wrapped to them. It lives in memory only.
type Ring struct {
	Org    string
	Member id.Member
	Root   ed25519.PublicKey // the organisation's, sealed in the lock: the hub cannot swap it
	seal   hpke.PrivateKey
	sign   ed25519.PrivateKey
	team   map[id.Key]teamSecret
}

type teamSecret struct {
	purpose vault.Purpose
	private []byte
}

// Format keeps a ring out of logs, whatever the verb.
func (Ring) Format(f fmt.State, _ rune) { io.WriteString(f, "[sealed]") }

// stored is a ring's lasting part, as sealed in a lock.
type stored struct {
	Root, Seal, Sign []byte
}

// NewRing makes fresh keys for a member of the organisation whose public key is root.
func NewRing(org string, member id.Member, root ed25519.PublicKey) (*Ring, error) {
	sealKey, err := seal.MemberKEM.GenerateKey()
	if err != nil {
		return nil, err
	}
	_, signKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, err
	}
	return &Ring{Org: org, Member: member, Root: root, seal: sealKey, sign: signKey, team: map[id.Key]teamSecret{}}, nil
}

// Describe gives what all may know of the ring's member; the organisation has still to certify it.
func (r *Ring) Describe(handle string, role staff.Role) staff.Member {
	return staff.Member{ID: r.Member, Handle: handle, Role: role,
		Seal: r.seal.PublicKey().Bytes(), Sign: r.sign.Public().(ed25519.PublicKey)}
}

func lockBinding(org string, member id.Member) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.MemberKeys, Owner: string(member)}
}

// Lock seals the ring's lasting part under a fresh derivation of the passphrase, and gives the proof
// that the hub is to expect.
func (r *Ring) Lock(passphrase string) (staff.Lock, Proof, error) {
	private, err := r.seal.Bytes()
	if err != nil {
		return staff.Lock{}, Proof{}, err
	}
	plain, err := json.Marshal(stored{r.Root, private, r.sign.Seed()})
	if err != nil {
		return staff.Lock{}, Proof{}, err
	}
	stretch := NewStretch()
	proof, key := Derive(passphrase, stretch)
	sealed, err := key.Seal(lockBinding(r.Org, r.Member), plain)
	return staff.Lock{Stretch: stretch, Sealed: sealed}, proof, err
}

// Unlock opens a lock with the key that the passphrase gave.
func Unlock(org string, member id.Member, key seal.Key, lock staff.Lock) (*Ring, error) {
	plain, err := key.Open(lockBinding(org, member), lock.Sealed)
	if err != nil {
		return nil, ErrPassphrase
	}
	var s stored
	if err := json.Unmarshal(plain, &s); err != nil || len(s.Root) != ed25519.PublicKeySize || len(s.Sign) != ed25519.SeedSize {
		return nil, fmt.Errorf("keyring: lock holds no ring: %w", err)
	}
	private, err := seal.MemberKEM.NewPrivateKey(s.Seal)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return &Ring{Org: org, Member: member, Root: s.Root, seal: private,
		sign: ed25519.NewKeyFromSeed(s.Sign), team: map[id.Key]teamSecret{}}, nil
}

// CheckMember says whether the organisation certified the member as described.
func (r *Ring) CheckMember(m staff.Member) error {
	if !ed25519.Verify(r.Root, m.Statement(), m.Cert) {
		return ErrForged
	}
	return nil
}

// open gives a secret that was sealed to this member.
func (r *Ring) open(b seal.Binding, body []byte) ([]byte, error) {
	return openWith(r.seal, b, body)
}

func openWith(k hpke.PrivateKey, b seal.Binding, body []byte) ([]byte, error) {
	if len(body) == 0 || body[0] != seal.Format {
		return nil, seal.ErrOpen
	}
	secret, err := hpke.Open(k, hpke.HKDFSHA256(), hpke.AES256GCM(), b.Bytes(), body[1:])
	if err != nil {
		return nil, seal.ErrOpen
	}
	return secret, nil
}
