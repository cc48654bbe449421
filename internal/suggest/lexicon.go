package suggest

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"github.com/goccy/go-yaml"
)

// Each language has a folder: words.yaml, and files of facts. pattern.go tells how a pattern is written.
//
//go:embed lexicon
var shipped embed.FS

// A lexicon is what the reader knows of one language.
type lexicon struct {
	lang, reviewed string
	sets           map[string]*words
	*guards
	patterns []*ruled
	exact    map[string][]*ruled // by the first word
	prefixes map[string][]*ruled // by its beginning
	numbers  []*ruled            // those that begin with a number
	names    []*ruled            // those that begin with a name
}

// ruled is a pattern with what it says.
type ruled struct {
	*pattern
	*fact
	id string
}

// fact is an entry of a lexicon, as its file has it.
type fact struct {
	Question string   `yaml:"question"`
	Answer   string   `yaml:"answer"` // yes, unless it says no
	Denied   string   `yaml:"denied"` // what it says when denied: yes, no or nothing
	Hint     bool     `yaml:"hint"`   // its band is Hinted
	Doer     string   `yaml:"doer"`   // "other": nothing is proposed when the teller did it
	Say      []string `yaml:"say"`
	Except   []string `yaml:"except"` // not where one of these begins at the same word
	except   []*pattern
}

func (f *fact) band() Band {
	if f.Hint {
		return Hinted
	}
	return Plain
}

// load reads the lexicon of one language from the folder lexicon/lang of fsys. Errors name the file.
func load(fsys fs.FS, lang string) (*lexicon, error) {
	dir := path.Join("lexicon", lang)
	var head struct {
		Reviewed string              `yaml:"reviewed"`
		Guards   map[string][]string `yaml:"guards"`
		Sets     map[string][]string `yaml:"sets"`
	}
	if err := readYAML(fsys, path.Join(dir, "words.yaml"), &head); err != nil {
		return nil, err
	}
	l := &lexicon{lang: lang, reviewed: head.Reviewed, sets: map[string]*words{"Name": {name: true}}}
	fail := func(err error) (*lexicon, error) { return nil, fmt.Errorf("%s: %w", path.Join(dir, "words.yaml"), err) }
	if l.reviewed == "" {
		return fail(errors.New("reviewed: who has reviewed it, or nobody"))
	}
	var err error
	for _, name := range slices.Sorted(maps.Keys(head.Sets)) {
		if l.sets[name], err = newWords(head.Sets[name]); err != nil {
			return fail(fmt.Errorf("sets: %s: %w", name, err))
		}
	}
	if l.guards, err = newGuards(head.Guards); err != nil {
		return fail(err)
	}
	return l, l.readFacts(fsys, dir)
}

func (l *lexicon) readFacts(fsys fs.FS, dir string) error {
	names, err := fs.Glob(fsys, path.Join(dir, "*.yaml"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if path.Base(name) == "words.yaml" {
			continue
		}
		var file struct {
			Facts []*fact `yaml:"facts"`
		}
		if err := readYAML(fsys, name, &file); err != nil {
			return err
		}
		for i, f := range file.Facts {
			if err := l.add(f); err != nil {
				return fmt.Errorf("%s: fact %d (%s): %w", name, i+1, f.Question, err)
			}
		}
	}
	if len(l.patterns) == 0 {
		return fmt.Errorf("%s: no facts", dir)
	}
	l.index()
	return nil
}

// add checks a fact, fills in what it leaves out, and reads its patterns.
func (l *lexicon) add(f *fact) error {
	if f.Answer == "" {
		f.Answer = "yes"
	}
	if f.Denied == "" {
		f.Denied = map[string]string{"yes": "no", "no": "yes"}[f.Answer]
		if f.Hint {
			f.Denied = "nothing"
		}
	}
	switch {
	case f.Question == "":
		return errors.New("no question")
	case f.Answer != "yes" && f.Answer != "no":
		return fmt.Errorf("answer: %q is neither yes nor no", f.Answer)
	case !slices.Contains([]string{"yes", "no", "nothing"}, f.Denied):
		return fmt.Errorf("denied: %q is none of yes, no, nothing", f.Denied)
	case f.Doer != "" && f.Doer != "other":
		return fmt.Errorf("doer: %q is not other", f.Doer)
	case len(f.Say) == 0:
		return errors.New("say: no pattern")
	}
	for _, source := range f.Except {
		p, err := parsePattern(source, l.sets)
		if err != nil {
			return err
		}
		f.except = append(f.except, p)
	}
	for _, source := range f.Say {
		p, err := parsePattern(source, l.sets)
		if err != nil {
			return err
		}
		p.passive = p.elements[0].words == l.sets["was"] && l.sets["was"] != nil
		l.patterns = append(l.patterns, &ruled{p, f, l.lang + "/" + f.Question + ": " + source})
	}
	return nil
}

// index sorts the patterns by what they can begin with.
func (l *lexicon) index() {
	l.exact, l.prefixes = map[string][]*ruled{}, map[string][]*ruled{}
	for _, r := range l.patterns {
		first := r.elements[0].words
		if first == nil {
			l.numbers = append(l.numbers, r)
			continue
		}
		if first.name {
			l.names = append(l.names, r)
		}
		for word := range first.exact {
			l.exact[word] = append(l.exact[word], r)
		}
		for stem := range first.prefixes {
			l.prefixes[stem] = append(l.prefixes[stem], r)
		}
	}
}

// readYAML reads a file strictly: a field that v does not have is an error.
func readYAML(fsys fs.FS, name string, v any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(data, v, yaml.Strict()); err != nil {
		return fmt.Errorf("%s: %s", name, yaml.FormatError(err, false, true))
	}
	return nil
}
