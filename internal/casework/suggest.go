package casework

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"amparo/internal/casefile"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/suggest"
	"amparo/internal/vault"
)

// Bounds on what is read for proposals at once. Older words are left out, and it is told how many.
const (
	maxPassages = 400
	maxRead     = 256 << 10 // bytes
)

// A Passage is one thing said or noted, opened, in memory only.
type Passage struct {
	ID   string    // of the message or of the note
	Seq  uint64    // number of the message in its conversation; 0 for a note
	By   id.Member // who wrote the note; empty for the person
	At   time.Time
	Text string
}

// Words are what proposals are asked for: what the person said in a conversation, or one note.
type Words struct {
	Lang     string // their language as far as anybody said, BCP 47; empty when nobody did
	Passages []Passage
	Left     int // older messages that are too many or too long to be read at once
	Lost     int // messages that do not open, and gaps where some are missing
}

// Suggestions are proposals from words of a case. None is a fact.
type Suggestions struct {
	Words
	Case   *Case
	List   suggest.Language // the word list they were read with; the zero Language when there is none
	Sure   bool             // the language is the one that was said, or can be told from the words
	Looks  string           // tag of another word list that the words surely fit better, or empty
	Offers []Suggestion     // in the order of the words
}

// Format keeps what was said out of logs, whatever the verb.
func (Suggestions) Format(f fmt.State, _ rune) { io.WriteString(f, "[suggestions]") }

// A Suggestion is a proposal in its place, with what was decided about it.
type Suggestion struct {
	suggest.Proposal // Start and End are of Passage.Text
	Passage          Passage
	Key              Mark // names the proposal wherever the same words are read
	Rejected         bool
}

// Suggest opens a case and proposes answers from what the person said in its conversation, or from a note of
// the case. It asks and records what reading those does. list is the tag of the word list to read with; empty,
// it follows the language of the words. A closed case is fault.Ended: nothing could be accepted.
func (s *Session) Suggest(ctx context.Context, l vault.Look, r *suggest.Reader, note id.Part, list string) (Suggestions, error) {
	c, err := s.Case(ctx, l)
	if err != nil {
		return Suggestions{}, err
	}
	if c.Closed {
		return Suggestions{}, fault.New(fault.Ended, "case is closed")
	}
	if note != "" {
		i := slices.IndexFunc(c.Notes, func(n Kept[casefile.Note]) bool { return n.ID == note })
		if i < 0 {
			return Suggestions{}, fault.New(fault.Unknown, "no such note")
		}
		return Propose(r, c, NoteWords(c.Notes[i]), list), nil
	}
	t, err := s.TalkOf(ctx, c)
	if err != nil {
		return Suggestions{}, err
	}
	return Propose(r, c, TalkWords(t), list), nil
}

// NoteWords gives a note as words. Nobody said in which language it is.
func NoteWords(n Kept[casefile.Note]) Words {
	return Words{Passages: []Passage{{ID: string(n.ID), By: n.By, At: n.At, Text: n.Doc.Text}}}
}

// TalkWords gives what the person said in a conversation, without what the team replied.
func TalkWords(t Talk) Words {
	w := Words{Lang: t.Lang}
	size := 0
	for _, l := range slices.Backward(t.Lines) {
		switch {
		case l.From != seal.FromVisitor:
		case l.Fate != Opened:
			w.Lost++
		case w.Left > 0 || len(w.Passages) == maxPassages || size+len(l.Text) > maxRead:
			w.Left++
		default:
			size += len(l.Text)
			w.Passages = append(w.Passages, Passage{ID: string(l.ID), Seq: l.Seq, At: l.At, Text: l.Text})
		}
	}
	slices.Reverse(w.Passages)
	return w
}

// between parts passages so that nothing is matched across them: an empty line ends a sentence.
const between = "\n\n"

// Propose reads words of a case that is open; see Session.Suggest.
func Propose(r *suggest.Reader, c *Case, w Words, list string) Suggestions {
	out := Suggestions{Words: w, Case: c, Sure: true}
	var whole strings.Builder
	var ends []int
	for _, p := range w.Passages {
		whole.WriteString(p.Text)
		ends = append(ends, whole.Len())
		whole.WriteString(between)
	}
	guess, sure := r.Guess(whole.String())
	if list == "" {
		list, _, _ = strings.Cut(w.Lang, "-")
	}
	if list == "" {
		list, out.Sure = guess, sure
	}
	if sure && guess != list {
		out.Looks = guess
	}
	for _, l := range r.Languages() {
		if l.Tag == list {
			out.List = l
		}
	}
	if out.List.Tag == "" {
		return out
	}
	for _, p := range r.Read(whole.String(), list) {
		i, _ := slices.BinarySearch(ends, p.End)
		at := w.Passages[i]
		begin := ends[i] - len(at.Text)
		if p.Start < begin {
			continue // across two passages: nobody said it so
		}
		p.Start, p.End = p.Start-begin, p.End-begin
		o := Suggestion{Proposal: p, Passage: at, Key: MarkOf([]any{at.ID, p.Question, p.Answer, p.Start, p.End})}
		o.Rejected = slices.ContainsFunc(c.Rejected, func(k Kept[casefile.Rejected]) bool { return slices.Contains(k.Doc.Keys, string(o.Key)) })
		out.Offers = append(out.Offers, o)
	}
	return out
}

// Find gives the proposal that a form names. One that is not there any more is fault.Unknown.
func (s Suggestions) Find(key Mark) (Suggestion, error) {
	i := slices.IndexFunc(s.Offers, func(o Suggestion) bool { return o.Key == key })
	if i < 0 {
		return Suggestion{}, fault.New(fault.Unknown, "no such proposal")
	}
	return s.Offers[i], nil
}

// Answers gives the facts of an episode, or about the person when part is empty.
func (c *Case) Answers(part id.Part) (casefile.Facts, error) {
	if part == "" {
		return c.Person.Doc.Facts, nil
	}
	e, err := c.episode(part)
	return e.Doc.Facts, err
}

// An Otherwise says that an accepted fact was not kept, because the same question is answered in another way
// there. It is a fault.Conflict.
type Otherwise struct{ There casefile.Facts }

func (*Otherwise) Error() string { return "answered in another way" }

// Unwrap makes fault.KindOf say Conflict.
func (*Otherwise) Unwrap() error { return &fault.Error{Kind: fault.Conflict} }

// Accept makes a fact of a proposal: it is added to an episode of c, or about the person when part is empty.
// The same answer is not kept twice. Beside another answer it is kept only when seen is the mark of what is there, as
// the member saw it; else it is *Otherwise. Then a yes and a no stand side by side; what was not known is
// known, and gives way.
func (s *Session) Accept(ctx context.Context, l vault.Look, c *Case, part id.Part, f casefile.Fact, seen Mark) error {
	facts, err := c.Answers(part)
	if err != nil {
		return err
	}
	there := facts.On(f.Question)
	if slices.ContainsFunc(there, func(o casefile.Fact) bool { return o.Answer == f.Answer }) {
		return nil
	}
	if len(there) > 0 && MarkOf(there) != seen {
		return &Otherwise{there}
	}
	now := slices.DeleteFunc(slices.Clone(there), func(o casefile.Fact) bool { return o.Answer == casefile.Unknown })
	clashes, err := s.SaveFacts(ctx, l, part, []FactEdit{{f.Question, MarkOf(there), append(now, f)}})
	if err == nil && len(clashes) > 0 {
		return &Otherwise{clashes[0].Theirs.Doc}
	}
	return err
}

// Reject keeps with the case that a proposal is turned down, so that no colleague is asked again, or takes that
// back.
func (s *Session) Reject(ctx context.Context, l vault.Look, key Mark, rejected bool) error {
	return s.change(ctx, l, func(c *Case) (id.Part, uint64, casefile.Document, error) {
		has := func(k Kept[casefile.Rejected]) bool { return slices.Contains(k.Doc.Keys, string(key)) }
		i := slices.IndexFunc(c.Rejected, has)
		switch {
		case i >= 0 == rejected:
			return "", 0, nil, nil
		case i >= 0:
			k := c.Rejected[i]
			k.Doc.Keys = slices.DeleteFunc(slices.Clone(k.Doc.Keys), func(o string) bool { return o == string(key) })
			return k.ID, k.Version, k.Doc, nil
		}
		var k Kept[casefile.Rejected]
		if len(c.Rejected) > 0 {
			k = c.Rejected[0]
		}
		k.Doc.Keys = append(slices.Clone(k.Doc.Keys), string(key))
		return k.ID, k.Version, k.Doc, nil
	})
}
