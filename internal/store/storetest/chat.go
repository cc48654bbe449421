package storetest

import (
	"math"
	"slices"
	"time"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
)

var chatChecks = []check{
	{"a conversation is kept with every field, and changed as a whole", func(p *probe) {
		c, token := newConversation(noon), switchboard.TokenHash(hash())
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(c, token)) })
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Conversation(c.ID)
			same(p, got, err, c)
			h, err := tx.ConversationToken(c.ID)
			same(p, h, err, token)
		})
		c.Door, c.Lang, c.SealedBy, c.Key, c.Envelope = chat.Tell, "en", chat.ByHub, id.New[id.Key](), bytes(seal.BoxKeyLen)
		c.State, c.Member, c.Lease, c.Since, c.Opened, c.Ended = chat.Closed, id.New[id.Member](), after(1), after(2), after(3), after(4)
		c.Seq, c.Visitor, c.Team, c.Gone, c.Case = 1<<40, 1<<41, 1<<42, true, id.New[id.Case]()
		p.write(func(tx switchboard.Tx) { p.none(tx.PutConversation(c)) })
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Conversation(c.ID)
			same(p, got, err, c)
			h, err := tx.ConversationToken(c.ID)
			same(p, h, err, token)
		})
		p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.AddConversation(c, hash()) })
	}},
	{"a conversation that is not there is unknown", func(p *probe) {
		for _, c := range []id.Conversation{id.New[id.Conversation](), "", "\x00", "\xff", "' OR 1=1 --"} {
			p.unknown(func(tx switchboard.Tx) error { _, err := tx.Conversation(c); return err })
			p.unknown(func(tx switchboard.Tx) error { _, err := tx.ConversationToken(c); return err })
			p.unknown(func(tx switchboard.Tx) error { _, err := tx.MessageByID(c, id.New[id.Message]()); return err })
			p.read(func(tx switchboard.Tx) { got, err := tx.Messages(c, 0); same(p, got, err, nil) })
		}
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error { return tx.PutConversation(newConversation(noon)) })
		p.refuses(fault.Unknown, func(tx switchboard.Tx) error {
			return tx.AddMessage(chat.Message{Conversation: id.New[id.Conversation](), ID: id.New[id.Message](), Seq: 1, Turn: 1})
		})
	}},
	{"what is not text is refused", func(p *probe) {
		for _, lang := range []string{"e\x00", "\xff\xff"} {
			c := newConversation(noon)
			c.Lang = lang
			p.refuses(fault.Invalid, func(tx switchboard.Tx) error { return tx.AddConversation(c, hash()) })
		}
	}},
	{"the queue is in the order of waiting", func(p *probe) {
		var want []chat.Conversation
		for i := range 12 {
			c := newConversation(after(i / 3)) // three at each time, in the order of their ids
			c.State = []chat.State{chat.Waiting, chat.Held}[i%2]
			want = append(want, c)
		}
		closed := newConversation(after(-5))
		closed.State = chat.Closed
		p.write(func(tx switchboard.Tx) {
			for _, c := range slices.Backward(append(want, closed)) {
				p.none(tx.AddConversation(c, hash()))
			}
		})
		chat.Line(want)
		p.read(func(tx switchboard.Tx) { got, err := tx.Live(); same(p, got, err, want) })
	}},
	{"ended conversations without a case are found", func(p *probe) {
		ended := func(minutes int, state chat.State, in id.Case) chat.Conversation {
			c := newConversation(noon)
			c.State, c.Case, c.Ended = state, in, after(minutes)
			return c
		}
		live := newConversation(after(-60))
		early, later := ended(1, chat.Closed, ""), ended(2, chat.Closed, "")
		all := []chat.Conversation{later, early, live, ended(1, chat.Closed, id.New[id.Case]()), ended(3, chat.Closed, "")}
		p.write(func(tx switchboard.Tx) {
			for _, c := range all {
				p.none(tx.AddConversation(c, hash()))
			}
		})
		p.read(func(tx switchboard.Tx) {
			got, err := tx.EndedBefore(after(3))
			slices.Sort(got)
			want := []id.Conversation{early.ID, later.ID}
			slices.Sort(want)
			same(p, got, err, want)
		})
	}},
	{"messages come by number, whole", func(p *probe) {
		var a, b chat.Conversation
		var as, bs []chat.Message
		var err error
		p.write(func(tx switchboard.Tx) {
			a, as, err = talk(tx, noon, 12)
			p.none(err)
			b, bs, err = talk(tx, noon, 1)
			p.none(err)
			m, err := say(tx, &a, seal.FromTeam)
			p.none(err)
			as = append(as, m)
		})
		p.read(func(tx switchboard.Tx) {
			for _, c := range []struct {
				of    id.Conversation
				after uint64
				want  []chat.Message
			}{
				{a.ID, 0, as}, {a.ID, 9, as[9:]}, {a.ID, 13, nil}, {a.ID, math.MaxUint64, nil}, {a.ID, 1 << 63, nil}, {b.ID, 0, bs},
			} {
				got, err := tx.Messages(c.of, c.after)
				same(p, got, err, c.want)
			}
			got, err := tx.MessageByID(a.ID, as[3].ID)
			same(p, got, err, as[3])
			c, err := tx.Conversation(a.ID)
			same(p, c, err, a)
		})
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.MessageByID(b.ID, as[3].ID); return err })
	}},
	{"a message's id, number and turn are taken once", func(p *probe) {
		var c, other chat.Conversation
		var ms []chat.Message
		var err error
		p.write(func(tx switchboard.Tx) {
			c, ms, err = talk(tx, noon, 2)
			p.none(err)
			other, _, err = talk(tx, noon, 0)
			p.none(err)
		})
		free := chat.Message{Conversation: c.ID, ID: id.New[id.Message](), From: seal.FromVisitor, Turn: 3, Body: bytes(9), SealedBy: chat.ByHub, Seq: 3, At: noon}
		for _, take := range []func(*chat.Message){
			func(m *chat.Message) { m.ID = ms[0].ID },
			func(m *chat.Message) { m.Seq = ms[0].Seq },
			func(m *chat.Message) { m.Turn = ms[0].Turn },
		} {
			m := free
			take(&m)
			p.refuses(fault.Conflict, func(tx switchboard.Tx) error { return tx.AddMessage(m) })
		}
		p.write(func(tx switchboard.Tx) {
			p.none(tx.AddMessage(free))
			elsewhere := ms[0] // another conversation has its own ids, numbers and turns
			elsewhere.Conversation = other.ID
			p.none(tx.AddMessage(elsewhere))
			teams := free // and each side its own turns
			teams.ID, teams.From, teams.Turn, teams.Seq = id.New[id.Message](), seal.FromTeam, 1, 4
			p.none(tx.AddMessage(teams))
		})
	}},
	{"erasing leaves nothing, and only there", func(p *probe) {
		var gone, stays chat.Conversation
		var ms, staying []chat.Message
		var err error
		p.write(func(tx switchboard.Tx) {
			gone, ms, err = talk(tx, noon, 3)
			p.none(err)
			stays, staying, err = talk(tx, noon, 2)
			p.none(err)
		})
		for range 2 { // also when there is none
			p.write(func(tx switchboard.Tx) { p.none(tx.EraseConversation(gone.ID)) })
		}
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.Conversation(gone.ID); return err })
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.ConversationToken(gone.ID); return err })
		p.unknown(func(tx switchboard.Tx) error { _, err := tx.MessageByID(gone.ID, ms[0].ID); return err })
		p.read(func(tx switchboard.Tx) {
			got, err := tx.Messages(gone.ID, 0)
			same(p, got, err, nil)
			got, err = tx.Messages(stays.ID, 0)
			same(p, got, err, staying)
			live, err := tx.Live()
			same(p, live, err, []chat.Conversation{stays})
		})
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(gone, hash())) })
		p.read(func(tx switchboard.Tx) { got, err := tx.Messages(gone.ID, 0); same(p, got, err, nil) })
	}},
	{"times that are none stay none", func(p *probe) {
		c := newConversation(noon)
		c.Lease, c.Ended = time.Time{}, time.Time{}
		p.write(func(tx switchboard.Tx) { p.none(tx.AddConversation(c, hash())) })
		p.read(func(tx switchboard.Tx) {
			if got, err := tx.Conversation(c.ID); err != nil || !got.Lease.IsZero() || !got.Ended.IsZero() || got.Since.Location() != time.UTC {
				p.note("times are %v, %v, %v, %v", got.Lease, got.Ended, got.Since, err)
			}
		})
	}},
}
