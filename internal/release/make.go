package release

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// DefaultThreshold is the least count that is told unless Options says otherwise.
const DefaultThreshold = 10

// MaxCells bounds a table with its totals; beyond it nearly all would be withheld, and the audit would be slow.
const MaxCells = 4000

// ErrNothing is the error of a table in which no count could be told without giving away another.
var ErrNothing = errors.New("nothing can be published: every count would give away a small one; take fewer fields or more rows")

// Options says how a table is made.
type Options struct {
	Threshold int       // counts under it are withheld; 0 is DefaultThreshold; else from 3 to 1000
	On        time.Time // the day of the release, in its own zone; only the date is kept
}

// Make counts rows by two or three fields, and by every total over them.
//
// Every count under the threshold is withheld, zero among them: a zero says of everyone in its row
// what they are not, and telling zeros from small counts would help work the small ones out. Only
// what cannot have happened, a year after the release, is left out of the table altogether.
// Then more counts are withheld, the smallest first, until Audit finds nothing exposed. Every value of a
// field has its place in the table, whether or not anyone has it. The same rows, in any order, give the
// same counts, and so do the same fields.
//
// It fails on a field that does not exist, on a row that Check refuses or that was closed after the
// release, on a table above MaxCells, and with ErrNothing.
func Make(rows []Row, by []string, o Options) (Table, error) {
	if o.Threshold == 0 {
		o.Threshold = DefaultThreshold
	}
	if o.Threshold < 3 || o.Threshold > 1000 {
		return Table{}, fmt.Errorf("threshold %d: want 3 to 1000", o.Threshold)
	}
	if o.On.IsZero() {
		return Table{}, errors.New("a release needs its day")
	}
	asked, err := newTable(by, o)
	if err != nil {
		return Table{}, err
	}
	// What is withheld does not hang on the order in which the fields were named.
	t, err := newTable(inOrder(asked.Fields), o)
	if err != nil {
		return Table{}, err
	}
	g := newGrid(t.dims())
	if len(g.cells) > MaxCells {
		return Table{}, fmt.Errorf("%d cells with totals, at most %d: take fewer fields, or fields of fewer values", len(g.cells), MaxCells)
	}
	at := make([]int, len(t.Fields))
	for i, r := range rows {
		if err := r.Check(); err != nil {
			return Table{}, fmt.Errorf("row %d: %w", i+1, err)
		}
		for k, name := range t.Fields {
			if at[k] = slices.Index(t.Values[k], r.Get(name)); at[k] < 0 {
				return Table{}, fmt.Errorf("row %d: %s: %s is after the release", i+1, name, r.Get(name))
			}
		}
		g.count(g.index(at))
	}
	t.Rows = max(10, (len(rows)+5)/10*10)
	safe, err := g.protect(o.Threshold)
	if err != nil {
		return Table{}, err
	}
	t.Cells = safe.cells
	t = t.turned(asked.Fields)
	if err := Audit(t); err != nil {
		return Table{}, err
	}
	return t, nil
}

// inOrder sorts field names as Fields lists them.
func inOrder(names []string) (out []string) {
	for _, f := range Fields {
		if slices.Contains(names, f.Name) {
			out = append(out, f.Name)
		}
	}
	return out
}

// protect withholds what must be: g holds true counts, the result holds -1 in place of those not told.
// Taking away one helper at a time can take away more than it must, so in the end each is put back
// that can be, the largest first.
func (g grid) protect(t int) (grid, error) {
	pub := g.clone()
	for c, v := range g.cells {
		if v < t {
			pub.cells[c] = withheld
		}
	}
	var helpers []int
	for {
		bad, err := pub.exposed(t, true)
		if err != nil {
			return grid{}, err
		}
		if pub.bare() {
			return grid{}, ErrNothing
		}
		if len(bad) == 0 {
			break
		}
		c := g.helper(pub, bad[0].cell, t)
		pub.cells[c] = withheld
		helpers = append(helpers, c)
	}
	slices.SortStableFunc(helpers, func(a, b int) int { return g.cells[b] - g.cells[a] })
	for _, c := range helpers {
		pub.cells[c] = g.cells[c]
		if bad, err := pub.exposed(t, true); err != nil {
			return grid{}, err
		} else if len(bad) > 0 {
			pub.cells[c] = withheld
		}
	}
	return pub, nil
}

// bare tells whether at most the grand total is left.
func (g grid) bare() bool {
	for _, v := range g.cells[:len(g.cells)-1] {
		if v != withheld {
			return false
		}
	}
	return true
}

// near lists the cells on the lines through c, c among them.
func (g grid) near(c int) []int {
	var out []int
	for axis := range g.dims {
		out = append(out, g.line(c, axis)...)
	}
	return out
}

// tight lists the lines through c on which the counts withheld beside it come to less than t, so that it has too little room.
func (g grid) tight(pub grid, c, t int) [][]int {
	var out [][]int
	for axis, d := range g.dims {
		line := g.line(c, axis)
		total := line[d]
		if total != c && pub.cells[total] == withheld {
			continue
		}
		room := 0
		for _, o := range line[:d] {
			if o != c && pub.cells[o] == withheld {
				room += g.cells[o]
			}
		}
		if room < t {
			out = append(out, line[:d])
		}
	}
	return out
}

// helper chooses the published cell to withhold for the sake of c: on a line where c has too little
// room if there is one, else on any line through c, else anywhere; there, the one that will itself
// have room, then the smallest, then the first. The grand total comes last of all.
func (g grid) helper(pub grid, c, t int) int {
	var tight, whole []int
	for _, line := range g.tight(pub, c, t) {
		tight = append(tight, line...)
	}
	for i := range g.cells {
		whole = append(whole, i)
	}
	for _, among := range [][]int{tight, g.near(c), whole} {
		best, bestCost := -1, [2]int{}
		for _, o := range among {
			if pub.cells[o] == withheld || o == len(g.cells)-1 {
				continue
			}
			cost := [2]int{len(g.tight(pub, o, t)), g.cells[o]}
			if best < 0 || cost[0] < bestCost[0] || cost[0] == bestCost[0] && (cost[1] < bestCost[1] || cost[1] == bestCost[1] && o < best) {
				best, bestCost = o, cost
			}
		}
		if best >= 0 {
			return best
		}
	}
	return len(g.cells) - 1
}
