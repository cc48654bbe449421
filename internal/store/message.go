package store

import (
	"amparo/internal/chat"
	"amparo/internal/id"
)

var messages = shape[chat.Message]{
	"message", "conversation, id, direction, turn, body, sealed_by, seq, kept",
	func(m *chat.Message) []any {
		return []any{&m.Conversation, &m.ID, &m.From, &m.Turn, &m.Body, &m.SealedBy, &m.Seq, &m.At}
	},
}

func (t *tx) AddMessage(m chat.Message) error {
	if err := t.there("conversation", m.Conversation); err != nil {
		return err
	}
	return add(t, messages, m)
}

func (t *tx) MessageByID(c id.Conversation, m id.Message) (chat.Message, error) {
	return pick(t, messages, "WHERE conversation = $1 AND id = $2", c, m)
}

func (t *tx) Messages(c id.Conversation, after uint64) ([]chat.Message, error) {
	return list(t, messages, "WHERE conversation = $1 AND seq > $2 ORDER BY seq", c, after)
}
