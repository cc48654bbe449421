package desk

import (
	"net/http"

	"amparo/internal/casework"
	"amparo/internal/release"
)

type closingPage struct {
	page
	caseHead
	Fields []codedField
}

// A codedField is one field of the row that remains.
type codedField struct {
	Name, Label string
	Filled      bool // proposed from the case, or chosen
	Options     []option
}

func (d *desk) closing(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := d.openCaseFor(r, v)
	if err != nil {
		return d.reasonFirst(w, r, v, err)
	}
	p, err := d.closingPage(r, v, c)
	if err != nil {
		return err
	}
	return d.show(w, http.StatusOK, "closing.html", p)
}

func (d *desk) closingPage(r *http.Request, v visit, c *casework.Case) (closingPage, error) {
	p := closingPage{page: d.newPage(r, v), caseHead: d.head(v, c)}
	a, err := casework.Assess(d.Pack, c, d.Now())
	if err == nil {
		p.Fields = codedFields(p.page, casework.Prefill(c, a, d.Now()))
	}
	return p, err
}

func codedFields(p page, row release.Row) (out []codedField) {
	for _, f := range release.Fields {
		now := p.Old(f.Name, row.Get(f.Name))
		c := codedField{Name: f.Name, Label: f.Label.In(p.Tag), Filled: now != release.Unknown}
		for _, val := range f.Values {
			c.Options = append(c.Options, option{val.Code, val.Label.In(p.Tag), val.Code == now})
		}
		out = append(out, c)
	}
	return out
}

// closeCase ends the case. The row is what the form says, field by field.
func (d *desk) closeCase(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	row := release.Row{}
	for _, f := range release.Fields {
		if val := r.PostFormValue(f.Name); val != "" {
			row[f.Name] = val
		}
	}
	c, err := v.Case(r.Context(), l)
	if err == nil {
		err = v.CloseCase(r.Context(), c, row, d.Now())
	}
	to := base + "/close"
	if err == nil {
		to = "/cases"
	}
	return d.back(w, r, v, to, "closed", err)
}
