package house

import (
	"fmt"
	"slices"
	"strings"
)

// A Dependency is one row of docs/dependencies.md.
type Dependency struct {
	Name    string // module path or npm package
	Licence string // as SPDX writes it
	Where   string // program, bundle, tests or tools
	For     string
	Weighed string // what else was looked at, and why not
}

// The places a dependency may be used in; program and bundle are shipped, the others are not.
const (
	inProgram = "program"
	inBundle  = "bundle"
	inTests   = "tests"
	inTools   = "tools"
)

// Dependencies reads the rows of the Markdown tables in text whose first cell is a name in
// backquotes. A row with an empty cell, too few cells or an unknown place is an error that names
// its line.
func Dependencies(text string) ([]Dependency, error) {
	var all []Dependency
	for n, line := range strings.Split(text, "\n") {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if len(cells) != 5 || slices.Contains(cells, "") {
			return nil, fmt.Errorf("line %d: want five cells, none empty: %s", n+1, line)
		}
		d := Dependency{strings.Trim(cells[0], "`"), cells[1], cells[2], cells[3], cells[4]}
		if !slices.Contains([]string{inProgram, inBundle, inTests, inTools}, d.Where) {
			return nil, fmt.Errorf("line %d: %q is no place that a dependency is used in", n+1, d.Where)
		}
		all = append(all, d)
	}
	return all, nil
}

// Divide gives what stands under the heading "## name", up to the next one, and all the rest. In each the lines
// of the other are empty, so that every line keeps its number.
func Divide(text, name string) (under, rest string) {
	var both [2]strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			inside = strings.TrimSpace(heading) == name
		}
		if inside {
			both[0].WriteString(line)
			both[1].WriteString("\n")
		} else {
			both[0].WriteString("\n")
			both[1].WriteString(line)
		}
	}
	return both[0].String(), both[1].String()
}

// Drifted says which module both use, and its own code names, at another version than the house does.
func Drifted(house, nested Use) []string {
	var wrong []string
	for _, name := range sorted(nested.Direct) {
		if ours, theirs := house.Versions[name], nested.Versions[name]; ours != "" && ours != theirs {
			wrong = append(wrong, fmt.Sprintf("%s is at %s in the house, at %s in the nested module", name, ours, theirs))
		}
	}
	return wrong
}

// Undocumented says where the table and the source disagree, and which licence may not be used
// where it is used.
func Undocumented(table []Dependency, use Use) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	where := map[string]string{}
	for _, d := range table {
		if where[d.Name] != "" {
			say("%s is listed twice", d.Name)
		}
		where[d.Name] = d.Where
		if !use.Present[d.Name] {
			say("%s is listed, but nothing requires it", d.Name)
		}
		if l, known := use.Licences[d.Name]; known && l != d.Licence {
			say("%s is listed as %s, but its licence file reads as %q", d.Name, d.Licence, l)
		}
		if use.Shipped[d.Name] && (d.Where == inTests || d.Where == inTools) {
			say("%s is listed for %s, but the program is linked with it", d.Name, d.Where)
		}
	}
	for _, name := range sorted(use.Direct) {
		if where[name] == "" {
			say("%s is used, but docs/dependencies.md does not list it", name)
		}
	}
	for _, name := range sorted(use.Licences) {
		place := where[name]
		if place == "" { // came along with another
			place = inTools
			if use.Shipped[name] {
				place = inProgram
			}
		}
		if !mayUse(use.Licences[name], place) {
			say("%s has licence %q, which may not be used in %s", name, use.Licences[name], place)
		}
	}
	return wrong
}
