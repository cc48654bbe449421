package release

import (
	"fmt"
	"slices"
	"strings"
)

// Exposed is the error of a table from which withheld counts can be worked out too nearly.
type Exposed struct {
	Cells []ExposedCell // totals before their parts
}

// An ExposedCell is one withheld count and what the published figures say of it: it lies from
// Lo to Hi, as far as could be found out. Lo is above Hi when nothing could.
type ExposedCell struct {
	At     []string // a code for each field in the order of Fields, or Total
	Lo, Hi int
}

// Error names the first exposed cell and how many there are.
func (e *Exposed) Error() string {
	c := e.Cells[0]
	return fmt.Sprintf("%d withheld counts can be worked out; first %s: %d to %d",
		len(e.Cells), strings.Join(c.At, " × "), c.Lo, c.Hi)
}

// Audit works out, from the published figures alone, what is left open about each withheld count.
// It gives an *Exposed error unless for each one there are two tables of whole counts, both in
// agreement with everything published, in one of which the count is at least the threshold and
// between which it differs by at least the threshold. It errs to the safe side: where it cannot find such
// tables it refuses, though there may be some.
func Audit(t Table) error {
	if _, err := t.grid(); err != nil {
		return err
	}
	t = t.turned(inOrder(t.Fields)) // as Make looked at it
	g, err := t.grid()
	if err != nil {
		return err
	}
	for _, v := range g.cells {
		if v != withheld && v < t.Threshold {
			return fmt.Errorf("a count under the threshold of %d is published", t.Threshold)
		}
	}
	bad, err := g.exposed(t.Threshold, false)
	if err != nil {
		return err
	}
	if len(bad) == 0 {
		return nil
	}
	e := &Exposed{}
	for _, w := range bad {
		e.Cells = append(e.Cells, ExposedCell{t.at(w.cell), w.span.lo, w.span.hi})
	}
	return e
}

// exposed gives the withheld cells of g that are not safe under threshold t, totals of most before
// their parts; if first is set, at least one of them if there is any.
func (g grid) exposed(t int, first bool) ([]*watch, error) {
	s, err := newSystem(g)
	if err != nil {
		return nil, err
	}
	watches := s.watches(func(int) bool { return true })
	slices.SortStableFunc(watches, func(a, b *watch) int { return g.totals(b.cell) - g.totals(a.cell) })
	var certain []*watch
	err = s.explore(watches, t, func(w *watch) bool {
		certain = append(certain, w)
		return first
	})
	if err != nil || first && len(certain) > 0 {
		return certain, err
	}
	return slices.DeleteFunc(watches, func(w *watch) bool { return w.span.safe(t) }), nil
}
