package evidence

import (
	"fmt"
	"html"
	"strings"
)

// Measures of a chart in the units of its viewBox. It is as narrow as a small telephone, so that its letters
// are read at their own size there.
const (
	chartWidth = 320
	letter     = 16 // font size
	lineStep   = 22
	perLine    = 34 // letters to a line of a label
	barHeight  = 20
	boxSize    = 20
	barEdge    = 2 // room for the outline
)

// patterns fill the parts of a whole, told apart without colour: slanted, level, dots, crossed. Each is drawn on
// a square of 8 in the colour of the text around the chart.
var patterns = []string{
	`<path d="M-2 6L6-2M0 12L12 0M2 10L10 2" stroke="currentColor" stroke-width="2"/>`,
	`<path d="M0 2H8M0 6H8" stroke="currentColor" stroke-width="1"/>`,
	`<circle cx="2" cy="2" r="1.3" fill="currentColor"/><circle cx="6" cy="6" r="1.3" fill="currentColor"/>`,
	`<path d="M0 0L8 8M0 8L8 0" stroke="currentColor" stroke-width="1"/>`,
}

// HasChart says whether the claim is drawn: one that is doubtful is not, lest it look surer than it is, nor is
// a single number, nor are several nothings.
func (c Claim) HasChart() bool {
	most := 0.0
	for _, p := range c.Points {
		most = max(most, p.Value)
	}
	return c.Standing == Firm && len(c.Points) > 1 && most > 0 && (c.Whole == 0 || len(c.Points) <= len(patterns))
}

// Chart draws the points as SVG that may stand in a page: parts of a whole as one bar with a key, others as a bar
// each. It uses no style, script or second file, and no colour but the page's own. In a page that is read from
// right to left (dir "rtl") it is drawn so. It is empty where there is no chart; the same claim gives the same bytes.
func (c Claim) Chart(lang, dir string) string {
	if !c.HasChart() {
		return ""
	}
	d := drawing{id: c.ID, rtl: dir == "rtl"}
	if c.Whole > 0 {
		c.drawShares(&d, lang)
	} else {
		c.drawBars(&d, lang)
	}
	for i := range min(len(c.Points), len(patterns)) {
		if i == 0 || c.Whole > 0 {
			fmt.Fprintf(&d.defs, `<pattern id="%s" width="8" height="8" patternUnits="userSpaceOnUse">%s</pattern>`, d.pattern(i), patterns[i])
		}
	}
	direction := "ltr"
	if d.rtl {
		direction = "rtl"
	}
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="%s" direction="%s" aria-labelledby="%[3]s-title %[3]s-desc" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="%d">
<title id="%[3]s-title">%[7]s</title>
<desc id="%[3]s-desc">%[8]s</desc>
<defs>%[9]s</defs>
%[10]s</svg>
`, html.EscapeString(lang), direction, d.id, chartWidth, d.y+barEdge, letter,
		html.EscapeString(c.Claim.In(lang)), html.EscapeString(c.spoken(lang)), d.defs.String(), d.body.String())
}

// drawShares draws one bar that is the whole, parted, and a key below it.
func (c Claim) drawShares(d *drawing, lang string) {
	d.y = barEdge
	from := 0.0
	for i, p := range c.Points {
		to := from + p.Value
		x := span(from, c.Whole)
		d.bar(barEdge+x, span(to, c.Whole)-x, 2*barHeight, i)
		from = to
	}
	d.y += 2*barHeight + 14
	for i, p := range c.Points {
		d.bar(barEdge, boxSize, boxSize, i)
		d.y += letter
		d.text(boxSize+12, true, c.Amount(p, lang))
		d.y += lineStep - letter
		d.label(boxSize+12, p.Label.In(lang), perLine)
		d.y += 10
	}
}

// drawBars draws a bar for each point, with its words above it.
func (c Claim) drawBars(d *drawing, lang string) {
	most := 0.0
	for _, p := range c.Points {
		most = max(most, p.Value)
	}
	for i, p := range c.Points {
		if i > 0 {
			d.y += 12
		}
		d.y += letter
		d.text(0, true, c.Amount(p, lang))
		d.y += lineStep - letter
		d.label(0, p.Label.In(lang), perLine+4)
		d.y += 4
		d.bar(barEdge, span(p.Value, most), barHeight, 0)
		d.y += barHeight
	}
}

// span is how long a value is drawn, where most is the whole length.
func span(v, most float64) int {
	if most <= 0 {
		return 0
	}
	return int(v / most * (chartWidth - 2*barEdge))
}

// spoken says in sentences what is drawn, for those who do not see it.
func (c Claim) spoken(lang string) string {
	var parts []string
	for _, p := range c.Points {
		s := p.Label.In(lang) + ": " + c.Amount(p, lang)
		if p.Ours {
			s += " (" + words["worked"].In(lang) + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ") + ". " + c.Counts.In(lang) + " " + c.Caveat.In(lang)
}

// A drawing is built from the top; y is how far it has come.
type drawing struct {
	id         string
	rtl        bool
	y          int
	defs, body strings.Builder
}

func (d *drawing) pattern(i int) string { return fmt.Sprintf("%s-%d", d.id, i) }

// bar draws a hatched box with an outline, from x on the side where reading begins; of nothing, only the line from
// which it is measured.
func (d *drawing) bar(x, width, height, pattern int) {
	if d.rtl {
		x = chartWidth - x - width
	}
	if width == 0 {
		fmt.Fprintf(&d.body, `<path d="M%d %dv%d" stroke="currentColor" stroke-width="2"/>`+"\n", x, d.y, height)
		return
	}
	fmt.Fprintf(&d.body, `<rect x="%d" y="%d" width="%d" height="%d" fill="url(#%s)" stroke="currentColor" stroke-width="2"/>`+"\n",
		x, d.y, width, height, d.pattern(pattern))
}

func (d *drawing) text(x int, bold bool, s string) {
	if d.rtl {
		x = chartWidth - x
	}
	weight := ""
	if bold {
		weight = ` font-weight="600"`
	}
	fmt.Fprintf(&d.body, `<text x="%d" y="%d"%s fill="var(--ink, currentColor)">%s</text>`+"\n", x, d.y, weight, html.EscapeString(s))
}

// label writes words in lines, each below the one before.
func (d *drawing) label(x int, s string, most int) {
	for _, l := range lines(s, most) {
		d.y += letter
		d.text(x, false, l)
		d.y += lineStep - letter
	}
}

// lines breaks words into lines of at most so many letters, where no word is longer.
func lines(s string, most int) (out []string) {
	for _, word := range strings.Fields(s) {
		if n := len(out); n > 0 && len([]rune(out[n-1]))+1+len([]rune(word)) <= most {
			out[n-1] += " " + word
			continue
		}
		out = append(out, word)
	}
	return out
}
