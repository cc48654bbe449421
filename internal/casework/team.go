package casework

import (
	"context"
	"crypto/ed25519"
	"time"

	"amparo/internal/fault"
	"amparo/internal/keyring"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// Admit makes a member, gives them the team keys that their role comes with, and returns the
// passphrase, which is kept nowhere. Keys are not copied but turned: the new member opens what is
// sealed from now on, not what was sealed before.
func (s *Session) Admit(ctx context.Context, p Newcomer, now time.Time) (passphrase string, err error) {
	if err := s.may(staff.Admit); err != nil {
		return "", err
	}
	root, org, err := s.orgSecret()
	if err != nil {
		return "", err
	}
	m, err := newMember(s.Org, root, org, p)
	if err != nil {
		return "", err
	}
	if err := s.hub.Admit(ctx, m.NewMember); err != nil {
		return "", err
	}
	if err := s.Refresh(ctx); err != nil {
		return "", err
	}
	for _, h := range holds {
		switch {
		case !p.Role.May(h.right):
		case h.purpose == vault.ForOrg:
			err = s.shareOrg(ctx, m.Member)
		default:
			err = s.turn(ctx, h.purpose, now)
		}
		if err != nil {
			return m.Passphrase, err
		}
	}
	return m.Passphrase, nil
}

// TurnQueueKey makes a fresh queue key for all who answer. What was sealed to the old one stays open to
// those who hold it.
func (s *Session) TurnQueueKey(ctx context.Context, now time.Time) error {
	if err := s.may(staff.Admit); err != nil {
		return err
	}
	if err := s.Refresh(ctx); err != nil {
		return err
	}
	return s.turn(ctx, vault.ForQueue, now)
}

// QueueKey gives the queue key that visitors seal to now.
func (s *Session) QueueKey(now time.Time) (vault.TeamKey, error) {
	return s.current(vault.ForQueue, now)
}

// turn makes a new key of the purpose and wraps it to every member whose role comes with it.
func (s *Session) turn(ctx context.Context, p vault.Purpose, now time.Time) error {
	_, org, err := s.orgSecret()
	if err != nil {
		return err
	}
	var until time.Time
	if p == vault.ForQueue {
		until = now.Add(QueueKeyLife)
	}
	key, secret, err := org.NewTeamKey(p, now, until)
	if err != nil {
		return err
	}
	n := vault.NewKey{Key: key}
	for _, m := range s.Members() {
		for _, h := range holds {
			if h.purpose != p || !m.Role.May(h.right) {
				continue
			}
			w, err := secret.Wrap(s.Org, key.ID, m)
			if err != nil {
				return err
			}
			n.Wraps = append(n.Wraps, w)
		}
	}
	if len(n.Wraps) == 0 {
		return fault.New(fault.Conflict, "nobody would hold the %s key", p)
	}
	if err := s.hub.GiveKey(ctx, n); err != nil {
		return err
	}
	return s.Refresh(ctx)
}

// shareOrg wraps the organisation's own key to a member who admits others. It cannot be turned: it is
// what everybody's certificates hang on.
func (s *Session) shareOrg(ctx context.Context, m staff.Member) error {
	_, org, err := s.orgSecret()
	if err != nil {
		return err
	}
	s.mu.Lock()
	keys := s.keys
	s.mu.Unlock()
	for _, k := range keys {
		if k.Purpose != vault.ForOrg {
			continue
		}
		w, err := org.Wrap(s.Org, k.ID, m)
		if err != nil {
			return err
		}
		return s.hub.GiveKey(ctx, vault.NewKey{Key: k, Wraps: []vault.KeyWrap{w}})
	}
	return fault.New(fault.Unknown, "the hub does not give the organisation's key")
}

// orgSecret gives the organisation's public key and its secret, to a member who holds it. The ring's
// team keys are read and written under the lock alone.
func (s *Session) orgSecret() (root ed25519.PublicKey, org keyring.Secret, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring == nil {
		return nil, org, errOut
	}
	org, err = s.ring.OrgSecret()
	return s.ring.Root, org, err
}
