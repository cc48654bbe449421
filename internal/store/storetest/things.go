package storetest

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// noon is a time that all others are counted from. Stores keep milliseconds.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 7_000_000, time.UTC)

func after(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func bytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

func hash() (h [32]byte) {
	rand.Read(h[:])
	return h
}

func newMember(handle string, r staff.Role) switchboard.Account {
	return switchboard.Account{
		Member: staff.Member{ID: id.New[id.Member](), Handle: handle, Role: r, Seal: bytes(1216), Sign: bytes(32), Cert: bytes(64)},
		Lock:   staff.Lock{Stretch: staff.Stretch{Salt: bytes(16), Time: 3, Memory: 1<<32 - 1, Threads: 255}, Sealed: bytes(541)},
		Proof:  hash(),
	}
}

func addMember(tx switchboard.Tx, a switchboard.Account) error {
	return tx.AddMember(a.Member, a.Lock, a.Proof)
}

func newKey(p vault.Purpose, from time.Time) vault.TeamKey {
	return vault.TeamKey{ID: id.New[id.Key](), Purpose: p, Public: bytes(65), From: from, Until: from.Add(time.Hour), Cert: bytes(64)}
}

func newConversation(since time.Time) chat.Conversation {
	return chat.Conversation{ID: id.New[id.Conversation](), Door: chat.Help, Lang: "es-MX", SealedBy: chat.ByBrowser,
		Key: id.New[id.Key](), Envelope: bytes(seal.BoxKeyLen), State: chat.Waiting, Since: since, Opened: since}
}

// talk is a conversation that is kept, with n messages of the visitor's.
func talk(tx switchboard.Tx, since time.Time, n int) (chat.Conversation, []chat.Message, error) {
	c := newConversation(since)
	if err := tx.AddConversation(c, hash()); err != nil {
		return c, nil, err
	}
	var ms []chat.Message
	for range n {
		m, err := say(tx, &c, seal.FromVisitor)
		if err != nil {
			return c, nil, err
		}
		ms = append(ms, m)
	}
	return c, ms, nil
}

// say keeps the next message of one side, and the conversation with it.
func say(tx switchboard.Tx, c *chat.Conversation, from seal.Direction) (chat.Message, error) {
	turn := c.Visitor
	if from == seal.FromTeam {
		turn = c.Team
	}
	m := chat.Message{Conversation: c.ID, ID: id.New[id.Message](), From: from, Turn: turn + 1, Body: bytes(seal.SealedLen(0)), SealedBy: chat.ByHub}
	if err := c.Accept(&m, noon); err != nil {
		return m, err
	}
	if err := tx.AddMessage(m); err != nil {
		return m, err
	}
	return m, tx.PutConversation(*c)
}

// newCase is open to the members, in the order given, and has parts in the order of their ids.
func newCase(opened time.Time, parts int, to ...id.Member) vault.Case {
	c := vault.Case{ID: id.New[id.Case](), Opened: opened}
	c.Wraps = newWraps(c.ID, 1, to...)
	for range parts {
		c.Parts = append(c.Parts, vault.Part{Case: c.ID, ID: id.New[id.Part](), Version: 1, Body: bytes(600), By: to[0], At: noon})
	}
	slices.SortFunc(c.Parts, func(a, b vault.Part) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return c
}

func newWraps(c id.Case, version uint64, to ...id.Member) vault.Wraps {
	w := vault.Wraps{Case: c, Version: version, By: to[0], Sig: bytes(64)}
	for i, m := range to {
		standing := vault.Assigned
		if i > 0 {
			standing = vault.Oversight
		}
		w.List = append(w.List, vault.Wrap{Member: m, Standing: standing, Body: bytes(1169)})
	}
	return w
}
