package keyring

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"

	"amparo/internal/seal"
	"amparo/internal/staff"
)

// A Proof shows the hub that one knows the passphrase, and opens nothing.
type Proof [32]byte

// Format keeps a proof out of logs, whatever the verb.
func (Proof) Format(f fmt.State, _ rune) { io.WriteString(f, "[sealed]") }

// NewStretch gives the costs for a new passphrase: RFC 9106's second recommendation (64 MiB, 3
// passes), and a fresh salt of 16 bytes.
func NewStretch() staff.Stretch {
	s := staff.Stretch{Salt: make([]byte, 16), Time: 3, Memory: 64 << 10, Threads: 4}
	rand.Read(s.Salt)
	return s
}

// Derive runs Argon2id once and splits what it gives: one half proves who you are, the other unlocks.
// Neither can be had from the other.
func Derive(passphrase string, s staff.Stretch) (Proof, seal.Key) {
	both := argon2.IDKey([]byte(passphrase), s.Salt, s.Time, s.Memory, s.Threads, 64)
	return Proof(both[:32]), seal.Key(both[32:])
}

// NewPassphrase gives five random proquints, 80 bits: words of five letters that can be said aloud
// in any language (Wilkerson, "A Proposal for Proquints", arXiv:0901.4016).
func NewPassphrase() string {
	const consonants, vowels = "bdfghjklmnprstvz", "aiou"
	var b [10]byte
	rand.Read(b[:])
	quints := make([]string, 5)
	for i := range quints {
		n := binary.BigEndian.Uint16(b[2*i:])
		quints[i] = string([]byte{
			consonants[n>>12], vowels[n>>10&3], consonants[n>>6&15], vowels[n>>4&3], consonants[n&15],
		})
	}
	return strings.Join(quints, "-")
}
