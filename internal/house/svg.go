package house

import (
	"fmt"
	"html"
	"slices"
	"strings"
)

// Sizes of the drawing, in pixels.
const (
	wide, margin, gap  = 1120, 64, 20
	boxHigh, floorHigh = 44, 112
)

type point struct{ x, y int }

// SVG draws for a page: floors as bands, rooms as boxes, imports as arrows from the foot of a
// room to the head of another. An arrow that others already imply is fainter; one that does not
// go down is red and broken.
func (pic Picture) SVG() string {
	high := len(pic.Floors)*floorHigh + 56
	at, width := pic.places()
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" font-family="system-ui, sans-serif" font-size="16">
<title>The house: rooms on their floors, and what imports what</title>
<desc>%s</desc>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#0B5A57"/></marker></defs>
<rect width="100%%" height="100%%" fill="#FBFAF7"/>
`, wide, high, html.EscapeString(pic.Verdict()))
	for i, f := range pic.Floors {
		y := i * floorHigh
		if i%2 == 0 {
			fmt.Fprintf(&b, "<rect y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#F1EEE7\"/>\n", y, wide, floorHigh)
		}
		fmt.Fprintf(&b, "<text x=\"20\" y=\"%d\" fill=\"#56636A\">%s</text>\n", y+floorHigh/2+5, f.Number())
	}
	for _, faint := range []bool{true, false} { // the faint ones lie below
		for _, a := range pic.Arrows {
			if pic.reaches(a.From, a.To, a) == faint {
				b.WriteString(pic.arrow(a, at[a.From], at[a.To], faint))
			}
		}
	}
	for _, f := range pic.Floors {
		for _, r := range f.Rooms {
			p, w := at[r], width[f.Level]
			fmt.Fprintf(&b, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"#1C2427\"/>\n", p.x-w/2, p.y-boxHigh/2, w, boxHigh, paint(r))
			fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#1C2427\">%s</text>\n", p.x, p.y+5, html.EscapeString(short(r)))
		}
	}
	fmt.Fprintf(&b, "<text x=\"20\" y=\"%d\" fill=\"#1C2427\">%s</text>\n", high-30, html.EscapeString(pic.Verdict()))
	fmt.Fprintf(&b, "<text x=\"20\" y=\"%d\" fill=\"#56636A\">Blue: the hub, which is blind. Plum: what opens; no blue room reaches it. Faint: implied by other arrows.</text>\n</svg>\n", high-8)
	return b.String()
}

// places gives the middle of each room and, for each floor, how wide its rooms are.
func (pic Picture) places() (map[string]point, map[float64]int) {
	at, width := map[string]point{}, map[float64]int{}
	for i, f := range pic.Floors {
		room := (wide - 2*margin) / len(f.Rooms)
		width[f.Level] = min(room-gap, 150)
		for j, r := range f.Rooms {
			at[r] = point{margin + room*j + room/2, i*floorHigh + floorHigh/2}
			if len(f.Rooms) == 1 && slices.Contains(open, r) { // out of the way of the hub's arrows
				at[r] = point{wide - margin - room/8, i*floorHigh + floorHigh/2}
			}
		}
	}
	return at, width
}

// paint is the ground of a room: whether it is one of the hub's, one that opens, or neither.
func paint(room string) string {
	switch {
	case slices.Contains(blind, room):
		return "#E3EAF6"
	case slices.Contains(open, room):
		return "#F4E3EC"
	}
	return "#FFFFFF"
}

func (pic Picture) arrow(a Arrow, from, to point, faint bool) string {
	look := `stroke="#0B5A57" marker-end="url(#tip)"`
	if faint {
		look = `stroke="#0B5A57" stroke-opacity=".18"`
	}
	for _, up := range pic.Up {
		if up == a {
			look = `stroke="#B3261E" stroke-width="2.5" stroke-dasharray="7 5"`
		}
	}
	foot, head := from.y+boxHigh/2, to.y-boxHigh/2
	bend := max((head-foot)/2, 16)
	return fmt.Sprintf("<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" %s><title>%s imports %s</title></path>\n",
		from.x, foot, from.x, foot+bend, to.x, head-bend, to.x, head, look, short(a.From), short(a.To))
}
