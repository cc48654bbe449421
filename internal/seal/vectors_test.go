package seal

import (
	"bytes"
	"crypto/hpke"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

// Vectors are what any other implementation of the seals must agree with, in hexadecimal. Names are in
// small letters, for the browser's sake. A new format gets a new file; this one never changes.
type vectors struct {
	Bindings []bindingVector `json:"bindings"`
	Messages []messageVector `json:"messages"`
	Envelope envelopeVector  `json:"envelope"`
}

type place struct {
	Org       string `json:"org"`
	Kind      string `json:"kind"`
	Owner     string `json:"owner"`
	Direction string `json:"direction"`
	Number    uint64 `json:"number,string"` // a browser's numbers are exact only below 2^53
	ID        string `json:"id"`
	Key       string `json:"key"`
}

func (p place) binding() Binding {
	return Binding{p.Org, Kind(p.Kind), p.Owner, Direction(p.Direction), p.Number, p.ID, p.Key}
}

type bindingVector struct {
	Place place  `json:"place"`
	Bytes string `json:"bytes"`
}

type messageVector struct {
	Place  place  `json:"place"`
	Key    string `json:"key"`
	Nonce  string `json:"nonce"` // as sealed: the bytes 1 to 12
	Plain  string `json:"plain"` // UTF-8, as text
	Sealed string `json:"sealed"`
}

// An envelopeVector is a key that is sealed to a queue key: what the browser gives.
type envelopeVector struct {
	Place    place  `json:"place"`
	Private  string `json:"private"`
	Public   string `json:"public"`
	Secret   string `json:"secret"`
	Envelope string `json:"envelope"`
}

const vectorFile = "testdata/seal-vectors.json"

var update = flag.Bool("update", false, "make "+vectorFile+" anew")

func TestVectors(t *testing.T) {
	if *update {
		makeVectors(t)
	}
	text, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Bindings) < 3 || len(v.Messages) < 3 {
		t.Fatalf("only %d bindings and %d messages", len(v.Bindings), len(v.Messages))
	}
	for i, b := range v.Bindings {
		if got := hex.EncodeToString(b.Place.binding().Bytes()); got != b.Bytes {
			t.Errorf("binding %d is %s; want %s", i, got, b.Bytes)
		}
	}
	for i, m := range v.Messages {
		got, err := Key(unhex(t, m.Key)).Open(m.Place.binding(), unhex(t, m.Sealed))
		if err != nil || string(got) != m.Plain {
			t.Errorf("message %d opens to %q, %v", i, got, err)
		}
		if again := sealWith(Key(unhex(t, m.Key)), unhex(t, m.Nonce), m.Place.binding(), []byte(m.Plain)); hex.EncodeToString(again) != m.Sealed {
			t.Errorf("message %d is sealed differently now", i)
		}
	}
	private, err := TeamKEM.NewPrivateKey(unhex(t, v.Envelope.Private))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(private.PublicKey().Bytes(), unhex(t, v.Envelope.Public)) {
		t.Error("the public key is not the private one's")
	}
	envelope := unhex(t, v.Envelope.Envelope)
	if len(envelope) != BoxKeyLen || envelope[0] != Format {
		t.Fatalf("envelope of %d bytes", len(envelope))
	}
	secret, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), v.Envelope.Place.binding().Bytes(), envelope[1:])
	if err != nil || hex.EncodeToString(secret) != v.Envelope.Secret {
		t.Errorf("envelope opens to %x, %v", secret, err)
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sealWith is Key.Seal with a nonce that is given. Only vectors may choose one.
func sealWith(k Key, nonce []byte, b Binding, plain []byte) []byte {
	padded, err := pad(plain)
	if err != nil {
		panic(err)
	}
	return k.aead().Seal(append([]byte{Format}, nonce...), nonce, padded, b.Bytes())
}

func makeVectors(t *testing.T) {
	t.Helper()
	message := place{"org", string(Message), "aaaaaaaaaaaaaaaaaaaaaaaaaa", string(FromVisitor), 1, "bbbbbbbbbbbbbbbbbbbbbbbbbb", "aaaaaaaaaaaaaaaaaaaaaaaaaa"}
	reply := message
	reply.Direction, reply.Number = string(FromTeam), 1<<53+1
	envelope := place{Org: "org", Kind: string(ConversationKey), Owner: message.Owner, Key: "cccccccccccccccccccccccccc"}
	var v vectors
	for _, p := range []place{{}, message, reply, envelope, {Org: "orgañ", Kind: "k", Owner: "\x00", ID: "漢字", Number: 1<<64 - 1}} {
		v.Bindings = append(v.Bindings, bindingVector{p, hex.EncodeToString(p.binding().Bytes())})
	}
	key, nonce := Key(bytes.Repeat([]byte{0x4b}, 32)), []byte("twelve bytes")
	for _, m := range []struct {
		place
		plain string
	}{{message, ""}, {message, "Necesito ayuda. 我需要帮助。"}, {reply, string(bytes.Repeat([]byte("ñandú "), 100))}} {
		v.Messages = append(v.Messages, messageVector{m.place, hex.EncodeToString(key[:]), hex.EncodeToString(nonce), m.plain,
			hex.EncodeToString(sealWith(key, nonce, m.binding(), []byte(m.plain)))})
	}
	private, err := TeamKEM.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	secret, err := private.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := To(TeamKEM, private.PublicKey().Bytes(), envelope.binding(), key[:])
	if err != nil {
		t.Fatal(err)
	}
	v.Envelope = envelopeVector{envelope, hex.EncodeToString(secret), hex.EncodeToString(private.PublicKey().Bytes()), hex.EncodeToString(key[:]), hex.EncodeToString(sealed)}
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(vectorFile, append(text, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
