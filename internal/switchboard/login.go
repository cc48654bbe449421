package switchboard

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"sync"
	"time"

	"amparo/internal/fault"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// Stretch gives the costs and salt with which a member's passphrase is derived. A handle that nobody
// has gets a salt of its own, always the same, so that strangers cannot learn who works here.
func (s *Switchboard) Stretch(ctx context.Context, handle string) (staff.Stretch, error) {
	var out staff.Stretch
	err := s.Store.Read(ctx, func(tx Tx) error {
		org, err := tx.Org() // asked for every handle, so that all take the same time
		if err != nil {
			return err
		}
		mac := hmac.New(sha256.New, org.Key.Cert) // known to desks, not to strangers
		mac.Write([]byte(handle))
		out = staff.Stretch{Salt: mac.Sum(nil)[:16], Time: 3, Memory: 64 << 10, Threads: 4}
		a, err := tx.Account(handle)
		if fault.KindOf(err) == fault.Unknown {
			return nil
		}
		if err == nil {
			out = a.Lock.Stretch
		}
		return err
	})
	return out, err
}

// LogIn checks the proof. Whatever is wrong is the same fault.Stranger, after the same work; too many
// tries at one handle are fault.Slow for a while.
func (s *Switchboard) LogIn(ctx context.Context, l staff.Login) (staff.Entry, error) {
	// Nobody has a handle of another shape, and tries at it are not to fill memory.
	if staff.CheckHandle(l.Handle) != nil {
		return staff.Entry{}, errWrong
	}
	now := s.Now().UTC()
	if !s.tries.allow(l.Handle, now) {
		return staff.Entry{}, fault.New(fault.Slow, "too many tries")
	}
	token := NewToken()
	e := staff.Entry{Token: string(token), Until: now.Add(s.Terms.Session)}
	// Who is wrong is turned away by reading alone: strangers do not make others' writes wait.
	err := s.Store.Read(ctx, func(tx Tx) error {
		a, err := tx.Account(l.Handle)
		known := err == nil
		if err != nil && fault.KindOf(err) != fault.Unknown {
			return err
		}
		given := ProofHash(sha256.Sum256(l.Proof[:]))
		if subtle.ConstantTimeCompare(given[:], a.Proof[:]) != 1 || !known {
			return errWrong
		}
		org, err := tx.Org()
		e.Org, e.Member, e.Lock = org.ID, a.Member, a.Lock
		return err
	})
	if err == nil {
		err = s.Store.Write(ctx, func(tx Tx) error {
			if err := tx.AddSession(Session{Token: token.hash(), Member: e.Member.ID, Until: e.Until, Seen: now}); err != nil {
				return err
			}
			return tx.Record(Event{At: now, By: e.Member.ID, Did: "log-in"})
		})
	}
	if err != nil {
		return staff.Entry{}, err
	}
	s.tries.forget(l.Handle)
	return e, nil
}

var errWrong = fault.New(fault.Stranger, "handle or proof is wrong")

// LogOut ends the session.
func (s *Switchboard) LogOut(ctx context.Context, a Actor) error {
	return s.Store.Write(ctx, func(tx Tx) error {
		if err := tx.DropSession(a.token); err != nil {
			return err
		}
		return tx.Record(Event{At: s.Now().UTC(), By: a.member.ID, Did: "log-out"})
	})
}

// Here is a sign of life from a desk: its member counts as on duty for a while.
func (s *Switchboard) Here(ctx context.Context, a Actor) error {
	return s.Store.Write(ctx, func(tx Tx) error { return tx.SeeSession(a.token, s.Now().UTC()) })
}

// Members gives all who work here; the desk checks every certificate itself.
func (s *Switchboard) Members(ctx context.Context, a Actor) (ms []staff.Member, err error) {
	if a.member.ID == "" {
		return nil, fault.New(fault.Stranger, "no session")
	}
	err = s.Store.Read(ctx, func(tx Tx) error {
		ms, err = tx.Members()
		return err
	})
	return ms, err
}

// Keys gives the team's public keys, and those wrapped to the member who asks.
func (s *Switchboard) Keys(ctx context.Context, a Actor) (k vault.Keys, err error) {
	if a.member.ID == "" {
		return vault.Keys{}, fault.New(fault.Stranger, "no session")
	}
	err = s.Store.Read(ctx, func(tx Tx) error {
		if k.Team, err = tx.TeamKeys(); err != nil {
			return err
		}
		k.Wraps, err = tx.KeyWraps(a.member.ID)
		return err
	})
	return k, err
}

// throttle slows guessing at one handle: five tries at once, then one in ten seconds.
type throttle struct {
	mu   sync.Mutex
	seen map[string]*bucket
}

type bucket struct {
	left  float64
	since time.Time
}

// at is how many tries are left at a time.
func (b *bucket) at(now time.Time) float64 {
	return min(triesAtOnce, b.left+now.Sub(b.since).Seconds()/trySeconds)
}

const (
	triesAtOnce  = 5
	trySeconds   = 10
	handlesKnown = 10_000 // at it the handle with most tries left is forgotten
)

func (t *throttle) allow(handle string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seen == nil {
		t.seen = map[string]*bucket{}
	}
	b := t.seen[handle]
	if b == nil {
		if len(t.seen) >= handlesKnown {
			t.dropFullest(now)
		}
		b = &bucket{triesAtOnce, now}
		t.seen[handle] = b
	}
	b.left, b.since = b.at(now), now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// dropFullest forgets the handle with most tries left, so that naming many cannot free the one that is
// being guessed at.
func (t *throttle) dropFullest(now time.Time) {
	most, of := -1.0, ""
	for h, b := range t.seen {
		if left := b.at(now); left > most {
			most, of = left, h
		}
	}
	delete(t.seen, of)
}

func (t *throttle) forget(handle string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.seen, handle)
}
