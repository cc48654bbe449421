package law

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// A Question asks for one fact, in plain words, never for a conclusion.
type Question struct {
	ID    string `json:"id"`
	Group string `json:"group"` // the heading it stands under, such as "papers"
	Text  Text   `json:"text"`
	Help  Text   `json:"help,omitempty"`
	// Sensitivity is what asking may cost the person, from 1 (nothing much) to 5.
	Sensitivity int `json:"sensitivity"`
	// Scope is "episode" or "person". A question about the person may also be answered in an episode, for
	// that episode alone.
	Scope string `json:"scope"`
	// Vulnerability marks a circumstance to be shown as such. No element rests on it.
	Vulnerability bool `json:"vulnerability,omitempty"`

	at *node
}

// A Pack is one body of law, loaded and compiled. It does not change after Load.
type Pack struct {
	ID        string     // such as "us"
	Version   string     // of the data
	Title     Text       // the body of law
	Reviewed  string     // who has reviewed the law, or that nobody has
	Languages Text       // for each language of the pack, who has reviewed its words, or that nobody has
	Sources   []string   // where the law was read
	Questions []Question // the vocabulary, in the order to ask

	index map[string]int // of Questions
	rules []*rule
	prog  *program
	words map[string]Text // the sentences of Explain
}

// A Rule names one question of law of a pack.
type Rule struct {
	ID    string  `json:"id"`
	Kind  string  `json:"kind"`  // smuggling, trafficking, documents, labor, defense, indicator or screen
	Scope string  `json:"scope"` // episode or person
	Title Text    `json:"title"`
	Cite  string  `json:"cite"`
	Dates Stretch `json:"dates"` // when it is law
}

func (r *rule) named() Rule {
	return Rule{r.id, r.kind, r.scope, r.title, r.cite, Stretch{r.from, r.until, r.by}}
}

// Rules lists the pack's rules in order.
func (p *Pack) Rules() (out []Rule) {
	for _, r := range p.rules {
		out = append(out, r.named())
	}
	return out
}

// Anatomy shows a rule, or the one element with the id, with nothing known: its words, citations, dates and
// conditions, down to the questions. The rule's notes come after its elements.
func (p *Pack) Anatomy(id string) (of Rule, parts []Element, ok bool) {
	t := newTrial(p, p.prog, Journey{Episodes: []Episode{{ID: "any"}}}, Date{}, Suspicion)
	for i := range p.prog.rules {
		r := &p.prog.rules[i]
		episode := 0
		if r.scope == "person" {
			episode = person
		}
		show := t.tree(r, episode)
		if r.id == id {
			parts = []Element{show.element(r.root)}
			for _, note := range r.notes {
				parts = append(parts, show.element(note))
			}
			return r.named(), parts, true
		}
		r.walk(func(e *element) {
			if e.id == id && !ok {
				of, parts, ok = r.named(), []Element{show.element(e)}, true
			}
		})
		if ok {
			return of, parts, true
		}
	}
	return of, nil, false
}

// Question finds a question of the vocabulary by its id.
func (p *Pack) Question(id string) (Question, bool) {
	i, ok := p.index[id]
	if !ok {
		return Question{}, false
	}
	return p.Questions[i], true
}

// Load reads and compiles the pack in the folder dir of fsys: pack.yaml and rules/*.yaml. The questions come
// from vocabulary/*.yaml at the root of fsys, which packs share, and from the pack's own vocabulary.yaml; the
// sentences of [Pack.Explain] from the pack's strings.yaml or else the one at the root. An error is a
// *SyntaxError that names file, line and column, or fsys's own.
func Load(fsys fs.FS, dir string) (*Pack, error) {
	r := &reader{}
	f := files{fsys, dir, r}
	p := &Pack{words: map[string]Text{}, index: map[string]int{}}
	p.readHead(r, f.read(path.Join(dir, "pack.yaml")))
	vocabulary := f.glob("vocabulary/*.yaml")
	if own := path.Join(dir, "vocabulary.yaml"); len(vocabulary) == 0 || f.has(own) {
		vocabulary = append(vocabulary, own)
	}
	for _, name := range vocabulary {
		p.readVocabulary(r, f.read(name))
	}
	words := path.Join(dir, "strings.yaml")
	if !f.has(words) && f.has("strings.yaml") {
		words = "strings.yaml"
	}
	said := f.read(words)
	spoken := r.fields(said, sentences...)
	for _, id := range sentences {
		if spoken[id] == nil {
			r.need(said, nil, id)
			continue
		}
		p.words[id] = p.translated(r, spoken[id])
	}
	rules := f.glob(path.Join(dir, "rules", "*.yaml"))
	if len(rules) == 0 {
		r.fail(&SyntaxError{File: path.Join(dir, "rules"), Message: "no rules"})
	}
	p.readRules(r, rules, f.read)
	if r.err != nil {
		return nil, r.err
	}
	grammar, err := newGrammar(p.Questions, p.index)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	for _, r := range p.rules {
		if err := r.parse(grammar); err != nil {
			return nil, err
		}
	}
	if p.prog, err = compile(p, nil); err != nil {
		return nil, err
	}
	return p, p.checkUse()
}

// files reads a pack's files and keeps the first error.
type files struct {
	fsys fs.FS
	dir  string
	*reader
}

func (f files) has(name string) bool {
	_, err := fs.Stat(f.fsys, name)
	return err == nil
}

func (f files) glob(pattern string) []string {
	names, err := fs.Glob(f.fsys, pattern)
	if err != nil {
		f.fail(err)
	}
	return names
}

func (f files) read(name string) *node {
	data, err := fs.ReadFile(f.fsys, name)
	if err == nil {
		var n *node
		if n, err = parseNode(name, data, 0); err == nil {
			return n
		}
	}
	f.fail(err)
	return &node{file: name, kind: mapNode}
}

func (p *Pack) readHead(r *reader, n *node) {
	f := r.fields(n, "pack", "version", "title", "reviewed", "languages", "sources")
	p.ID, p.Version = r.need(n, f["pack"], "pack"), r.need(n, f["version"], "version")
	p.Reviewed, p.Sources = r.need(n, f["reviewed"], "reviewed"), r.texts(f["sources"])
	p.Title, p.Languages = r.languages(f["title"]), r.languages(f["languages"])
	if p.Languages["en"] == "" {
		r.fail(n.errorf("languages must tell who reviewed the English"))
	}
}

// translated is words in every language of the pack.
func (p *Pack) translated(r *reader, n *node) Text {
	t := r.languages(n)
	if n != nil {
		elementReader{r, nil, p.langs()}.words(n, t)
	}
	return t
}

func (p *Pack) langs() []string { return slices.Sorted(maps.Keys(p.Languages)) }

var identifier = regexp.MustCompile(`^[a-z][a-z0-9_]{1,39}$`)

func (p *Pack) readVocabulary(r *reader, n *node) {
	f := r.fields(n, "questions")
	for _, item := range r.list(f["questions"]) {
		f := r.fields(item, "id", "group", "text", "help", "sensitivity", "scope", "vulnerability")
		q := Question{
			ID: r.need(item, f["id"], "id"), Group: r.need(item, f["group"], "group"),
			Text: p.translated(r, f["text"]), Help: p.translated(r, f["help"]),
			Sensitivity: r.number(f["sensitivity"], 1, 5),
			Scope:       oneOf(r, f["scope"], "episode", "person"), Vulnerability: r.yes(f["vulnerability"]),
			at: item,
		}
		if q.Scope == "" {
			q.Scope = "episode"
		}
		_, twice := p.index[q.ID]
		switch {
		case r.err != nil:
		case f["text"] == nil:
			r.fail(item.errorf("the question has no text"))
		case !identifier.MatchString(q.ID):
			r.fail(f["id"].errorf("%q is no id: small letters, digits and _", q.ID))
		case twice:
			r.fail(f["id"].errorf("a second question %q", q.ID))
		}
		p.index[q.ID] = len(p.Questions)
		p.Questions = append(p.Questions, q)
	}
}

// readRules reads every file of rules. A file holds shared elements, rules, or both; the pack's order is
// that of the file names, then of the file.
func (p *Pack) readRules(r *reader, names []string, read func(string) *node) {
	shared := library{}
	var rules []*node
	for _, name := range names {
		n := read(name)
		f := r.fields(n, "shared", "rules")
		for _, item := range r.list(f["shared"]) {
			if item.kind != mapNode {
				r.fail(item.errorf("want %s", mapNode))
				continue
			}
			id := r.text(r.fields(item, elementFields...)["id"])
			if shared[id] != nil {
				r.fail(item.errorf("a second shared element %q", id))
			}
			shared[id] = item
		}
		rules = append(rules, r.list(f["rules"])...)
	}
	for _, item := range rules {
		next := readRule(r, item, shared, p.langs())
		if slices.ContainsFunc(p.rules, func(o *rule) bool { return o.id == next.id }) {
			r.fail(item.errorf("a second rule %q", next.id))
		}
		p.rules = append(p.rules, next)
	}
}

// checkUse refuses a vulnerability that an element rests on: it is a circumstance, never an element.
func (p *Pack) checkUse() error {
	for i, q := range p.Questions {
		if q.Vulnerability && p.prog.factOp[i] >= 0 {
			return q.at.errorf("%q is marked as a vulnerability, and a rule rests on it", q.ID)
		}
	}
	return nil
}

// Unused lists the questions that neither carry an element nor show a vulnerability: context for the
// people who read the case.
func (p *Pack) Unused() (ids []string) {
	for i, q := range p.Questions {
		if !q.Vulnerability && p.prog.factOp[i] < 0 {
			ids = append(ids, q.ID)
		}
	}
	return ids
}

// Tangled lists the rules and elements in which one answer helps in one place and hurts in another, so that
// Kleene's logic alone could leave open what is settled. They are split on that answer, and so decided exactly.
func (p *Pack) Tangled() (ids []string) {
	for _, r := range p.prog.rules {
		r.walk(func(e *element) {
			if p.prog.drawn[p.prog.at[e]] != nil {
				ids = append(ids, e.id)
			}
		})
	}
	return ids
}

// byAnswer orders facts about one question by what they say.
func byAnswer(a, b Fact) int {
	return cmp.Or(strings.Compare(string(a.Answer), string(b.Answer)), grades[b.Grade]-grades[a.Grade],
		strings.Compare(a.Actor, b.Actor), strings.Compare(a.Source, b.Source))
}
