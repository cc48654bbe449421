package release

import (
	"bytes"
	"fmt"
	"html"
	"io"
)

// Measures of a chart, in the units of its viewBox. Withheld bars are all as long as each other, and
// no count gives their length.
const (
	chartWidth  = 760
	barLeft     = 300
	barMost     = 360
	barWithheld = 60
	barStep     = 24
	barHeight   = 16
)

// The colours are the page's own where it has them.
const (
	inkFill   = "var(--ink, #1C2427)"
	quietFill = "var(--quiet, #56636A)"
	barFill   = "var(--shelter, #0B5A57)"
)

// SVG draws the table as bars, one group for each value down the side. It needs no script, style sheet
// or second file, says in words what it shows, and carries its caveats. It may stand inside a page.
func (t Table) SVG(w io.Writer, lang string) error {
	v := t.View(lang)
	id := "amparo-" + t.Hash()[:8] + "-" + v.Lang // several charts may share a page
	most := 1
	for _, b := range v.Blocks {
		for _, l := range b.bars() {
			for _, c := range l.Cells {
				most = max(most, c.Count)
			}
		}
	}
	var body bytes.Buffer
	y := 8
	text := func(x int, fill, more, s string) {
		fmt.Fprintf(&body, "<text x=\"%d\" y=\"%d\" fill=\"%s\"%s>%s</text>\n", x, y, fill, more, html.EscapeString(s))
	}
	y += 20
	text(0, inkFill, ` font-size="18" font-weight="bold"`, v.Title)
	for _, b := range v.Blocks {
		if b.Heading != "" {
			y += 36
			text(0, inkFill, ` font-size="16" font-weight="bold"`, b.Heading)
		}
		for _, l := range b.bars() {
			y += 30
			text(0, inkFill, ` font-weight="bold"`, l.Label)
			y += 8
			for i, c := range l.Cells {
				length, fill := c.Count*barMost/most, barFill
				if c.Withheld {
					length, fill = barWithheld, "url(#"+id+"-hatch)"
				}
				fmt.Fprintf(&body, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>\n", barLeft, y+4, length, barHeight, fill)
				y += 17
				text(barLeft-8, inkFill, ` text-anchor="end"`, b.Columns[i])
				text(barLeft+length+8, inkFill, "", c.Text)
				y += barStep - 17
			}
		}
	}
	y += 16
	for _, n := range append([]string{words["hatched"].In(v.Lang)}, v.Notes...) {
		for _, line := range wrap(n, 110) {
			y += 18
			text(0, quietFill, ` font-size="12"`, line)
		}
	}
	y += 12
	_, err := fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="%[1]s" aria-labelledby="%[2]s-title %[2]s-desc" viewBox="0 0 %[3]d %[4]d" font-family="system-ui, sans-serif" font-size="14">
<title id="%[2]s-title">%[5]s</title>
<desc id="%[2]s-desc">%[6]s</desc>
<defs><pattern id="%[2]s-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="2" height="6" fill="%[7]s"/></pattern></defs>
%[8]s</svg>
`, v.Lang, id, chartWidth, y, html.EscapeString(v.Title), html.EscapeString(v.spoken()), quietFill, body.String())
	return err
}

// bars are the lines of a block without its totals, or the totals where nothing else is shown.
func (b Block) bars() []Line {
	var out []Line
	for _, l := range b.Lines {
		if l.Total && len(b.Lines) > 1 {
			continue
		}
		if len(b.Columns) > 1 {
			l.Cells = l.Cells[:len(b.Columns)-1]
		}
		out = append(out, l)
	}
	return out
}

// spoken says the table in sentences.
func (v View) spoken() string {
	var b bytes.Buffer
	for _, block := range v.Blocks {
		if block.Heading != "" {
			fmt.Fprintf(&b, "%s. ", block.Heading)
		}
		for _, l := range block.Lines {
			fmt.Fprintf(&b, "%s: ", l.Label)
			for i, c := range l.Cells {
				if i > 0 {
					b.WriteString(", ")
				}
				fmt.Fprintf(&b, "%s %s", block.Columns[i], c.Text)
			}
			b.WriteString(". ")
		}
	}
	for _, n := range v.Notes {
		fmt.Fprintf(&b, "%s ", n)
	}
	return b.String()
}

// wrap breaks a text into lines of about n letters.
func wrap(s string, n int) (lines []string) {
	runes := []rune(s)
	for len(runes) > n {
		cut := n
		for cut > 0 && runes[cut] != ' ' {
			cut--
		}
		if cut == 0 {
			cut = n
		}
		lines = append(lines, string(runes[:cut]))
		runes = runes[cut:]
		if runes[0] == ' ' {
			runes = runes[1:]
		}
	}
	return append(lines, string(runes))
}
