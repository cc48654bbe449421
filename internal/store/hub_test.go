package store_test

import (
	"crypto/hpke"
	"fmt"
	"slices"
	"testing"
	"time"

	"amparo/internal/bus"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
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
	if err := h.Found(t.Context(), switchboard.Founding{Org: switchboard.Org{ID: org, Name: "Org"}, Keys: []vault.TeamKey{h.queue}}); err != nil {
		t.Fatal(err)
	}
	return h
}

// A visitor is one side of a conversation, who keeps count and remembers every word.
type visitor struct {
	switchboard.Opening
	key  seal.Key
	said []chat.Message
}

func newVisitor(queue vault.TeamKey) (*visitor, error) {
	v := &visitor{key: seal.NewKey()}
	v.Conversation, v.Token, v.Door, v.Lang, v.Key = id.New[id.Conversation](), switchboard.NewToken(), chat.Help, "en", queue.ID
	var err error
	v.Envelope, err = seal.To(seal.TeamKEM, queue.Public, chat.Conversation{ID: v.Conversation, Key: queue.ID}.Binding(org), v.key[:])
	return v, err
}

// next is the visitor's next message, sealed: "word N" for the turn N. It is given again until said.
func (v *visitor) next() (chat.Message, error) {
	m := chat.Message{Conversation: v.Conversation, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: uint64(len(v.said) + 1)}
	var err error
	m.Body, err = v.key.Seal(m.Binding(org), fmt.Appendf(nil, "word %d", m.Turn))
	return m, err
}

// holds says whether the messages that are kept are exactly those that were said, in order, and open.
func (v *visitor) holds(c chat.Conversation, kept []chat.Message) error {
	if len(kept) != len(v.said) || c.Seq != uint64(len(kept)) || c.Visitor != uint64(len(kept)) {
		return fmt.Errorf("%d messages are kept and %d counted; %d were acknowledged", len(kept), c.Seq, len(v.said))
	}
	for i, m := range kept {
		if m.ID != v.said[i].ID || m.Turn != uint64(i+1) || m.Seq != uint64(i+1) || !slices.Equal(m.Body, v.said[i].Body) {
			return fmt.Errorf("message %d has turn %d, number %d and is not the one that was said", i+1, m.Turn, m.Seq)
		}
		if word, err := v.key.Open(m.Binding(org), m.Body); err != nil || string(word) != fmt.Sprintf("word %d", i+1) {
			return fmt.Errorf("message %d: %q, %w", i+1, word, err)
		}
	}
	return nil
}
