// Package seal closes things: to a public key, or under a key that both sides of a conversation
// hold. It can open only what a key in hand opens (a conversation's own key); the package that opens
// with private keys is keyring, which nothing that faces the world may reach.
//
// One suite, no negotiation. To a team key that browsers seal to: HPKE (RFC 9180) base mode,
// DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. To a member's key: the same with
// MLKEM768-X25519 as the KEM. Under a symmetric key: AES-256-GCM with a random 96-bit nonce.
//
// Every sealed thing starts with a format byte and binds a [Binding] as associated data, so that it
// opens only where it was put. Plaintext is padded to steps, so that its length says little.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hpke"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
)

// Format is the first byte of everything sealed.
const Format = 1

// ErrOpen is all that is said of a thing that does not open: damaged, moved, or another's.
var ErrOpen = errors.New("seal: does not open")

// A Key is a symmetric key of 32 bytes: a conversation's or a case's.
type Key [32]byte

// NewKey gives a fresh random key.
func NewKey() (k Key) {
	rand.Read(k[:])
	return k
}

// Format keeps a key out of logs, whatever the verb.
func (Key) Format(f fmt.State, _ rune) { io.WriteString(f, "[sealed]") }

// MarshalText is an error: a key is never written out, and in JSON it would be.
func (Key) MarshalText() ([]byte, error) { return nil, errors.New("seal: a key is not written out") }

func (k Key) aead() cipher.AEAD {
	b, err := aes.NewCipher(k[:])
	if err != nil {
		panic(err) // 32 bytes is always a valid AES key
	}
	a, err := cipher.NewGCM(b)
	if err != nil {
		panic(err)
	}
	return a
}

// Seal pads and closes plain: format byte, nonce (12), ciphertext with tag.
func (k Key) Seal(b Binding, plain []byte) ([]byte, error) {
	padded, err := pad(plain)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 1+12, 1+12+len(padded)+16)
	out[0] = Format
	rand.Read(out[1:13])
	return k.aead().Seal(out, out[1:13], padded, b.Bytes()), nil
}

// Open gives what Seal closed under the same key and binding, or ErrOpen.
func (k Key) Open(b Binding, sealed []byte) ([]byte, error) {
	if len(sealed) < 1+12+16 || sealed[0] != Format {
		return nil, ErrOpen
	}
	padded, err := k.aead().Open(nil, sealed[1:13], sealed[13:], b.Bytes())
	if err != nil {
		return nil, ErrOpen
	}
	return unpad(padded)
}

// KEMs of the two kinds of public key.
var (
	TeamKEM   = hpke.DHKEM(ecdh.P256()) // what browsers seal to
	MemberKEM = hpke.MLKEM768X25519()   // what desks wrap to
)

// To closes a small secret (a key) to a public key of the given KEM: format byte, then HPKE's
// encapsulated key and ciphertext. The binding is HPKE's info. It is not padded: keys have one length.
func To(kem hpke.KEM, public []byte, b Binding, secret []byte) ([]byte, error) {
	pk, err := kem.NewPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("seal: public key: %w", err)
	}
	ct, err := hpke.Seal(pk, hpke.HKDFSHA256(), hpke.AES256GCM(), b.Bytes(), secret)
	if err != nil {
		return nil, err
	}
	return append([]byte{Format}, ct...), nil
}

// BoxKeyLen is the length of the sealed key at the start of a box: format byte, P-256 point, key, tag.
const BoxKeyLen = 1 + 65 + 32 + 16

// Box pads and closes plain to a team key: a fresh key sealed to it, then plain under that key.
func Box(public []byte, b Binding, plain []byte) ([]byte, error) {
	k := NewKey()
	head, err := To(TeamKEM, public, b, k[:])
	if err != nil {
		return nil, err
	}
	body, err := k.Seal(b, plain)
	if err != nil {
		return nil, err
	}
	return append(head, body...), nil
}
