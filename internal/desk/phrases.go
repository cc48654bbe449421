package desk

import (
	_ "embed"
	"encoding/json"
	"strings"
)

// A phrase is one thing often said, in several languages. It is put into the reply for the member to
// read and change, never sent by itself.
type phrase struct {
	ID       string            `json:"id"`
	Words    map[string]string `json:"words"`
	Reviewed string            `json:"reviewed"` // who has reviewed the translations and when, or ""

	Lang, Text, Mine string `json:"-"` // as offered: its language, its words, the same in the member's
}

//go:embed phrases.json
var phrasesJSON []byte

var phrases = func() (ps []phrase) {
	if err := json.Unmarshal(phrasesJSON, &ps); err != nil {
		panic(err) // compiled in
	}
	return ps
}()

// phrasesFor offers the phrases in the person's language where there are such, else in English, beside
// what they mean in the member's.
func phrasesFor(member, person string) (out []phrase) {
	for _, p := range phrases {
		p.Lang = person
		if p.Words[person] == "" {
			p.Lang = "en"
		}
		p.Text = p.Words[p.Lang]
		if member != p.Lang {
			p.Mine = p.Words[member]
		}
		out = append(out, p)
	}
	return out
}

// Key names a phrase in a language, as a form sends it.
func (p phrase) Key() string { return p.ID + "/" + p.Lang }

func phraseWords(key string) (string, bool) {
	name, lang, _ := strings.Cut(key, "/")
	for _, p := range phrases {
		if p.ID == name && p.Words[lang] != "" {
			return p.Words[lang], true
		}
	}
	return "", false
}
