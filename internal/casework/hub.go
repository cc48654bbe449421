// Package casework is what a member does: answer, lay out, assess, refer, close. It opens what the
// member may open, and everything that leaves it is sealed.
package casework

import (
	"context"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Gate is the hub before logging in.
type Gate interface {
	// Stretch gives the costs and salt for a handle, also for one that nobody has.
	Stretch(ctx context.Context, handle string) (staff.Stretch, error)
	// LogIn gives an entry for the right proof, and the hub as that member sees it.
	LogIn(ctx context.Context, l staff.Login) (staff.Entry, Hub, error)
}

// A Hub is the hub as one logged-in member sees it: it keeps what it cannot read. Every method may
// give fault.Stranger when the session is over, and fault.Unknown for what is not there or not theirs.
// The use cases behind it are documented in switchboard.
type Hub interface {
	LogOut(ctx context.Context) error
	Here(ctx context.Context) error
	Members(ctx context.Context) ([]staff.Member, error)
	Keys(ctx context.Context) (vault.Keys, error)
	Admit(ctx context.Context, m staff.NewMember) error
	GiveKey(ctx context.Context, k vault.NewKey) error

	Queue(ctx context.Context) ([]chat.Conversation, error)
	Claim(ctx context.Context, c id.Conversation) (chat.Conversation, error)
	Renew(ctx context.Context, c id.Conversation) (chat.Conversation, error)
	Return(ctx context.Context, c id.Conversation) (chat.Conversation, error)
	Transfer(ctx context.Context, t chat.Transfer) (chat.Conversation, error)
	Close(ctx context.Context, c id.Conversation) (chat.Conversation, error)
	Read(ctx context.Context, c id.Conversation) (chat.Reading, error)
	Reply(ctx context.Context, m chat.Message) (chat.Receipt, error)
	TeamTyping(ctx context.Context, c id.Conversation) error
	// Watch gives notes of the queue and of the conversations named, until ctx ends; the channel is
	// closed then, or when the hub is lost: watch again, and look at everything once.
	Watch(ctx context.Context, cs ...id.Conversation) (<-chan chat.Note, error)

	NewCase(ctx context.Context, n vault.NewCase) error
	Cases(ctx context.Context) ([]vault.Listing, error)
	Case(ctx context.Context, l vault.Look) (vault.Case, error)
	PutPart(ctx context.Context, p vault.Part) error
	Assign(ctx context.Context, w vault.Wraps) error
	CloseCase(ctx context.Context, c vault.Closing) error

	Rows(ctx context.Context) ([]vault.Row, error)
	Release(ctx context.Context, r vault.Release) error
	Releases(ctx context.Context) ([]vault.Release, error)
}
