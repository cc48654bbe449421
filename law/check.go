package law

import (
	"fmt"
	"slices"
)

// A Check is a pack tried on its decided cases.
type Check struct {
	Pack     string       `json:"pack"`
	Version  string       `json:"version"`
	Cases    int          `json:"cases"`
	Agree    int          `json:"agree"` // cases of which every holding, variants included, is reproduced
	Variants int          `json:"variants"`
	Held     int          `json:"held"` // single holdings over all cases and variants
	Differ   []Difference `json:"differ"`
	// Mutants counts the elements left out one at a time. Decided counts those that some decided case
	// notices, ByVariant those that only a variant notices, Explained those that none notices and whose
	// element says why. Survivors lists the others: no case proves that the pack needs them.
	Mutants   int      `json:"mutants"`
	Decided   int      `json:"decided"`
	ByVariant int      `json:"by_variant"`
	Explained int      `json:"explained"`
	Survivors []string `json:"survivors"`
	Tangled   []string `json:"tangled"` // see Pack.Tangled
	// Stale lists elements that say why no case needs them although one does.
	Stale []string `json:"stale"`
}

// OK reports whether every case agrees and every element is proved needed or says why it is not.
func (c Check) OK() bool { return c.Agree == c.Cases && len(c.Survivors) == 0 && len(c.Stale) == 0 }

// A Difference is a holding that the pack does not reproduce.
type Difference struct {
	Case    string `json:"case"`
	Variant string `json:"variant,omitempty"`
	Held
	Got     Status  `json:"got"`
	Finding Finding `json:"finding"`
}

// Check decides each case and compares; then leaves out each element in turn and sees which holdings
// notice.
func (p *Pack) Check(cases []Case) (Check, error) {
	out := Check{Pack: p.ID, Version: p.Version, Cases: len(cases), Differ: []Difference{}, Survivors: []string{}, Stale: []string{}, Tangled: append([]string{}, p.Tangled()...)}
	for _, c := range cases {
		before := len(out.Differ)
		for i, t := range append([]Trial{c.Trial}, c.Variants...) {
			out.Variants += min(i, 1)
			a, err := p.Assess(t.Journey, t.Options())
			if err != nil {
				return out, err
			}
			for _, h := range t.Holding {
				out.Held++
				i := slices.IndexFunc(a.Findings, func(f Finding) bool { return f.Rule == h.Rule && f.Episode == h.Episode })
				if i < 0 {
					return out, fmt.Errorf("%s: the pack %q finds nothing of %s in %q", c.Name, p.ID, h.Rule, h.Episode)
				}
				f := a.Findings[i]
				if f.Status != h.Status {
					out.Differ = append(out.Differ, Difference{c.Name, t.Variant, h, f.Status, f})
				}
			}
		}
		if len(out.Differ) == before {
			out.Agree++
		}
	}
	return out, p.mutate(&out, cases)
}

// mutate leaves out each element in turn. A mutant is noticed where some holding comes out otherwise than
// from the whole pack.
func (p *Pack) mutate(out *Check, cases []Case) error {
	var decided, variants []Trial
	for _, c := range cases {
		decided, variants = append(decided, c.Trial), append(variants, c.Variants...)
	}
	first, second := p.decide(decided), p.decide(variants)
	seen := map[string]bool{}
	for _, r := range p.rules {
		rests := p.resting(r.id)
		for _, e := range r.elements() {
			if seen[e.id] {
				continue
			}
			seen[e.id] = true
			mutant, err := compile(p, e)
			if err != nil {
				return err
			}
			out.Mutants++
			explained := e.unproved != ""
			switch {
			case p.notices(mutant, decided, first, rests) >= 0:
				out.Decided++
			case p.notices(mutant, variants, second, rests) >= 0:
				out.ByVariant++
			case explained:
				out.Explained++
				continue
			default:
				out.Survivors = append(out.Survivors, e.id)
			}
			if explained {
				out.Stale = append(out.Stale, e.id)
			}
		}
	}
	return nil
}

// resting gives the rule and all that rest on it.
func (p *Pack) resting(id string) map[string]bool {
	out := map[string]bool{id: true}
	for n := 0; n < len(out); {
		n = len(out)
		for _, r := range p.rules {
			r.walk(func(e *element) {
				for _, ref := range e.refs {
					if out[ref.value] {
						out[r.id] = true
					}
				}
			})
		}
	}
	return out
}

// decide lists, for each trial, the status of each holding, in order.
func (p *Pack) decide(trials []Trial) (out [][]Status) {
	for _, t := range trials {
		out = append(out, p.held(p.prog, t))
	}
	return out
}

func (p *Pack) held(prog *program, t Trial) (out []Status) {
	got := map[Held]Status{}
	for _, h := range p.statuses(prog, t) {
		got[Held{Rule: h.Rule, Episode: h.Episode}] = h.Status
	}
	for _, h := range t.Holding {
		out = append(out, got[Held{Rule: h.Rule, Episode: h.Episode}])
	}
	return out
}

// notices gives the first trial that a mutant decides otherwise than before, or -1. Only trials that hold
// something of the rules that rest on what was mutated can be it.
func (p *Pack) notices(mutant *program, trials []Trial, before [][]Status, rests map[string]bool) int {
	for i, t := range trials {
		holds := slices.ContainsFunc(t.Holding, func(h Held) bool { return rests[h.Rule] })
		if holds && !slices.Equal(p.held(mutant, t), before[i]) {
			return i
		}
	}
	return -1
}

// Needs lists the cases, and variants, that notice when the element is left out; its rule or an element under
// it may be named as well, and gives none.
func (p *Pack) Needs(cases []Case, id string) (names []string, err error) {
	for _, r := range p.rules {
		for _, e := range r.elements() {
			if e.id != id {
				continue
			}
			mutant, err := compile(p, e)
			if err != nil {
				return nil, err
			}
			for _, c := range cases {
				for _, t := range append([]Trial{c.Trial}, c.Variants...) {
					if slices.Equal(p.held(mutant, t), p.held(p.prog, t)) {
						continue
					}
					if name := c.Name; t.Variant != "" {
						names = append(names, name+", variant "+t.Variant)
					} else {
						names = append(names, name)
					}
				}
			}
			return names, nil
		}
	}
	return nil, nil
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
		for _, x := range e.unless {
			out = append(out, x)
			walk(x)
		}
	}
	walk(r.root)
	return out
}
