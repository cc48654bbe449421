package release

import (
	"fmt"
	"slices"
	"strings"
)

// An Entry is one release in the ledger.
type Entry struct {
	By    string `json:"by"`    // the member who released it
	Hash  string `json:"hash"`  // of Table, as Table.Hash gives it
	Table Table  `json:"table"` // fields, threshold, day, rounded number of rows and the counts, as published
}

// A Ledger is everything that one organisation has published, oldest first. It can be kept as JSON;
// it holds nothing that was not published but who did it.
type Ledger []Entry

// Add gives the ledger with one more release, or an error that says why that must not go out: it is
// exposed by itself, or beside an earlier one, or an earlier entry is not what its hash says.
func (l Ledger) Add(t Table, by string) (Ledger, error) {
	if err := Audit(t); err != nil {
		return nil, err
	}
	for i, e := range l {
		if e.Hash != e.Table.Hash() {
			return nil, fmt.Errorf("ledger entry %d (%s of %s) is not what was recorded", i+1, e.Table.Name(), e.Table.On)
		}
		if err := Differencing(e.Table, t); err != nil {
			return nil, err
		}
	}
	return append(slices.Clone(l), Entry{by, t.Hash(), t}), nil
}

// Differencing tells whether next may be published after prev. It asks what someone who has both,
// and who takes it that cases are only ever added, can work out, and refuses if that is
//   - a count of either that may be small, too nearly (as in Audit, with the smaller of the two thresholds), or
//   - how many were added somewhere, when that is at least one and under the threshold, too nearly, or
//   - that a count fell, which only a correction can explain.
//
// Tables that count by more than three fields between them are compared on the totals that they share:
// a total told in the one and withheld in the other is refused, and so is a small difference.
// It compares two releases only; what three together give away is not looked for.
func Differencing(prev, next Table) error {
	if prev.On > next.On {
		return fmt.Errorf("the release of %s cannot follow that of %s", next.On, prev.On)
	}
	if _, err := prev.grid(); err != nil {
		return err
	}
	if _, err := next.grid(); err != nil {
		return err
	}
	fields := slices.Clone(prev.Fields)
	for _, f := range next.Fields {
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	refuse := func(why string) error {
		return fmt.Errorf("withhold this release of %s: beside %s of %s, %s", next.Name(), prev.Name(), prev.On, why)
	}
	if len(fields) > 3 {
		return shared(prev, next, refuse)
	}
	b := beside(prev, next, fields)
	t := min(prev.Threshold, next.Threshold)
	added := len(fields) // the axis of time: 0 before, 1 added, 2 both
	s, err := newSystem(b.grid)
	if err != nil {
		return refuse("a count has fallen; correct the earlier release first")
	}
	watches := s.watches(func(int) bool { return true })
	err = s.explore(watches, t, func(*watch) bool { return false })
	why := ""
	for _, w := range watches {
		lo, hi := w.span.lo, w.span.hi
		fresh := b.coord(w.cell, added) == 1
		switch {
		case why != "" || w.span.safe(t):
		case lo <= hi && lo >= t: // not a small count, however well known
		case lo == 0 && fresh: // nobody may have been added
		case fresh:
			why = fmt.Sprintf("it tells that few contacts were added in %s", b.name(w.cell))
		default:
			why = fmt.Sprintf("it tells the withheld count of %s", b.name(w.cell))
		}
	}
	switch {
	case err != nil:
		return refuse("a count has fallen; correct the earlier release first")
	case why != "":
		return refuse(why + "; take other fields, or wait until many more contacts have been added")
	}
	return nil
}

// A pair is two releases as one grid with an axis of time after those of their fields.
type pair struct {
	grid
	codes [][]string // by field, without Total
}

// beside lays two tables out as one: what was before, what was added, and both together.
func beside(prev, next Table, fields []string) pair {
	var b pair
	var dims []int
	for _, name := range fields {
		var codes []string
		for _, t := range []Table{prev, next} {
			if i := slices.Index(t.Fields, name); i >= 0 {
				for _, c := range t.Values[i] {
					if !slices.Contains(codes, c) {
						codes = append(codes, c)
					}
				}
			}
		}
		b.codes = append(b.codes, codes)
		dims = append(dims, len(codes))
	}
	b.grid = newGrid(append(dims, 2))
	for c := range b.cells {
		b.cells[c] = withheld
	}
	put := func(t Table, time int) {
		for cell, v := range t.Cells {
			at := t.at(cell)
			b.cells[b.place(t.Fields, at, fields, time)] = v
		}
		for i, f := range t.Fields { // a year that had not come when t was made holds nobody
			for _, code := range b.codes[slices.Index(fields, f)] {
				if !slices.Contains(t.Values[i], code) {
					b.cells[b.place([]string{f}, []string{code}, fields, time)] = 0
				}
			}
		}
	}
	put(prev, 0)
	put(next, 2)
	return b
}

// place is the cell where the named fields have the given codes, and the others are totals.
func (b pair) place(names, codes, fields []string, time int) int {
	at := make([]int, len(fields)+1)
	for i, f := range fields {
		at[i] = len(b.codes[i])
		if k := slices.Index(names, f); k >= 0 && codes[k] != Total {
			at[i] = slices.Index(b.codes[i], codes[k])
		}
	}
	at[len(fields)] = time
	return b.index(at)
}

// name is a cell's place in words for a message.
func (b pair) name(cell int) string {
	var out []string
	for i, codes := range b.codes {
		if k := b.coord(cell, i); k < len(codes) {
			out = append(out, codes[k])
		} else {
			out = append(out, Total)
		}
	}
	return strings.Join(out, " × ")
}

// shared compares only the totals that two tables both hold.
func shared(prev, next Table, refuse func(string) error) error {
	t := min(prev.Threshold, next.Threshold)
	for cell, v := range prev.Cells {
		at := prev.at(cell)
		here := make([]string, len(next.Fields))
		for i := range here {
			here[i] = Total
		}
		both := true
		for i, code := range at {
			k := slices.Index(next.Fields, prev.Fields[i])
			if k >= 0 {
				here[k] = code
			} else if code != Total {
				both = false
			}
		}
		if !both {
			continue
		}
		n, told, err := next.Count(here...)
		if err != nil {
			return refuse(err.Error())
		}
		where := strings.Join(at, " × ")
		switch d := n - v; {
		case told != (v != withheld):
			return refuse("the total of " + where + " is told in one and withheld in the other")
		case told && d < 0:
			return refuse("a count has fallen; correct the earlier release first")
		case told && d > 0 && d < t:
			return refuse("it tells that few contacts were added in " + where + "; wait until many more contacts have been added")
		}
	}
	return nil
}
