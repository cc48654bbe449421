package casework

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"amparo/internal/casefile"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Mark is a digest of something as it was shown. A form carries it back, so that saving can tell
// whether somebody else changed that very thing since; another change in the same document is no clash.
type Mark string

// MarkOf digests v. What is empty has a mark too.
func MarkOf(v any) Mark {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only plain data is marked
	}
	sum := sha256.Sum256(b)
	return Mark(hex.EncodeToString(sum[:8]))
}

// A Clash is a save that was refused because somebody else changed the same thing first. It holds both,
// so that nothing is lost; saved again with the mark of Theirs it goes through. It is a fault.Conflict.
type Clash[T any] struct {
	Theirs Kept[T]
	Mine   T
}

func (*Clash[T]) Error() string { return "changed by another since it was shown" }

// Unwrap makes fault.KindOf say Conflict.
func (*Clash[T]) Unwrap() error { return &fault.Error{Kind: fault.Conflict} }

// saveTries bounds how often a save is laid over a newer version of the document.
const saveTries = 5

// change opens the case, gives it to edit, and keeps the document that edit returns in the part it
// names. When another write came between it starts over with what is there then.
func (s *Session) change(ctx context.Context, l vault.Look, edit func(*Case) (id.Part, uint64, casefile.Document, error)) error {
	if err := s.may(staff.Keep); err != nil {
		return err
	}
	var last error
	for range saveTries {
		c, err := s.Case(ctx, l)
		if err != nil {
			return err
		}
		if c.Closed {
			return fault.New(fault.Ended, "case is closed")
		}
		part, version, doc, err := edit(c)
		if err != nil || doc == nil {
			return err
		}
		if part == "" {
			part, version = id.New[id.Part](), 0
		}
		p, err := s.sealPart(c.key, vault.Part{Case: c.ID, ID: part, Version: version + 1}, doc)
		if err != nil {
			return err
		}
		if last = again(func() error { return s.hub.PutPart(ctx, p) }); fault.KindOf(last) != fault.Conflict {
			if last == nil {
				s.wrote(p)
			}
			return last
		}
	}
	return last
}

// wrote remembers a version that was kept.
func (s *Session) wrote(p vault.Part) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if seen := s.seen.parts[p.Case]; seen != nil {
		seen[p.ID] = max(seen[p.ID], p.Version)
	}
}

// A Head is what an episode's form shows besides its facts.
type Head struct {
	Label  string
	When   casefile.When
	Actors []string
}

// HeadOf gives an episode's head.
func HeadOf(e casefile.Episode) Head { return Head{e.Label, e.When, e.Actors} }

// AddEpisode adds an episode at the end of the journey. The part's id comes from the form: a form sent
// twice adds one.
func (s *Session) AddEpisode(ctx context.Context, l vault.Look, part id.Part, h Head) error {
	if !id.Valid(part) {
		return fault.Field("id", "not an id")
	}
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		if _, err := c.episode(part); err == nil {
			return "", 0, nil, nil // the same form again
		}
		return part, 0, casefile.Episode{Label: h.Label, When: h.When, Actors: h.Actors}, nil
	})
}

// SaveEpisode replaces an episode's head, shown with the mark was. Clash[Head] when somebody else did.
func (s *Session) SaveEpisode(ctx context.Context, l vault.Look, part id.Part, was Mark, h Head) error {
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		e, err := c.episode(part)
		if err != nil {
			return "", 0, nil, err
		}
		if theirs := HeadOf(e.Doc); MarkOf(theirs) != was && MarkOf(theirs) != MarkOf(h) {
			return "", 0, nil, &Clash[Head]{Kept[Head]{e.ID, e.Version, e.By, e.At, theirs}, h}
		}
		e.Doc.Label, e.Doc.When, e.Doc.Actors = h.Label, h.When, h.Actors
		return e.ID, e.Version, e.Doc, nil
	})
}

// RemoveEpisode takes an episode out of the journey, or puts it back. It is kept either way.
func (s *Session) RemoveEpisode(ctx context.Context, l vault.Look, part id.Part, removed bool) error {
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		e, err := c.episode(part)
		if err != nil || e.Doc.Removed == removed {
			return "", 0, nil, err
		}
		e.Doc.Removed = removed
		return e.ID, e.Version, e.Doc, nil
	})
}

func (c *Case) episode(part id.Part) (Kept[casefile.Episode], error) {
	for _, e := range slices.Concat(c.Episodes, c.Removed) {
		if e.ID == part {
			return e, nil
		}
	}
	return Kept[casefile.Episode]{}, fault.New(fault.Unknown, "no such episode")
}

// MoveEpisode moves an episode by so many places in the journey.
func (s *Session) MoveEpisode(ctx context.Context, l vault.Look, part id.Part, by int) error {
	return s.saveJourney(ctx, l, func(c *Case, j *casefile.Journey) error {
		if _, err := c.episode(part); err != nil {
			return err
		}
		var shown []id.Part
		for _, e := range c.Episodes {
			shown = append(shown, e.ID)
		}
		j.Order = casefile.Move(shown, part, by)
		return nil
	})
}

// SetComplete says whether the list of episodes is complete.
func (s *Session) SetComplete(ctx context.Context, l vault.Look, complete bool) error {
	return s.saveJourney(ctx, l, func(_ *Case, j *casefile.Journey) error {
		j.Complete = complete
		return nil
	})
}

// Link says which actors act together: groups of names.
func (s *Session) Link(ctx context.Context, l vault.Look, was Mark, groups [][]string) error {
	return s.saveJourney(ctx, l, func(c *Case, j *casefile.Journey) error {
		if MarkOf(j.Linked) != was && MarkOf(j.Linked) != MarkOf(groups) {
			k := c.Journey
			return &Clash[[][]string]{Kept[[][]string]{k.ID, k.Version, k.By, k.At, j.Linked}, groups}
		}
		j.Linked = groups
		return nil
	})
}

func (s *Session) saveJourney(ctx context.Context, l vault.Look, edit func(*Case, *casefile.Journey) error) error {
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		j := c.Journey.Doc
		if err := edit(c, &j); err != nil {
			return "", 0, nil, err
		}
		return c.Journey.ID, c.Journey.Version, j, nil
	})
}

// SaveSummary replaces label, languages and contact, shown with the mark was. The conversation and its
// key stay as they are. Clash[casefile.Summary] when somebody else changed them.
func (s *Session) SaveSummary(ctx context.Context, l vault.Look, was Mark, sum casefile.Summary) error {
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		theirs := c.Summary
		sum.Conversation, sum.Key = theirs.Doc.Conversation, theirs.Doc.Key
		if now := MarkOf(theirs.Doc); now != was && now != MarkOf(sum) {
			return "", 0, nil, &Clash[casefile.Summary]{theirs, sum}
		}
		return theirs.ID, theirs.Version, sum, nil
	})
}

// A FactEdit replaces the facts on one question, shown with the mark Was.
type FactEdit struct {
	Question string
	Was      Mark
	Now      casefile.Facts
}

// A FactClash is an edit that somebody else's change stands against.
type FactClash struct {
	FactEdit
	Theirs Kept[casefile.Facts]
}

// SaveFacts changes answers in an episode, or about the person when part is empty. Edits that nobody
// else's change stands against are kept; the others are given back with what is there now.
func (s *Session) SaveFacts(ctx context.Context, l vault.Look, part id.Part, edits []FactEdit) ([]FactClash, error) {
	var clashes []FactClash
	err := s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		clashes = nil
		var meta Kept[casefile.Facts]
		var e Kept[casefile.Episode]
		if part == "" {
			meta = Kept[casefile.Facts]{c.Person.ID, c.Person.Version, c.Person.By, c.Person.At, c.Person.Doc.Facts}
		} else {
			var err error
			if e, err = c.episode(part); err != nil {
				return "", 0, nil, err
			}
			meta = Kept[casefile.Facts]{e.ID, e.Version, e.By, e.At, e.Doc.Facts}
		}
		facts, changed := meta.Doc, false
		for _, edit := range edits {
			for _, f := range edit.Now {
				if f.Question != edit.Question {
					return "", 0, nil, fault.Field(edit.Question, "a fact on another question")
				}
			}
			there := facts.On(edit.Question)
			switch MarkOf(there) {
			case MarkOf(edit.Now):
			case edit.Was:
				facts, changed = facts.Put(edit.Question, edit.Now), true
			default:
				theirs := meta
				theirs.Doc = there
				clashes = append(clashes, FactClash{edit, theirs})
			}
		}
		switch {
		case !changed:
			return "", 0, nil, nil
		case part == "":
			return meta.ID, meta.Version, casefile.Person{Facts: facts}, nil
		}
		e.Doc.Facts = facts
		return meta.ID, meta.Version, e.Doc, nil
	})
	return clashes, err
}

// AddNote adds a note. The part's id comes from the form: a form sent twice adds one.
func (s *Session) AddNote(ctx context.Context, l vault.Look, part id.Part, text string) error {
	return s.add(ctx, l, part, casefile.Note{Text: text})
}

// Refer records that the person was put in touch with a service. Without the person's consent it is
// refused, naming the field.
func (s *Session) Refer(ctx context.Context, l vault.Look, part id.Part, r casefile.Referral) error {
	return s.add(ctx, l, part, r)
}

func (s *Session) add(ctx context.Context, l vault.Look, part id.Part, d casefile.Document) error {
	if !id.Valid(part) {
		return fault.Field("id", "not an id")
	}
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		for _, n := range c.Notes {
			if n.ID == part {
				return "", 0, nil, nil
			}
		}
		for _, r := range c.Referrals {
			if r.ID == part {
				return "", 0, nil, nil
			}
		}
		return part, 0, d, nil
	})
}
