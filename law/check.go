package law

import (
	"io/fs"
	"path"
	"slices"
)

// A Check is a pack tried on its decided cases.
type Check struct {
	Pack    string       `json:"pack"`
	Version string       `json:"version"`
	Cases   int          `json:"cases"`
	Agree   int          `json:"agree"`
	Held    int          `json:"held"` // single holdings over all cases
	Differ  []Difference `json:"differ"`
	// Mutants counts the elements left out one at a time; Survivors lists those without which every case
	// is still decided as before: no case yet proves that the pack needs them.
	Mutants   int      `json:"mutants"`
	Killed    int      `json:"killed"`
	Survivors []string `json:"survivors"`
}

// A Difference is a holding that the pack does not reproduce.
type Difference struct {
	Case string `json:"case"`
	Held
	Got     Status  `json:"got"`
	Finding Finding `json:"finding"`
}

// Cases reads every decided case of the pack in the folder dir of fsys: cases/*.txtar.
func (p *Pack) Cases(fsys fs.FS, dir string) (out []Case, err error) {
	names, err := fs.Glob(fsys, path.Join(dir, "cases", "*.txtar"))
	if err != nil {
		return nil, err
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
		out = append(out, c)
	}
	return out, nil
}

// Check decides each case and compares; then leaves out each element in turn and counts the cases that
// notice.
func (p *Pack) Check(cases []Case) (Check, error) {
	out := Check{Pack: p.ID, Version: p.Version, Cases: len(cases), Differ: []Difference{}, Survivors: []string{}}
	for _, c := range cases {
		a, err := p.Assess(c.Journey, c.Options())
		if err != nil {
			return out, err
		}
		agree := true
		for _, h := range c.Holding {
			out.Held++
			i := slices.IndexFunc(a.Findings, func(f Finding) bool { return f.Rule == h.Rule && f.Episode == h.Episode })
			if f := a.Findings[i]; f.Status != h.Status {
				agree = false
				out.Differ = append(out.Differ, Difference{c.Name, h, f.Status, f})
			}
		}
		if agree {
			out.Agree++
		}
	}
	return out, p.mutate(&out, cases)
}

// mutate counts a mutant as killed when some holding that the pack reproduces comes out otherwise.
func (p *Pack) mutate(out *Check, cases []Case) error {
	before := p.decide(p.prog, cases)
	seen := map[string]bool{}
	for _, r := range p.rules {
		for _, e := range r.elements() {
			if seen[e.id] {
				continue
			}
			seen[e.id] = true
			mutant, err := compile(p, p.rules, p.grammar, e)
			if err != nil {
				return err
			}
			out.Mutants++
			if slices.Equal(p.decide(mutant, cases), before) {
				out.Survivors = append(out.Survivors, e.id)
			} else {
				out.Killed++
			}
		}
	}
	return nil
}

// decide lists the status of every holding, in order, as a program gives it.
func (p *Pack) decide(prog *program, cases []Case) (out []Status) {
	for _, c := range cases {
		t := newTrial(p, prog, c.Journey, c.Options().AsOf, c.Standard)
		got := map[Held]Status{}
		t.each(func(r compiled, episode int) {
			h := Held{Rule: r.id}
			if episode != person {
				h.Episode = c.Journey.Episodes[episode].ID
			}
			got[h], _, _ = t.status(r, episode)
		})
		for _, h := range c.Holding {
			out = append(out, got[Held{Rule: h.Rule, Episode: h.Episode}])
		}
	}
	return out
}

// elements lists the elements that can be left out: those that stand beside others.
func (r *rule) elements() (out []*element) {
	var walk func(e *element)
	walk = func(e *element) {
		for _, child := range e.children {
			if len(e.children) > 1 {
				out = append(out, child)
			}
			walk(child)
		}
	}
	walk(r.root)
	return out
}
