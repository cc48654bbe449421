package hub

import (
	"crypto/hpke"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"amparo/internal/seal"
)

// TestScriptSeals opens in Go what client/seal.js closed. The other way, from internal/seal's vectors, is
// in browser/hub-client.test.mjs, as is that the script still seals so.
func TestScriptSeals(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Binding                                                      seal.Binding
		Key, Text, SealedByScript, Private, Public, EnvelopeByScript string
	}
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	unhex := func(s string) []byte {
		b, err := hex.DecodeString(s)
		if err != nil || len(b) == 0 {
			t.Fatalf("%q: %v", s, err)
		}
		return b
	}
	key := seal.Key(unhex(v.Key))
	if plain, err := key.Open(v.Binding, unhex(v.SealedByScript)); err != nil || string(plain) != v.Text {
		t.Errorf("message: %q, %v", plain, err)
	}
	private, err := seal.TeamKEM.NewPrivateKey(unhex(v.Private))
	if err != nil {
		t.Fatal(err)
	}
	envelope := unhex(v.EnvelopeByScript)
	if len(envelope) != seal.BoxKeyLen || envelope[0] != seal.Format {
		t.Errorf("envelope of %d bytes", len(envelope))
	}
	got, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), v.Binding.Bytes(), envelope[1:])
	if err != nil || hex.EncodeToString(got) != v.Key {
		t.Errorf("envelope: %x, %v", got, err)
	}
}
