package desk

import (
	"net/http"
	"strings"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/vault"
)

// caseForm reads a form on a case: with what look it is opened, the path of the case, and the page to
// come back to.
func caseForm(r *http.Request, v visit) (l vault.Look, base, to string, err error) {
	if err := form(r); err != nil {
		return l, "", "", err
	}
	l = v.at(id.Case(r.PathValue("case")))
	base = "/cases/" + string(l.Case)
	return l, base, ours(r.PostFormValue("to"), base), nil
}

// names reads a list of names with commas between.
func names(s string) (out []string) {
	for n := range strings.SplitSeq(s, ",") {
		if n = strings.TrimSpace(n); n != "" {
			out = append(out, n)
		}
	}
	return out
}

func headOf(r *http.Request) casework.Head {
	return casework.Head{Label: strings.TrimSpace(r.PostFormValue("label")), When: casefile.ParseWhen(r.PostFormValue("when")),
		Actors: names(r.PostFormValue("actors"))}
}

func (d *desk) addEpisode(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, to, err := caseForm(r, v)
	if err != nil {
		return err
	}
	part := id.Part(r.PostFormValue("id"))
	if err = v.AddEpisode(r.Context(), l, part, headOf(r)); err == nil {
		to = base + "/episodes/" + string(part)
	}
	return d.back(w, r, v, to, "saved", err)
}

func (d *desk) saveEpisode(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	part := id.Part(r.PathValue("episode"))
	to := base + "/episodes/" + string(part)
	err = v.SaveEpisode(r.Context(), l, part, casework.Mark(r.PostFormValue("was")), headOf(r))
	return d.saved(w, r, v, base, clash{Part: part, To: to}, to, err)
}

func (d *desk) moveEpisode(w http.ResponseWriter, r *http.Request, v visit) error {
	l, _, to, err := caseForm(r, v)
	if err != nil {
		return err
	}
	by := 1
	if r.PostFormValue("by") == "up" {
		by = -1
	}
	return d.back(w, r, v, to, "saved", v.MoveEpisode(r.Context(), l, id.Part(r.PathValue("episode")), by))
}

func (d *desk) removeEpisode(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	removed := r.PostFormValue("back") == ""
	return d.back(w, r, v, base, "saved", v.RemoveEpisode(r.Context(), l, id.Part(r.PathValue("episode")), removed))
}

func (d *desk) complete(w http.ResponseWriter, r *http.Request, v visit) error {
	l, _, to, err := caseForm(r, v)
	if err != nil {
		return err
	}
	return d.back(w, r, v, to, "saved", v.SetComplete(r.Context(), l, r.PostFormValue("complete") == "yes"))
}

// link saves which actors act together: a group in each line.
func (d *desk) link(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, to, err := caseForm(r, v)
	if err != nil {
		return err
	}
	err = v.Link(r.Context(), l, casework.Mark(r.PostFormValue("was")), groupsOf(r))
	return d.saved(w, r, v, base, clash{To: to}, to, err)
}

func groupsOf(r *http.Request) (groups [][]string) {
	for line := range strings.Lines(r.PostFormValue("linked")) {
		if g := names(line); len(g) > 1 {
			groups = append(groups, g)
		}
	}
	return groups
}

func summaryOf(r *http.Request) casefile.Summary {
	get := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	s := casefile.Summary{Label: get("label"), Spoken: get("spoken"), Written: get("written")}
	if get("allowed") == "yes" {
		s.Contact = casefile.Contact{Allowed: true, Channel: get("channel"), Times: get("times"), Answers: get("answers"),
			Until: get("until"), Voicemail: get("voicemail") == "yes"}
	}
	return s
}

func (d *desk) saveSummary(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	to := base + "/about"
	err = v.SaveSummary(r.Context(), l, casework.Mark(r.PostFormValue("was")), summaryOf(r))
	return d.saved(w, r, v, base, clash{To: to}, to, err)
}

func (d *desk) addNote(w http.ResponseWriter, r *http.Request, v visit) error {
	l, _, to, err := caseForm(r, v)
	if err != nil {
		return err
	}
	return d.back(w, r, v, to, "saved", v.AddNote(r.Context(), l, id.Part(r.PostFormValue("id")), strings.TrimSpace(r.PostFormValue("text"))))
}

func (d *desk) assign(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	c, err := v.Case(r.Context(), l)
	if err == nil {
		err = v.Assign(r.Context(), c, id.Member(r.PostFormValue("member")))
	}
	return d.back(w, r, v, base+"/about", "saved", err)
}
