package hub

import (
	"cmp"
	"html/template"
	"strings"
	"time"

	"amparo/internal/directory"
	"amparo/internal/locale"
)

// A said is one text on a page: in the language of the page, or in English and marked so; beside it the
// English, where the language is shown so.
type said struct {
	Text string
	Lang string        // "en" where the text is English on a page that is not
	En   string        // the English to show beside it
	HTML template.HTML // instead of all this: words of a catalogue
}

// saidIn puts in the page's language what the directory says.
func saidIn(say locale.Say, in func(lang string) string) said {
	return saidAs(say, directory.Spoken(say.Tag), in)
}

// needIn names a need in the page's language.
func needIn(say locale.Say, n directory.Need) said {
	return saidAs(say, n.Spoken(say.Tag), n.LabelIn)
}

// saidAs says a text of which the language is known.
func saidAs(say locale.Say, spoken string, in func(lang string) string) said {
	out := said{Text: in(say.Tag)}
	switch {
	case say.Tag == "en" || out.Text == "":
	case spoken == "en":
		out.Lang = "en"
	case say.Beside:
		out.En = in("en")
	}
	return out
}

// A card is one service as people read it.
type card struct {
	locale.Say
	ID                          string // of its place in the page
	Name, Org, About            string
	Phones                      []phone
	Why                         []why // an answer to each thing that was asked
	Hours, Costs, Whom, Notes   []said
	Tongues, Interpreter, Begin string
	Places                      []string
	Checked                     string // the day, or empty
	Old                         bool   // checked more than a year before
}

type phone struct{ Number, Dial, Extension, What string }

// A why is a reason why a service fits, or what is not known of it.
type why struct {
	Said    said
	Unknown bool
}

// Day is when it was checked; on a page from right to left it is isolated, or its parts would change places.
func (c card) Day() string {
	if c.Dir == "rtl" {
		return "\u2066" + c.Checked + "\u2069"
	}
	return c.Checked
}

// Spoken says whether anything is known of the languages.
func (c card) Spoken() bool { return c.Tongues+c.Interpreter != "" }

// newCard shows a service that was found for a choice.
func newCard(say locale.Say, f directory.Fit, c choice, at time.Time) card {
	out := listCard(say, f.Organization, f.Service, at)
	if c.NoStatus {
		out.Notes = out.Notes[1:] // it is among the reasons
	}
	for _, r := range f.Reasons {
		out.Why = append(out.Why, why{saidIn(say, r.Text), r.Answer == directory.Unknown})
	}
	for _, r := range f.Notes {
		if r.About == "open" && (c.Now || r.Answer != directory.Unknown) {
			out.Why = append(out.Why, why{saidIn(say, r.Text), r.Answer == directory.Unknown})
		}
	}
	return out
}

// listCard shows a service with nothing that is true only now, so that it can be printed or copied.
func listCard(say locale.Say, o directory.Organization, s directory.Service, at time.Time) card {
	out := card{Say: say, Name: s.NameIn(say.Tag), Org: o.NameIn(say.Tag), About: s.DescriptionIn(say.Tag),
		Interpreter: s.Interpretation, Begin: s.Application, Checked: s.AssuredDate, ID: "s-" + s.ID}
	phones := s.Phones
	if len(phones) == 0 {
		phones = o.Phones
	}
	for _, p := range phones {
		out.Phones = append(out.Phones, phone{p.Number, dial(p.Number), p.Extension, p.Description})
	}
	for _, h := range s.Schedules {
		if text := saidIn(say, h.Text); text.Text != "" {
			out.Hours = append(out.Hours, text)
		}
	}
	var tongues []string
	for _, l := range s.Languages {
		name := tongue(l, say.Tag)
		if l.Note != "" {
			name += " (" + l.Note + ")"
		}
		tongues = append(tongues, name)
	}
	out.Tongues = strings.Join(tongues, ", ")
	out.Notes = append(out.Notes, saidIn(say, s.AboutStatus().Text))
	for _, n := range s.Notes(at) {
		text := saidIn(say, n.Text)
		switch n.About {
		case "cost":
			out.Costs = append([]said{text}, out.Costs...)
		case "papers":
			out.Costs = append(out.Costs, text)
		case "age":
			out.Whom = append(out.Whom, text)
		case "place", "alert":
			out.Notes = append(out.Notes, text)
		case "checked":
			out.Old = n.Answer != directory.Yes
		}
	}
	if s.Eligibility != "" {
		out.Whom = append(out.Whom, said{Text: s.Eligibility})
	}
	out.Places = addresses(s)
	return out
}

// tongue names a language as people of another call it, or as the directory does.
func tongue(l directory.Language, lang string) string {
	if name := directory.LanguageName(l.Code, lang); l.Code != "" && name != l.Code {
		return name
	}
	return cmp.Or(l.Name, l.Code)
}

// addresses are the places of a service that may be known: a confidential one has none.
func addresses(s directory.Service) (out []string) {
	for _, l := range s.Locations {
		for _, a := range l.Addresses {
			if l.Confidential {
				continue
			}
			var parts []string
			for _, p := range []string{l.Name, a.Line1, a.Line2, a.City, strings.TrimSpace(a.State + " " + a.PostalCode)} {
				if p != "" {
					parts = append(parts, p)
				}
			}
			out = append(out, strings.Join(parts, ", "))
		}
	}
	return out
}
