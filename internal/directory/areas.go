package directory

import (
	"cmp"
	"slices"
	"strings"
)

// Areas lists every area that some service names, by URI and then by name, for a person to choose from.
func (d Directory) Areas() []Area {
	var out []Area
	for _, o := range d.Organizations {
		for _, s := range o.Services {
			out = append(out, s.Areas...)
		}
	}
	slices.SortFunc(out, func(a, b Area) int { return cmp.Or(cmp.Compare(a.URI, b.URI), cmp.Compare(a.Name, b.Name)) })
	return slices.Compact(out)
}

// areaNamed gives the URI of the area that has this name, or the text as it is.
func (d Directory) areaNamed(name string) string {
	for _, a := range d.Areas() {
		if a.URI != "" && strings.EqualFold(a.Name, strings.TrimSpace(name)) {
			return a.URI
		}
	}
	return name
}
