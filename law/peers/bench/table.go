package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
)

// table prints what was measured, each peer beside ours with the same input and share.
func table(w io.Writer, cells []*cell, rounds int) {
	fmt.Fprintf(w, "\nµs per journey: median of %d interleaved rounds, by which × ours goes; agree: same verdict; left: unknown, though settled; silent: decided, though unknown\n", rounds)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "peer\tinput\tknown\tµs per journey\tfastest\t× ours\tagree\tleft\tsilent\t")
	for _, c := range cells {
		fmt.Fprintf(t, "%s\t%s\t%.0f%%\t%.4g\t%.4g\t%s\t%d of %d\t%d\t%d\t\n",
			c.peer, c.form, 100*c.share, c.median(), c.fastest(), times(c, cells), c.same, c.same+c.open+c.silent+c.wrong, c.open, c.silent)
	}
	t.Flush()
}

// ratio is how many times as long as ours a cell took, with the same input and share.
func ratio(c *cell, cells []*cell) float64 {
	i := slices.IndexFunc(cells, func(o *cell) bool { return o.ours && o.form == c.form && o.share == c.share })
	return c.median() / cells[i].median()
}

func times(c *cell, cells []*cell) string {
	r := ratio(c, cells)
	if r < 100 {
		return fmt.Sprintf("%.1f", r)
	}
	return fmt.Sprintf("%.0f", r)
}

// The project's goals: times ours, and microseconds for one journey in full.
const (
	celGoal, opaGoal = 1000, 5000
	wholeGoal        = 1000
)

// targets says of each goal whether it is met. Where a peer has two forms of input, both are told.
func targets(w io.Writer, cells []*cell, whole *cell) {
	fmt.Fprintln(w)
	word := map[bool]string{true: "met", false: "missed"}
	fmt.Fprintf(w, "%s: %.0f µs a call; goal: under %d: %s\n", whole.peer, whole.median(), wholeGoal, word[whole.median() < wholeGoal])
	for _, goal := range []struct {
		peer  string
		share float64
		times float64
	}{{celPartial, .6, celGoal}, {opa, 1, opaGoal}} {
		for _, c := range cells {
			if c.peer == goal.peer && c.share == goal.share {
				r := ratio(c, cells)
				fmt.Fprintf(w, "%s, %.0f%% known, from %s: %.0f × ours; goal: %.0f: %s\n", c.peer, 100*c.share, c.form, r, goal.times, word[r >= goal.times])
			}
		}
	}
}
