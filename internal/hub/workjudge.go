package hub

import (
	"slices"

	"amparo/law"
)

// A verdictless word for each thing that a trainee may say of the facts so far; client/workjudge.js has the same.
const (
	actBoth        = "both"
	actSmuggling   = "smuggling"
	actTrafficking = "trafficking"
	actLabor       = "labor"   // neither, and labor law was broken
	actNeither     = "neither" // both are ruled out
	actOpen        = "open"    // not known yet
)

// actOf says which act the findings make out. Anything short of ruled out is not known yet.
func actOf(findings []law.Finding) string {
	is := func(kind string, status ...law.Status) bool {
		return slices.ContainsFunc(findings, func(f law.Finding) bool { return f.Kind == kind && slices.Contains(status, f.Status) })
	}
	smuggled, trafficked := is("smuggling", law.Established), is("trafficking", law.Established)
	switch {
	case smuggled && trafficked:
		return actBoth
	case smuggled:
		return actSmuggling
	case trafficked:
		return actTrafficking
	case slices.ContainsFunc(findings, func(f law.Finding) bool { return f.Rule == "us.labor-only" && f.Status == law.Established }):
		return actLabor
	case !is("smuggling", law.Open, law.Conflict) && !is("trafficking", law.Open, law.Conflict) && (is("smuggling", law.RuledOut) || is("trafficking", law.RuledOut)):
		return actNeither
	}
	return actOpen
}

// What is known of an element, or of a rule: the last part of the key of its word.
var (
	elementStates = map[law.Value]string{law.True: "there", law.False: "missing", law.NotYet: "unknown", law.Clashes: "both"}
	ruleStates    = map[law.Status]string{law.Established: "established", law.Open: "open", law.RuledOut: "ruled-out",
		law.Conflict: "conflict", law.NotLaw: "not-law"}
)

// A ruleView is a rule over one episode as the facts leave it.
type ruleView struct {
	Rule, Title, Cite, Episode string
	State                      string // of ruleStates
	Parts                      []partView
}

// A partView is one element, and beneath it what makes it so.
type partView struct {
	Text, Cite string
	Mark       law.Mark
	State      string // of elementStates
	By         []partView
}

// partsOf shows the elements of a rule, one level deep, and its lines beyond them that the facts bear out.
func partsOf(f law.Finding, lang string) (out []partView) {
	tree := f.Tree()
	parts := tree.Children
	if len(parts) == 0 || inside(tree) == nil {
		parts = []law.Element{tree}
	}
	for _, e := range parts {
		v := viewOf(e, lang)
		for _, leaf := range leaves(e) {
			if leaf.ID != e.ID && leaf.Value == law.True {
				v.By = append(v.By, viewOf(leaf, lang))
			}
		}
		out = append(out, v)
	}
	for _, n := range f.Notes {
		out = append(out, viewOf(n, lang))
	}
	return out
}

func viewOf(e law.Element, lang string) partView {
	return partView{Text: e.Text.In(lang), Cite: e.Cite, Mark: e.Mark, State: elementStates[e.Value]}
}

// inside are the elements that one is made of. What is denied, and what looks into other episodes, is shown whole.
func inside(e law.Element) []law.Element {
	if e.Op == "not" || e.Op == "some episode" {
		return nil
	}
	return e.Children
}

// leaves are the elements at the ends.
func leaves(e law.Element) (out []law.Element) {
	parts := inside(e)
	if len(parts) == 0 {
		return []law.Element{e}
	}
	for _, c := range parts {
		out = append(out, leaves(c)...)
	}
	return out
}

// A judgement is what the law program says of the facts so far.
type judgement struct {
	Act      string
	Rules    []ruleView // those that the exercise watches
	Also     []ruleView // other acts that the facts make out, without their elements
	Screens  []ruleView
	findings []law.Finding
}

// judge lays facts beside the law.
func (x exercise) judge(p *law.Pack, lang string, facts []toldFact, complete bool) (v judgement, err error) {
	j, err := x.journey(facts, complete)
	if err != nil {
		return v, err
	}
	asOf, err := law.ParseDate(x.AsOf)
	if err != nil {
		return v, err
	}
	a, err := p.Assess(j, law.Options{AsOf: asOf})
	if err != nil {
		return v, err
	}
	v.Act, v.findings = actOf(a.Findings), a.Findings
	for _, f := range a.Findings {
		r := ruleView{Rule: f.Rule, Title: f.Title.In(lang), Cite: f.Cite, State: ruleStates[f.Status]}
		if i := slices.IndexFunc(x.Episodes, func(e exerciseEpisode) bool { return e.ID == f.Episode }); i >= 0 {
			r.Episode = x.Episodes[i].Label.In(lang)
		}
		switch {
		case slices.Contains(x.Rules, f.Rule):
			r.Parts = partsOf(f, lang)
			v.Rules = append(v.Rules, r)
		case slices.Contains(x.Screens, f.Rule):
			r.Parts = partsOf(f, lang)
			v.Screens = append(v.Screens, r)
		case f.Status == law.Established && slices.Contains(actKinds, f.Kind):
			v.Also = append(v.Also, r)
		}
	}
	return v, nil
}

// changes says what one answer more did: the elements at the ends that are otherwise than before, and the rules.
func (x exercise) changes(before, after judgement, lang string) (out []partView) {
	add := func(v partView) {
		if !slices.ContainsFunc(out, func(o partView) bool { return o.Text == v.Text && o.Cite == v.Cite && o.State == v.State }) {
			out = append(out, v)
		}
	}
	for _, f := range after.findings {
		if !slices.Contains(x.Rules, f.Rule) {
			continue
		}
		was := map[string]law.Value{}
		status := law.Open
		for _, b := range before.findings {
			if b.Rule == f.Rule && b.Episode == f.Episode {
				status = b.Status
				for _, leaf := range leaves(b.Tree()) {
					was[leaf.ID] = leaf.Value
				}
			}
		}
		for _, leaf := range leaves(f.Tree()) {
			if old, ok := was[leaf.ID]; leaf.Value != law.NotYet && (!ok || old != leaf.Value) {
				add(viewOf(leaf, lang))
			}
		}
		if f.Status != status {
			add(partView{Text: f.Title.In(lang), Cite: f.Cite, State: ruleStates[f.Status]})
		}
	}
	return out
}
