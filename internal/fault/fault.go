// Package fault is an error with two voices: a kind and safe words for people, and the whole cause
// for the log. What a person is told is decided by the kind alone, in one place for each wing.
package fault

import (
	"errors"
	"fmt"
)

// A Kind says what may be told, and what the other side should do.
type Kind string

const (
	Invalid  Kind = "invalid"   // what was sent cannot be right; Field names where
	Unknown  Kind = "unknown"   // no such thing, or not yours: the two look alike
	Stranger Kind = "stranger"  // no valid session; log in
	Conflict Kind = "conflict"  // somebody else changed it first; look again
	Ended    Kind = "ended"     // the conversation or case is over
	TooLong  Kind = "too-long"  // more than is taken
	Full     Kind = "full"      // no room to keep it: nothing was kept
	Busy     Kind = "busy"      // try again in a moment: nothing was kept
	Internal Kind = "internal"  // our own mistake
	Slow     Kind = "slow-down" // too many tries
)

// An Error is what use cases return. Only Kind and Field may reach a person.
type Error struct {
	Kind  Kind
	Field string // the form field or argument at fault, if one is
	Cause error  // for the log; never shown, and never holds a person's words
}

func (e *Error) Error() string {
	s := string(e.Kind)
	if e.Field != "" {
		s += " " + e.Field
	}
	if e.Cause != nil {
		s += ": " + e.Cause.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Cause }

// Is makes errors.Is(err, &Error{Kind: k}) compare kinds.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && (t.Field == "" || t.Field == e.Field)
}

// New is an error of kind k with its cause for the log.
func New(k Kind, format string, args ...any) error {
	return &Error{Kind: k, Cause: fmt.Errorf(format, args...)}
}

// Field is an Invalid error that names the field at fault.
func Field(name, format string, args ...any) error {
	return &Error{Kind: Invalid, Field: name, Cause: fmt.Errorf(format, args...)}
}

// KindOf is the kind of err; an error that is none of ours is Internal, and nil is "".
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// FieldOf is the field that err names, or "".
func FieldOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// statuses is what each kind is over HTTP, both ways.
var statuses = map[Kind]int{
	Invalid: 400, Stranger: 401, Unknown: 404, Conflict: 409, Ended: 410, TooLong: 413,
	Slow: 429, Internal: 500, Busy: 503, Full: 507,
}

// Status is the HTTP status (RFC 9110, RFC 4918 for 507) that says this kind.
func (k Kind) Status() int {
	if s, ok := statuses[k]; ok {
		return s
	}
	return statuses[Internal]
}

// OfStatus is the kind that an HTTP status says; Internal for one that we never send.
func OfStatus(status int) Kind {
	for k, s := range statuses {
		if s == status {
			return k
		}
	}
	return Internal
}
