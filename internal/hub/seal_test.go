package hub

import (
	"crypto/hpke"
	"encoding/hex"
	"encoding/json"
	"os"
	"testing"

	"amparo/internal/seal"
)

// TestVectors opens in Go what client/seal.js closed, and what Go closed; browser/hub-client.test.mjs
// does the same in JavaScript, from the same file.
func TestVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Binding                                                                                seal.Binding
		BindingBytes, Key, Text, SealedByGo, SealedByScript, Private, Public, EnvelopeByScript string
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
	if got := hex.EncodeToString(v.Binding.Bytes()); got != v.BindingBytes {
		t.Errorf("binding is %s; want %s", got, v.BindingBytes)
	}
	key := seal.Key(unhex(v.Key))
	for name, sealed := range map[string]string{"Go": v.SealedByGo, "the script": v.SealedByScript} {
		if plain, err := key.Open(v.Binding, unhex(sealed)); err != nil || string(plain) != v.Text {
			t.Errorf("sealed by %s: %q, %v", name, plain, err)
		}
		elsewhere := v.Binding
		elsewhere.Number++
		if _, err := key.Open(elsewhere, unhex(sealed)); err == nil {
			t.Errorf("sealed by %s, it opens elsewhere", name)
		}
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
