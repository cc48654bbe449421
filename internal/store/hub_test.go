package store_test

import (
	"cmp"
	"crypto/hpke"
	"fmt"
	"slices"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// A hub is a switchboard that is set up, with the queue key's private half.
type hub struct {
	*switchboard.Switchboard
	queue   vault.TeamKey
	private hpke.PrivateKey
}

const org = "org"

// newHub sets a hub up over an empty store.
func newHub(t testing.TB, s switchboard.Store) hub {
	t.Helper()
	private, err := seal.TeamKEM.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	h := hub{switchboard.New(s, &bus.Memory{}, time.Now), vault.TeamKey{ID: id.New[id.Key](), Purpose: vault.ForQueue,
		Public: private.PublicKey().Bytes(), From: time.Now().Add(-time.Hour)}, private}
	ana := staff.NewMember{Member: staff.Member{ID: id.New[id.Member](), Handle: "ana", Role: staff.Advocate}, Proof: [32]byte{'a'}}
	if err := h.Found(t.Context(), switchboard.Founding{Org: switchboard.Org{ID: org, Name: "Org"}, Members: []staff.NewMember{ana},
		Keys: []vault.TeamKey{h.queue}}); err != nil {
		t.Fatal(err)
	}
	return h
}

// A talker is both sides of one conversation: they keep count and remember every word that was
// acknowledged.
type talker struct {
	switchboard.Opening
	key  seal.Key
	said map[seal.Direction][]chat.Message // with the number that the receipt gave
}

func newTalker(queue vault.TeamKey) (*talker, error) {
	v := &talker{key: seal.NewKey(), said: map[seal.Direction][]chat.Message{}}
	v.Conversation, v.Token, v.Door, v.Lang, v.Key = id.New[id.Conversation](), switchboard.NewToken(), chat.Help, "en", queue.ID
	var err error
	v.Envelope, err = seal.To(seal.TeamKEM, queue.Public, chat.Conversation{ID: v.Conversation, Key: queue.ID}.Binding(org), v.key[:])
	return v, err
}

func word(m chat.Message) string { return fmt.Sprintf("%s's word %d", m.From, m.Turn) }

// next is a side's next message, sealed.
func (v *talker) next(from seal.Direction) (chat.Message, error) {
	m := chat.Message{Conversation: v.Conversation, ID: id.New[id.Message](), From: from, Turn: uint64(len(v.said[from]) + 1)}
	var err error
	m.Body, err = v.key.Seal(m.Binding(org), []byte(word(m)))
	return m, err
}

// heard notes that a message was acknowledged.
func (v *talker) heard(m chat.Message, r chat.Receipt) {
	m.Seq = r.Seq
	v.said[m.From] = append(v.said[m.From], m)
}

// holds says whether the messages that are kept are exactly those that were acknowledged: each once,
// in each side's order, numbered without a gap as the receipts said, and open to the key.
func (v *talker) holds(c chat.Conversation, kept []chat.Message) error {
	acknowledged := slices.Concat(v.said[seal.FromVisitor], v.said[seal.FromTeam])
	slices.SortFunc(acknowledged, func(a, b chat.Message) int { return cmp.Compare(a.Seq, b.Seq) })
	if len(kept) != len(acknowledged) || c.Seq != uint64(len(kept)) {
		return fmt.Errorf("%d messages are kept and %d counted; %d were acknowledged", len(kept), c.Seq, len(acknowledged))
	}
	turns := map[seal.Direction]uint64{}
	for i, m := range kept {
		turns[m.From]++
		want := acknowledged[i]
		if m.Seq != uint64(i+1) || m.Seq != want.Seq || m.ID != want.ID || m.From != want.From || m.Turn != turns[m.From] || !slices.Equal(m.Body, want.Body) {
			return fmt.Errorf("message %d is %s's turn %d with number %d, not what was acknowledged", i+1, m.From, m.Turn, m.Seq)
		}
		if plain, err := v.key.Open(m.Binding(org), m.Body); err != nil || string(plain) != word(m) {
			return fmt.Errorf("message %d opens to %q: %w", i+1, plain, err)
		}
	}
	if c.Visitor != turns[seal.FromVisitor] || c.Team != turns[seal.FromTeam] {
		return fmt.Errorf("conversation counts %d and %d turns; there are %v", c.Visitor, c.Team, turns)
	}
	return nil
}
