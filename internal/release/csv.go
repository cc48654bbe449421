package release

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// CSV writes the table with one line for each count and total: a code for each field, and the count or
// "withheld". The caveats come first, in English, as lines that begin with #.
func (t Table) CSV(w io.Writer) error {
	for _, key := range []string{"prevalence", "threshold", "released", "source"} {
		note := words[key].In("en")
		switch key {
		case "threshold":
			note = fmt.Sprintf(note, t.Threshold)
		case "released":
			note = fmt.Sprintf(note, t.On, t.Rows)
		}
		if _, err := fmt.Fprintf(w, "# %s\n", note); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	write := func(record []string) {
		for i := range record {
			record[i] = inert(record[i])
		}
		out.Write(record) // out.Error tells
	}
	write(append(append([]string{}, t.Fields...), "contacts"))
	for cell, n := range t.Cells {
		count := "withheld"
		if n != withheld {
			count = strconv.Itoa(n)
		}
		write(append(t.at(cell), count))
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + s
	}
	return s
}
