package desk

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"amparo/internal/casework"
	"amparo/internal/id"
	"amparo/internal/release"
)

type numbersPage struct {
	page
	Fields    [3][]option // the fields to count by; the third may be none
	Threshold int
	View      *release.View
	Hash      string
	Query     string // of the table shown, for downloads
	By        []string
	Refused   string // why there is no table, in English and codes
	Short     int    // rows that do not open and are not counted
	Ledger    []entryView
}

type entryView struct {
	Name, On, By, Hash string
	Threshold, Rows    int
}

// tableOf reads which table is meant. Field names and a threshold say nothing of a person, so that
// they may stand in an address.
func tableOf(f url.Values) (by []string, threshold int) {
	for _, name := range f["by"] {
		if name != "" {
			by = append(by, name)
		}
	}
	threshold, err := strconv.Atoi(f.Get("threshold"))
	if err != nil {
		threshold = release.DefaultThreshold
	}
	return by, threshold
}

func (d *desk) numbers(w http.ResponseWriter, r *http.Request, v visit) error {
	by, threshold := tableOf(r.URL.Query())
	p := d.numbersPage(r, v, by, threshold)
	if len(by) > 0 {
		t, short, err := v.Table(r.Context(), by, threshold, d.Now())
		p.Short = len(short)
		var refused *casework.Refusal
		switch {
		case errors.As(err, &refused):
			p.Refused = refused.Error()
		case err != nil:
			return err
		default:
			p.put(t)
		}
	}
	if why := p.Flash.Form.Get("refused"); why != "" {
		p.Refused = why
	}
	ledger, err := v.Ledger(r.Context())
	if err != nil {
		return err
	}
	p.enter(v, ledger)
	return d.show(w, http.StatusOK, "numbers.html", p)
}

func (d *desk) numbersPage(r *http.Request, v visit, by []string, threshold int) numbersPage {
	p := numbersPage{page: d.newPage(r, v), Threshold: threshold}
	for i := range p.Fields {
		for _, f := range release.Fields {
			p.Fields[i] = append(p.Fields[i], option{f.Name, f.Label.In(v.say.Tag), i < len(by) && by[i] == f.Name})
		}
	}
	return p
}

// put shows a table.
func (p *numbersPage) put(t release.Table) {
	view := t.View(p.Tag)
	p.View, p.Hash, p.By = &view, t.Hash(), t.Fields
	p.Query = url.Values{"by": t.Fields, "threshold": {strconv.Itoa(t.Threshold)}}.Encode()
}

// enter shows the ledger.
func (p *numbersPage) enter(v visit, ledger release.Ledger) {
	for _, e := range ledger {
		p.Ledger = append(p.Ledger, entryView{e.Table.View(p.Tag).Title, e.Table.On, v.Handle(id.Member(e.By)), e.Hash[:12], e.Table.Threshold, e.Table.Rows})
	}
}

// table serves the same table as CSV or SVG.
func (d *desk) table(w http.ResponseWriter, r *http.Request, v visit) error {
	by, threshold := tableOf(r.URL.Query())
	var write func(release.Table, *bytes.Buffer) error
	var kind string
	switch r.PathValue("table") {
	case "table.csv":
		kind, write = "text/csv; charset=utf-8", func(t release.Table, b *bytes.Buffer) error { return t.CSV(b) }
	case "table.svg":
		kind, write = "image/svg+xml", func(t release.Table, b *bytes.Buffer) error { return t.SVG(b, v.say.Tag) }
	default:
		return d.nowhere(w, r, v)
	}
	t, _, err := v.Table(r.Context(), by, threshold, d.Now())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := write(t, &b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", "amparo-"+r.PathValue("table")))
	_, err = b.WriteTo(w)
	if err != nil {
		return errGone
	}
	return nil
}

// publish enters the table that the member saw in the ledger, or says why it must not go out.
func (d *desk) publish(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	by, threshold := tableOf(r.PostForm)
	_, err := v.Publish(r.Context(), by, threshold, r.PostFormValue("hash"), d.Now())
	var refused *casework.Refusal
	if errors.As(err, &refused) {
		r.PostForm.Set("refused", refused.Error())
	}
	to := "/numbers"
	if err := d.back(w, r, v, to, "published", err); err != nil {
		return err
	}
	w.Header().Set("Location", to+"?"+url.Values{"by": by, "threshold": {strconv.Itoa(threshold)}}.Encode())
	return nil
}
