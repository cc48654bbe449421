package hub

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"amparo/internal/chat"
	"amparo/internal/fault"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/internal/seal"
	"amparo/internal/switchboard"
)

// A carry is what the pages of a conversation without JavaScript hand on in hidden fields: the hub
// keeps none of it. It has the key of the conversation while the request lasts that brought it.
type carry struct {
	visit switchboard.Visit
	key   seal.Key
	ID    id.Message // of the next message: the same form sent twice says one thing
}

func newCarry() *carry {
	return &carry{switchboard.Visit{Conversation: id.New[id.Conversation](), Token: switchboard.NewToken()}, seal.NewKey(), id.New[id.Message]()}
}

// next is the carry of a fresh form.
func (c carry) next() *carry {
	c.ID = id.New[id.Message]()
	return &c
}

// Conversation, Token and Key are for the hidden fields.
func (c carry) Conversation() string { return string(c.visit.Conversation) }

// Token is the visitor's token in plain: for the hidden field only.
func (c carry) Token() string { return string(c.visit.Token) }

// Key is the conversation's key in plain: for the hidden field only.
func (c carry) Key() string { return base64.RawURLEncoding.EncodeToString(c.key[:]) }

// carryOf reads the hidden fields. What cannot be right is answered like an unknown conversation.
func carryOf(r *http.Request) (*carry, error) {
	if err := readForm(r); err != nil {
		return nil, err
	}
	c := &carry{visit: switchboard.Visit{Conversation: id.Conversation(r.PostFormValue("c")), Token: switchboard.Token(r.PostFormValue("t"))},
		ID: id.Message(r.PostFormValue("m"))}
	k, err := base64.RawURLEncoding.DecodeString(r.PostFormValue("k"))
	if !id.Valid(c.visit.Conversation) || err != nil || len(k) != len(c.key) {
		return nil, fault.New(fault.Unknown, "no conversation named")
	}
	copy(c.key[:], k)
	clear(k)
	return c, nil
}

func readForm(r *http.Request) error {
	var long *http.MaxBytesError
	if err := r.ParseForm(); errors.As(err, &long) {
		return fault.New(fault.TooLong, "form over %d bytes", long.Limit)
	} else if err != nil {
		return fault.Field("form", "not a form")
	}
	return nil
}

// textOf gives what was typed, without what no keyboard types.
func textOf(r *http.Request) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(r.PostFormValue("text"), "\uFFFD"), "\r\n", "\n")
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if unicode.IsControl(c) && c != '\n' && c != '\t' {
			return -1
		}
		return c
	}, text))
}

func checkText(text string) error {
	switch {
	case text == "":
		return fault.Field("text", "empty")
	case len(text) > seal.MaxMessage:
		return fault.New(fault.TooLong, "message of %d bytes", len(text))
	}
	return nil
}

// open starts the conversation of a carry, unless it was started before by the same form.
func (h *Hub) open(ctx context.Context, c *carry, door chat.Door, lang string) error {
	for try := 0; ; try++ {
		_, _, _, err := h.Switchboard.Said(ctx, c.visit, 0)
		if fault.KindOf(err) != fault.Unknown {
			return err
		}
		org, queue, err := h.Switchboard.Org(ctx)
		if err != nil {
			return err
		}
		b := chat.Conversation{ID: c.visit.Conversation, Key: queue.ID}.Binding(org.ID)
		envelope, err := seal.To(seal.TeamKEM, queue.Public, b, c.key[:])
		if err != nil {
			return err
		}
		err = h.Switchboard.Open(ctx, switchboard.Opening{Visit: c.visit, Door: door, Lang: lang, Key: queue.ID, Envelope: envelope}, chat.ByHub)
		if fault.KindOf(err) != fault.Conflict || try == 2 { // the queue key turned, or the form came twice at once
			return err
		}
	}
}

// tell seals one message and keeps it. The same text under the same id is kept once; another text,
// typed after going back to a form that was sent, is a message of its own.
func (h *Hub) tell(ctx context.Context, c *carry, text string) error {
	if err := checkText(text); err != nil {
		return err
	}
	if !id.Valid(c.ID) {
		return fault.Field("m", "not an id")
	}
	org, _, err := h.Switchboard.Org(ctx)
	if err != nil {
		return err
	}
	name := c.ID
	for try := 0; ; try++ {
		conv, said, _, err := h.Switchboard.Said(ctx, c.visit, 0)
		if err != nil {
			return err
		}
		for _, m := range said {
			if m.ID != name || m.From != seal.FromVisitor {
				continue
			}
			plain, err := c.key.Open(m.Binding(org.ID), m.Body)
			if err == nil && string(plain) == text {
				return nil
			}
			name = id.New[id.Message]()
		}
		m := chat.Message{Conversation: c.visit.Conversation, ID: name, From: seal.FromVisitor, Turn: conv.Visitor + 1, SealedBy: chat.ByHub}
		if m.Body, err = c.key.Seal(m.Binding(org.ID), []byte(text)); err != nil {
			return err
		}
		_, err = h.Switchboard.Say(ctx, c.visit, m)
		if fault.KindOf(err) != fault.Conflict || try == 4 { // another window of the same person was quicker
			return err
		}
	}
}

// A saidLine is one message as a page shows it.
type saidLine struct {
	locale.Say
	Mine bool
	Text string
}

// opened gives the words of sealed messages, with the key that the request brought.
func (c *carry) opened(say locale.Say, org string, ms []chat.Message) (out []saidLine) {
	for _, m := range ms {
		line := saidLine{Say: say, Mine: m.From == seal.FromVisitor}
		if plain, err := c.key.Open(m.Binding(org), m.Body); err == nil && utf8.Valid(plain) {
			line.Text = string(plain)
		} else {
			line.Text = say.Line("chat.unreadable")
		}
		out = append(out, line)
	}
	return out
}
