package store

import (
	"time"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/switchboard"
)

var conversations = shape[chat.Conversation]{
	"conversation", "id, door, lang, sealed_by, key_id, envelope, state, member, lease, since, opened, ended, seq, visitor, team, gone, case_id",
	func(c *chat.Conversation) []any {
		return []any{&c.ID, &c.Door, &c.Lang, &c.SealedBy, &c.Key, &c.Envelope, &c.State, &c.Member, &c.Lease, &c.Since, &c.Opened, &c.Ended,
			&c.Seq, &c.Visitor, &c.Team, &c.Gone, &c.Case}
	},
}

// A visited is a conversation with the hash of its visitor's token.
type visited struct {
	chat.Conversation
	token switchboard.TokenHash
}

var visits = shape[visited]{
	"conversation", conversations.columns + ", token",
	func(v *visited) []any { return append(conversations.fields(&v.Conversation), &v.token) },
}

func (t *tx) AddConversation(c chat.Conversation, token switchboard.TokenHash) error {
	return add(t, visits, visited{c, token})
}

func (t *tx) Conversation(c id.Conversation) (chat.Conversation, error) {
	return pick(t, conversations, "WHERE id = $1", c)
}

func (t *tx) ConversationToken(c id.Conversation) (switchboard.TokenHash, error) {
	v, err := pick(t, visits, "WHERE id = $1", c)
	return v.token, err
}

func (t *tx) PutConversation(c chat.Conversation) error {
	f := conversations.fields(&c)
	return t.change("UPDATE conversation SET ("+conversations.columns+") = ("+dollars(1, len(f))+") WHERE id = $1", f...)
}

func (t *tx) Live() ([]chat.Conversation, error) {
	return list(t, conversations, "WHERE state <> 'closed' ORDER BY since, id")
}

func (t *tx) EndedBefore(at time.Time) ([]id.Conversation, error) {
	return query(t, func(c *id.Conversation) []any { return []any{c} },
		"SELECT id FROM conversation WHERE state = 'closed' AND case_id = '' AND ended < $1 ORDER BY ended, id", at)
}

func (t *tx) EraseConversation(c id.Conversation) error {
	for _, text := range []string{"DELETE FROM message WHERE conversation = $1", "DELETE FROM conversation WHERE id = $1"} {
		n, err := t.exec(text, c)
		if err != nil {
			return err
		}
		t.dropped = t.dropped || n > 0
	}
	return nil
}
