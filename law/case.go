package law

import (
	"bytes"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// A Case is a decided case that the pack must decide as the court did.
type Case struct {
	Name     string // of the file
	Title    string // of the case
	Court    string
	Citation string
	Posture  string // criminal, civil, state responsibility …
	Mark     Mark
	Note     string // where the facts are from, and what is left unknown
	Trial           // as it was decided
	// Variants are the same case with some facts otherwise. No court decided them: each says what the text of
	// the law then gives.
	Variants []Trial
}

// A Trial is a journey laid beside the law on a day and under a standard, and what must come of it.
type Trial struct {
	Variant  string // its name; empty for the case as decided
	Text     string // of a variant: what is otherwise
	Standard Standard
	Date     Date // of the decision
	Journey  Journey
	Holding  []Held // by the rules of one pack
}

// A Held is what a court's decision comes to for one rule over one episode, or over the person.
type Held struct {
	Rule    string `json:"rule"`
	Episode string `json:"episode,omitempty"`
	Status  Status `json:"status"`
}

// Options are those under which the case was decided: as of the last day its date may stand for.
func (t Trial) Options() Options {
	_, last := t.Date.bounds()
	return Options{AsOf: DateOf(last), Standard: t.Standard}
}

// Cases reads the decided cases that hold something of a rule of the pack: the pack's own, cases/*.txtar in
// the folder dir of fsys, and those at the root of fsys, which packs share.
func (p *Pack) Cases(fsys fs.FS, dir string) (out []Case, err error) {
	var names []string
	for _, folder := range slices.Compact([]string{path.Join(dir, "cases"), "cases"}) {
		found, err := fs.Glob(fsys, path.Join(folder, "*.txtar"))
		if err != nil {
			return nil, err
		}
		names = append(names, found...)
	}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		c, err := p.ParseCase(name, data)
		if err != nil {
			return nil, err
		}
		if len(c.Holding) > 0 || slices.ContainsFunc(c.Variants, func(t Trial) bool { return len(t.Holding) > 0 }) {
			out = append(out, c)
		}
	}
	return out, nil
}

// A section is one file of an archive, and how many lines stand before it.
type section struct {
	data []byte
	line int
}

// sections splits the txtar archive of a case: the text before its files is the section ""; it wants
// journey.yaml and holding.yaml once each, and takes files named variant-NAME.yaml, whose names it lists.
func sections(file string, data []byte) (parts map[string]section, variants []string, err error) {
	whole := &node{file: file}
	if len(data) > maxBytes {
		return nil, nil, whole.errorf("too big: %d bytes, at most %d", len(data), maxBytes)
	}
	a := txtar.Parse(data)
	out := map[string]section{"": {data: a.Comment}}
	line := bytes.Count(a.Comment, []byte("\n"))
	for _, f := range a.Files {
		line++ // the marker
		at := &node{file: file, line: line, col: 1}
		name, variant := strings.CutPrefix(f.Name, "variant-")
		if variant {
			name, variant = strings.CutSuffix(name, ".yaml")
		}
		switch _, twice := out[f.Name]; {
		case !variant && f.Name != "journey.yaml" && f.Name != "holding.yaml":
			return nil, nil, at.errorf("no such section; there are: journey.yaml, holding.yaml, variant-NAME.yaml")
		case twice:
			return nil, nil, at.errorf("a second section %s", f.Name)
		case variant:
			variants = append(variants, name)
		}
		out[f.Name] = section{f.Data, line}
		line += bytes.Count(f.Data, []byte("\n"))
	}
	for _, name := range []string{"journey.yaml", "holding.yaml"} {
		if _, ok := out[name]; !ok {
			return nil, nil, whole.errorf("no section -- %s --", name)
		}
	}
	return out, variants, nil
}

// ParseCase reads a decided case: a txtar whose comment is fields (title, court, citation, posture,
// standard, date, mark, note), then journey.yaml, then holding.yaml, a list of rule, episode and status, then
// any number of variant-NAME.yaml. What is held of another pack's rules, whose ids begin with that pack's
// name and a dot, is left out.
func (p *Pack) ParseCase(name string, data []byte) (Case, error) {
	parts, variants, err := sections(name, data)
	if err != nil {
		return Case{}, err
	}
	nodes := map[string]*node{}
	for _, section := range slices.Sorted(maps.Keys(parts)) {
		part := parts[section]
		if nodes[section], err = parseNode(name, part.data, part.line); err != nil {
			return Case{}, err
		}
	}
	r := &reader{}
	head := nodes[""]
	f := r.fields(head, "title", "court", "citation", "posture", "standard", "date", "mark", "note")
	c := Case{
		Name: name, Title: r.need(head, f["title"], "title"), Court: r.need(head, f["court"], "court"),
		Citation: r.need(head, f["citation"], "citation"), Posture: r.need(head, f["posture"], "posture"),
		Mark: oneOf(r, f["mark"], FromSource, General), Note: r.need(head, f["note"], "note"),
		Trial: Trial{Standard: readStandard(r, f["standard"]), Date: r.date(f["date"]), Journey: p.readJourney(r, nodes["journey.yaml"])},
	}
	for _, field := range []string{"standard", "date", "mark"} {
		r.need(head, f[field], field)
	}
	c.Holding = p.readHolding(r, nodes["holding.yaml"], c.Journey)
	for _, variant := range variants {
		n := nodes["variant-"+variant+".yaml"]
		c.Variants = append(c.Variants, p.readVariant(r, n, variant, c.Trial))
	}
	if r.err != nil {
		return Case{}, r.err
	}
	return c, nil
}

func readStandard(r *reader, n *node) Standard {
	return oneOf(r, n, Suspicion, ReasonableGrounds, AnyCredibleEvidence, Preponderance, BeyondReasonableDoubt)
}

func (p *Pack) readHolding(r *reader, n *node, j Journey) (out []Held) {
	list := r.list(n)
	if len(list) == 0 {
		r.fail(n.errorf("nothing held"))
	}
	for _, item := range list {
		if h, ours := p.readHeld(r, item, j); ours {
			out = append(out, h)
		}
	}
	return out
}

func (p *Pack) readHeld(r *reader, n *node, j Journey) (h Held, ours bool) {
	f := r.fields(n, "rule", "episode", "status")
	h = Held{
		Rule: r.need(n, f["rule"], "rule"), Episode: r.text(f["episode"]),
		Status: oneOf(r, f["status"], Established, Open, RuledOut, Conflict, NotLaw),
	}
	r.need(n, f["status"], "status")
	if r.err != nil {
		return h, false
	}
	i := slices.IndexFunc(p.rules, func(r *rule) bool { return r.id == h.Rule })
	here := slices.ContainsFunc(j.Episodes, func(e Episode) bool { return e.ID == h.Episode })
	pack, _, dotted := strings.Cut(h.Rule, ".")
	switch {
	case i < 0 && dotted && pack != p.ID:
		return h, false
	case i < 0:
		r.fail(f["rule"].errorf("the pack %q has no rule %q", p.ID, h.Rule))
	case p.rules[i].scope == "episode" && !here:
		r.fail(n.errorf("%s is held of an episode; there is none %q", h.Rule, h.Episode))
	case p.rules[i].scope == "person" && h.Episode != "":
		r.fail(f["episode"].errorf("%s is held of the person", h.Rule))
	}
	return h, true
}

// readVariant reads what is otherwise than in the case: answers by episode and question, with "person" for
// the person, and dates, standard or completeness.
func (p *Pack) readVariant(r *reader, n *node, name string, of Trial) Trial {
	f := r.fields(n, "text", "change", "when", "complete", "filed", "standard", "date", "holding")
	t := of
	t.Variant, t.Text = name, r.need(n, f["text"], "text")
	t.Journey.Person, t.Journey.Episodes = slices.Clone(t.Journey.Person), slices.Clone(t.Journey.Episodes)
	place := func(key *node) *Episode {
		i := slices.IndexFunc(t.Journey.Episodes, func(e Episode) bool { return e.ID == key.value })
		if i < 0 {
			r.fail(key.errorf("no episode %q", key.value))
			return &Episode{}
		}
		return &t.Journey.Episodes[i]
	}
	for key, answers := range r.pairs(f["change"]) {
		facts, aboutPerson := &t.Journey.Person, key.value == "person"
		if !aboutPerson {
			facts = &place(key).Facts
		}
		for question, answer := range r.pairs(answers) {
			fact := Fact{Question: question.value, Answer: oneOf(r, answer, Yes, No, Unknown), Source: "variant"}
			p.checkFact(r, fact, map[string]*node{"question": question}, aboutPerson, nil)
			*facts = slices.DeleteFunc(slices.Clone(*facts), func(f Fact) bool { return f.Question == fact.Question })
			if fact.Answer != Unknown {
				fact.Grade = Documented
				*facts = append(*facts, fact)
			}
		}
	}
	for key, when := range r.pairs(f["when"]) {
		place(key).When = r.span(when)
	}
	if f["complete"] != nil {
		t.Journey.Complete = r.yes(f["complete"])
	}
	if f["filed"] != nil {
		t.Journey.Filed = r.date(f["filed"])
	}
	if f["standard"] != nil {
		t.Standard = readStandard(r, f["standard"])
	}
	if f["date"] != nil {
		t.Date = r.date(f["date"])
	}
	if f["holding"] == nil {
		r.need(n, nil, "holding")
		return t
	}
	t.Holding = p.readHolding(r, f["holding"], t.Journey)
	return t
}
