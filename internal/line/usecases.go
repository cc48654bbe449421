package line

import (
	"context"

	"amparo/internal/casework"
	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

var (
	_ casework.Gate = (*Line)(nil)
	_ casework.Hub  = (*Line)(nil)
)

// What follows implements casework.Hub, a use case a method.

func (l *Line) LogOut(ctx context.Context) error { return tell(ctx, l, "log-out", none{}) }
func (l *Line) Here(ctx context.Context) error   { return tell(ctx, l, "here", none{}) }

func (l *Line) Members(ctx context.Context) ([]staff.Member, error) {
	return call[[]staff.Member](ctx, l, "members", none{})
}

func (l *Line) Keys(ctx context.Context) (vault.Keys, error) {
	return call[vault.Keys](ctx, l, "keys", none{})
}

func (l *Line) Admit(ctx context.Context, m staff.NewMember) error { return tell(ctx, l, "admit", m) }
func (l *Line) GiveKey(ctx context.Context, k vault.NewKey) error  { return tell(ctx, l, "give-key", k) }

func (l *Line) Queue(ctx context.Context) ([]chat.Conversation, error) {
	return call[[]chat.Conversation](ctx, l, "queue", none{})
}

func (l *Line) Claim(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return call[chat.Conversation](ctx, l, "claim", c)
}

func (l *Line) Renew(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return call[chat.Conversation](ctx, l, "renew", c)
}

func (l *Line) Return(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return call[chat.Conversation](ctx, l, "return", c)
}

func (l *Line) Transfer(ctx context.Context, t chat.Transfer) (chat.Conversation, error) {
	return call[chat.Conversation](ctx, l, "transfer", t)
}

func (l *Line) Close(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return call[chat.Conversation](ctx, l, "close", c)
}

func (l *Line) Read(ctx context.Context, c id.Conversation) (chat.Reading, error) {
	return call[chat.Reading](ctx, l, "read", c)
}

func (l *Line) Reply(ctx context.Context, m chat.Message) (chat.Receipt, error) {
	return call[chat.Receipt](ctx, l, "reply", m)
}

func (l *Line) TeamTyping(ctx context.Context, c id.Conversation) error {
	return tell(ctx, l, "team-typing", c)
}

func (l *Line) NewCase(ctx context.Context, n vault.NewCase) error {
	return tell(ctx, l, "new-case", n)
}

func (l *Line) Cases(ctx context.Context) ([]vault.Listing, error) {
	return call[[]vault.Listing](ctx, l, "cases", none{})
}

func (l *Line) Case(ctx context.Context, look vault.Look) (vault.Case, error) {
	return call[vault.Case](ctx, l, "case", look)
}

func (l *Line) PutPart(ctx context.Context, p vault.Part) error { return tell(ctx, l, "put-part", p) }
func (l *Line) Assign(ctx context.Context, w vault.Wraps) error { return tell(ctx, l, "assign", w) }

func (l *Line) CloseCase(ctx context.Context, c vault.Closing) error {
	return tell(ctx, l, "close-case", c)
}

func (l *Line) Rows(ctx context.Context) ([]vault.Row, error) {
	return call[[]vault.Row](ctx, l, "rows", none{})
}

func (l *Line) Release(ctx context.Context, r vault.Release) error {
	return tell(ctx, l, "release", r)
}

func (l *Line) Releases(ctx context.Context) ([]vault.Release, error) {
	return call[[]vault.Release](ctx, l, "releases", none{})
}
