// Package locale finds words: catalogues of go-i18n's JSON, a folder for each language and a file for
// each part of a wing, and the choice of a language.
package locale

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Words are the catalogues of one wing. English is the source: every key is there.
type Words struct {
	langs   []Language
	bundle  *i18n.Bundle
	keys    map[string]map[string][]string // of each language and catalogue
	matcher language.Matcher
}

// A Language is one that the words are in.
type Language struct {
	Tag      string // BCP 47, as in addresses
	Name     string // its own name for itself
	Dir      string // "ltr" or "rtl"
	Reviewed bool   // a person has read and signed the catalogue
	Beside   bool   // shown with the English beside it; may lack whole catalogues
}

// Load reads languages.json (the list, in order, English first) and TAG/CATALOGUE.json for each, from dir.
func Load(fsys fs.FS, dir string) (*Words, error) {
	list, err := fs.ReadFile(fsys, path.Join(dir, "languages.json"))
	if err != nil {
		return nil, err
	}
	w := &Words{bundle: i18n.NewBundle(language.English), keys: map[string]map[string][]string{}}
	if err := json.Unmarshal(list, &w.langs); err != nil {
		return nil, fmt.Errorf("%s/languages.json: %w", dir, err)
	}
	if len(w.langs) == 0 || w.langs[0].Tag != "en" {
		return nil, fmt.Errorf("%s/languages.json: English comes first", dir)
	}
	w.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	var tags []language.Tag
	for _, l := range w.langs {
		tag, err := language.Parse(l.Tag)
		if err != nil {
			return nil, fmt.Errorf("%s/languages.json: %q: %w", dir, l.Tag, err)
		}
		tags = append(tags, tag)
		names, err := fs.Glob(fsys, path.Join(dir, l.Tag, "*.json"))
		if err != nil || len(names) == 0 {
			return nil, fmt.Errorf("%s/%s: no catalogue is there", dir, l.Tag)
		}
		for _, name := range names {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			if err := w.Add(l.Tag, strings.TrimSuffix(path.Base(name), ".json"), data); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	w.matcher = language.NewMatcher(tags)
	return w, nil
}

// Add puts in a catalogue of a language, go-i18n's JSON. A key that another catalogue has is an error.
func (w *Words) Add(tag, catalogue string, data []byte) error {
	file, err := w.bundle.ParseMessageFileBytes(data, tag+".json")
	if err != nil {
		return err
	}
	keys := []string{}
	for _, m := range file.Messages {
		for other, held := range w.keys[tag] {
			if slices.Contains(held, m.ID) {
				return fmt.Errorf("%q stands in %s too", m.ID, other)
			}
		}
		keys = append(keys, m.ID)
	}
	slices.Sort(keys)
	if w.keys[tag] == nil {
		w.keys[tag] = map[string][]string{}
	}
	w.keys[tag][catalogue] = keys
	return nil
}

// Holds says whether a language has a catalogue.
func (w *Words) Holds(tag, catalogue string) bool {
	_, ok := w.keys[tag][catalogue]
	return ok
}

// Check says which keys a language lacks or has beyond English: one line each, none when whole. A language
// that is shown beside English may lack a catalogue, but no part of one.
func (w *Words) Check() (problems []string) {
	for _, l := range w.langs[1:] {
		for _, c := range slices.Sorted(maps.Keys(w.keys["en"])) {
			if l.Beside && !w.Holds(l.Tag, c) {
				continue
			}
			en, own := w.keys["en"][c], w.keys[l.Tag][c]
			for _, k := range en {
				if !slices.Contains(own, k) {
					problems = append(problems, fmt.Sprintf("%s/%s lacks %q", l.Tag, c, k))
				}
			}
			for _, k := range own {
				if !slices.Contains(en, k) {
					problems = append(problems, fmt.Sprintf("%s/%s has %q, which English lacks", l.Tag, c, k))
				}
			}
		}
		for _, c := range slices.Sorted(maps.Keys(w.keys[l.Tag])) {
			if !w.Holds("en", c) {
				problems = append(problems, fmt.Sprintf("%s has a catalogue %s, which English lacks", l.Tag, c))
			}
		}
	}
	return problems
}

// Languages lists all, in the order in which they are offered.
func (w *Words) Languages() []Language { return w.langs }

// Has says whether the words are in the language.
func (w *Words) Has(tag string) bool {
	return slices.ContainsFunc(w.langs, func(l Language) bool { return l.Tag == tag })
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
	return w.langs[i].Tag
}

// In gives the words of a language, or English where the language is not known.
func (w *Words) In(tag string) Say {
	for _, l := range w.langs {
		if l.Tag == tag {
			return Say{l, i18n.NewLocalizer(w.bundle, tag), w}
		}
	}
	return w.In("en")
}

// Say is the words of one language.
type Say struct {
	Language
	localizer *i18n.Localizer
	words     *Words
}

// All lists every language, for a page to offer.
func (s Say) All() []Language { return s.words.langs }

// Holds says whether a language has a catalogue.
func (s Say) Holds(tag, catalogue string) bool { return s.words.Holds(tag, catalogue) }

// T gives the words of a key. Arguments are pairs of name and value for the template within; a value
// named "N" also chooses the plural form. A key that is nowhere gives itself in brackets, which a test
// over every page finds.
func (s Say) T(key string, args ...any) string {
	data := map[string]any{}
	for i := 0; i+1 < len(args); i += 2 {
		if name, ok := args[i].(string); ok {
			data[name] = args[i+1]
		}
	}
	c := &i18n.LocalizeConfig{MessageID: key, TemplateData: data}
	if n, ok := data["N"]; ok {
		c.PluralCount = n
	}
	out, err := s.localizer.Localize(c)
	if out == "" && err != nil {
		return "[" + strings.ReplaceAll(key, "\n", " ") + "]"
	}
	return out
}

// H is T as markup: where the language is shown beside English, the English follows in a span of its own.
func (s Say) H(key string, args ...any) template.HTML {
	out := template.HTMLEscapeString(s.T(key, args...))
	if s.Beside {
		out += ` <span class="en" lang="en" dir="ltr">` + template.HTMLEscapeString(s.words.In("en").T(key, args...)) + `</span>`
	}
	return template.HTML(out)
}
