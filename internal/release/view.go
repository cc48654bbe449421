package release

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

//go:embed words.json
var wordsJSON []byte

var words = mustDecode[map[string]Words](wordsJSON)

// Languages lists the languages in which a table can be shown.
var Languages = []string{"en", "es"}

// A View is a table in words, for a page, a chart or a terminal. The first field goes down the side,
// the second across the top, and a third makes one block for each of its values, the last for all.
// Lines without a single figure are not in the blocks; Notes name them.
type View struct {
	Lang   string
	Title  string
	Side   string // label of the field down the side
	Across string // label of the field across the top
	Blocks []Block
	Notes  []string // the caveats that must go wherever the figures go
}

// A Block is one two-way part of a View.
type Block struct {
	Heading string // the third field and its value; empty in a table of two fields
	Columns []string
	Lines   []Line // the last is the total
}

// A Line is one row of a Block: as many cells as it has columns, the last the total.
type Line struct {
	Label string
	Cells []Cell
	Total bool
}

// A Cell is a count in words.
type Cell struct {
	Text     string // the figure, or the word for withheld
	Count    int    // 0 where withheld
	Withheld bool
	Total    bool // it sums others
}

// View puts the table in words of a language, or of English when it has none.
func (t Table) View(lang string) View {
	if !slices.Contains(Languages, lang) {
		lang = "en"
	}
	word := func(key string) string { return words[key].In(lang) }
	fields := make([]Field, len(t.Fields))
	labels := make([]string, len(t.Fields))
	for i, name := range t.Fields {
		f, err := FieldNamed(name)
		if err != nil {
			f = Field{Name: name, Label: Words{"en": name}} // a table kept from when there was such a field
		}
		fields[i], labels[i] = f, f.Label.In(lang)
	}
	last := len(labels) - 1
	v := View{
		Lang: lang, Side: labels[0], Across: labels[1],
		Title: word("by") + " " + strings.Join(labels[:last], ", ") + " " + word("and") + " " + labels[last],
		Notes: []string{
			word("prevalence"),
			fmt.Sprintf(word("threshold"), t.Threshold),
			fmt.Sprintf(word("released"), t.On, t.Rows),
		},
	}
	g := grid{t.dims(), t.Cells}
	shown := make([][]int, len(fields)) // by field: the coordinates with some figure, the total last
	for i, f := range fields {
		var none []string
		told := make([]bool, g.dims[i])
		for c, n := range g.cells {
			if k := g.coord(c, i); k < g.dims[i] && n != withheld {
				told[k] = true
			}
		}
		for k, ok := range told {
			if ok {
				shown[i] = append(shown[i], k)
			} else {
				none = append(none, f.ValueLabel(t.Values[i][k], lang))
			}
		}
		shown[i] = append(shown[i], g.dims[i])
		if len(none) > 0 {
			v.Notes = append(v.Notes, fmt.Sprintf(word("unshown"), labels[i], strings.Join(none, "; ")))
		}
	}
	v.Notes = append(v.Notes, word("source"))
	label := func(i, k int, total string) string {
		if k == g.dims[i] {
			return total
		}
		return fields[i].ValueLabel(t.Values[i][k], lang)
	}
	blocks := []int{0} // of the third field; in a table of two there is one block
	if len(fields) == 3 {
		blocks = shown[2]
	}
	for _, z := range blocks {
		var b Block
		at := []int{0, 0}
		if len(fields) == 3 {
			b.Heading = labels[2] + ": " + label(2, z, word("all"))
			at = append(at, z)
		}
		for _, x := range shown[1] {
			b.Columns = append(b.Columns, label(1, x, word("total")))
		}
		for _, y := range shown[0] {
			line := Line{Label: label(0, y, word("total")), Total: y == g.dims[0]}
			for _, x := range shown[1] {
				at[0], at[1] = y, x
				cell := g.index(at)
				c := Cell{Total: g.totals(cell) > 0}
				if n := g.cells[cell]; n == withheld {
					c.Withheld, c.Text = true, word("withheld")
				} else {
					c.Count, c.Text = n, strconv.Itoa(n)
				}
				line.Cells = append(line.Cells, c)
			}
			b.Lines = append(b.Lines, line)
		}
		v.Blocks = append(v.Blocks, b)
	}
	return v
}
