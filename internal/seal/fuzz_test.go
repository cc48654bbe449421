package seal

import (
	"bytes"
	"encoding/binary"
	"testing"
)

func FuzzOpen(f *testing.F) {
	key, b := Key(bytes.Repeat([]byte{1}, 32)), Binding{Org: "org", Kind: Message}
	good := sealWith(key, []byte("twelve bytes"), b, []byte("word")) // the same in every process
	for _, seed := range [][]byte{nil, {Format}, good, good[:len(good)-1], make([]byte, 29), bytes.Repeat([]byte{Format}, SealedLen(0))} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sealed []byte) {
		plain, err := key.Open(b, sealed)
		if err == nil && !bytes.Equal(sealed, good) {
			t.Errorf("what nobody sealed opens to %q", plain)
		}
		if err != nil && err != ErrOpen {
			t.Errorf("says more than that it does not open: %v", err)
		}
	})
}

func FuzzUnpad(f *testing.F) {
	for _, n := range []int{0, 1, 508, 509, 8188} {
		padded, err := pad(make([]byte, n))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(padded)
	}
	for _, length := range []uint32{1, 508, 509, 1 << 31, 1<<32 - 1} {
		f.Add(append(binary.BigEndian.AppendUint32(nil, length), make([]byte, 508)...))
	}
	f.Add([]byte{0, 0, 0})
	f.Fuzz(func(t *testing.T, padded []byte) {
		plain, err := unpad(padded)
		if err != nil {
			return
		}
		again, err := pad(plain)
		if err != nil || len(again) != len(padded) {
			t.Errorf("%d bytes hold %d, which are padded to %d, %v", len(padded), len(plain), len(again), err)
		}
	})
}

func FuzzBinding(f *testing.F) {
	f.Add("org", "message", "owner", "team", uint64(1), "id", "key")
	f.Add("", "", "", "", uint64(0), "", "")
	f.Add("\x00\x01a", "", "\xff", "ñ", uint64(1<<63), "a\x00", "")
	f.Fuzz(func(t *testing.T, org, kind, owner, direction string, number uint64, id, key string) {
		fields := []string{org, kind, owner, direction, id, key}
		for _, s := range fields {
			if len(s) >= 1<<16 {
				t.Skip("no id is so long")
			}
		}
		// Read back what was written: then no two bindings can be the same bytes.
		rest := Binding{org, Kind(kind), owner, Direction(direction), number, id, key}.Bytes()
		head := append([]byte("amparo"), Format)
		if !bytes.HasPrefix(rest, head) {
			t.Fatalf("starts with %x", rest)
		}
		rest = rest[len(head):]
		for i, want := range fields {
			if i == 4 {
				if binary.BigEndian.Uint64(rest) != number {
					t.Fatalf("number is %d", binary.BigEndian.Uint64(rest))
				}
				rest = rest[8:]
			}
			n := int(binary.BigEndian.Uint16(rest))
			if string(rest[2:2+n]) != want {
				t.Fatalf("field %d is %q; want %q", i, rest[2:2+n], want)
			}
			rest = rest[2+n:]
		}
		if len(rest) > 0 {
			t.Errorf("%x is left", rest)
		}
	})
}
