package casework

import (
	"context"
	"time"
	"unicode/utf8"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
)

// A Queue is the conversations that are not closed, each part in the queue's order.
type Queue struct {
	Waiting, Mine, Others []chat.Conversation
}

// Queue gives the queue.
func (s *Session) Queue(ctx context.Context) (Queue, error) {
	var q Queue
	if err := s.may(staff.Answer); err != nil {
		return q, err
	}
	all, err := s.hub.Queue(ctx)
	for _, c := range all {
		switch {
		case c.State == chat.Waiting:
			q.Waiting = append(q.Waiting, c)
		case c.Member == s.Me.ID:
			q.Mine = append(q.Mine, c)
		default:
			q.Others = append(q.Others, c)
		}
	}
	return q, err
}

// Claim takes a conversation from the queue, or renews the hold on it.
func (s *Session) Claim(ctx context.Context, c id.Conversation) error {
	return s.answer(func() error { _, err := s.hub.Claim(ctx, c); return err })
}

// Renew is a sign of life in a conversation that the member holds.
func (s *Session) Renew(ctx context.Context, c id.Conversation) error {
	return s.answer(func() error { _, err := s.hub.Renew(ctx, c); return err })
}

// Return puts a held conversation back in the queue, at its old place.
func (s *Session) Return(ctx context.Context, c id.Conversation) error {
	return s.answer(func() error { _, err := s.hub.Return(ctx, c); return err })
}

// Close ends a held conversation.
func (s *Session) Close(ctx context.Context, c id.Conversation) error {
	return s.answer(func() error { _, err := s.hub.Close(ctx, c); return err })
}

// Typing tells the visitor that the member is writing, and renews the hold.
func (s *Session) Typing(ctx context.Context, c id.Conversation) error {
	return s.answer(func() error { return s.hub.TeamTyping(ctx, c) })
}

// Transfer hands a held conversation to another member who answers. It must be one whom the
// organisation certified.
func (s *Session) Transfer(ctx context.Context, c id.Conversation, to id.Member) error {
	return s.answer(func() error {
		m, err := s.member(to)
		if err != nil || !m.Role.May(staff.Answer) || m.ID == s.Me.ID {
			return fault.Field("to", "not another member who answers")
		}
		_, err = s.hub.Transfer(ctx, chat.Transfer{Conversation: c, To: to})
		return err
	})
}

func (s *Session) answer(f func() error) error {
	if err := s.may(staff.Answer); err != nil {
		return err
	}
	return f()
}

// Watch gives notes of the queue and of the conversations named; see Hub.
func (s *Session) Watch(ctx context.Context, cs ...id.Conversation) (<-chan chat.Note, error) {
	if err := s.may(staff.Answer); err != nil {
		return nil, err
	}
	return s.hub.Watch(ctx, cs...)
}

// A Talk is a conversation opened, in memory only.
type Talk struct {
	chat.Conversation
	Lines    []Line
	Warnings []Warning
}

// A Line is one thing said. What does not open, or is not there, is a line all the same.
type Line struct {
	ID       id.Message
	Seq      uint64
	From     seal.Direction
	Text     string
	At       time.Time
	SealedBy chat.Sealer
	Fate     Fate
}

// A Fate says whether a line could be read.
type Fate string

const (
	Opened   Fate = "opened"
	Unopened Fate = "unopened" // damaged, moved or another's
	Missing  Fate = "missing"  // one or more were said here and the hub does not give them
)

// Talk opens a conversation that the member holds or held last, with the queue key it was sealed to.
func (s *Session) Talk(ctx context.Context, c id.Conversation) (Talk, error) {
	if err := s.may(staff.Answer); err != nil {
		return Talk{}, err
	}
	r, err := s.read(ctx, c)
	if err != nil {
		return Talk{}, err
	}
	key, err := s.conversationKey(ctx, r.Conversation)
	if err != nil {
		return Talk{}, err
	}
	return s.open(r, key), nil
}

// TalkOf opens the conversation that a case grew from, with the key that the case keeps.
func (s *Session) TalkOf(ctx context.Context, c *Case) (Talk, error) {
	if err := s.may(staff.Keep); err != nil {
		return Talk{}, err
	}
	sum := c.Summary.Doc
	if sum.Conversation == "" {
		return Talk{}, fault.New(fault.Unknown, "case has no conversation")
	}
	r, err := s.read(ctx, sum.Conversation)
	if err != nil {
		return Talk{}, err
	}
	return s.open(r, seal.Key(sum.Key)), nil
}

// read fetches a conversation and makes sure that it is the one asked for.
func (s *Session) read(ctx context.Context, c id.Conversation) (chat.Reading, error) {
	r, err := s.hub.Read(ctx, c)
	if err == nil && r.Conversation.ID != c {
		return chat.Reading{}, fault.New(fault.Internal, "the hub gave another conversation")
	}
	return r, err
}

// conversationKey opens a conversation's key. A queue key that is not known yet is fetched first.
func (s *Session) conversationKey(ctx context.Context, c chat.Conversation) (seal.Key, error) {
	for fresh := false; ; fresh = true {
		s.mu.Lock()
		if s.ring == nil {
			s.mu.Unlock()
			return seal.Key{}, errOut
		}
		key, err := s.ring.Conversation(c)
		s.mu.Unlock()
		if err == nil || fresh || fault.KindOf(err) != fault.Unknown {
			return key, err
		}
		if err := s.Refresh(ctx); err != nil {
			return seal.Key{}, err
		}
	}
}

// open opens every message and checks that each side's turns follow one another without a gap. The
// order of the two sides among each other is the hub's word; the order within a side is sealed.
func (s *Session) open(r chat.Reading, key seal.Key) Talk {
	t := Talk{Conversation: r.Conversation}
	var turn, expect [2]uint64
	warn := func(sign Sign, id string) { t.Warnings = append(t.Warnings, Warning{sign, id}) }
	side := func(d seal.Direction) int {
		if d == seal.FromTeam {
			return 1
		}
		return 0
	}
	for _, m := range r.Messages {
		l := Line{ID: m.ID, Seq: m.Seq, From: m.From, At: m.At, SealedBy: m.SealedBy, Fate: Opened}
		m.Conversation = r.Conversation.ID
		plain, err := key.Open(m.Binding(s.Org), m.Body)
		if err != nil || !utf8.Valid(plain) {
			l.Fate = Unopened
			warn(UnopenedMessage, string(m.ID))
		} else {
			l.Text = string(plain)
			i := side(m.From)
			switch {
			case m.Turn > turn[i]+1:
				warn(MissingMessage, string(r.Conversation.ID))
				t.Lines = append(t.Lines, Line{From: m.From, At: m.At, Fate: Missing})
			case m.Turn <= turn[i]:
				warn(MovedMessage, string(m.ID))
			}
			turn[i] = max(turn[i], m.Turn)
		}
		t.Lines = append(t.Lines, l)
	}
	// What does not open has no turn to trust, but it fills a gap at the end if there is one.
	unopened := [2]uint64{}
	for _, l := range t.Lines {
		if l.Fate == Unopened {
			unopened[side(l.From)]++
		}
	}
	s.mu.Lock()
	expect = [2]uint64{r.Conversation.Visitor, r.Conversation.Team}
	if s.ring != nil {
		was := s.seen.talks[r.Conversation.ID]
		expect = [2]uint64{max(expect[0], was[0]), max(expect[1], was[1])}
		s.seen.talks[r.Conversation.ID] = expect
	}
	s.mu.Unlock()
	for i, from := range []seal.Direction{seal.FromVisitor, seal.FromTeam} {
		if turn[i]+unopened[i] < expect[i] {
			warn(MissingMessage, string(r.Conversation.ID))
			t.Lines = append(t.Lines, Line{From: from, Fate: Missing})
		}
	}
	return t
}

// replyTries bounds how often a reply takes the next turn again after somebody else took it.
const replyTries = 5

// Reply seals text as the team's next turn and sends it. The id comes from the form, so that a form
// sent twice is kept once: the same id again gives the first receipt.
func (s *Session) Reply(ctx context.Context, c id.Conversation, m id.Message, text string) (chat.Receipt, error) {
	if err := s.may(staff.Answer); err != nil {
		return chat.Receipt{}, err
	}
	switch {
	case text == "":
		return chat.Receipt{}, fault.Field("text", "empty")
	case len(text) > seal.MaxMessage:
		return chat.Receipt{}, &fault.Error{Kind: fault.TooLong, Field: "text"}
	case !utf8.ValidString(text):
		return chat.Receipt{}, fault.Field("text", "not UTF-8")
	case !id.Valid(m):
		return chat.Receipt{}, fault.Field("id", "not an id")
	}
	var last error
	for range replyTries {
		r, err := s.read(ctx, c)
		if err != nil {
			return chat.Receipt{}, err
		}
		key, err := s.conversationKey(ctx, r.Conversation)
		if err != nil {
			return chat.Receipt{}, err
		}
		for _, old := range r.Messages {
			if old.ID != m {
				continue
			}
			old.Conversation = c
			plain, err := key.Open(old.Binding(s.Org), old.Body)
			if err != nil || old.From != seal.FromTeam || string(plain) != text {
				return chat.Receipt{}, fault.New(fault.Conflict, "that id was used for something else")
			}
			return chat.Receipt{Seq: old.Seq, At: old.At}, nil
		}
		msg := chat.Message{Conversation: c, ID: m, From: seal.FromTeam, Turn: s.nextTurn(r.Conversation), SealedBy: chat.ByDesk}
		if msg.Body, err = key.Seal(msg.Binding(s.Org), []byte(text)); err != nil {
			return chat.Receipt{}, err
		}
		var receipt chat.Receipt
		err = again(func() (err error) { receipt, err = s.hub.Reply(ctx, msg); return err })
		if fault.KindOf(err) != fault.Conflict {
			if err == nil {
				s.spoke(c, msg.Turn)
			}
			return receipt, err
		}
		last = err
	}
	return chat.Receipt{}, last
}

// again sends once more what the hub did not answer to: it may have been kept and only the answer lost.
// It is for what the hub keeps once, however often the same bytes come.
func again(send func() error) error {
	err := send()
	if fault.KindOf(err) == fault.Busy {
		err = send()
	}
	return err
}

// nextTurn never gives a turn that this session has seen used, whatever the hub says: two messages
// under one turn could be exchanged unseen.
func (s *Session) nextTurn(c chat.Conversation) uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return max(c.Team, s.seen.talks[c.ID][1]) + 1
}

func (s *Session) spoke(c id.Conversation, turn uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring != nil {
		was := s.seen.talks[c]
		s.seen.talks[c] = [2]uint64{was[0], max(was[1], turn)}
	}
}
