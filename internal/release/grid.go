package release

// withheld stands in a grid or a table for a count that is not told.
const withheld = -1

// A grid is a table of counts with all its totals. Axis i has dims[i] values; the coordinate dims[i]
// stands for their total. Cells lie row by row, the last axis fastest.
type grid struct {
	dims  []int
	cells []int
}

func newGrid(dims []int) grid {
	n := 1
	for _, d := range dims {
		n *= d + 1
	}
	return grid{dims, make([]int, n)}
}

func (g grid) clone() grid {
	return grid{g.dims, append([]int(nil), g.cells...)}
}

// stride is how far apart two neighbours on an axis lie.
func (g grid) stride(axis int) int {
	s := 1
	for _, d := range g.dims[axis+1:] {
		s *= d + 1
	}
	return s
}

// coord is cell c's coordinate on an axis.
func (g grid) coord(c, axis int) int {
	return c / g.stride(axis) % (g.dims[axis] + 1)
}

func (g grid) index(at []int) int {
	c := 0
	for i, a := range at {
		c += a * g.stride(i)
	}
	return c
}

// totals is on how many axes cell c is a total.
func (g grid) totals(c int) int {
	n := 0
	for i, d := range g.dims {
		if g.coord(c, i) == d {
			n++
		}
	}
	return n
}

// inner tells whether c is a count that sums no others.
func (g grid) inner(c int) bool { return g.totals(c) == 0 }

// above lists the cells that hold c within them: c itself first, then every total over it.
func (g grid) above(c int) []int {
	out := []int{c}
	for i, d := range g.dims {
		if k := g.coord(c, i); k != d {
			up := (d - k) * g.stride(i)
			for _, o := range out {
				out = append(out, o+up)
			}
		}
	}
	return out
}

// line lists the cells that differ from c only on one axis, its total last.
func (g grid) line(c, axis int) []int {
	s := g.stride(axis)
	first := c - g.coord(c, axis)*s
	out := make([]int, g.dims[axis]+1)
	for k := range out {
		out[k] = first + k*s
	}
	return out
}

// count adds one case at the inner cell c, and in every total over it.
func (g grid) count(c int) {
	for _, a := range g.above(c) {
		g.cells[a]++
	}
}
