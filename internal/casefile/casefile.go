// Package casefile is what a member keeps of one person: a summary, what happened in episodes, whom
// they were referred to and with what consent, notes. Each is a document of its own, sealed and
// versioned on its own, so that two members can work on two of them at once.
//
// All is plain data with pure functions. Only desks hold it opened, and only in memory.
package casefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"amparo/internal/fault"
)

// A Kind says what a document is. It is sealed with it: the hub cannot tell a note from an episode.
type Kind string

const (
	KindSummary  Kind = "summary"
	KindPerson   Kind = "person"
	KindJourney  Kind = "journey"
	KindEpisode  Kind = "episode"
	KindReferral Kind = "referral"
	KindNote     Kind = "note"
	KindRejected Kind = "rejected"
)

// A Document is one part of a case, opened: Summary, Person, Journey, Episode, Referral, Note or Rejected.
type Document interface {
	Kind() Kind
	// Check gives a fault.Invalid or fault.TooLong that names the first field at fault.
	Check() error
}

// Limits on what a member may write, in bytes of UTF-8.
const (
	MaxLine = 200   // a label, a name, a line
	MaxText = 20000 // a note
	maxList = 400   // facts, episodes, actors, rejected proposals
)

// document is how every part looks before it is sealed.
type document struct {
	Kind Kind            `json:"kind"`
	Doc  json.RawMessage `json:"doc"`
}

// Encode checks a document and gives it as JSON, ready to be sealed.
func Encode(d Document) ([]byte, error) {
	if err := d.Check(); err != nil {
		return nil, err
	}
	doc, err := json.Marshal(d)
	if err != nil {
		return nil, err
	}
	return json.Marshal(document{d.Kind(), doc})
}

// ErrShape says that bytes are no document of a kind that this version knows.
var ErrShape = errors.New("casefile: not a document of a known kind")

// Decode reads what Encode gave. Fields it does not know are an error, so that an older desk never
// writes back less than a newer one wrote.
func Decode(b []byte) (Document, error) {
	var d document
	if err := strict(b, &d); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrShape, err)
	}
	switch d.Kind {
	case KindSummary:
		return decode[Summary](d.Doc)
	case KindPerson:
		return decode[Person](d.Doc)
	case KindJourney:
		return decode[Journey](d.Doc)
	case KindEpisode:
		return decode[Episode](d.Doc)
	case KindReferral:
		return decode[Referral](d.Doc)
	case KindNote:
		return decode[Note](d.Doc)
	case KindRejected:
		return decode[Rejected](d.Doc)
	}
	return nil, ErrShape
}

func decode[T Document](b []byte) (Document, error) {
	var v T
	if err := strict(b, &v); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrShape, v.Kind(), err)
	}
	return v, nil
}

func strict(b []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	return dec.Decode(v)
}

// line checks one line of text.
func line(field, s string, required bool) error {
	if required && s == "" {
		return fault.Field(field, "empty")
	}
	return text(field, s, MaxLine)
}

func text(field, s string, most int) error {
	if len(s) > most {
		return &fault.Error{Kind: fault.TooLong, Field: field, Cause: fmt.Errorf("%d bytes, at most %d", len(s), most)}
	}
	if !utf8.ValidString(s) {
		return fault.Field(field, "not UTF-8")
	}
	return nil
}

func bounded(field string, n int) error {
	if n > maxList {
		return &fault.Error{Kind: fault.TooLong, Field: field, Cause: fmt.Errorf("%d entries, at most %d", n, maxList)}
	}
	return nil
}
