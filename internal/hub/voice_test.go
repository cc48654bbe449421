package hub

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"path"
	"strings"
	"testing"
	"testing/fstest"
)

// TestVoicesSayWhatThePagesSay holds each recording to the words of today: one that was spoken from other words
// tells people what is no longer so.
func TestVoicesSayWhatThePagesSay(t *testing.T) {
	f := open(t, "")
	var pages map[string][]string
	var spoken map[string]string
	for name, into := range map[string]any{"pages": &pages, "voices": &spoken} {
		data, err := voices.ReadFile("voice/" + name + ".json")
		f.must(err)
		f.must(json.Unmarshal(data, into))
	}
	if len(spoken) < 4 {
		t.Fatalf("only %d recordings", len(spoken))
	}
	for name, digest := range spoken {
		tag, file := path.Split(name)
		say := f.hub.words.In(strings.TrimSuffix(tag, "/"))
		lines := []string{say.T("voice.computer")}
		for _, key := range pages[strings.TrimSuffix(file, ".mp3")] {
			lines = append(lines, say.T(key))
		}
		sum := sha256.Sum256([]byte(strings.Join(lines, "\n\n")))
		if got := hex.EncodeToString(sum[:8]); got != digest {
			t.Errorf("%s says other words than the page: run `make voices`", name)
		}
	}
	err := fs.WalkDir(voices, "voice", func(name string, _ fs.DirEntry, err error) error {
		if path.Ext(name) == ".mp3" && spoken[strings.TrimPrefix(name, "voice/")] == "" {
			t.Errorf("%s: nobody knows what it says", name)
		}
		return err
	})
	f.must(err)
}

func TestAPersonsVoiceTakesThePlaceOfTheComputers(t *testing.T) {
	f := open(t, "")
	if w := f.get("/es/"); !strings.Contains(w.Body.String(), `src="/es/listen/home.mp3"`) || !strings.Contains(w.Body.String(), f.hub.words.In("es").T("voice.computer")) {
		t.Error("the first page has no voice, or does not say that it is a computer's")
	}
	w := f.get("/es/listen/home.mp3", "Range", "bytes=0-9")
	if w.Code != 206 || w.Body.Len() != 10 || w.Header().Get("Content-Type") != "audio/mpeg" {
		t.Errorf("a part: %d, %d bytes, %q", w.Code, w.Body.Len(), w.Header().Get("Content-Type"))
	}
	for _, path := range []string{"/es/listen/none.mp3", "/es/listen/voices.json", "/es/listen/..%2fvoices.json"} {
		if w := f.get(path); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	f.hub.Voices = fstest.MapFS{"es/home.mp3": {Data: []byte("a person")}}
	if w := f.get("/es/listen/home.mp3"); w.Body.String() != "a person" {
		t.Errorf("%q", w.Body)
	}
	if w := f.get("/es/"); strings.Contains(w.Body.String(), f.hub.words.In("es").T("voice.computer")) {
		t.Error("a person's voice is called a computer's")
	}
	if w := f.get("/en/"); !strings.Contains(w.Body.String(), f.hub.words.In("en").T("voice.computer")) {
		t.Error("where no person recorded, the computer's voice is not named")
	}
}
