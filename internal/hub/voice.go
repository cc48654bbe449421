package hub

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"amparo/internal/fault"
	"amparo/internal/locale"
)

// voices are the key pages read aloud by a computer (tools/voices.mjs), which says so first.
//
//go:embed voice
var voices embed.FS

var voiceArea = area{screens: []screen{
	{path: "/listen/{page}", kind: fileKind, catalogue: "base", show: (*Hub).listen, each: voiced, has: (*Hub).speaks},
}}

// voiced are the files that a language may have.
func voiced(*Hub) (out []string) {
	data, err := voices.ReadFile("voice/pages.json")
	var pages map[string][]string
	if err == nil {
		err = json.Unmarshal(data, &pages)
	}
	if err != nil {
		panic(err) // embedded, and looked at by a test
	}
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		out = append(out, name+".mp3")
	}
	return out
}

// voiceOf names the voice of a page by its address.
func voiceOf(path string) string {
	if path = strings.Trim(path, "/"); path == "" {
		return "home"
	}
	return path
}

// speaks says whether a language has a voice for a page.
func (h *Hub) speaks(tag, file string) bool {
	_, _, ok := h.voice(tag, file)
	return ok
}

// voice finds the recording: a person's, where the organisation has one, else the computer's.
func (h *Hub) voice(tag, file string) (data []byte, person, ok bool) {
	name := path.Join(tag, file)
	if h.Voices != nil {
		if data, err := fs.ReadFile(h.Voices, name); err == nil {
			return data, true, true
		} else if !errors.Is(err, fs.ErrNotExist) {
			h.Log.Error("a recording cannot be read", "err", err)
		}
	}
	data, err := voices.ReadFile("voice/" + name)
	return data, false, err == nil
}

func (h *Hub) listen(w http.ResponseWriter, r *http.Request, say locale.Say) error {
	file := r.PathValue("page")
	data, _, ok := h.voice(say.Tag, file)
	if !ok || path.Ext(file) != ".mp3" {
		return fault.New(fault.Unknown, "no such recording")
	}
	secret(w) // sound does not get smaller
	w.Header().Set("Content-Type", "audio/mpeg")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	return nil
}

// A Voice is a page read aloud.
type Voice struct {
	Address string
	Person  bool // by a person; otherwise by a computer
}

// Voice is this page read aloud, if it is.
func (p page) Voice() *Voice {
	file := voiceOf(p.Path) + ".mp3"
	if p.Path == "" || p.voice == nil {
		return nil
	}
	_, person, ok := p.voice(p.Tag, file)
	if !ok {
		return nil
	}
	return &Voice{"/" + p.Tag + "/listen/" + file, person}
}
