package desk

import (
	"net/http"
	"net/url"
	"strings"

	"amparo/internal/casefile"
	"amparo/internal/casework"
	"amparo/internal/directory"
	"amparo/internal/fault"
	"amparo/internal/id"
)

type servicesPage struct {
	page
	caseHead
	Needs, Tongues, Areas []option
	NoStatus              bool
	Asked                 []option // what was looked for, as fields of a form
	Fits                  []fitView
	Chosen                *fitView // to be referred to
	Part                  id.Part
	Share, Ways           []option
	Today                 string
	Until                 string
	Purpose               string
	Given                 bool
}

// A fitView is a service with why it fits and what is not known.
type fitView struct {
	ID, Name, Organization, Description string
	Fits                                string // yes, unknown, no
	Reasons, Notes                      []reasonView
	Phones                              []phoneView
	Apply                               string
}

type reasonView struct{ Answer, Words string }

type phoneView struct{ Number, For string }

func reasons(rs []directory.Reason, lang string) (out []reasonView) {
	for _, r := range rs {
		out = append(out, reasonView{r.Answer.String(), r.Text(lang)})
	}
	return out
}

// ask reads what is looked for; a person's language is that of the case until another is chosen.
func (d *desk) ask(c *casework.Case, f url.Values) directory.Query {
	q := directory.Query{Need: f.Get("need"), Language: f.Get("language"), Area: strings.TrimSpace(f.Get("area")), NoStatus: f.Get("status") == "no", At: d.Now()}
	if f == nil {
		q.Language, q.NoStatus = c.Summary.Doc.Spoken, true
	}
	return q
}

func (d *desk) services(w http.ResponseWriter, r *http.Request, v visit) error {
	c, err := d.openCaseFor(r, v)
	if err != nil {
		return d.reasonFirst(w, r, v, err)
	}
	v.mu.Lock()
	search := v.searches[c.ID]
	v.mu.Unlock()
	return d.show(w, http.StatusOK, "services.html", d.servicesPage(r, v, c, search))
}

func (d *desk) servicesPage(r *http.Request, v visit, c *casework.Case, search url.Values) servicesPage {
	q := d.ask(c, search)
	lang := v.say.Tag
	p := servicesPage{page: d.newPage(r, v), caseHead: d.head(v, c), NoStatus: q.NoStatus, Part: id.New[id.Part](),
		Today: d.Now().In(d.zone).Format("2006-01-02"), Until: d.Now().In(d.zone).AddDate(0, 1, 0).Format("2006-01-02")}
	status := ""
	if q.NoStatus {
		status = "no"
	}
	p.Asked = []option{{Value: "need", Words: q.Need}, {Value: "language", Words: q.Language}, {Value: "area", Words: q.Area}, {Value: "status", Words: status}}
	for _, n := range directory.Needs {
		p.Needs = append(p.Needs, option{n.Code, n.LabelIn(lang), n.Code == q.Need})
	}
	for _, t := range tongues {
		p.Tongues = append(p.Tongues, option{t.Tag, t.Name, t.Tag == q.Language})
	}
	p.Areas = d.areas(q.Area)
	for _, f := range d.Directory.Match(q) {
		view := fitView{ID: f.Service.ID, Name: f.Service.NameIn(lang), Organization: f.Organization.NameIn(lang),
			Description: f.Service.DescriptionIn(lang), Fits: f.Answer.String(), Reasons: reasons(f.Reasons, lang), Notes: reasons(f.Notes, lang),
			Apply: f.Service.Application}
		for _, ph := range append(f.Service.Phones, f.Organization.Phones...) {
			view.Phones = append(view.Phones, phoneView{strings.TrimSpace(ph.Number + " " + ph.Extension), ph.Description})
		}
		p.Fits = append(p.Fits, view)
		if view.ID == search.Get("service") {
			p.Chosen = &view
		}
	}
	for _, f := range casefile.Shareable {
		p.Share = append(p.Share, option{f, v.say.T("share." + f), p.checked("shared", f)})
	}
	for _, how := range casefile.ConsentWays {
		p.Ways = append(p.Ways, option{how, v.say.T("consent." + how), p.Old("how", "") == how})
	}
	p.Purpose, p.Until, p.Given = p.Old("purpose", ""), p.Old("until", p.Until), p.Old("given", "") == "yes"
	return p
}

// checked says whether a refused form had a box of several ticked.
func (p page) checked(name, value string) bool {
	for _, x := range p.Flash.Form[name] {
		if x == value {
			return true
		}
	}
	return false
}

// areas lists every area that the directory names, once.
func (d *desk) areas(on string) (out []option) {
	seen := map[string]bool{}
	for _, o := range d.Directory.Organizations {
		for _, s := range o.Services {
			for _, a := range s.Areas {
				value := a.URI
				if value == "" {
					value = a.Name
				}
				if name := a.Name; !seen[value] {
					if name == "" {
						name = a.URI
					}
					seen[value] = true
					out = append(out, option{value, name, value == on})
				}
			}
		}
	}
	return out
}

// chooseServices keeps what is looked for in the sitting: what a person needs is never in an address.
func (d *desk) chooseServices(w http.ResponseWriter, r *http.Request, v visit) error {
	if err := form(r); err != nil {
		return err
	}
	c := id.Case(r.PathValue("case"))
	search := url.Values{}
	for _, f := range []string{"need", "language", "area", "status", "service"} {
		search.Set(f, r.PostFormValue(f))
	}
	v.mu.Lock()
	v.searches[c] = search
	v.mu.Unlock()
	to := "/cases/" + string(c) + "/services"
	if search.Get("service") != "" {
		to += "#refer"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// refer records a referral to a service of the directory, with the person's consent.
func (d *desk) refer(w http.ResponseWriter, r *http.Request, v visit) error {
	l, base, _, err := caseForm(r, v)
	if err != nil {
		return err
	}
	ref := casefile.Referral{Service: r.PostFormValue("service"), Shared: r.PostForm["shared"], On: d.Now().In(d.zone).Format("2006-01-02"),
		Consent: casefile.Consent{Given: r.PostFormValue("given") == "yes", Fields: r.PostForm["shared"],
			Purpose: strings.TrimSpace(r.PostFormValue("purpose")), Until: r.PostFormValue("until"), How: r.PostFormValue("how")}}
	for _, o := range d.Directory.Organizations {
		for _, s := range o.Services {
			if s.ID == ref.Service {
				ref.Name = s.NameIn(v.say.Tag)
			}
		}
	}
	if ref.Name == "" {
		return fault.New(fault.Unknown, "no such service")
	}
	err = v.Refer(r.Context(), l, id.Part(r.PostFormValue("id")), ref)
	to := base + "/services"
	if err == nil {
		v.mu.Lock()
		if s := v.searches[l.Case]; s != nil {
			s.Del("service")
		}
		v.mu.Unlock()
	}
	return d.back(w, r, v, to, "referred", err)
}
