package seal

import (
	"encoding/binary"
	"errors"
)

// MaxPlain is the longest plaintext that is sealed, in bytes.
const MaxPlain = 256<<10 - 4

// MaxMessage is the longest message, in bytes of UTF-8: the largest step of a conversation.
const MaxMessage = 8<<10 - 4

// ErrTooLong is returned for a plaintext above MaxPlain.
var ErrTooLong = errors.New("seal: too long")

// steps are the padded lengths; above the last, multiples of it.
var steps = [...]int{512, 2 << 10, 8 << 10}

// pad gives a 32-bit big-endian length, the plaintext, and zeros up to the next step.
func pad(plain []byte) ([]byte, error) {
	if len(plain) > MaxPlain {
		return nil, ErrTooLong
	}
	out := make([]byte, padded(len(plain)+4))
	binary.BigEndian.PutUint32(out, uint32(len(plain)))
	copy(out[4:], plain)
	return out, nil
}

func padded(n int) int {
	for _, s := range steps {
		if n <= s {
			return s
		}
	}
	last := steps[len(steps)-1]
	return (n + last - 1) / last * last
}

func unpad(b []byte) ([]byte, error) {
	if len(b) < 4 {
		return nil, ErrOpen
	}
	n := int(binary.BigEndian.Uint32(b))
	if n > len(b)-4 || padded(n+4) != len(b) {
		return nil, ErrOpen
	}
	return b[4 : 4+n], nil
}

// SealedLen is the length of what Key.Seal gives for a plaintext of n bytes, so that a reader can
// refuse other lengths before keeping anything.
func SealedLen(n int) int { return 1 + 12 + padded(n+4) + 16 }
