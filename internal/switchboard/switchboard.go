package switchboard

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// Terms are the few numbers that an organisation may set.
type Terms struct {
	Lease    time.Duration // how long a member may be silent in a conversation they hold
	Session  time.Duration // how long a desk stays logged in
	Keep     time.Duration // how long an ended conversation without a case is kept, and how long one waits at most
	Wordless time.Duration // how long one waits in which nothing was said
	Present  time.Duration // how long after a sign of life a member counts as on duty
}

// DefaultTerms are what a hub starts with.
var DefaultTerms = Terms{Lease: 5 * time.Minute, Session: 10 * time.Hour, Keep: 30 * 24 * time.Hour, Wordless: time.Hour, Present: 90 * time.Second}

// A Switchboard is the hub's use cases over a store and a bus.
type Switchboard struct {
	Store   Store
	Bus     Bus
	Now     func() time.Time
	Terms   Terms
	tries   throttle
	follows follows
}

// New is a switchboard with DefaultTerms.
func New(store Store, bus Bus, now func() time.Time) *Switchboard {
	return &Switchboard{Store: store, Bus: bus, Now: now, Terms: DefaultTerms}
}

// A Token is a bearer's secret of 256 random bits. It is shown once and kept only as a hash.
type Token string

// Format keeps a token out of logs, whatever the verb.
func (Token) Format(f fmt.State, _ rune) { io.WriteString(f, "[sealed]") }

// NewToken gives a fresh token.
func NewToken() Token {
	var b [32]byte
	rand.Read(b[:])
	return Token(base64.RawURLEncoding.EncodeToString(b[:]))
}

func (t Token) hash() TokenHash { return sha256.Sum256([]byte(t)) }

// look announces that each topic changed.
func (s *Switchboard) look(topics ...string) {
	for _, t := range topics {
		s.Bus.Announce(chat.Note{Topic: t, Sign: chat.Look})
	}
}

// An Actor is a member whose session was checked. Only Enter makes one.
type Actor struct {
	member staff.Member
	token  TokenHash
}

// Enter gives the actor whose session the token names. Without one it is fault.Stranger.
func (s *Switchboard) Enter(ctx context.Context, t Token) (Actor, error) {
	a := Actor{token: t.hash()}
	err := s.Store.Read(ctx, func(tx Tx) error {
		session, err := tx.Session(a.token)
		if err != nil {
			return err
		}
		if !s.Now().Before(session.Until) {
			return fault.New(fault.Unknown, "session is over")
		}
		a.member, err = tx.Member(session.Member)
		return err
	})
	if fault.KindOf(err) == fault.Unknown {
		return Actor{}, fault.New(fault.Stranger, "no session: %w", err)
	}
	return a, err
}

// ID is whose session it is.
func (a Actor) ID() id.Member { return a.member.ID }

// may is the one gate: what a role has no right to looks like what does not exist.
func (a Actor) may(r staff.Right) error {
	if a.member.ID == "" || !a.member.Role.May(r) {
		return fault.New(fault.Unknown, "role %q has no right %q", a.member.Role, r)
	}
	return nil
}

// act is the frame of a member's use case: the right is asked, f runs in one write, the event is
// recorded in the same write, and the topics are announced after it.
func (s *Switchboard) act(ctx context.Context, a Actor, r staff.Right, e Event, f func(Tx) error, topics ...string) error {
	if err := a.may(r); err != nil {
		return err
	}
	e.At, e.By = s.Now().UTC(), a.member.ID
	err := s.Store.Write(ctx, func(tx Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return tx.Record(e)
	})
	if err == nil {
		s.look(topics...)
	}
	return err
}

// read is the frame of a use case that changes nothing and is not recorded.
func (s *Switchboard) read(ctx context.Context, a Actor, r staff.Right, f func(Tx) error) error {
	if err := a.may(r); err != nil {
		return err
	}
	return s.Store.Read(ctx, f)
}

func checkID[T ~string](field string, v T) error {
	if !id.Valid(v) {
		return fault.Field(field, "not an id")
	}
	return nil
}

// Org gives the organisation and the queue key that a visitor is to seal to now.
func (s *Switchboard) Org(ctx context.Context) (org Org, queue vault.TeamKey, err error) {
	err = s.Store.Read(ctx, func(tx Tx) error {
		if org, err = tx.Org(); err != nil {
			return err
		}
		queue, err = current(tx, vault.ForQueue, s.Now())
		return err
	})
	return org, queue, err
}

// current is the newest key of a purpose that may be sealed to now.
func current(tx Tx, p vault.Purpose, now time.Time) (vault.TeamKey, error) {
	keys, err := tx.TeamKeys()
	if err != nil {
		return vault.TeamKey{}, err
	}
	for i := len(keys) - 1; i >= 0; i-- {
		k := keys[i]
		if k.Purpose == p && !now.Before(k.From) && (k.Until.IsZero() || now.Before(k.Until)) {
			return k, nil
		}
	}
	return vault.TeamKey{}, fault.New(fault.Busy, "no %s key is in force", p)
}
