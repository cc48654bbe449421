package seal

import "encoding/binary"

// A Kind says what a sealed thing is.
type Kind string

const (
	ConversationKey Kind = "conversation-key" // a conversation's key, sealed to a queue key
	Message         Kind = "message"          // one message, under its conversation's key
	CaseKey         Kind = "case-key"         // a case's key, wrapped to a member
	CasePart        Kind = "case-part"        // one part of a case, under its case's key
	TeamKey         Kind = "team-key"         // a team key's private half, wrapped to a member
	MemberKeys      Kind = "member-keys"      // a member's private keys, under the passphrase
	CodedRow        Kind = "coded-row"        // a closed case in coded values, sealed to the numbers key
)

// A Direction says who sealed a message.
type Direction string

const (
	FromVisitor Direction = "visitor"
	FromTeam    Direction = "team"
)

// A Binding says where a sealed thing belongs. All of it is authenticated: put anywhere else, under
// another owner, number, id or organisation, the thing does not open.
type Binding struct {
	Org       string    // the organisation's id
	Kind      Kind      // what it is
	Owner     string    // the id of what it belongs to: conversation, case, member
	Direction Direction // for messages, who said it; else empty
	Number    uint64    // for messages the sender's own count from 1; for parts the version; else 0
	ID        string    // the thing's own id; for a wrap, who it is wrapped to
	Key       string    // the id of the key it is sealed under or to
}

// Bytes is the binding as the bytes that are authenticated: "amparo", the format byte, then each
// field as a 16-bit big-endian length and its UTF-8, the number as 64 bits big-endian. The browser
// writes the same (internal/hub/client).
func (b Binding) Bytes() []byte {
	out := append([]byte("amparo"), Format)
	str := func(s string) {
		out = binary.BigEndian.AppendUint16(out, uint16(len(s)))
		out = append(out, s...)
	}
	str(b.Org)
	str(string(b.Kind))
	str(b.Owner)
	str(string(b.Direction))
	out = binary.BigEndian.AppendUint64(out, b.Number)
	str(b.ID)
	str(b.Key)
	return out
}
