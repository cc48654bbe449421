package release

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// Text writes the table for a terminal.
func (v View) Text(w io.Writer) error {
	fmt.Fprintln(w, v.Title)
	for _, b := range v.Blocks {
		fmt.Fprintln(w)
		if b.Heading != "" {
			fmt.Fprintln(w, b.Heading)
		}
		tab := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprint(tab, v.Side+" / "+v.Across, "\t")
		for _, c := range b.Columns {
			fmt.Fprint(tab, c, "\t")
		}
		fmt.Fprintln(tab)
		for _, l := range b.Lines {
			fmt.Fprint(tab, l.Label, "\t")
			for _, c := range l.Cells {
				fmt.Fprint(tab, c.Text, "\t")
			}
			fmt.Fprintln(tab)
		}
		if err := tab.Flush(); err != nil {
			return err
		}
	}
	fmt.Fprintln(w)
	for _, n := range v.Notes {
		if _, err := fmt.Fprintln(w, n); err != nil {
			return err
		}
	}
	return nil
}
