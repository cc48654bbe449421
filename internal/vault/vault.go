// Package vault is what the hub keeps and cannot read: team keys, wraps, the sealed parts of a case,
// sealed rows. It knows shapes, versions and who may fetch what, never what is inside.
package vault

import (
	"encoding/binary"
	"time"

	"amparo/internal/id"
	"amparo/internal/seal"
)

// A Purpose says what a team key is for.
type Purpose string

const (
	ForQueue   Purpose = "queue"   // conversations' keys are sealed to it; P-256
	ForNumbers Purpose = "numbers" // coded rows are sealed to it; P-256
	ForOrg     Purpose = "org"     // signs members and team keys; Ed25519
)

// A TeamKey is the public half of a key that several members hold.
type TeamKey struct {
	ID      id.Key
	Purpose Purpose
	Public  []byte
	From    time.Time
	Until   time.Time // nothing is sealed to it afterwards; zero: no end
	Cert    []byte    // the organisation's signature over Statement
}

// Statement is what the organisation signs of a team key.
func (k TeamKey) Statement() []byte {
	out := []byte("amparo team key 1")
	for _, f := range [][]byte{[]byte(k.ID), []byte(k.Purpose), k.Public} {
		out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
		out = append(out, f...)
	}
	out = binary.BigEndian.AppendUint64(out, uint64(k.From.UnixMilli()))
	return binary.BigEndian.AppendUint64(out, uint64(k.Until.UnixMilli()))
}

// A KeyWrap is a team key's private half, sealed to one member.
type KeyWrap struct {
	Key    id.Key
	Member id.Member
	Body   []byte
}

// Binding is what the wrap is sealed with.
func (w KeyWrap) Binding(org string) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.TeamKey, Owner: string(w.Key), ID: string(w.Member)}
}

// Keys are the team's keys and the wraps of the member who asks.
type Keys struct {
	Team  []TeamKey
	Wraps []KeyWrap
}

// A NewKey is a team key with the wraps to those who are to hold it.
type NewKey struct {
	Key   TeamKey
	Wraps []KeyWrap
}

// A Part is one sealed piece of a case, changed as a whole and versioned on its own. What kind of
// piece it is, is sealed inside.
type Part struct {
	Case    id.Case
	ID      id.Part
	Version uint64 // from 1; a write must name the version after the one it read
	Body    []byte
	By      id.Member
	At      time.Time // to the minute
}

// Binding is what the part is sealed with.
func (p Part) Binding(org string) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.CasePart, Owner: string(p.Case), Number: p.Version, ID: string(p.ID), Key: string(p.Case)}
}

// Standing says in what capacity a member can open a case.
type Standing string

const (
	Assigned  Standing = "assigned"
	Oversight Standing = "oversight" // opens with a reason, which is recorded
)

// A Wrap is a case's key, sealed to one member.
type Wrap struct {
	Member   id.Member
	Standing Standing
	Body     []byte
}

// Wraps is the whole list of who can open a case, signed by whoever made it, so that the hub cannot
// add a reader unseen.
type Wraps struct {
	Case    id.Case
	Version uint64 // from 1
	List    []Wrap
	By      id.Member
	Sig     []byte // Ed25519 by By over Statement
}

// Binding is what the wrap to member is sealed with.
func (w Wraps) Binding(org string, member id.Member) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.CaseKey, Owner: string(w.Case), Number: w.Version, ID: string(member)}
}

// Statement is what By signs.
func (w Wraps) Statement() []byte {
	out := []byte("amparo wraps 1")
	put := func(f []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(f)))
		out = append(out, f...)
	}
	put([]byte(w.Case))
	out = binary.BigEndian.AppendUint64(out, w.Version)
	put([]byte(w.By))
	for _, x := range w.List {
		put([]byte(x.Member))
		put([]byte(x.Standing))
		put(x.Body)
	}
	return out
}

// A Case is what the hub keeps of a case: who can open it and its sealed parts.
type Case struct {
	ID     id.Case
	Closed bool
	Opened time.Time // to the day
	Wraps  Wraps
	Parts  []Part
}

// A Listing is one line in a member's list of cases.
type Listing struct {
	ID       id.Case
	Closed   bool
	Opened   time.Time
	Standing Standing
}

// A NewCase is a case with its first parts, and the conversation it grew from, if from one.
type NewCase struct {
	Wraps        Wraps
	Parts        []Part
	Conversation id.Conversation
}

// A Look asks to open a case. Oversight needs a reason.
type Look struct {
	Case   id.Case
	Reason Reason
}

// A Reason is why a member opened what is not theirs: a code, never free text.
type Reason string

const (
	Review    Reason = "review"    // supervision of the work
	Cover     Reason = "cover"     // the assigned member is away
	Danger    Reason = "danger"    // somebody may be in danger now
	Complaint Reason = "complaint" // the person asked
)

// Reasons that may be given.
var Reasons = []Reason{Review, Cover, Danger, Complaint}

// A Row is a closed case in coded values, sealed to the numbers key. It names no case and no time.
type Row struct {
	ID   id.Row
	Key  id.Key
	Body []byte // HPKE to the numbers key of a symmetric key, then the row under it
}

// Binding is what the row is sealed with.
func (r Row) Binding(org string) seal.Binding {
	return seal.Binding{Org: org, Kind: seal.CodedRow, Owner: string(r.ID), Key: string(r.Key)}
}

// A Closing ends a case and leaves its row.
type Closing struct {
	Case id.Case
	Row  Row
}

// A Release is a table that was published: what it counted and a digest, never the cells withheld.
type Release struct {
	ID      id.Release
	At      time.Time
	By      id.Member
	Summary []byte // public: what was counted and how, as the release room writes it
	Beside  int    // how many releases before it it was weighed against; not kept
}
