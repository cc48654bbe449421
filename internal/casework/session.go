package casework

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/keyring"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Session is a member at their desk, with their keys unlocked in memory. Every method asks the
// member's role first; what it has no right to is fault.Unknown, as at the hub. It may be used by
// several goroutines at once.
type Session struct {
	Me    staff.Member
	Org   string
	Until time.Time // when the hub ends it
	hub   Hub

	mu      sync.Mutex
	ring    *keyring.Ring // nil once logged out
	members map[id.Member]staff.Member
	keys    []vault.TeamKey
	dropped []Warning // what the hub gave with a forged certificate
	seen    memory
}

// A Warning is something that an honest hub does not do, or that damage did. It names what kind of
// thing and its random id, never content.
type Warning struct {
	Sign Sign
	ID   string
}

// A Sign says what a Warning is about.
type Sign string

const (
	ForgedMember    Sign = "forged-member"    // a member whom the organisation did not certify, or with other keys
	ForgedKey       Sign = "forged-key"       // a team key that the organisation did not certify
	UnopenedKey     Sign = "unopened-key"     // a team key wrapped to this member that does not open
	UnopenedMessage Sign = "unopened-message" // a message that does not open
	MissingMessage  Sign = "missing-message"  // messages that were said and are not there
	MovedMessage    Sign = "moved-message"    // messages not in the order in which they were said
	UnopenedPart    Sign = "unopened-part"    // a part of a case that does not open
	MissingPart     Sign = "missing-part"     // a part that was there before, or is named elsewhere
	OldPart         Sign = "old-part"         // an older version than was seen before
	OldReaders      Sign = "old-readers"      // an older list of readers than was seen before
	OddReader       Sign = "odd-reader"       // a reader whose role should not have that standing
	UnopenedRow     Sign = "unopened-row"     // a coded row that does not open
)

// memory is what a session has seen, so that a hub that takes it back is found out.
type memory struct {
	talks   map[id.Conversation][2]uint64 // turns of visitor and team
	parts   map[id.Case]map[id.Part]uint64
	readers map[id.Case]uint64
}

// LogIn runs Argon2id once over the passphrase: one half of what it gives proves to the hub who one is,
// the other half unlocks the member's keys here. What is wrong, handle or passphrase, is not said:
// both are fault.Stranger. Too many tries are fault.Slow.
func LogIn(ctx context.Context, gate Gate, handle, passphrase string) (*Session, error) {
	stretch, err := gate.Stretch(ctx, handle)
	if err != nil {
		return nil, err
	}
	if err := lawful(stretch); err != nil {
		return nil, err
	}
	proof, key := keyring.Derive(passphrase, stretch)
	entry, hub, err := gate.LogIn(ctx, staff.Login{Handle: handle, Proof: proof})
	if err != nil {
		return nil, err
	}
	ring, err := keyring.Unlock(entry.Org, entry.Member.ID, key, entry.Lock)
	if err != nil {
		return nil, fault.New(fault.Stranger, "lock: %w", err)
	}
	s := &Session{Me: entry.Member, Org: entry.Org, Until: entry.Until, hub: hub, ring: ring, seen: memory{
		talks: map[id.Conversation][2]uint64{}, parts: map[id.Case]map[id.Part]uint64{}, readers: map[id.Case]uint64{}}}
	if err := ring.CheckMember(entry.Member); err != nil {
		return nil, fault.New(fault.Internal, "the hub gives this member other keys than the organisation certified: %w", err)
	}
	return s, s.Refresh(ctx)
}

// lawful refuses costs so low that the hub could guess the passphrase from the proof, or so high that
// deriving would not end.
func lawful(s staff.Stretch) error {
	least := keyring.NewStretch()
	if len(s.Salt) < 16 || s.Time < least.Time || s.Memory < least.Memory || s.Threads < 1 || s.Time > 20 || s.Memory > 1<<20 {
		return fault.New(fault.Internal, "the hub asks for costs of %d passes over %d KiB", s.Time, s.Memory)
	}
	return nil
}

// LogOut ends the session here, whatever the hub answers, and there. The keys are let go of first.
func (s *Session) LogOut(ctx context.Context) error {
	s.mu.Lock()
	s.ring, s.members, s.keys, s.seen = nil, nil, nil, memory{}
	s.mu.Unlock()
	return s.hub.LogOut(ctx)
}

// Refresh fetches members and team keys again, and keeps only those that the organisation certified.
func (s *Session) Refresh(ctx context.Context) error {
	members, err := s.hub.Members(ctx)
	if err != nil {
		return err
	}
	keys, err := s.hub.Keys(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring == nil {
		return errOut
	}
	s.members, s.keys, s.dropped = map[id.Member]staff.Member{}, nil, nil
	for _, m := range members {
		if s.ring.CheckMember(m) != nil {
			s.dropped = append(s.dropped, Warning{ForgedMember, string(m.ID)})
			continue
		}
		s.members[m.ID] = m
	}
	for _, k := range keys.Team {
		if s.ring.CheckTeamKey(k) != nil {
			s.dropped = append(s.dropped, Warning{ForgedKey, string(k.ID)})
			continue
		}
		s.keys = append(s.keys, k)
		for _, w := range keys.Wraps {
			if w.Key == k.ID && w.Member == s.Me.ID && s.ring.Take(k, w) != nil {
				s.dropped = append(s.dropped, Warning{UnopenedKey, string(k.ID)})
			}
		}
	}
	return nil
}

var errOut = fault.New(fault.Stranger, "logged out")

// Warnings are what was dropped at the last Refresh.
func (s *Session) Warnings() []Warning {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.dropped)
}

// Here is a sign of life: without one for a while the member counts as off duty.
func (s *Session) Here(ctx context.Context) error { return s.hub.Here(ctx) }

// may asks the member's right, as the organisation certified the role, and that they are logged in.
func (s *Session) may(r staff.Right) error {
	if !s.Me.Role.May(r) {
		return fault.New(fault.Unknown, "role %q has no right %q", s.Me.Role, r)
	}
	_, err := s.keyringOf()
	return err
}

// keyringOf gives the ring, unless logged out.
func (s *Session) keyringOf() (*keyring.Ring, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring == nil {
		return nil, errOut
	}
	return s.ring, nil
}

// Members gives all certified members, by handle.
func (s *Session) Members() []staff.Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []staff.Member
	for _, m := range s.members {
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b staff.Member) int { return compare(a.Handle, b.Handle) })
	return out
}

// Handle gives a certified member's work name, or "" for nobody known.
func (s *Session) Handle(m id.Member) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.members[m].Handle
}

func (s *Session) member(m id.Member) (staff.Member, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.members[m]
	if !ok {
		return staff.Member{}, fault.New(fault.Unknown, "no certified member of that id")
	}
	return found, nil
}

// current gives the newest certified key of a purpose that may be sealed to now.
func (s *Session) current(p vault.Purpose, now time.Time) (vault.TeamKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range slices.Backward(s.keys) {
		if k.Purpose == p && !now.Before(k.From) && (k.Until.IsZero() || now.Before(k.Until)) {
			return k, nil
		}
	}
	return vault.TeamKey{}, fault.New(fault.Busy, "no %s key is in force", p)
}

func compare(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Format keeps a session out of logs, whatever the verb.
func (*Session) Format(f fmt.State, _ rune) { io.WriteString(f, "[session]") }
