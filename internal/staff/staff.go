// Package staff is who works here: members, their roles, and what a role may do.
package staff

import (
	"encoding/binary"
	"regexp"
	"slices"
	"time"

	"amparo/internal/fault"
	"amparo/internal/id"
)

// A Role is one of the few kinds of work; each carries its rights and no more.
type Role string

const (
	Advocate      Role = "advocate"
	Supervisor    Role = "supervisor"
	Analyst       Role = "analyst"
	Administrator Role = "administrator"
)

// A Right is one thing that a use case asks before it does anything.
type Right string

const (
	Answer  Right = "answer"  // the queue: claim, read, reply, transfer, close
	Keep    Right = "keep"    // cases that are wrapped to the member
	Oversee Right = "oversee" // any case of the team, with a reason; assign
	Count   Right = "count"   // coded rows and releases
	Admit   Right = "admit"   // members and team keys
)

// rights is the whole policy. What is not here is denied.
var rights = map[Role][]Right{
	Advocate:      {Answer, Keep},
	Supervisor:    {Answer, Keep, Oversee, Admit},
	Analyst:       {Count},
	Administrator: {Admit},
}

// Roles in the order in which they are shown.
var Roles = []Role{Advocate, Supervisor, Analyst, Administrator}

// May says whether the role has the right. An unknown role has none.
func (r Role) May(right Right) bool { return slices.Contains(rights[r], right) }

// A Member is what all others may know of one who works here. Handle is a work name, not a legal one.
type Member struct {
	ID     id.Member
	Handle string
	Role   Role
	Seal   []byte // public key that keys are wrapped to: MLKEM768-X25519
	Sign   []byte // public key that this member's signatures are checked with: Ed25519
	Cert   []byte // the organisation's signature over Statement
}

// Statement is what the organisation signs of a member, so that no hub can add one or swap a key.
func (m Member) Statement() []byte {
	out := []byte("amparo member 1")
	for _, f := range [][]byte{[]byte(m.ID), []byte(m.Handle), []byte(m.Role), m.Seal, m.Sign} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
		out = append(out, f...)
	}
	return out
}

// A Lock is what a member needs to unlock their own keys: how to derive from the passphrase, and the
// private keys sealed under what is derived. It is given only to whoever has proved the passphrase.
type Lock struct {
	Stretch Stretch
	Sealed  []byte
}

// Stretch is how a passphrase becomes keys: Argon2id (RFC 9106) with these costs.
type Stretch struct {
	Salt    []byte
	Time    uint32 // passes
	Memory  uint32 // KiB
	Threads uint8
}

// A Login is a handle with the proof that its passphrase gave.
type Login struct {
	Handle string
	Proof  [32]byte
}

// An Entry is what a member gets for the right proof: a session and the lock of their own keys.
type Entry struct {
	Token  string
	Until  time.Time
	Org    string
	Member Member
	Lock   Lock
}

// A NewMember is a member with what logging in needs.
type NewMember struct {
	Member Member
	Lock   Lock
	Proof  [32]byte
}

var handle = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)

// CheckHandle says what is wrong with a handle, if anything is.
func CheckHandle(h string) error {
	if !handle.MatchString(h) {
		return fault.Field("handle", "a handle is 2 to 32 small letters, digits or hyphens, starting with a letter")
	}
	return nil
}
