package seal_test

import (
	"crypto/hpke"
	"testing"

	"amparo/internal/seal"
)

func BenchmarkMessage(b *testing.B) {
	key, at, text := seal.NewKey(), seal.Binding{Kind: seal.Message, Owner: "c", Number: 1}, make([]byte, 300)
	for b.Loop() {
		sealed, err := key.Seal(at, text)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := key.Open(at, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkToTeam(b *testing.B)   { benchmarkTo(b, seal.TeamKEM) }
func BenchmarkToMember(b *testing.B) { benchmarkTo(b, seal.MemberKEM) }

func benchmarkTo(b *testing.B, kem hpke.KEM) {
	private, err := kem.GenerateKey()
	if err != nil {
		b.Fatal(err)
	}
	public, secret := private.PublicKey().Bytes(), make([]byte, 32)
	for b.Loop() {
		if _, err := seal.To(kem, public, seal.Binding{Kind: seal.CaseKey}, secret); err != nil {
			b.Fatal(err)
		}
	}
}
