package directory

import (
	"fmt"
	"strings"
)

// hide takes from every confidential location all but its type, wherever in the file it stands,
// marks the services there, and refuses a file whose free text gives such a place away. What it
// cannot see is a place described in other words than its address.
func (p *parser) hide(r *reading, d Directory) {
	var lines []string // first lines of the addresses taken away
	for _, l := range p.places {
		for _, a := range l.Addresses {
			if line := fold(a.Line1); p.secret[l.id] && len(line) >= 5 { // "1" alone would be found everywhere
				lines = append(lines, line)
			}
		}
	}
	for _, o := range d.Organizations {
		for i := range o.Services {
			s := &o.Services[i]
			for k, l := range s.Locations {
				if p.secret[l.id] {
					s.Confidential = true
					s.Locations[k] = Location{Type: l.Type, Confidential: true}
				}
			}
		}
	}
	for i, o := range d.Organizations {
		path := fmt.Sprintf("[%d]", i)
		p.silent(r, lines, path, o.Name, o.Description, o.Website, fmt.Sprint(o.Names, o.Descriptions, o.Phones))
		for k, s := range o.Services {
			bare := s
			bare.Schedules = nil
			p.silent(r, lines, fmt.Sprintf("%s.services[%d]", path, k), fmt.Sprint(bare))
		}
	}
}

// silent refuses texts that hold one of the lines.
func (p *parser) silent(r *reading, lines []string, path string, texts ...string) {
	all := fold(strings.Join(texts, "\n"))
	for _, l := range lines {
		if strings.Contains(all, l) {
			r.fail(path, "gives away the address of a confidential place")
		}
	}
}

// fold makes texts that differ in capitals, spaces and commas alike.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(",.;", r) {
			return ' '
		}
		return r
	}, strings.ToLower(s))
	return strings.Join(strings.Fields(s), " ")
}
