package desk

import (
	"net/http"
	"slices"
	"strings"

	"amparo/internal/id"
	"amparo/internal/vault"
)

type casesPage struct {
	page
	Mine    []caseRow
	Team    []caseRow // wrapped to the member for oversight
	Closed  int
	Reasons []vault.Reason
	Label   string
}

// A caseRow is one case in the list. Its label shows only for a member's own cases, which are opened
// for it.
type caseRow struct {
	ID     id.Case
	Label  string
	Opened string
}

// maxLabels bounds how many of a member's own cases are opened to show their labels.
const maxLabels = 30

func (d *desk) cases(w http.ResponseWriter, r *http.Request, v visit) error {
	all, err := v.Cases(r.Context())
	if err != nil {
		return err
	}
	p := casesPage{page: d.newPage(r, v), Reasons: vault.Reasons}
	p.Label = p.Old("label", "")
	for _, l := range all {
		row := caseRow{ID: l.ID, Opened: l.Opened.Format("2006-01-02")}
		switch {
		case l.Closed:
			p.Closed++
		case l.Standing == vault.Oversight:
			p.Team = append(p.Team, row)
		default:
			if len(p.Mine) < maxLabels {
				c, err := v.Case(r.Context(), vault.Look{Case: l.ID})
				if err != nil {
					d.Log.Error("case does not open", "err", err)
				} else {
					row.Label = c.Summary.Doc.Label
				}
			}
			p.Mine = append(p.Mine, row)
		}
	}
	return d.show(w, http.StatusOK, "cases.html", p)
}

// newCase makes a case from no conversation.
func (d *desk) newCase(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	c, err := v.OpenCase(r.Context(), "", strings.TrimSpace(r.PostFormValue("label")))
	to := "/cases"
	if err == nil {
		to = "/cases/" + string(c)
	}
	return d.back(w, r, v, to, "", err)
}

// look opens a case in oversight. The reason is recorded at the hub at every opening, and kept in the
// sitting only.
func (d *desk) look(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	c, reason := id.Case(r.PathValue("case")), vault.Reason(r.PostFormValue("reason"))
	if _, err := v.Case(r.Context(), vault.Look{Case: c, Reason: reason}); err != nil {
		return d.back(w, r, v, "/cases", "", err)
	}
	if slices.Contains(vault.Reasons, reason) {
		v.mu.Lock()
		v.reasons[c] = reason
		v.mu.Unlock()
	}
	http.Redirect(w, r, "/cases/"+string(c), http.StatusSeeOther)
	return nil
}
