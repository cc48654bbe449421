package locale

import (
	"fmt"
	"maps"
	"slices"
)

// A Tally is how one catalogue of one language stands beside the English one.
type Tally struct {
	Language  string   `json:"language"`
	Catalogue string   `json:"catalogue"`
	Keys      int      `json:"keys"`
	Missing   []string `json:"missing"`
	Surplus   []string `json:"surplus"`
	Signed    int      `json:"signed"`
	Unsigned  int      `json:"unsigned"`
}

// An Ended is a review that no longer fits.
type Ended struct {
	Language string `json:"language"`
	Key      string `json:"key"`
	By       string `json:"by"`
	On       string `json:"on"`
	Why      string `json:"why"`
}

// Tallies counts every catalogue of every language that is offered, in their order.
func (w *Words) Tallies() (out []Tally) {
	english := w.tongues[0]
	for _, t := range w.tongues {
		for _, c := range slices.Sorted(maps.Keys(t.catalogues)) {
			if t.artificial {
				continue
			}
			y := Tally{Language: t.Tag, Catalogue: c, Keys: len(t.catalogues[c]), Missing: []string{}, Surplus: []string{}}
			for _, key := range english.catalogues[c] {
				if !slices.Contains(t.catalogues[c], key) {
					y.Missing = append(y.Missing, key)
				}
			}
			for _, key := range t.catalogues[c] {
				if !slices.Contains(english.catalogues[c], key) {
					y.Surplus = append(y.Surplus, key)
				}
				if t.signed[key] {
					y.Signed++
				}
			}
			y.Unsigned = y.Keys - y.Signed
			out = append(out, y)
		}
	}
	return out
}

// Ended lists the reviews that no longer fit: what they were of counts as unsigned.
func (w *Words) Ended() (out []Ended) {
	out = []Ended{}
	for _, t := range w.tongues {
		for _, key := range slices.Sorted(maps.Keys(t.reviews)) {
			if why := w.ended(t, key); why != "" {
				r := t.reviews[key]
				out = append(out, Ended{t.Tag, key, r.By, r.On, why})
			}
		}
	}
	return out
}

// Check says what is wrong, one line each with file and key; none when all is whole. A language that is shown
// beside English may lack a catalogue, but no part of one. That a string is not signed is nothing wrong.
func (w *Words) Check() (problems []string) {
	problems = slices.Clone(w.faults)
	english := w.tongues[0]
	for _, y := range w.Tallies() {
		file := w.file(y.Language, y.Catalogue)
		if english.catalogues[y.Catalogue] == nil {
			problems = append(problems, file+": English has no such catalogue")
			continue
		}
		for _, key := range y.Missing {
			problems = append(problems, fmt.Sprintf("%s: %q: is missing", file, key))
		}
		for _, key := range y.Surplus {
			problems = append(problems, fmt.Sprintf("%s: %q: English has no such key", file, key))
		}
		t := w.tongue(y.Language)
		for _, key := range t.catalogues[y.Catalogue] {
			if m, en := t.own[key], english.own[key]; m != nil && en != nil {
				for _, what := range m.differs(en, t) {
					problems = append(problems, fmt.Sprintf("%s: %q: %s", file, key, what))
				}
			}
		}
	}
	for _, t := range w.tongues {
		for _, c := range slices.Sorted(maps.Keys(english.catalogues)) {
			if t.catalogues[c] == nil && !t.Beside {
				problems = append(problems, w.file(t.Tag, c)+": is missing")
			}
		}
	}
	return problems
}

// A Row is one string for a translator: its key, its plural form, the English, its own words, and who signed them.
type Row struct{ Catalogue, Key, Form, English, Words, Signed string }

// Sheet lists all strings of a language, also those of a catalogue that it lacks.
func (w *Words) Sheet(tag string) (out []Row, err error) {
	t := w.tongue(tag)
	if t == nil {
		return nil, fmt.Errorf("%s is none of the languages", tag)
	}
	english := w.tongues[0]
	for _, c := range slices.Sorted(maps.Keys(english.catalogues)) {
		for _, key := range english.catalogues[c] {
			en, own := english.own[key], t.own[key]
			names := []string{"other"}
			if en.plural() && t.rule != nil {
				names = t.rule.names()
			}
			for _, form := range names {
				row := Row{Catalogue: c, Key: key, English: en[form], Words: own[form]}
				if row.English == "" {
					row.English = en["other"]
				}
				if len(names) > 1 {
					row.Form = form
				}
				if t.signed[key] {
					row.Signed = t.reviews[key].By + ", " + t.reviews[key].On
				}
				out = append(out, row)
			}
		}
	}
	return out, nil
}
