package hub

import (
	"encoding/json"
	"io/fs"
	"sync"

	"amparo/internal/locale"
	"amparo/law"
	"amparo/packs"
)

// askedLaw is the law whose questions the site asks.
var askedLaw = sync.OnceValues(func() (*law.Pack, error) { return packs.Load("us") })

// ReadWords reads the words of the site from a folder, or those that it was built with where fsys is nil. Unfit
// strings do not make it fail: Check of what it gives tells of them.
func ReadWords(fsys fs.FS, dir string) (*locale.Words, error) {
	if fsys == nil {
		fsys, dir = files, "words"
	}
	w, err := locale.Read(fsys, dir)
	if err != nil {
		return nil, err
	}
	return w, addQuestions(w)
}

// addQuestions makes a catalogue of the questions that the law has in English and Spanish: the key of a question is
// its id, that of its help has .help after it. Other languages have theirs in TAG/questions.json.
func addQuestions(w *locale.Words) error {
	pack, err := askedLaw()
	if err != nil {
		return err
	}
	for _, lang := range []string{"en", "es"} {
		words := map[string]string{}
		for _, id := range pack.Program().Facts {
			q, _ := pack.Question(id)
			words[id] = q.Text.In(lang)
			if help := q.Help.In(lang); help != "" {
				words[id+".help"] = help
			}
		}
		data, err := json.Marshal(words)
		if err != nil {
			return err
		}
		if err := w.Add(lang, "questions", data); err != nil {
			return err
		}
	}
	return nil
}
