// Package switchboard is what the hub does: visitors are heard, members answer, cases are kept, and
// nothing of it is read. Each use case asks for permission, does, records and announces, in that
// order, within one durable write; no handler can leave a step out.
package switchboard

import (
	"context"
	"time"

	"amparo/internal/chat"
	"amparo/internal/id"
	"amparo/internal/staff"
	"amparo/internal/vault"
)

// A Store keeps what the switchboard decides. Implementations pass storetest.
type Store interface {
	// Read runs f over one consistent state. What f writes is an error.
	Read(ctx context.Context, f func(Tx) error) error
	// Write runs f alone, as if no other write went on. When it returns nil, all that f did is
	// durable: it outlives a crash of program and machine. When it returns an error, nothing was
	// kept. f may be run more than once. No room gives fault.Full.
	Write(ctx context.Context, f func(Tx) error) error
}

// A Tx is the state within one Read or Write. A thing that is not there is fault.Unknown, unless said
// otherwise.
type Tx interface {
	// The organisation. Unknown until set up; set once.
	Org() (Org, error)
	SetOrg(Org) error

	AddMember(staff.Member, staff.Lock, ProofHash) error // a taken handle or id: fault.Conflict
	Member(id.Member) (staff.Member, error)
	Members() ([]staff.Member, error) // by handle
	Account(handle string) (Account, error)

	AddSession(Session) error
	Session(TokenHash) (Session, error) // also past its end: the caller judges
	SeeSession(TokenHash, time.Time) error
	DropSession(TokenHash) error
	DropSessionsBefore(until time.Time) error
	// SeenSince says whether a member of one of the roles has had a session seen at or after t.
	SeenSince(t time.Time, roles ...staff.Role) (bool, error)

	// AddTeamKey keeps the key, if it is new, and the wraps; a wrap that is there is replaced.
	AddTeamKey(vault.TeamKey, []vault.KeyWrap) error
	TeamKeys() ([]vault.TeamKey, error) // oldest first
	KeyWraps(id.Member) ([]vault.KeyWrap, error)

	AddConversation(chat.Conversation, TokenHash) error // a taken id: fault.Conflict
	Conversation(id.Conversation) (chat.Conversation, error)
	ConversationToken(id.Conversation) (TokenHash, error)
	PutConversation(chat.Conversation) error
	// Live gives all conversations that are not closed, in the queue's order.
	Live() ([]chat.Conversation, error)
	// EndedBefore gives closed conversations without a case that ended before t.
	EndedBefore(t time.Time) ([]id.Conversation, error)
	// EraseConversation removes the conversation, its key and its messages; also when there is none.
	EraseConversation(id.Conversation) error

	AddMessage(chat.Message) error // a taken id, seq or turn in the conversation: fault.Conflict
	MessageByID(id.Conversation, id.Message) (chat.Message, error)
	Messages(c id.Conversation, after uint64) ([]chat.Message, error) // by Seq

	AddCase(c vault.Case) error // with its wraps and parts; a taken id: fault.Conflict
	Case(id.Case) (vault.Case, error)
	Cases(id.Member) ([]vault.Listing, error) // those wrapped to the member, newest first
	// PutPart keeps a part whose Version is one above what is kept (1 when there is none), else
	// gives fault.Conflict.
	PutPart(vault.Part) error
	PutWraps(vault.Wraps) error // Version as for PutPart
	CloseCase(id.Case) error

	AddRow(vault.Row) error
	Rows() ([]vault.Row, error) // by id, so that their order says nothing
	AddRelease(vault.Release) error
	Releases() ([]vault.Release, error) // oldest first

	Record(Event) error
	Events(after uint64) ([]Event, error)
}

// An Org is the organisation that runs the hub, as the hub knows it.
type Org struct {
	ID   string
	Name string
	Key  vault.TeamKey // its signing key, public half
}

// ProofHash is SHA-256 of a member's proof; TokenHash is SHA-256 of a bearer token. Both come from 256
// bits that cannot be guessed, so a plain hash is enough.
type (
	ProofHash [32]byte
	TokenHash [32]byte
)

// An Account is what logging in needs of a member.
type Account struct {
	Member staff.Member
	Lock   staff.Lock
	Proof  ProofHash
}

// A Session is a member's desk, logged in. Until is the time it ends whatever happens.
type Session struct {
	Token  TokenHash
	Member id.Member
	Until  time.Time
	Seen   time.Time // last sign of life
}

// An Event is one line of the audit: who did what to which random id, and why. It never holds
// personal data, for it cannot be erased.
type Event struct {
	Seq    uint64 // set by the store
	At     time.Time
	By     id.Member // empty for a visitor or the program
	Did    Deed
	To     string // an id, or empty
	Reason vault.Reason
}

// A Deed is what an Event says was done.
type Deed string

// A Bus carries "look again" to whoever listens. It may drop or merge notes for a slow listener,
// but after the last Announce of a topic at least one note of it arrives.
type Bus interface {
	Announce(chat.Note)
	// Listen gives notes of the topics until stop is called, which closes the channel.
	Listen(topics ...string) (notes <-chan chat.Note, stop func())
}
