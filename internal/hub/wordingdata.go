package hub

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"amparo/law"
)

//go:embed wording/*.yaml
var wordingFiles embed.FS

// wording is the wording check: wording/rules.yaml tells what each part is.
type wording struct {
	Looked  string
	Review  law.Text
	Sources map[string]struct {
		Mark string
		Name law.Text
	}
	Told       map[string]law.Text
	Conditions map[string][][]string
	Rules      []wordRule

	ToldOrder []string `yaml:"-"`
	lists     map[string]*wordList
}

// A wordRule says of words that they fit badly, or well, and why.
type wordRule struct {
	ID    string
	Words string // the patterns, by their name in the list
	When  struct{ All, None []string }
	Kind  string // swap, both, ask, fits, style or skip
	Use   law.Text
	Why   law.Text
	Ask   []law.Text

	Sources []string
}

// always says that the rule speaks whatever the text tells.
func (r *wordRule) always() bool { return len(r.When.All)+len(r.When.None) == 0 }

// A wordList is the patterns of one language.
type wordList struct {
	Deny   []string            `json:"deny"`
	Except []string            `json:"except"`
	Words  map[string][]string `json:"words"`
	Told   map[string][]string `json:"told"`
}

// loadWording is done once.
var loadWording = sync.OnceValues(func() (*wording, error) {
	return readWording(func(name string) ([]byte, error) { return wordingFiles.ReadFile("wording/" + name) })
})

// readWording reads rules.yaml and the list of each language. Errors name the file and the place.
func readWording(read func(name string) ([]byte, error)) (*wording, error) {
	w := &wording{lists: map[string]*wordList{"en": {}, "es": {}}}
	into := map[string]any{"rules.yaml": w, "en.yaml": w.lists["en"], "es.yaml": w.lists["es"]}
	for _, name := range slices.Sorted(maps.Keys(into)) {
		data, err := read(name)
		if err != nil {
			return nil, err
		}
		if err := yaml.UnmarshalWithOptions(data, into[name], yaml.Strict()); err != nil {
			return nil, fmt.Errorf("wording/%s: %w", name, err)
		}
	}
	w.ToldOrder = slices.Sorted(maps.Keys(w.Told))
	for _, lang := range []string{"en", "es"} {
		if err := w.lists[lang].check(w); err != nil {
			return nil, fmt.Errorf("wording/%s.yaml: %w", lang, err)
		}
	}
	if err := w.check(); err != nil {
		return nil, fmt.Errorf("wording/rules.yaml: %w", err)
	}
	return w, nil
}

// check refuses a list that lacks words that the rules ask for, or has some that nothing asks for.
func (l *wordList) check(w *wording) error {
	for id := range w.Told {
		if len(l.Told[id]) == 0 {
			return fmt.Errorf("told: %s has no patterns", id)
		}
	}
	for id, patterns := range l.Told {
		if w.Told[id] == nil {
			return fmt.Errorf("told: rules.yaml does not know %s", id)
		}
		for _, p := range patterns {
			if err := checkPattern(p); err != nil {
				return fmt.Errorf("told: %s: %w", id, err)
			}
		}
	}
	for _, r := range w.Rules {
		if len(l.Words[r.Words]) == 0 {
			return fmt.Errorf("words: %s has no patterns", r.Words)
		}
	}
	for id, patterns := range l.Words {
		if !slices.ContainsFunc(w.Rules, func(r wordRule) bool { return r.Words == id }) {
			return fmt.Errorf("words: no rule asks for %s", id)
		}
		for _, p := range patterns {
			if err := checkPattern(p); err != nil {
				return fmt.Errorf("words: %s: %w", id, err)
			}
		}
	}
	return nil
}

var wordKinds = []string{"swap", "both", "ask", "fits", "style"}

func (w *wording) check() error {
	whole := func(where string, texts ...law.Text) error {
		for _, t := range texts {
			if t["en"] == "" || t["es"] == "" {
				return fmt.Errorf("%s: a text lacks en or es", where)
			}
		}
		return nil
	}
	for id, lines := range w.Conditions {
		if w.Told[id] != nil {
			return fmt.Errorf("conditions: %s is a thing told", id)
		}
		for _, line := range lines {
			for _, t := range line {
				if w.Told[t] == nil {
					return fmt.Errorf("conditions: %s: nothing told is %s", id, t)
				}
			}
		}
	}
	for id, s := range w.Sources {
		if !slices.Contains([]string{"S", "G", "O"}, s.Mark) {
			return fmt.Errorf("sources: %s: the mark is S, G or O", id)
		}
		if err := whole("sources: "+id, s.Name); err != nil {
			return err
		}
	}
	for _, r := range w.Rules {
		if r.Kind == "skip" {
			continue
		}
		if err := whole(r.ID, append([]law.Text{r.Use, r.Why}, r.Ask...)...); err != nil {
			return err
		}
		if !slices.Contains(wordKinds, r.Kind) || len(r.Sources) == 0 {
			return fmt.Errorf("%s: a kind and a source are needed", r.ID)
		}
		for _, c := range slices.Concat(r.When.All, r.When.None) {
			if w.Told[c] == nil && w.Conditions[c] == nil {
				return fmt.Errorf("%s: when: there is no %s", r.ID, c)
			}
		}
		for _, s := range r.Sources {
			if _, ok := w.Sources[s]; !ok {
				return fmt.Errorf("%s: there is no source %s", r.ID, s)
			}
		}
	}
	return nil
}
