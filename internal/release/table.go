package release

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Total is the code that stands for all values of a field together.
const Total = "Total"

// A Table is a release: counts by two or three fields, with all totals. It holds only what may be
// read by anyone; a withheld count is not in it. It can be kept as JSON.
type Table struct {
	Fields    []string   `json:"fields"`
	Values    [][]string `json:"values"`    // by field: the codes counted, in order, without Total
	Threshold int        `json:"threshold"` // counts under it are withheld
	On        string     `json:"on"`        // day of the release, 2006-01-02
	Rows      int        `json:"rows"`      // how many contacts, to the nearest ten
	Cells     []int      `json:"cells"`     // row by row, last field fastest, Total last on each; -1 withheld
}

// newTable lays out a table without counts.
func newTable(by []string, o Options) (Table, error) {
	t := Table{Threshold: o.Threshold, On: o.On.Format(time.DateOnly)}
	if len(by) < 2 || len(by) > 3 {
		return t, fmt.Errorf("%d fields given: want 2 or 3", len(by))
	}
	for _, name := range by {
		f, err := FieldNamed(name)
		if err != nil {
			return t, err
		}
		if slices.Contains(t.Fields, f.Name) {
			return t, fmt.Errorf("field %s given twice", f.Name)
		}
		var codes []string
		for _, v := range f.Values {
			if f.Name == yearField && len(v.Code) == 4 && v.Code > t.On[:4] {
				continue // it cannot have happened yet
			}
			codes = append(codes, v.Code)
		}
		t.Fields = append(t.Fields, f.Name)
		t.Values = append(t.Values, codes)
	}
	return t, nil
}

func (t Table) dims() []int {
	d := make([]int, len(t.Values))
	for i, v := range t.Values {
		d[i] = len(v)
	}
	return d
}

// grid is the table's published counts; it fails when the table is not whole, as when it was read from a damaged file.
func (t Table) grid() (grid, error) {
	g := newGrid(t.dims())
	if len(t.Fields) != len(t.Values) || len(t.Cells) != len(g.cells) {
		return grid{}, fmt.Errorf("a table of %d fields and %d axes with %d counts is not whole", len(t.Fields), len(t.Values), len(t.Cells))
	}
	for _, v := range t.Cells {
		if v < withheld {
			return grid{}, fmt.Errorf("a table holds the count %d", v)
		}
	}
	g.cells = t.Cells
	return g, nil
}

// turned is the same table with its fields in another order.
func (t Table) turned(fields []string) Table {
	out := t
	out.Fields, out.Values = fields, nil
	for _, f := range fields {
		out.Values = append(out.Values, t.Values[slices.Index(t.Fields, f)])
	}
	from, to := grid{dims: t.dims()}, newGrid(out.dims())
	at := make([]int, len(fields))
	for c, v := range t.Cells {
		for i, f := range fields {
			at[i] = from.coord(c, slices.Index(t.Fields, f))
		}
		to.cells[to.index(at)] = v
	}
	out.Cells = to.cells
	return out
}

// at names a cell's place: a code for each field, or Total.
func (t Table) at(cell int) []string {
	g := grid{dims: t.dims()}
	out := make([]string, len(t.Fields))
	for i := range out {
		out[i] = Total
		if k := g.coord(cell, i); k < len(t.Values[i]) {
			out[i] = t.Values[i][k]
		}
	}
	return out
}

// Count gives the count at one place, a code of each field or Total; told is false where it is
// withheld. A code that the table does not have is an error.
func (t Table) Count(at ...string) (n int, told bool, err error) {
	if len(at) != len(t.Fields) {
		return 0, false, fmt.Errorf("%d codes for %d fields", len(at), len(t.Fields))
	}
	idx := make([]int, len(at))
	for i, code := range at {
		if idx[i] = slices.Index(t.Values[i], code); code == Total {
			idx[i] = len(t.Values[i])
		} else if idx[i] < 0 {
			return 0, false, fmt.Errorf("%s: the table has no %q", t.Fields[i], clip(code))
		}
	}
	n = t.Cells[grid{dims: t.dims()}.index(idx)]
	if n == withheld {
		return 0, false, nil
	}
	return n, true, nil
}

// Hash is the SHA-256 of the table as JSON, in hexadecimal.
func (t Table) Hash() string {
	data, err := json.Marshal(t)
	if err != nil {
		panic(err) // only strings and whole numbers are in it
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Name is what the table counts by, as field names with commas.
func (t Table) Name() string { return strings.Join(t.Fields, ",") }
