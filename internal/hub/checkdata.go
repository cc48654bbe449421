package hub

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"amparo/law"
)

// A checkLaw is a body of law as the self-check uses it: its program, how its questions are asked, and what is said of
// what it finds.
type checkLaw struct {
	pack      *law.Pack
	rules     map[string]law.Rule
	marks     map[string]law.Mark // of rules
	questions map[string]law.Question
	Program   law.Program
	Asking    asking
	Results   results
}

// asking says how the questions are asked: check/asking.json.
type asking struct {
	Costs   []float64           `json:"costs"` // of asking, by sensitivity
	Late    []string            `json:"late"`  // asked last: what a lawyer would ask
	After   map[string][]string `json:"after"` // of which one must be yes before a question makes sense
	Every   int                 `json:"every"` // after how many answers a pause is offered
	Sectors []sector            `json:"sectors"`
	Blocks  []block             `json:"blocks,omitempty"` // the core questions, for the form and the sheet
}

// A sector is a walk of life. It chooses which questions come first and which examples stand by them.
type sector struct {
	ID       string            `json:"id"`
	Name     string            `json:"name,omitempty"`
	First    []string          `json:"first"`
	Examples map[string]string `json:"examples"` // keys of words, by question
}

// A block is core questions under one heading.
type block struct {
	Head  string   `json:"head"`
	Facts []string `json:"facts"`
}

// results is the table of what is said of what was found, by which both the page and the hub go: check/results.json.
type results struct {
	Groups  []checkGroup `json:"groups"`
	Notes   []remark     `json:"notes"`
	Protect []protect    `json:"protect"`
}

// A group is rules that are told as one. It fits where one of them is established in some part; it fits partly where
// one is still open, and there is a yes to one of Signs and to one of With, if it has any.
type checkGroup struct {
	ID     string   `json:"id"`
	Head   string   `json:"head,omitempty"`
	Fits   string   `json:"fits,omitempty"`
	Partly string   `json:"partly,omitempty"`
	Rules  []string `json:"rules"`
	With   []string `json:"with"`
	Signs  []string `json:"signs"`
	Told   []string `json:"told"` // answers that are shown; with ! those of no
	Ask    []string `json:"ask"`  // shown as not known yet, where it fits partly
}

// A remark is said where one of If holds, each a list of terms that must all hold: "work" where a group fits, "work?"
// where it fits or fits partly, "@minor" where there is a yes; with ! before it where that is not so.
type remark struct {
	ID   string   `json:"id"`
	Text string   `json:"text,omitempty"`
	If   []string `json:"if"`
}

// A protect is something to ask about: where one of If holds, and its rule is not ruled out.
type protect struct {
	remark
	Rule string `json:"rule"`
}

//go:embed check/*.json
var checkFiles embed.FS

// askedCheck is the self-check over the law whose questions the site asks.
var askedCheck = sync.OnceValues(func() (*checkLaw, error) {
	pack, err := askedLaw()
	if err != nil {
		return nil, err
	}
	return loadCheck(pack)
})

func loadCheck(pack *law.Pack) (*checkLaw, error) {
	c := &checkLaw{pack: pack, rules: map[string]law.Rule{}, marks: map[string]law.Mark{}, questions: map[string]law.Question{}, Program: pack.Program()}
	for name, into := range map[string]any{"check/asking.json": &c.Asking, "check/results.json": &c.Results} {
		data, err := checkFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		if err := d.Decode(into); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	for _, r := range pack.Rules() {
		c.rules[r.ID] = r
	}
	for _, e := range c.Program.Elements {
		if _, ok := c.rules[e.ID]; ok {
			c.marks[e.ID] = e.Mark
		}
	}
	for _, id := range c.Program.Facts {
		c.questions[id], _ = pack.Question(id)
	}
	return c, c.check()
}

// check refuses a table that names what the pack has not.
func (c *checkLaw) check() error {
	var wrong []string
	facts := func(where string, ids ...string) {
		for _, id := range ids {
			if _, ok := c.questions[strings.TrimPrefix(id, "!")]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s: the law of %s asks no %q", where, c.pack.ID, id))
			}
		}
	}
	rules := func(where string, ids ...string) {
		for _, id := range ids {
			if _, ok := c.rules[id]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s: the law of %s has no rule %q", where, c.pack.ID, id))
			}
		}
	}
	a := c.Asking
	facts("asking.json: late", a.Late...)
	for id, after := range a.After {
		facts("asking.json: after", append(after, id)...)
	}
	for _, s := range a.Sectors {
		facts("asking.json: sector "+s.ID, s.First...)
		for id := range s.Examples {
			facts("asking.json: sector "+s.ID, id)
		}
	}
	for _, b := range a.Blocks {
		facts("asking.json: "+b.Head, b.Facts...)
	}
	for _, q := range c.questions {
		if q.Sensitivity >= len(a.Costs) {
			wrong = append(wrong, fmt.Sprintf("asking.json: costs: none for the sensitivity of %q", q.ID))
		}
	}
	if a.Every < 1 {
		wrong = append(wrong, "asking.json: every: not one at least")
	}
	terms := func(where string, r remark) {
		for _, list := range r.If {
			for term := range strings.FieldsSeq(list) {
				term = strings.TrimPrefix(term, "!")
				if id, ok := strings.CutPrefix(term, "@"); ok {
					facts(where, id)
				} else if !slices.ContainsFunc(c.Results.Groups, func(g checkGroup) bool { return g.ID == strings.TrimSuffix(term, "?") }) {
					wrong = append(wrong, fmt.Sprintf("%s: no group %q", where, term))
				}
			}
		}
	}
	for _, g := range c.Results.Groups {
		facts("results.json: group "+g.ID, slices.Concat(g.With, g.Signs, g.Told, g.Ask)...)
		rules("results.json: group "+g.ID, g.Rules...)
	}
	for _, n := range c.Results.Notes {
		terms("results.json: note "+n.ID, n)
	}
	for _, p := range c.Results.Protect {
		terms("results.json: protect "+p.ID, p.remark)
		rules("results.json: protect "+p.ID, p.Rule)
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("the self-check does not fit its law: %s", strings.Join(wrong, "; "))
	}
	return nil
}

// hard says whether a soft word stands before a question.
func (c *checkLaw) hard(id string) bool { return c.questions[id].Sensitivity > 2 }

// cite is where a rule stands, and how it was read there.
func (c *checkLaw) cite(rule string) string {
	return fmt.Sprintf("%s [%s]", c.rules[rule].Cite, c.marks[rule])
}
