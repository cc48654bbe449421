package casework

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/keyring"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Kept is a document of a case, with the version it was read at.
type Kept[T any] struct {
	ID      id.Part // empty when the case does not have it yet
	Version uint64
	By      id.Member
	At      time.Time
	Doc     T
}

// A Case is a case opened, in memory only.
type Case struct {
	ID       id.Case
	Closed   bool
	Opened   time.Time
	Standing vault.Standing // this member's
	Readers  []Reader
	Summary  Kept[casefile.Summary]
	Person   Kept[casefile.Person]
	Journey  Kept[casefile.Journey]
	Episodes []Kept[casefile.Episode] // in the journey's order, without those removed
	Removed  []Kept[casefile.Episode]

	Referrals []Kept[casefile.Referral] // oldest first
	Notes     []Kept[casefile.Note]     // oldest first
	Rejected  []Kept[casefile.Rejected] // more than one when two members rejected the first proposal at once
	Unopened  []vault.Part              // sealed still: damaged, or of a newer version
	Warnings  []Warning

	key   seal.Key
	wraps vault.Wraps
}

// Format keeps a case out of logs, whatever the verb.
func (*Case) Format(f fmt.State, _ rune) { io.WriteString(f, "[case]") }

// A Reader is a member who can open a case.
type Reader struct {
	Member   id.Member
	Handle   string // empty for one who is not certified
	Standing vault.Standing
}

// Cases lists the cases that are wrapped to the member, newest first.
func (s *Session) Cases(ctx context.Context) ([]vault.Listing, error) {
	if err := s.may(staff.Keep); err != nil {
		return nil, err
	}
	return s.hub.Cases(ctx)
}

// OpenCase makes a case, from a conversation that the member can read or from none, and gives its id.
// Its key is wrapped to the member, and to all who oversee. A conversation that is part of a case
// already gives that case's id.
func (s *Session) OpenCase(ctx context.Context, from id.Conversation, label string) (id.Case, error) {
	if err := s.may(staff.Keep); err != nil {
		return "", err
	}
	sum := casefile.Summary{Label: label}
	if from != "" {
		r, err := s.read(ctx, from)
		if err != nil {
			return "", err
		}
		if r.Conversation.Case != "" {
			return r.Conversation.Case, nil
		}
		key, err := s.conversationKey(ctx, r.Conversation)
		if err != nil {
			return "", err
		}
		sum.Conversation, sum.Key = from, key[:]
		sum.Spoken, sum.Written = r.Conversation.Lang, r.Conversation.Lang
	}
	readers := []keyring.Reader{{Member: s.Me, Standing: vault.Assigned}}
	for _, m := range s.Members() {
		if m.Role.May(staff.Oversee) && m.ID != s.Me.ID {
			readers = append(readers, keyring.Reader{Member: m, Standing: vault.Oversight})
		}
	}
	ring, err := s.keyringOf()
	if err != nil {
		return "", err
	}
	key := seal.NewKey()
	n := vault.NewCase{Conversation: from}
	if n.Wraps, err = ring.Wrap(id.New[id.Case](), 1, key, readers); err != nil {
		return "", err
	}
	for _, doc := range []casefile.Document{sum, casefile.Person{}, casefile.Journey{}} {
		p, err := s.sealPart(key, vault.Part{Case: n.Wraps.Case, ID: id.New[id.Part](), Version: 1}, doc)
		if err != nil {
			return "", err
		}
		n.Parts = append(n.Parts, p)
	}
	err = s.hub.NewCase(ctx, n)
	if fault.KindOf(err) == fault.Conflict && from != "" { // the same form twice: the first one won
		if r, again := s.read(ctx, from); again == nil && r.Conversation.Case != "" {
			return r.Conversation.Case, nil
		}
	}
	return n.Wraps.Case, err
}

func (s *Session) sealPart(key seal.Key, p vault.Part, d casefile.Document) (vault.Part, error) {
	plain, err := casefile.Encode(d)
	if err != nil {
		return p, err
	}
	p.Body, err = key.Seal(p.Binding(s.Org), plain)
	if errors.Is(err, seal.ErrTooLong) {
		err = &fault.Error{Kind: fault.TooLong, Field: string(d.Kind()), Cause: err}
	}
	return p, err
}

// Case opens a case. Whoever oversees it without being assigned gives a reason, which is recorded. A
// list of readers whose signature does not hold is refused whole.
func (s *Session) Case(ctx context.Context, l vault.Look) (*Case, error) {
	if err := s.may(staff.Keep); err != nil {
		return nil, err
	}
	sealed, err := s.hub.Case(ctx, l)
	if err != nil {
		return nil, err
	}
	ring, err := s.keyringOf()
	if err != nil {
		return nil, err
	}
	if sealed.ID != l.Case || sealed.Wraps.Case != l.Case {
		return nil, fault.New(fault.Internal, "the hub gave another case")
	}
	by, err := s.member(sealed.Wraps.By)
	if err != nil {
		return nil, fault.New(fault.Internal, "case: readers signed by nobody known: %w", keyring.ErrForged)
	}
	key, err := ring.CaseKey(sealed.Wraps, by)
	if err != nil {
		return nil, fault.New(fault.Internal, "case: %w", err) // an error goes to a log, where no case's id belongs
	}
	c := &Case{ID: sealed.ID, Closed: sealed.Closed, Opened: sealed.Opened, key: key, wraps: sealed.Wraps}
	for _, w := range sealed.Wraps.List {
		r := Reader{Member: w.Member, Standing: w.Standing}
		if m, err := s.member(w.Member); err == nil {
			r.Handle = m.Handle
			if !m.Role.May(staff.Keep) || w.Standing == vault.Oversight && !m.Role.May(staff.Oversee) {
				c.warn(OddReader, string(w.Member))
			}
		} else {
			c.warn(OddReader, string(w.Member))
		}
		c.Readers = append(c.Readers, r)
		if w.Member == s.Me.ID {
			c.Standing = w.Standing
		}
	}
	for _, p := range sealed.Parts {
		p.Case = c.ID
		plain, err := key.Open(p.Binding(s.Org), p.Body)
		if err == nil {
			err = c.take(p, plain)
		}
		if err != nil {
			c.Unopened = append(c.Unopened, p)
			c.warn(UnopenedPart, string(p.ID))
		}
	}
	c.order()
	s.remember(c, sealed)
	return c, nil
}

func (c *Case) warn(s Sign, id string) { c.Warnings = append(c.Warnings, Warning{s, id}) }

func kept[T any](p vault.Part, doc T) Kept[T] {
	return Kept[T]{ID: p.ID, Version: p.Version, By: p.By, At: p.At, Doc: doc}
}

// take puts an opened part in its place.
func (c *Case) take(p vault.Part, plain []byte) error {
	d, err := casefile.Decode(plain)
	if err != nil {
		return err
	}
	switch d := d.(type) {
	case casefile.Summary:
		c.Summary = kept(p, d)
	case casefile.Person:
		c.Person = kept(p, d)
	case casefile.Journey:
		c.Journey = kept(p, d)
	case casefile.Episode:
		if d.Removed {
			c.Removed = append(c.Removed, kept(p, d))
		} else {
			c.Episodes = append(c.Episodes, kept(p, d))
		}
	case casefile.Referral:
		c.Referrals = append(c.Referrals, kept(p, d))
	case casefile.Note:
		c.Notes = append(c.Notes, kept(p, d))
	case casefile.Rejected:
		c.Rejected = append(c.Rejected, kept(p, d))
	}
	return nil
}

// order sorts the episodes as the journey says; those it does not name come after, oldest first. An
// episode that it names and that is not there is told.
func (c *Case) order() {
	for _, p := range c.Journey.Doc.Order {
		there := func(e Kept[casefile.Episode]) bool { return e.ID == p }
		sealed := func(u vault.Part) bool { return u.ID == p }
		if !slices.ContainsFunc(c.Episodes, there) && !slices.ContainsFunc(c.Removed, there) && !slices.ContainsFunc(c.Unopened, sealed) {
			c.warn(MissingPart, string(p))
		}
	}
	place := func(p id.Part) int {
		if i := slices.Index(c.Journey.Doc.Order, p); i >= 0 {
			return i
		}
		return len(c.Journey.Doc.Order)
	}
	slices.SortStableFunc(c.Episodes, func(a, b Kept[casefile.Episode]) int {
		if d := place(a.ID) - place(b.ID); d != 0 {
			return d
		}
		if d := a.At.Compare(b.At); d != 0 {
			return d
		}
		return compare(string(a.ID), string(b.ID))
	})
	slices.SortStableFunc(c.Referrals, func(a, b Kept[casefile.Referral]) int { return a.At.Compare(b.At) })
	slices.SortStableFunc(c.Notes, func(a, b Kept[casefile.Note]) int { return a.At.Compare(b.At) })
}

// remember compares a case with what this session saw of it before.
func (s *Session) remember(c *Case, sealed vault.Case) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring == nil {
		return
	}
	if c.wraps.Version < s.seen.readers[c.ID] {
		c.warn(OldReaders, string(c.ID))
	} else {
		s.seen.readers[c.ID] = c.wraps.Version
	}
	seen := s.seen.parts[c.ID]
	if seen == nil {
		seen = map[id.Part]uint64{}
		s.seen.parts[c.ID] = seen
	}
	now := map[id.Part]bool{}
	for _, p := range sealed.Parts {
		now[p.ID] = true
		if p.Version < seen[p.ID] {
			c.warn(OldPart, string(p.ID))
		} else {
			seen[p.ID] = p.Version
		}
	}
	for p := range seen {
		if !now[p] {
			c.warn(MissingPart, string(p))
		}
	}
}

// Assign lets another member open the case: a member who keeps cases, as one who works on it.
func (s *Session) Assign(ctx context.Context, c *Case, to id.Member) error {
	if err := s.may(staff.Keep); err != nil {
		return err
	}
	m, err := s.member(to)
	if err != nil || !m.Role.May(staff.Keep) {
		return fault.Field("to", "not a member who keeps cases")
	}
	readers := []keyring.Reader{{Member: m, Standing: vault.Assigned}}
	for _, r := range c.Readers {
		if old, err := s.member(r.Member); err == nil && r.Member != to {
			readers = append(readers, keyring.Reader{Member: old, Standing: r.Standing})
		}
	}
	ring, err := s.keyringOf()
	if err != nil {
		return err
	}
	w, err := ring.Wrap(c.ID, c.wraps.Version+1, c.key, readers)
	if err != nil {
		return err
	}
	return s.hub.Assign(ctx, w)
}
