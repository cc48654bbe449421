// Package id makes random names for things. An id is 128 random bits in 26 letters of base 32
// (RFC 4648, lower case, no padding): it says nothing of a person, a time or an order.
package id

import (
	"crypto/rand"
	"encoding/base32"
)

// One type for each kind of thing, so that one cannot be given where another is meant.
type (
	Conversation string // a talk between a visitor and the team
	Message      string // one thing said; chosen by the sender, so that a repeated send is recognised
	Member       string // a person who works here
	Key          string // a public key of a team or a member
	Case         string // what a member keeps of one person
	Part         string // one sealed part of a case
	Row          string // a closed case in coded values
	Release      string // a table that was published
)

var letters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// New gives a fresh id.
func New[T ~string]() T {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand ends the program instead
	return T(letters.EncodeToString(b[:]))
}

// Valid says whether s has the shape of an id, and so may be looked up at all.
func Valid[T ~string](s T) bool {
	if len(s) != 26 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}
