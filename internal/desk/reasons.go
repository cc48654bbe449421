package desk

import (
	"encoding/json"
	"net/http"
	"slices"

	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/locale"
	"amparo/law"
)

// A findingPage is one finding whole: every minimal reason, what would undo it, all elements.
type findingPage struct {
	page
	caseHead
	Pack, Version, AsOf string
	By                  string // who has reviewed the law
	Words               []string
	F                   finding
	Sentences           []string
	TooMany             bool
	Why, WhyNot         reasonList
	Undo                undoList
}

// A reasonList is minimal sets of answers, told without saying twice what all of them hold.
type reasonList struct {
	locale.Say
	N    int
	Core []carried   // in each of them
	Sets [][]carried // what each has beside that; as many as are shown
	More int         // not shown
}

// An undoList is minimal sets of answers of which one must be taken back.
type undoList struct {
	locale.Say
	One  []carried   // each is a set by itself
	Sets [][]carried // as many as are shown
	More int
}

// shownSets bounds how many sets a page lists; all are in the JSON.
const shownSets = 24

// findingFor opens the case and the finding that the path names, as this member may.
func (d *desk) findingFor(r *http.Request, v visit) (casework.Finding, error) {
	part := id.Part(r.PathValue("episode"))
	if part == aboutPerson {
		part = ""
	}
	return v.Finding(r.Context(), v.at(id.Case(r.PathValue("case"))), d.Pack, r.PathValue("rule"), part, d.Now())
}

func (d *desk) findingScreen(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := d.findingFor(r, v)
	if err != nil {
		return d.reasonFirst(w, r, v, err)
	}
	return d.show(w, http.StatusOK, "finding.html", d.findingPage(r, v, f))
}

// findingJSON gives the finding for other programs, in the canonical words of package law. Episodes are
// named by their ids.
func (d *desk) findingJSON(w http.ResponseWriter, r *http.Request, v visit) error {
	f, err := d.findingFor(r, v)
	if err != nil {
		return d.reasonFirst(w, r, v, err)
	}
	out, err := json.MarshalIndent(struct {
		Pack     string       `json:"pack"`
		Version  string       `json:"version"`
		AsOf     law.Date     `json:"as_of"`
		Standard law.Standard `json:"standard"`
		Finding  law.Finding  `json:"finding"`
		Reasons  law.Reasons  `json:"reasons"`
		TooMany  bool         `json:"too_many_reasons,omitempty"`
	}{f.Assessment.Pack, f.Assessment.Version, f.Assessment.AsOf, f.Assessment.Standard, f.Finding, f.Reasons, f.TooMany}, "", "  ")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	if _, err := w.Write(append(out, '\n')); err != nil {
		return errGone
	}
	return nil
}

func (d *desk) findingPage(r *http.Request, v visit, f casework.Finding) findingPage {
	t := d.teller(v.say, f.Case)
	t.whole = true
	p := findingPage{page: d.newPage(r, v), caseHead: d.head(v, f.Case), Pack: d.Pack.Title.In(v.say.Tag), Version: f.Assessment.Version,
		AsOf: f.Assessment.AsOf.String(), By: d.Pack.Reviewed, Words: t.ofAll(), F: t.finding(f.Finding), TooMany: f.TooMany}
	lines := d.Pack.Explain(f.Finding, v.say.Tag)
	p.Sentences = lines[:len(lines)-len(p.Words)]
	reasons := f.Reasons
	if f.TooMany { // the one that the finding came with
		reasons = law.Reasons{Why: one(f.Why), WhyNot: one(f.WhyNot)}
	}
	t.here = f.Episode
	p.Why, p.WhyNot, p.Undo = t.reasons(reasons.Why), t.reasons(reasons.WhyNot), t.undo(reasons.Undo)
	return p
}

func one(reason []law.Carried) [][]law.Carried {
	if reason == nil {
		return nil
	}
	return [][]law.Carried{reason}
}

func (t teller) reasons(sets [][]law.Carried) (l reasonList) {
	l.Say, l.N = t.say, len(sets)
	if l.N == 0 {
		return l
	}
	var core []law.Carried
	for _, c := range sets[0] {
		if !slices.ContainsFunc(sets[1:], func(set []law.Carried) bool { return !slices.Contains(set, c) }) {
			core = append(core, c)
		}
	}
	l.Core = t.carried(core)
	if l.N == 1 {
		return l
	}
	for _, set := range sets[:min(shownSets, l.N)] {
		beside := slices.DeleteFunc(slices.Clone(set), func(c law.Carried) bool { return slices.Contains(core, c) })
		l.Sets = append(l.Sets, t.carried(beside))
	}
	l.More = l.N - len(l.Sets)
	return l
}

func (t teller) undo(sets [][]law.Carried) (l undoList) {
	l.Say = t.say
	for i, set := range sets {
		switch {
		case len(set) == 1:
			l.One = append(l.One, t.carried(set)...)
		case len(l.Sets) == shownSets:
			l.More = len(sets) - i
			return l
		default:
			l.Sets = append(l.Sets, t.carried(set))
		}
	}
	return l
}
