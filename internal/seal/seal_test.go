package seal_test

import (
	"bytes"
	"crypto/hpke"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"amparo/internal/seal"
)

var here = seal.Binding{Org: "org", Kind: seal.Message, Owner: "owner", Direction: seal.FromTeam, Number: 7, ID: "id", Key: "key"}

// moves are the ways in which a sealed thing may be put somewhere else.
var moves = map[string]func(*seal.Binding){
	"organisation": func(b *seal.Binding) { b.Org = "orga" },
	"kind":         func(b *seal.Binding) { b.Kind = seal.CasePart },
	"owner":        func(b *seal.Binding) { b.Owner = "" },
	"direction":    func(b *seal.Binding) { b.Direction = seal.FromVisitor },
	"number":       func(b *seal.Binding) { b.Number++ },
	"far number":   func(b *seal.Binding) { b.Number += 1 << 32 },
	"id":           func(b *seal.Binding) { b.ID = "ID" },
	"key":          func(b *seal.Binding) { b.Key += "\x00" },
	"boundary":     func(b *seal.Binding) { b.ID, b.Key = "idk", "ey" },
	"fields":       func(b *seal.Binding) { b.ID, b.Key = b.Key, b.ID },
}

func anyBinding(t *rapid.T, name string) seal.Binding {
	word := rapid.SampledFrom([]string{"", "a", "b", "ab", "\x00", "\x00\x01a", "ñ"})
	return seal.Binding{Org: word.Draw(t, name+"org"), Kind: seal.Kind(word.Draw(t, name+"kind")), Owner: word.Draw(t, name+"owner"),
		Direction: seal.Direction(word.Draw(t, name+"direction")), Number: rapid.Uint64().Draw(t, name+"number"),
		ID: word.Draw(t, name+"id"), Key: word.Draw(t, name+"key")}
}

func TestTwoBindingsAreNeverTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyBinding(t, "a "), anyBinding(t, "b ")
		if rapid.Bool().Draw(t, "same number") {
			b.Number = a.Number
		}
		if (a == b) != bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Fatalf("%+v and %+v are %x and %x", a, b, a.Bytes(), b.Bytes())
		}
	})
}

func TestWhatIsSealedOpensInItsPlaceAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "plain")
		b, key := anyBinding(t, ""), seal.NewKey()
		sealed, err := key.Seal(b, plain)
		if err != nil || len(sealed) != seal.SealedLen(len(plain)) {
			t.Fatalf("%d bytes, %v; want %d", len(sealed), err, seal.SealedLen(len(plain)))
		}
		if got, err := key.Open(b, sealed); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("opens to %x, %v", got, err)
		}
		if _, err := seal.NewKey().Open(b, sealed); err != seal.ErrOpen {
			t.Fatalf("under another key: %v", err)
		}
		other := anyBinding(t, "other ")
		if _, err := key.Open(other, sealed); other != b && err != seal.ErrOpen {
			t.Fatalf("in another place: %v", err)
		}
		bit := rapid.IntRange(0, len(sealed)*8-1).Draw(t, "bit")
		sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := key.Open(b, sealed); err != seal.ErrOpen {
			t.Fatalf("with bit %d turned: %v", bit, err)
		}
		sealed[bit/8] ^= 1 << (bit % 8)
		cut := rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")
		if _, err := key.Open(b, sealed[:cut]); err != seal.ErrOpen {
			t.Fatalf("cut to %d: %v", cut, err)
		}
	})
}

func TestEveryMoveIsRefused(t *testing.T) {
	key := seal.NewKey()
	sealed, err := key.Seal(here, []byte("word"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kem := range []hpke.KEM{seal.TeamKEM, seal.MemberKEM} {
		private, err := kem.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		envelope, err := seal.To(kem, private.PublicKey().Bytes(), here, key[:])
		if err != nil {
			t.Fatal(err)
		}
		open := func(b seal.Binding) ([]byte, error) {
			return hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), b.Bytes(), envelope[1:])
		}
		if got, err := open(here); err != nil || !bytes.Equal(got, key[:]) || envelope[0] != seal.Format {
			t.Errorf("envelope opens to %x, %v", got, err)
		}
		for name, move := range moves {
			there := here
			move(&there)
			if _, err := open(there); err == nil {
				t.Errorf("an envelope of KEM %#x opens after a move of %s", kem.ID(), name)
			}
			if _, err := key.Open(there, sealed); err != seal.ErrOpen {
				t.Errorf("a message opens after a move of %s: %v", name, err)
			}
		}
	}
}

func TestLengthsSayOnlyTheStep(t *testing.T) {
	const overhead = 1 + 12 + 16
	for plain, padded := range map[int]int{0: 512, 1: 512, 508: 512, 509: 2048, 2044: 2048, 2045: 8192, seal.MaxMessage: 8192,
		seal.MaxMessage + 1: 16384, 16380: 16384, 16381: 24576, seal.MaxPlain: 256 << 10} {
		if got := seal.SealedLen(plain); got != padded+overhead {
			t.Errorf("%d bytes are sealed to %d; want %d", plain, got, padded+overhead)
		}
		sealed, err := seal.NewKey().Seal(here, make([]byte, plain))
		if err != nil || len(sealed) != padded+overhead {
			t.Errorf("%d bytes were sealed to %d, %v; want %d", plain, len(sealed), err, padded+overhead)
		}
	}
	if _, err := seal.NewKey().Seal(here, make([]byte, seal.MaxPlain+1)); !errors.Is(err, seal.ErrTooLong) {
		t.Errorf("too long: %v", err)
	}
}

func TestABoxIsAKeyAndWhatItCloses(t *testing.T) {
	private, err := seal.TeamKEM.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.Box(private.PublicKey().Bytes(), here, []byte("coded"))
	if err != nil || len(box) != seal.BoxKeyLen+seal.SealedLen(5) {
		t.Fatalf("%d bytes, %v", len(box), err)
	}
	secret, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), here.Bytes(), box[1:seal.BoxKeyLen])
	if err != nil {
		t.Fatal(err)
	}
	if got, err := seal.Key(secret).Open(here, box[seal.BoxKeyLen:]); err != nil || string(got) != "coded" {
		t.Errorf("opens to %q, %v", got, err)
	}
	for _, public := range [][]byte{nil, make([]byte, 65), private.PublicKey().Bytes()[1:]} {
		if _, err := seal.Box(public, here, nil); err == nil {
			t.Errorf("sealed to %x", public)
		}
	}
}

func TestNoNonceComesTwice(t *testing.T) {
	key, seen := seal.NewKey(), map[string]bool{}
	for range 1000 {
		sealed, err := key.Seal(here, nil)
		if err != nil || seen[string(sealed[1:13])] {
			t.Fatalf("nonce %x again, %v", sealed[1:13], err)
		}
		seen[string(sealed[1:13])] = true
	}
}

func TestAKeyIsNotPrinted(t *testing.T) {
	k := seal.NewKey()
	for _, x := range []any{k, &k, []seal.Key{k}, struct{ K seal.Key }{k}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o"} {
			shown := fmt.Sprintf(verb, x)
			for _, trace := range []string{string(k[:4]), fmt.Sprintf("%x", k[:4]), fmt.Sprintf("%d %d", k[0], k[1]), fmt.Sprintf("0x%x, 0x%x", k[0], k[1])} {
				if strings.Contains(strings.ToLower(shown), trace) {
					t.Errorf("%s of a %T shows the key", verb, x)
				}
			}
		}
	}
}
