package directory

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Parse reads a directory: one JSON array of HSDS 3.0 organizations, each with its services nested in it.
// An error names the file and the line, or the path and the field. What HSDS 3.0 has no field for is
// refused, since a misspelt field would otherwise be lost; fields of HSDS that Amparo has no use for are passed over.
func Parse(name string, data []byte) (Directory, error) {
	if len(data) > MaxBytes {
		return Directory{}, fmt.Errorf("%s: %d bytes, at most %d", name, len(data), MaxBytes)
	}
	v, err := decode(data)
	if err != nil {
		return Directory{}, fmt.Errorf("%s: %w", name, err)
	}
	list, ok := v.([]any)
	if !ok {
		return Directory{}, fmt.Errorf("%s: want a list of organizations", name)
	}
	r := &reading{}
	p := parser{ids: map[string]string{}, secret: map[string]bool{}}
	var d Directory
	for i, v := range list {
		d.Organizations = append(d.Organizations, p.organization(r.object(fmt.Sprintf("[%d]", i), "organization", v)))
	}
	p.hide(r, d)
	if r.err != nil {
		return Directory{}, fmt.Errorf("%s: %w", name, r.err)
	}
	return d, nil
}

// A parser keeps what one part of a file must know of the others.
type parser struct {
	ids    map[string]string // where each id of an organization or service was met
	secret map[string]bool   // ids of confidential locations
	places []Location        // every location, as often as it stands in the file
}

func (p *parser) id(o object) string {
	id := o.text("id")
	if before, twice := p.ids[id]; twice {
		o.fail(o.at("id"), "is also that of %s", before)
	}
	p.ids[id] = o.path
	return id
}

func (p *parser) organization(o object) Organization {
	org := Organization{
		ID: p.id(o), Name: o.text("name"), Description: o.text("description"),
		Email: o.text("email"), Website: o.text("website"), Phones: phones(o),
	}
	own := attributes(o, "name", "description", "confidential", "time-zone")
	org.Names, org.Descriptions = own.names, own.descriptions
	o.each("locations", "location", func(o object) { p.location(o, own.confidential) })
	o.each("services", "service", func(o object) {
		org.Services = append(org.Services, p.service(o, own))
	})
	return org
}

func (p *parser) service(o object, of own) Service {
	s := Service{
		ID: p.id(o), Name: o.text("name"), Description: o.text("description"), URL: o.text("url"), Email: o.text("email"),
		Status:         o.oneOf("status", "active", "inactive", "defunct", "temporarily closed"),
		Interpretation: o.text("interpretation_services"), Application: o.text("application_process"),
		Eligibility: o.text("eligibility_description"), Fees: o.text("fees_description"), Alert: o.text("alert"),
		MinimumAge: o.whole("minimum_age", 0, 150, -1), MaximumAge: o.whole("maximum_age", 0, 150, -1),
		AssuredDate: o.date("assured_date"), Phones: phones(o), Languages: languages(o),
	}
	own := attributes(o, "name", "description", "confidential", "time-zone", "need", "asks-no-status")
	s.Names, s.Descriptions, s.Needs, s.AsksNoStatus = own.names, own.descriptions, own.needs, own.asksNoStatus
	s.Confidential = own.confidential || of.confidential
	if own.zone == nil {
		own.zone = of.zone
	}
	s.Schedules = schedules(o, own.zone)
	o.each("service_areas", "service_area", func(o object) {
		a := Area{URI: strings.TrimRight(o.text("uri"), "/"), Name: o.text("name")}
		if a.URI == "" && a.Name == "" {
			o.fail(o.path, "has neither name nor uri")
		}
		s.Areas = append(s.Areas, a)
	})
	o.each("cost_options", "cost_option", func(o object) {
		c := Cost{Option: o.text("option"), Currency: o.text("currency"), Description: o.text("amount_description")}
		c.Amount, c.Said = o.number("amount", 0, 1e6)
		s.Costs = append(s.Costs, c)
	})
	o.each("required_documents", "required_document", func(o object) {
		if name := o.text("document"); name != "" {
			s.Documents = append(s.Documents, name)
		}
	})
	o.each("service_at_locations", "service_at_location", func(o object) {
		s.Schedules = append(s.Schedules, schedules(o, own.zone)...)
		if at, ok := o.one("location", "location"); ok {
			secret := s.Confidential || attributes(o, "confidential").confidential
			s.Locations = append(s.Locations, p.location(at, secret))
		}
	})
	return s
}

func phones(o object) (out []Phone) {
	o.each("phones", "phone", func(o object) {
		ph := Phone{Number: o.text("number"), Type: o.text("type"), Description: o.text("description"), Languages: languages(o)}
		if n := o.whole("extension", 0, 999_999, -1); n >= 0 {
			ph.Extension = fmt.Sprint(n)
		}
		out = append(out, ph)
	})
	return out
}

func languages(o object) (out []Language) {
	o.each("languages", "language", func(o object) {
		l := Language{Code: o.text("code"), Name: o.text("name"), Note: o.text("note")}
		if l.Code == "" && l.Name == "" {
			o.fail(o.path, "has neither code nor name")
		}
		out = append(out, l)
	})
	return out
}

// location reads a place, and remembers it if it is confidential.
func (p *parser) location(o object, secret bool) Location {
	l := Location{
		id: o.text("id"), Type: o.oneOf("location_type", "physical", "postal", "virtual"),
		Name: o.text("name"), URL: o.text("url"),
	}
	o.each("addresses", "address", func(o object) {
		l.Addresses = append(l.Addresses, Address{
			Line1: o.text("address_1"), Line2: o.text("address_2"), City: o.text("city"), Region: o.text("region"),
			State: o.text("state_province"), PostalCode: o.text("postal_code"), Country: o.text("country"),
		})
	})
	if secret || attributes(o, "confidential").confidential {
		p.secret[l.id] = true
	}
	p.places = append(p.places, l)
	return l
}

// own is what Amparo's attributes say of an organization, service or location.
type own struct {
	names, descriptions Words
	needs               []string
	asksNoStatus        Answer
	confidential        bool
	zone                *time.Location
}

// attributes reads Amparo's attributes of an object, of the kinds that belong there.
func attributes(o object, kinds ...string) own {
	a := own{names: Words{}, descriptions: Words{}}
	o.each("attributes", "attribute", func(o object) {
		term, ok := o.one("taxonomy_term", "taxonomy_term")
		if !ok {
			return
		}
		code, ours := strings.CutPrefix(term.text("code"), "amparo:")
		if !ours {
			return
		}
		value := o.text("value")
		kind, lang, _ := strings.Cut(code, ":")
		translated := kind == "name" || kind == "description"
		switch {
		case !slices.Contains(kinds, kind) || translated == (lang == ""):
			o.fail(term.at("code"), "amparo:%s does not belong here", clip(code))
		case kind == "name":
			a.names[lang] = value
		case kind == "description":
			a.descriptions[lang] = value
		case kind == "need":
			if _, err := NeedCoded(value); err != nil {
				o.fail(o.at("value"), "%v", err)
			}
			a.needs = append(a.needs, value)
		case kind == "asks-no-status":
			a.asksNoStatus = map[string]Answer{"yes": Yes, "no": No}[o.oneOf("value", "yes", "no")]
		case kind == "confidential":
			a.confidential = a.confidential || o.oneOf("value", "yes", "no") != "no"
		case kind == "time-zone":
			zone, err := time.LoadLocation(value)
			if err != nil || value == "" || value == "Local" {
				o.fail(o.at("value"), "%q is not a time zone of the IANA list", clip(value))
			}
			a.zone = zone
		}
	})
	return a
}
