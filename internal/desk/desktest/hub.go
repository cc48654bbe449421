package desktest

import (
	"context"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/switchboard"
	"amparo/internal/vault"
)

// hub is casework.Hub on the switchboard itself, with no network between.
type hub struct {
	s     *switchboard.Switchboard
	token switchboard.Token
}

// with enters as the token's member and gives what f gives.
func with[T any](ctx context.Context, h hub, f func(switchboard.Actor) (T, error)) (T, error) {
	a, err := h.s.Enter(ctx, h.token)
	if err != nil {
		var none T
		return none, err
	}
	return f(a)
}

// do is with for what gives only an error.
func do(ctx context.Context, h hub, f func(switchboard.Actor) error) error {
	_, err := with(ctx, h, func(a switchboard.Actor) (struct{}, error) { return struct{}{}, f(a) })
	return err
}

func (h hub) LogOut(ctx context.Context) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.LogOut(ctx, a) })
}

func (h hub) Here(ctx context.Context) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.Here(ctx, a) })
}

func (h hub) Members(ctx context.Context) ([]staff.Member, error) {
	return with(ctx, h, func(a switchboard.Actor) ([]staff.Member, error) { return h.s.Members(ctx, a) })
}

func (h hub) Keys(ctx context.Context) (vault.Keys, error) {
	return with(ctx, h, func(a switchboard.Actor) (vault.Keys, error) { return h.s.Keys(ctx, a) })
}

func (h hub) Admit(ctx context.Context, m staff.NewMember) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.Admit(ctx, a, m) })
}

func (h hub) GiveKey(ctx context.Context, k vault.NewKey) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.GiveKey(ctx, a, k) })
}

func (h hub) Queue(ctx context.Context) ([]chat.Conversation, error) {
	return with(ctx, h, func(a switchboard.Actor) ([]chat.Conversation, error) { return h.s.Queue(ctx, a) })
}

func (h hub) Claim(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Conversation, error) { return h.s.Claim(ctx, a, c) })
}

func (h hub) Renew(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Conversation, error) { return h.s.Renew(ctx, a, c) })
}

func (h hub) Return(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Conversation, error) { return h.s.Return(ctx, a, c) })
}

func (h hub) Transfer(ctx context.Context, t chat.Transfer) (chat.Conversation, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Conversation, error) { return h.s.Transfer(ctx, a, t) })
}

func (h hub) Close(ctx context.Context, c id.Conversation) (chat.Conversation, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Conversation, error) { return h.s.Close(ctx, a, c) })
}

func (h hub) Read(ctx context.Context, c id.Conversation) (chat.Reading, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Reading, error) { return h.s.Read(ctx, a, c) })
}

func (h hub) Reply(ctx context.Context, m chat.Message) (chat.Receipt, error) {
	return with(ctx, h, func(a switchboard.Actor) (chat.Receipt, error) { return h.s.Reply(ctx, a, m) })
}

func (h hub) TeamTyping(ctx context.Context, c id.Conversation) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.TeamTyping(ctx, a, c) })
}

func (h hub) NewCase(ctx context.Context, n vault.NewCase) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.NewCase(ctx, a, n) })
}

func (h hub) Cases(ctx context.Context) ([]vault.Listing, error) {
	return with(ctx, h, func(a switchboard.Actor) ([]vault.Listing, error) { return h.s.Cases(ctx, a) })
}

func (h hub) Case(ctx context.Context, l vault.Look) (vault.Case, error) {
	return with(ctx, h, func(a switchboard.Actor) (vault.Case, error) { return h.s.Case(ctx, a, l) })
}

func (h hub) PutPart(ctx context.Context, p vault.Part) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.PutPart(ctx, a, p) })
}

func (h hub) Assign(ctx context.Context, w vault.Wraps) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.Assign(ctx, a, w) })
}

func (h hub) CloseCase(ctx context.Context, c vault.Closing) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.CloseCase(ctx, a, c) })
}

func (h hub) Rows(ctx context.Context) ([]vault.Row, error) {
	return with(ctx, h, func(a switchboard.Actor) ([]vault.Row, error) { return h.s.Rows(ctx, a) })
}

func (h hub) Release(ctx context.Context, r vault.Release) error {
	return do(ctx, h, func(a switchboard.Actor) error { return h.s.Release(ctx, a, r) })
}

func (h hub) Releases(ctx context.Context) ([]vault.Release, error) {
	return with(ctx, h, func(a switchboard.Actor) ([]vault.Release, error) { return h.s.Releases(ctx, a) })
}

func (h hub) Watch(ctx context.Context, cs ...id.Conversation) (<-chan chat.Note, error) {
	return with(ctx, h, func(a switchboard.Actor) (<-chan chat.Note, error) {
		notes, stop, err := h.s.Watch(ctx, a, cs...)
		if err == nil {
			context.AfterFunc(ctx, stop)
		}
		return notes, err
	})
}
