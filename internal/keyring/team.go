package keyring

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/rand"
	"fmt"
	"io"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// NewOrg makes an organisation's signing key: its public description, certified by itself, and the
// secret, which the caller wraps to the members who admit others and then forgets.
func NewOrg(now time.Time) (vault.TeamKey, Secret, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return vault.TeamKey{}, Secret{}, err
	}
	k := vault.TeamKey{ID: id.New[id.Key](), Purpose: vault.ForOrg, Public: public, From: now.UTC().Truncate(time.Second)}
	k.Cert = ed25519.Sign(private, k.Statement())
	return k, Secret{private.Seed()}, nil
}

// A Secret is the private half of a team key, on its way to the members it is wrapped to.
type Secret struct{ b []byte }

// Format keeps a secret out of logs, whatever the verb.
func (Secret) Format(f fmt.State, _ rune) { io.WriteString(f, "[sealed]") }

// Certify signs a member as the organisation.
func (s Secret) Certify(m *staff.Member) {
	m.Cert = ed25519.Sign(ed25519.NewKeyFromSeed(s.b), m.Statement())
}

// NewTeamKey makes a key of the given purpose, certified by the organisation whose secret is s.
func (s Secret) NewTeamKey(p vault.Purpose, from, until time.Time) (vault.TeamKey, Secret, error) {
	private, err := seal.TeamKEM.GenerateKey()
	if err != nil {
		return vault.TeamKey{}, Secret{}, err
	}
	b, err := private.Bytes()
	if err != nil {
		return vault.TeamKey{}, Secret{}, err
	}
	k := vault.TeamKey{ID: id.New[id.Key](), Purpose: p, Public: private.PublicKey().Bytes(), From: from.UTC().Truncate(time.Second)}
	if !until.IsZero() {
		k.Until = until.UTC().Truncate(time.Second)
	}
	k.Cert = ed25519.Sign(ed25519.NewKeyFromSeed(s.b), k.Statement())
	return k, Secret{b}, nil
}

// Wrap seals a team key's secret to a member.
func (s Secret) Wrap(org string, key id.Key, m staff.Member) (vault.KeyWrap, error) {
	w := vault.KeyWrap{Key: key, Member: m.ID}
	var err error
	w.Body, err = seal.To(seal.MemberKEM, m.Seal, w.Binding(org), s.b)
	return w, err
}

// Take adds a team key that was wrapped to this member, after checking that the organisation
// certified it and that what was wrapped is its other half: anybody can wrap something to a member.
func (r *Ring) Take(k vault.TeamKey, w vault.KeyWrap) error {
	if err := r.CheckTeamKey(k); err != nil {
		return err
	}
	secret, err := r.open(w.Binding(r.Org), w.Body)
	if err != nil {
		return err
	}
	if public, err := publicOf(k.Purpose, secret); err != nil || !bytes.Equal(public, k.Public) {
		return ErrForged
	}
	r.team[k.ID] = teamSecret{k.Purpose, secret}
	return nil
}

// publicOf gives the public half of a team key.
func publicOf(p vault.Purpose, secret []byte) ([]byte, error) {
	if p == vault.ForOrg {
		if len(secret) != ed25519.SeedSize {
			return nil, ErrForged
		}
		return ed25519.NewKeyFromSeed(secret).Public().(ed25519.PublicKey), nil
	}
	private, err := seal.TeamKEM.NewPrivateKey(secret)
	if err != nil {
		return nil, err
	}
	return private.PublicKey().Bytes(), nil
}

// CheckTeamKey says whether the organisation certified the team key as described.
func (r *Ring) CheckTeamKey(k vault.TeamKey) error {
	if !ed25519.Verify(r.Root, k.Statement(), k.Cert) {
		return ErrForged
	}
	return nil
}

// OrgSecret gives the organisation's signing secret to a member who holds it.
func (r *Ring) OrgSecret() (Secret, error) {
	for _, t := range r.team {
		if t.purpose == vault.ForOrg {
			return Secret{t.private}, nil
		}
	}
	return Secret{}, fault.New(fault.Unknown, "this member does not hold the organisation's key")
}

// Conversation opens a conversation's key with the queue key it was sealed to.
func (r *Ring) Conversation(c chat.Conversation) (seal.Key, error) {
	k, err := r.teamKey(c.Key, vault.ForQueue)
	if err != nil {
		return seal.Key{}, err
	}
	return openKey(k, c.Binding(r.Org), c.Envelope)
}

// Row opens a coded row with the numbers key it was sealed to.
func (r *Ring) Row(row vault.Row) ([]byte, error) {
	k, err := r.teamKey(row.Key, vault.ForNumbers)
	if err != nil {
		return nil, err
	}
	if len(row.Body) < seal.BoxKeyLen {
		return nil, seal.ErrOpen
	}
	key, err := openKey(k, row.Binding(r.Org), row.Body[:seal.BoxKeyLen])
	if err != nil {
		return nil, err
	}
	return key.Open(row.Binding(r.Org), row.Body[seal.BoxKeyLen:])
}

func (r *Ring) teamKey(k id.Key, p vault.Purpose) (hpke.PrivateKey, error) {
	t, ok := r.team[k]
	if !ok || t.purpose != p {
		return nil, fault.New(fault.Unknown, "this member does not hold the %s key", p)
	}
	private, err := seal.TeamKEM.NewPrivateKey(t.private)
	if err != nil {
		return nil, fmt.Errorf("keyring: %w", err)
	}
	return private, nil
}

func openKey(k hpke.PrivateKey, b seal.Binding, body []byte) (seal.Key, error) {
	secret, err := openWith(k, b, body)
	if err != nil || len(secret) != 32 {
		return seal.Key{}, seal.ErrOpen
	}
	return seal.Key(secret), nil
}
