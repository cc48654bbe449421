// Package locale finds words: catalogues of JSON, a folder for each language and a file for each part of a
// wing, which of them a person has signed, and the choice of a language. Plural forms are go-i18n's.
package locale

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Words are the catalogues of one wing. English is the source: every key is there.
type Words struct {
	dir     string
	tongues []*tongue // English first
	faults  []string  // what makes a string unfit to be shown
	matcher language.Matcher
}

// A Language is one that the words are in.
type Language struct {
	Tag      string // BCP 47, as in addresses
	Name     string // its own name for itself
	Dir      string // "ltr" or "rtl"
	Beside   bool   // each string that nobody signed shows the English beside it; it may lack whole catalogues
	Reviewed bool   `json:"-"` // a person has signed every string, as it now stands; true of English, the source
}

// Faults say of strings why they are unfit, each with file and key. They are an error of Load.
type Faults []string

func (f Faults) Error() string { return strings.Join(f, "\n") }

// Load is Read, and fails with Faults where a string is unfit to be shown.
func Load(fsys fs.FS, dir string) (*Words, error) {
	w, err := Read(fsys, dir)
	if err == nil && len(w.faults) > 0 {
		return nil, Faults(w.faults)
	}
	return w, err
}

// Read reads languages.json (the list, in order, English first), TAG/CATALOGUE.json for each, and
// reviews/TAG.json where it is there, from dir. It fails when the list or a file cannot be read. Strings that
// are unfit are left out, and Check tells of them.
func Read(fsys fs.FS, dir string) (*Words, error) {
	w := &Words{dir: dir}
	langs, err := readList(fsys, dir)
	if err != nil {
		return nil, err
	}
	for _, l := range langs {
		t, err := newTongue(l)
		if err != nil {
			return nil, fmt.Errorf("%s/languages.json: %w", dir, err)
		}
		w.tongues = append(w.tongues, t)
		names, err := fs.Glob(fsys, path.Join(dir, l.Tag, "*.json"))
		if err != nil || len(names) == 0 {
			return nil, fmt.Errorf("%s/%s: no catalogue is there", dir, l.Tag)
		}
		for _, name := range names {
			data, err := fs.ReadFile(fsys, name)
			if err == nil {
				err = w.add(t, strings.TrimSuffix(path.Base(name), ".json"), data)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	if err := w.readReviews(fsys); err != nil {
		return nil, err
	}
	w.settle()
	w.match()
	return w, nil
}

// readList reads languages.json and refuses what is not a list of languages.
func readList(fsys fs.FS, dir string) ([]Language, error) {
	name := path.Join(dir, "languages.json")
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var langs []Language
	if err := dec.Decode(&langs); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if len(langs) == 0 || langs[0].Tag != "en" {
		return nil, fmt.Errorf("%s: English comes first", name)
	}
	for i, l := range langs {
		tag, err := language.Parse(l.Tag)
		same := func(o Language) bool { t, _ := language.Parse(o.Tag); return t == tag }
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %q: %w", name, l.Tag, err)
		case slices.ContainsFunc(langs[:i], same):
			return nil, fmt.Errorf("%s: %q stands twice", name, l.Tag)
		case l.Dir != direction(tag):
			return nil, fmt.Errorf("%s: %q: Dir is %q, and the language is written %s", name, l.Tag, l.Dir, direction(tag))
		case strings.TrimSpace(l.Name) == "" || unfit(l.Name) != "":
			return nil, fmt.Errorf("%s: %q: Name %q is no name", name, l.Tag, l.Name)
		}
	}
	return langs, nil
}

// toTheLeft are the scripts that are written from right to left.
var toTheLeft = []string{"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg", "Mand", "Samr"}

func direction(tag language.Tag) string {
	if script, _ := tag.Script(); slices.Contains(toTheLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// Add puts in a catalogue of a language from elsewhere. A key that another catalogue has, and a string that is
// unfit, are errors.
func (w *Words) Add(tag, catalogue string, data []byte) error {
	t := w.tongue(tag)
	if t == nil {
		return fmt.Errorf("%s is none of the languages", tag)
	}
	before := len(w.faults)
	if err := w.add(t, catalogue, data); err != nil {
		return fmt.Errorf("%s/%s: %w", tag, catalogue, err)
	}
	w.settle()
	if unfit := w.faults[before:]; len(unfit) > 0 {
		return Faults(unfit)
	}
	return nil
}

// settle finds anew which strings are signed as they now stand, and which languages whole.
func (w *Words) settle() {
	for _, t := range w.tongues {
		t.signed = map[string]bool{}
		t.Reviewed = true
		for key := range t.own {
			t.signed[key] = w.ended(t, key) == ""
			t.Reviewed = t.Reviewed && t.signed[key]
		}
		t.Reviewed = t.Reviewed || t.Tag == "en"
	}
}

// file is the name of a catalogue.
func (w *Words) file(tag, catalogue string) string { return path.Join(w.dir, tag, catalogue+".json") }

func (w *Words) tongue(tag string) *tongue {
	if i := slices.IndexFunc(w.tongues, func(t *tongue) bool { return t.Tag == tag }); i >= 0 {
		return w.tongues[i]
	}
	return nil
}

// Holds says whether a language has a catalogue.
func (w *Words) Holds(tag, catalogue string) bool {
	t := w.tongue(tag)
	return t != nil && t.catalogues[catalogue] != nil
}

// Languages lists all that are offered, in their order; the artificial ones are not.
func (w *Words) Languages() []Language { return w.list(false) }

// Artificial lists those that Pseudo made.
func (w *Words) Artificial() []Language { return w.list(true) }

func (w *Words) list(artificial bool) (out []Language) {
	for _, t := range w.tongues {
		if t.artificial == artificial {
			out = append(out, t.Language)
		}
	}
	return out
}

// Has says whether the words are in the language.
func (w *Words) Has(tag string) bool { return w.tongue(tag) != nil }

// In gives the words of a language, or English where the language is not known.
func (w *Words) In(tag string) Say {
	t := w.tongue(tag)
	if t == nil {
		t = w.tongues[0]
	}
	return Say{t.Language, t, w}
}

// match makes ready to suggest a language.
func (w *Words) match() {
	var tags []language.Tag
	for _, t := range w.tongues {
		tags = append(tags, t.tag)
	}
	w.matcher = language.NewMatcher(tags)
}

// Suggest gives the language that fits an Accept-Language header best; English if none does.
func (w *Words) Suggest(accept string) string {
	if len(accept) > 1000 {
		accept = ""
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		wanted = nil
	}
	_, i, _ := w.matcher.Match(wanted...)
	return w.tongues[i].Tag
}
