package directory

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Old is after how many days a service that was checked should be asked before it is relied on.
const Old = 365

// A Query is what a person needs. An empty field asks nothing.
type Query struct {
	Need     string    `json:"need"`      // the code of a Need
	Language string    `json:"language"`  // an ISO 639 code
	Area     string    `json:"area"`      // the URI of an area, or its name
	NoStatus bool      `json:"no_status"` // only where nobody asks about immigration status
	At       time.Time `json:"at"`        // when they would go or call
}

// A Fit is a service beside a query.
type Fit struct {
	Organization Organization
	Service      Service
	Answer       Answer   // Yes where every Reason is, No where one is
	Reasons      []Reason // an answer to each thing that was asked
	Notes        []Reason // what else to know: hours, age of the entry, papers, cost, a confidential place
	Open         Answer   // at the query's time
	Age          int      // days since the entry was checked; -1 not known
}

// A Reason is one thing that is known, or is not, about a service.
type Reason struct {
	About  string // need, active, language, area, status; open, checked, papers, cost, age, place, alert
	Answer Answer
	words  string
	args   func(lang string) []any
}

// Text puts the reason in words of a language, or all of it in English when there are none.
func (r Reason) Text(lang string) string {
	if words[r.words][lang] == "" {
		lang = "en"
	}
	var args []any
	if r.args != nil {
		args = r.args(lang)
	}
	return fmt.Sprintf(words[r.words][lang], args...)
}

func reason(about string, a Answer, key string, args ...any) Reason {
	return Reason{about, a, about + "." + key, func(string) []any { return args }}
}

// Match lays every service that meets the need, or may, beside a query. It leaves out only those whose
// needs are known to be others. First come those that fit, then those of which too little is known to say, then
// those that do not, each with why; among equals those open at the time, then those lately checked.
func (d Directory) Match(q Query) []Fit {
	q.Area = d.areaNamed(q.Area)
	var out []Fit
	for _, o := range d.Organizations {
		for _, s := range o.Services {
			if q.Need != "" && len(s.Needs) > 0 && !slices.Contains(s.Needs, q.Need) {
				continue
			}
			f := Fit{Organization: o, Service: s, Answer: Yes, Open: s.Open(q.At), Age: s.age(q.At)}
			f.Reasons = s.reasons(q)
			for _, r := range f.Reasons {
				if r.Answer == No || r.Answer == Unknown && f.Answer == Yes {
					f.Answer = r.Answer
				}
			}
			f.Notes = s.notes(q.At, f.Open, f.Age)
			out = append(out, f)
		}
	}
	rank := map[Answer]int{Yes: 0, Unknown: 1, No: 2}
	slices.SortStableFunc(out, func(a, b Fit) int {
		return cmp.Or(
			rank[a.Answer]-rank[b.Answer],
			a.count(No)-b.count(No),
			a.count(Unknown)-b.count(Unknown),
			rank[a.Open]-rank[b.Open],
			cmp.Compare(uint(a.Age), uint(b.Age)), // -1, not known, is last
			cmp.Compare(a.Service.Name, b.Service.Name),
			cmp.Compare(a.Service.ID, b.Service.ID),
		)
	})
	return out
}

func (f Fit) count(a Answer) (n int) {
	for _, r := range f.Reasons {
		if r.Answer == a {
			n++
		}
	}
	return n
}

// reasons answers what a query asks.
func (s Service) reasons(q Query) (out []Reason) {
	if need, err := NeedCoded(q.Need); q.Need != "" && (err != nil || len(s.Needs) == 0) {
		out = append(out, reason("need", Unknown, "unknown"))
	} else if q.Need != "" {
		out = append(out, Reason{"need", Yes, "need.yes", func(lang string) []any { return []any{need.LabelIn(lang)} }})
	}
	if s.Status != "active" {
		out = append(out, Reason{"active", No, "active.no", func(lang string) []any {
			return []any{words[s.Status].or(lang, words[s.Status]["en"])}
		}})
	}
	if q.Language != "" {
		out = append(out, s.speaks(q.Language))
	}
	if q.Area != "" {
		out = append(out, s.serves(q.Area))
	}
	if q.NoStatus {
		out = append(out, s.AboutStatus())
	}
	return out
}

// AboutStatus tells whether a service leaves immigration status alone.
func (s Service) AboutStatus() Reason {
	return reason("status", s.AsksNoStatus, s.AsksNoStatus.String())
}

// speaks tells whether a language is spoken. A list without it says no only where all on it have a
// code and nothing is said of interpreters.
func (s Service) speaks(code string) Reason {
	want := base(code)
	sure := len(s.Languages) > 0
	for _, l := range s.Languages {
		if l.Code != "" && base(l.Code) == want || strings.EqualFold(l.Name, code) {
			return tongue(Yes, "yes", code)
		}
		sure = sure && l.Code != ""
	}
	switch {
	case s.Interpretation != "":
		return tongue(Unknown, "interpreter", code, s.Interpretation)
	case sure:
		return tongue(No, "no", code)
	}
	return tongue(Unknown, "unknown", code)
}

// tongue is a reason about a language, which it names in the language of whoever reads.
func tongue(a Answer, key, code string, more ...any) Reason {
	return Reason{"language", a, "language." + key, func(lang string) []any {
		return append([]any{LanguageName(code, lang)}, more...)
	}}
}

// LanguageName names the language of an ISO 639 code in lang, or gives the code where it has no name.
func LanguageName(code, lang string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	names := display.Languages(language.Make(lang))
	if names == nil {
		names = display.Languages(language.English)
	}
	if name := names.Name(tag); name != "" {
		return name
	}
	return code
}

// base makes the two- and three-letter codes of one language alike.
func base(code string) string {
	tag, err := language.Parse(code)
	if err != nil {
		return strings.ToLower(code)
	}
	b, _ := tag.Base()
	return b.String()
}

// serves tells whether a service is available in an area. Free text that is not the area's own name leaves it open.
func (s Service) serves(area string) Reason {
	area = strings.TrimRight(area, "/")
	sure := len(s.Areas) > 0
	var names []string
	part := ""
	for _, a := range s.Areas {
		name := cmp.Or(a.Name, a.URI)
		if strings.EqualFold(a.Name, area) || a.URI != "" && (a.URI == area || strings.HasPrefix(area, a.URI+"/")) {
			return reason("area", Yes, "yes", name)
		}
		if strings.HasPrefix(a.URI, area+"/") {
			part = name
		}
		sure = sure && a.URI != "" && strings.Contains(area, "/")
		names = append(names, name)
	}
	switch {
	case part != "":
		return reason("area", Unknown, "part", part)
	case sure:
		return reason("area", No, "no", strings.Join(names, "; "))
	}
	return reason("area", Unknown, "unknown")
}
