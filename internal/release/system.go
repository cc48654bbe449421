package release

import (
	"errors"
	"fmt"
	"math"
)

// endless is the upper end of a range that nothing published bounds.
const endless = math.MaxInt32

var errContradiction = errors.New("published counts contradict each other")

// A span is what can be worked out about a withheld count: it lies somewhere from lo to hi.
// Both ends are reached by some table of whole counts that agrees with all that is published.
type span struct{ lo, hi int }

// safe tells whether a span hides a count under threshold t: its ends lie at least t apart, so that
// the count may as well be t or more.
func (s span) safe(t int) bool { return s.hi-s.lo >= t }

// A system is what a grid's published cells say of its withheld ones: sums of unknown whole counts.
// Inner cells that lie under the same published totals cannot be told apart by them, and are one
// unknown, so that the system stays small where little is published.
type system struct {
	grid
	group  []int   // by inner cell: its unknown, or -1 where the count is published
	size   []int   // by unknown: how many inner cells it stands for
	free   []bool  // by unknown: no published total holds it
	sums   [][]int // the unknowns in each published total
	totals []int   // what they sum to
}

// newSystem reads a grid whose withheld cells hold -1. It fails when the published counts contradict each other.
func newSystem(g grid) (*system, error) {
	s := &system{grid: g, group: make([]int, len(g.cells))}
	byKey := map[string]int{}
	row := map[int]int{} // published total → its place in sums
	left := map[int]int{}
	var order []int // published totals with something withheld within, as met
	for c := range g.cells {
		s.group[c] = -1
		if !g.inner(c) {
			continue
		}
		var over []int
		for _, a := range g.above(c)[1:] {
			if g.cells[a] != withheld {
				over = append(over, a)
			}
		}
		if g.cells[c] != withheld {
			for _, a := range over {
				left[a] -= g.cells[c]
			}
			continue
		}
		key := fmt.Sprint(over)
		u, ok := byKey[key]
		if !ok {
			u = len(s.size)
			byKey[key] = u
			s.size = append(s.size, 0)
			s.free = append(s.free, len(over) == 0)
			for _, a := range over {
				if _, ok := row[a]; !ok {
					row[a] = len(s.sums)
					s.sums = append(s.sums, nil)
					order = append(order, a)
				}
				s.sums[row[a]] = append(s.sums[row[a]], u)
			}
		}
		s.group[c] = u
		s.size[u]++
	}
	for _, a := range order {
		s.totals = append(s.totals, g.cells[a]+left[a])
	}
	for c, v := range g.cells {
		if _, open := row[c]; v == withheld || g.inner(c) {
			continue
		} else if rest := v + left[c]; rest < 0 || rest > 0 && !open {
			return nil, errContradiction
		}
	}
	return s, nil
}

// agrees tells whether x, a whole count for each unknown, fits every published total.
func (s *system) agrees(x []int) bool {
	for _, v := range x {
		if v < 0 {
			return false
		}
	}
	for i, vars := range s.sums {
		sum := 0
		for _, v := range vars {
			sum += x[v]
		}
		if sum != s.totals[i] {
			return false
		}
	}
	return true
}

// A watch follows one withheld cell: the unknowns of which any part, and of which the whole, lies in it.
type watch struct {
	cell       int
	any, whole []int
	boundless  bool
	span       span // from endless to -1 until a table is seen
}

// see widens the span by what the cell may be when the unknowns are x.
func (w *watch) see(x []int) {
	lo, hi := 0, 0
	for _, u := range w.whole {
		lo += x[u]
	}
	for _, u := range w.any {
		hi += x[u]
	}
	if w.boundless {
		hi = endless
	}
	w.span = span{min(w.span.lo, lo), max(w.span.hi, hi)}
}

// watches makes a watch for each withheld cell that want admits, in order.
func (s *system) watches(want func(cell int) bool) []*watch {
	parts := map[int]map[int]int{} // cell → unknown → how many of its inner cells
	for c, u := range s.group {
		if u < 0 {
			continue
		}
		for _, a := range s.above(c) {
			if parts[a] == nil {
				parts[a] = map[int]int{}
			}
			parts[a][u]++
		}
	}
	var out []*watch
	for c, v := range s.cells {
		if v != withheld || !want(c) {
			continue
		}
		w := &watch{cell: c, span: span{endless, -1}}
		for u, size := range s.size {
			switch n := parts[c][u]; {
			case n == 0:
			case s.free[u]:
				w.boundless = true
			default:
				w.any = append(w.any, u)
				if n == size {
					w.whole = append(w.whole, u)
				}
			}
		}
		out = append(out, w)
	}
	return out
}

// explore finds tables that agree with what is published and lets every watch see them, until each
// is safe under threshold t or its span is all there is. It calls exposed with a watch that certainly
// is not safe, and stops when that says so. It fails when there can be no such table.
//
// With two fields the corners of a system are whole numbers, and every unsafe watch is certain; with three
// a corner may fall between them, and then a watch that is not safe in the end may merely not be proved so.
func (s *system) explore(watches []*watch, t int, exposed func(*watch) (stop bool)) error {
	lp, ok := newSimplex(s.sums, s.totals, len(s.size))
	if !ok {
		return errContradiction
	}
	look := func(vars []int, sign float64) bool {
		x, ok := lp.maximize(vars, sign)
		if !ok || !s.agrees(x) {
			return false
		}
		for _, w := range watches {
			w.see(x)
		}
		return true
	}
	for _, w := range watches {
		if w.span.safe(t) {
			continue
		}
		high := look(w.any, 1)
		if w.span.safe(t) {
			continue
		}
		low := look(w.whole, -1)
		if high && low && !w.span.safe(t) && exposed(w) {
			return nil
		}
	}
	return nil
}
