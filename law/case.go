package law

import (
	"bytes"
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
	Standard Standard
	Date     Date // of the decision
	Mark     Mark
	Note     string // where the facts are from, and what is left unknown
	Journey  Journey
	Holding  []Held
}

// A Held is what a court's decision comes to for one rule over one episode, or over the person.
type Held struct {
	Rule    string `json:"rule"`
	Episode string `json:"episode,omitempty"`
	Status  Status `json:"status"`
}

// Options are those under which the case was decided: as of the last day its date may stand for.
func (c Case) Options() Options {
	_, last := c.Date.bounds()
	return Options{AsOf: DateOf(last), Standard: c.Standard}
}

// A section is one file of an archive, and how many lines stand before it.
type section struct {
	data []byte
	line int
}

// sections splits a txtar archive. It wants each of known once, and nothing else; the text before them is
// the section "".
func sections(file string, data []byte, known ...string) (map[string]section, error) {
	whole := &node{file: file}
	if len(data) > maxBytes {
		return nil, whole.errorf("too big: %d bytes, at most %d", len(data), maxBytes)
	}
	a := txtar.Parse(data)
	out := map[string]section{"": {data: a.Comment}}
	line := bytes.Count(a.Comment, []byte("\n"))
	for _, f := range a.Files {
		line++ // the marker
		at := &node{file: file, line: line, col: 1}
		switch _, twice := out[f.Name]; {
		case !slices.Contains(known, f.Name):
			return nil, at.errorf("no such section; there are: %s", strings.Join(known, ", "))
		case twice:
			return nil, at.errorf("a second section %s", f.Name)
		}
		out[f.Name] = section{f.Data, line}
		line += bytes.Count(f.Data, []byte("\n"))
	}
	for _, name := range known {
		if _, ok := out[name]; !ok {
			return nil, whole.errorf("no section -- %s --", name)
		}
	}
	return out, nil
}

// ParseCase reads a decided case: a txtar whose comment is fields (title, court, citation, posture,
// standard, date, mark, note), then journey.yaml, then holding.yaml, a list of rule, episode and status.
func (p *Pack) ParseCase(name string, data []byte) (Case, error) {
	s, err := sections(name, data, "journey.yaml", "holding.yaml")
	if err != nil {
		return Case{}, err
	}
	nodes := map[string]*node{}
	for section, part := range s {
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
		Standard: oneOf(r, f["standard"], Suspicion, ReasonableGrounds, AnyCredibleEvidence, Preponderance, BeyondReasonableDoubt),
		Date:     r.date(f["date"]), Mark: oneOf(r, f["mark"], FromSource, General), Note: r.need(head, f["note"], "note"),
		Journey: p.readJourney(r, nodes["journey.yaml"]),
	}
	for _, field := range []string{"standard", "date", "mark"} {
		r.need(head, f[field], field)
	}
	for _, item := range r.list(nodes["holding.yaml"]) {
		c.Holding = append(c.Holding, p.readHeld(r, item, c.Journey))
	}
	if len(c.Holding) == 0 {
		r.fail(nodes["holding.yaml"].errorf("nothing held"))
	}
	if r.err != nil {
		return Case{}, r.err
	}
	return c, nil
}

func (p *Pack) readHeld(r *reader, n *node, j Journey) Held {
	f := r.fields(n, "rule", "episode", "status")
	h := Held{
		Rule: r.need(n, f["rule"], "rule"), Episode: r.text(f["episode"]),
		Status: oneOf(r, f["status"], Established, Open, RuledOut, Conflict, NotLaw),
	}
	r.need(n, f["status"], "status")
	if r.err != nil {
		return h
	}
	i := slices.IndexFunc(p.rules, func(r *rule) bool { return r.id == h.Rule })
	here := slices.ContainsFunc(j.Episodes, func(e Episode) bool { return e.ID == h.Episode })
	switch {
	case i < 0:
		r.fail(f["rule"].errorf("the pack %q has no rule %q", p.ID, h.Rule))
	case p.rules[i].scope == "episode" && !here:
		r.fail(n.errorf("%s is held of an episode; there is none %q", h.Rule, h.Episode))
	case p.rules[i].scope == "person" && h.Episode != "":
		r.fail(f["episode"].errorf("%s is held of the person", h.Rule))
	}
	return h
}
