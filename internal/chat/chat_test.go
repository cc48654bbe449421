package chat_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/seal"
)

var (
	noon  = time.Date(2026, 3, 1, 12, 0, 30, 0, time.UTC)
	lease = 5 * time.Minute
)

const ana, eva = id.Member("ana"), id.Member("eva")

func waiting() chat.Conversation {
	return chat.Conversation{ID: "c", State: chat.Waiting, Since: noon, Opened: noon}
}

func message(from seal.Direction, turn uint64) chat.Message {
	return chat.Message{ID: "m", From: from, Turn: turn, Body: make([]byte, seal.SealedLen(0))}
}

// Whatever happens, in whatever order, these hold.
func TestAConversationNeverContradictsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, now := waiting(), noon
		var said []chat.Message
		member := rapid.SampledFrom([]id.Member{ana, eva})
		t.Repeat(map[string]func(*rapid.T){
			"time passes": func(t *rapid.T) { now = now.Add(time.Duration(rapid.IntRange(0, 6).Draw(t, "minutes")) * time.Minute) },
			"claim": func(t *rapid.T) {
				m, was := member.Draw(t, "who"), c
				was.Expire(now)
				if err := c.Claim(m, now, lease); (err == nil) != (was.State == chat.Waiting || was.State == chat.Held && was.Member == m) {
					t.Fatalf("%s claims %+v: %v", m, was, err)
				}
			},
			"renew": func(t *rapid.T) {
				m, was := member.Draw(t, "who"), c
				was.Expire(now)
				if err := c.Renew(m, now, lease); (err == nil) != (was.State == chat.Held && was.Member == m) {
					t.Fatalf("%s renews %+v: %v", m, was, err)
				}
			},
			"return":   func(t *rapid.T) { _ = c.Return(member.Draw(t, "who"), now) },
			"transfer": func(t *rapid.T) { _ = c.Transfer(member.Draw(t, "from"), member.Draw(t, "to"), now, lease) },
			"expire":   func(t *rapid.T) { c.Expire(now) },
			"leave":    func(t *rapid.T) { c.Leave(now) },
			"close": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "really") == 0 {
					c.Close(now)
				}
			},
			"say": func(t *rapid.T) {
				from, was := rapid.SampledFrom([]seal.Direction{seal.FromVisitor, seal.FromTeam}).Draw(t, "from"), c
				count := map[seal.Direction]uint64{seal.FromVisitor: c.Visitor, seal.FromTeam: c.Team}[from]
				m := message(from, count+uint64(rapid.IntRange(0, 2).Draw(t, "turn")))
				err := c.Accept(&m, now)
				if (err == nil) != (was.State != chat.Closed && m.Turn == count+1) {
					t.Fatalf("turn %d after %d of %s: %v", m.Turn, count, was.State, err)
				}
				if err == nil {
					said = append(said, m)
				} else if diff := cmp.Diff(was, c); diff != "" {
					t.Fatalf("a message was refused, and changed: %s", diff)
				}
			},
			"": func(t *rapid.T) {
				if (c.State == chat.Held) == c.Lease.IsZero() || (c.State == chat.Closed) == c.Ended.IsZero() || c.State == chat.Held && c.Member == "" {
					t.Fatalf("contradicts itself: %+v", c)
				}
				if !c.Since.Equal(noon) {
					t.Fatal("lost its place")
				}
				if c.Seq != uint64(len(said)) || c.Seq != c.Visitor+c.Team {
					t.Fatalf("counts %d, %d and %d; %d were said", c.Seq, c.Visitor, c.Team, len(said))
				}
				for i, m := range said {
					if m.Seq != uint64(i+1) || m.At.Second() != 0 {
						t.Fatalf("message %d has number %d at %v", i+1, m.Seq, m.At)
					}
				}
			},
		})
	})
}

func TestALeaseEndsAtItsMoment(t *testing.T) {
	c := waiting()
	if err := c.Claim(ana, noon, lease); err != nil {
		t.Fatal(err)
	}
	if c.Expire(noon.Add(lease - 1)) {
		t.Error("it ended early")
	}
	if !c.Expire(noon.Add(lease)) || c.State != chat.Waiting || c.Expire(noon.Add(lease)) {
		t.Errorf("it did not end once: %+v", c)
	}
}

func TestWhatIsSaidToAClosedConversation(t *testing.T) {
	c := waiting()
	c.Close(noon)
	c.Close(noon.Add(time.Hour))
	if !c.Ended.Equal(noon) {
		t.Errorf("closed again at %v", c.Ended)
	}
	m := message(seal.FromVisitor, 1)
	for name, err := range map[string]error{
		"accept": c.Accept(&m, noon), "claim": c.Claim(ana, noon, lease), "renew": c.Renew(ana, noon, lease),
		"return": c.Return(ana, noon), "transfer": c.Transfer(ana, eva, noon, lease),
	} {
		if fault.KindOf(err) != fault.Ended {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyPaddedLengthsAreTaken(t *testing.T) {
	lawful := []int{seal.SealedLen(0), seal.SealedLen(1 << 10), seal.SealedLen(seal.MaxMessage)}
	for n := range seal.SealedLen(seal.MaxMessage) + 2 {
		c, m := waiting(), message(seal.FromVisitor, 1)
		m.Body = make([]byte, n)
		err := c.Accept(&m, noon)
		want := fault.Invalid
		if n > seal.SealedLen(seal.MaxMessage) {
			want = fault.TooLong
		}
		if ok := slices.Contains(lawful, n); ok != (err == nil) || !ok && fault.KindOf(err) != want {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
}

func TestLeaving(t *testing.T) {
	silent, spoke, held := waiting(), waiting(), waiting()
	spoke.Visitor = 1
	if err := held.Claim(ana, noon, lease); err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		c    chat.Conversation
		want chat.State
	}{"without a word": {silent, chat.Closed}, "after a word": {spoke, chat.Waiting}, "while a member answers": {held, chat.Held}} {
		x.c.Leave(noon)
		if x.c.State != x.want || !x.c.Gone {
			t.Errorf("%s: %+v", name, x.c)
		}
	}
}

func TestTheLineAndThePlaceInItAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []chat.Conversation
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			c := waiting()
			c.ID = id.Conversation(rapid.StringMatching("[a-z2-7]{6}").Draw(t, "id"))
			c.Since = noon.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "since")) * time.Minute)
			c.State = rapid.SampledFrom([]chat.State{chat.Waiting, chat.Held}).Draw(t, "state")
			if !slices.ContainsFunc(all, func(o chat.Conversation) bool { return o.ID == c.ID }) {
				all = append(all, c)
			}
		}
		line := slices.Clone(all)
		chat.Line(line)
		ahead := 0
		for _, c := range line {
			p := chat.PlaceOf(c, all, true)
			if c.State == chat.Waiting {
				if p.Ahead != ahead {
					t.Fatalf("%s has %d ahead; in the line there are %d", c.ID, p.Ahead, ahead)
				}
				ahead++
			} else if p.Ahead != 0 {
				t.Fatalf("%s is answered and has %d ahead", c.ID, p.Ahead)
			}
		}
	})
}

func TestBindingsAreOfTheirOwnPlace(t *testing.T) {
	c := chat.Conversation{ID: "c", Key: "k"}
	m := chat.Message{Conversation: "c", ID: "m", From: seal.FromTeam, Turn: 3, Seq: 9}
	if got, want := c.Binding("org"), (seal.Binding{Org: "org", Kind: seal.ConversationKey, Owner: "c", Key: "k"}); got != want {
		t.Errorf("conversation: %+v", got)
	}
	if got, want := m.Binding("org"), (seal.Binding{Org: "org", Kind: seal.Message, Owner: "c", Direction: seal.FromTeam, Number: 3, ID: "m", Key: "c"}); got != want {
		t.Errorf("message: %+v", got)
	}
}
