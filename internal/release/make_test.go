package release

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var day = time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)

// random draws a small table of true counts, of which up to so many axes are longer than two.
func random(t *rapid.T, axes, longer int) grid {
	dims := make([]int, axes)
	for i := range dims {
		dims[i] = 2
	}
	for range rapid.IntRange(0, longer).Draw(t, "longer") {
		dims[rapid.IntRange(0, axes-1).Draw(t, "axis")] = 3
	}
	g := newGrid(dims)
	for c := range g.cells {
		if g.inner(c) {
			for range rapid.SampledFrom([]int{0, 0, 1, 1, 2, 2, 3, 4, 5}).Draw(t, "count") {
				g.count(c)
			}
		}
	}
	return g
}

// consistent calls see with every table of whole counts, inner cells at most top, that agrees with pub,
// until see says that it has seen enough.
func consistent(pub grid, top int, see func(grid) bool) {
	var inner []int
	for c := range pub.cells {
		if pub.inner(c) {
			inner = append(inner, c)
		}
	}
	try := newGrid(pub.dims)
	enough := false
	var fill func(k int)
	fill = func(k int) {
		if k == len(inner) {
			for c, v := range pub.cells {
				if v != withheld && v != try.cells[c] {
					return
				}
			}
			enough = see(try)
			return
		}
		lo, hi := 0, top
		if v := pub.cells[inner[k]]; v != withheld {
			lo, hi = v, v
		}
		over := pub.above(inner[k])
		for v := lo; v <= hi && !enough; v++ {
			fits := true
			for _, a := range over {
				try.cells[a] += v
				fits = fits && (pub.cells[a] == withheld || try.cells[a] <= pub.cells[a])
			}
			if fits {
				fill(k + 1)
			}
			for _, a := range over {
				try.cells[a] -= v
			}
		}
	}
	fill(0)
}

// hides says once more, apart from the code under test, what a span must be.
func hides(s span, t int) bool {
	return s.hi >= t && s.hi-s.lo >= t
}

// oracle finds by enumeration what each withheld cell of pub may be; it may stop once all are safe under t.
func oracle(pub grid, top, t int) map[int]span {
	out := map[int]span{}
	consistent(pub, top, func(g grid) bool {
		safe := true
		for c, v := range g.cells {
			if pub.cells[c] != withheld {
				continue
			}
			s, ok := out[c]
			if !ok {
				s = span{v, v}
			}
			out[c] = span{min(s.lo, v), max(s.hi, v)}
			safe = safe && hides(out[c], t)
		}
		return safe
	})
	return out
}

// TestProtectAgainstEnumeration: whatever the counts, no withheld one can be placed within the threshold,
// as listing every possible table shows.
func TestProtectAgainstEnumeration(t *testing.T) {
	for _, axes := range []int{2, 3} {
		t.Run(fmt.Sprint(axes, " fields"), func(t *testing.T) {
			told := 0
			rapid.Check(t, func(t *rapid.T) {
				const threshold = 3
				g := random(t, axes, 2*(3-axes)) // three fields of three values are too many tables to list
				pub, err := g.protect(threshold)
				if errors.Is(err, ErrNothing) {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				for c, v := range pub.cells {
					if v != withheld && (v != g.cells[c] || v < threshold) {
						t.Fatalf("cell %d published as %d, is %d", c, v, g.cells[c])
					}
					if v != withheld {
						told++
					}
				}
				open := 0
				for _, v := range pub.cells {
					if v == withheld {
						open++
					}
				}
				if open == 0 {
					return
				}
				// A count that is not told can be as great as the greatest total that is.
				spans := oracle(pub, max(8, slices.Max(pub.cells)), threshold)
				if len(spans) != open {
					t.Fatalf("%d of %d withheld cells could be enumerated", len(spans), open)
				}
				for c, s := range spans {
					if !hides(s, threshold) {
						t.Fatalf("cell %d of %v: true %d, told %v, can only be %d to %d", c, g.dims, g.cells[c], pub.cells, s.lo, s.hi)
					}
				}
				for c := range spans {
					if axes > 2 {
						break // what is not proved safe may be safe
					}
					more := pub.clone()
					if more.cells[c] = g.cells[c]; g.cells[c] < threshold {
						continue
					}
					if bad, _ := more.exposed(threshold, true); len(bad) == 0 {
						t.Fatalf("cell %d of %v %v is withheld for nothing: %v", c, g.dims, g.cells, pub.cells)
					}
				}
			})
			if told == 0 {
				t.Error("nothing was ever told: the property says nothing")
			}
		})
	}
}

// TestSpansAgainstEnumeration: what explore says of a table with only its small counts withheld is what listing finds
// possible; for two fields exactly, for three never more.
func TestSpansAgainstEnumeration(t *testing.T) {
	for _, axes := range []int{2, 3} {
		t.Run(fmt.Sprint(axes, " fields"), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				g := random(t, axes, 3-axes)
				for c, v := range g.cells {
					if v < 3 {
						g.cells[c] = withheld
					}
				}
				if g.cells[len(g.cells)-1] == withheld {
					return
				}
				s, err := newSystem(g)
				if err != nil {
					t.Fatal(err)
				}
				all := s.watches(func(int) bool { return true })
				if err := s.explore(all, endless, func(*watch) bool { return false }); err != nil {
					t.Fatal(err)
				}
				want := oracle(g, g.cells[len(g.cells)-1], endless)
				for _, w := range all {
					if o := want[w.cell]; axes == 2 && w.span != o || w.span.lo < o.lo || w.span.hi > o.hi {
						t.Fatalf("cell %d of %v %v: found %v, possible %v", w.cell, g.dims, g.cells, w.span, o)
					}
				}
			})
		})
	}
}

func TestAuditRefusesPrimarySuppressionAlone(t *testing.T) {
	for _, by := range [][]string{{"Gender", "TypeOfExploitation"}, {"amparoYear", "amparoAct", "Gender"}} {
		tab, err := Make(invented(400), by, Options{On: day})
		if err != nil {
			t.Fatal(err)
		}
		full := newGrid(tab.dims())
		for _, r := range invented(400) {
			at := make([]int, len(by))
			for k, f := range tab.Fields {
				at[k] = slices.Index(tab.Values[k], r.Get(f))
			}
			full.count(full.index(at))
		}
		for c, v := range full.cells {
			if v < DefaultThreshold {
				full.cells[c] = withheld
			}
		}
		tab.Cells = full.cells
		var e *Exposed
		if err := Audit(tab); !errors.As(err, &e) {
			t.Fatalf("%v: only small counts withheld: Audit says %v", by, err)
		}
		t.Log(e)
	}
}

func TestAuditRefusesSmallCounts(t *testing.T) {
	tab, err := Make(invented(400), []string{"Gender", "amparoAct"}, Options{On: day})
	if err != nil {
		t.Fatal(err)
	}
	tab.Threshold = 60
	if err := Audit(tab); err == nil {
		t.Error("counts under the threshold pass")
	}
}

func TestMake(t *testing.T) {
	rows := invented(400)
	for _, by := range [][]string{
		{"Gender", "TypeOfExploitation"},
		{"amparoAct", "amparoYear"},
		{"TypeOfExploitation", "ForcedLabourIndustry"},
		{"amparoYear", "amparoAct", "Gender"},
		{"TypeOfExploitation", "Gender", "amparoAct"},
		{"PrimaryLanguage", "TypeOfExploitation", "amparoAct"},
	} {
		t.Run(fmt.Sprint(by), func(t *testing.T) {
			start := time.Now()
			tab, err := Make(rows, by, Options{On: day})
			if err != nil {
				t.Fatal(err)
			}
			took := time.Since(start)
			told := 0
			for _, v := range tab.Cells {
				if v != withheld {
					told++
				}
			}
			shuffled := slices.Clone(rows)
			rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			again, err := Make(shuffled, by, Options{On: day})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tab, again); diff != "" {
				t.Errorf("the same rows in another order: %s", diff)
			}
			if n, ok, err := tab.Count(slices.Repeat([]string{Total}, len(by))...); !ok || n != 400 || err != nil {
				t.Errorf("total %d %v %v", n, ok, err)
			}
			t.Logf("%d of %d cells told, in %v", told, len(tab.Cells), took)
		})
	}
}

func TestMakeRefuses(t *testing.T) {
	rows := invented(40)
	for _, c := range []struct {
		rows []Row
		by   []string
		o    Options
		want string
	}{
		{rows, []string{"Gender"}, Options{}, "1 fields given: want 2 or 3"},
		{rows, []string{"Gender", "gender"}, Options{}, "field Gender given twice"},
		{rows, []string{"Gender", "amparoAct"}, Options{Threshold: 2}, "threshold 2: want 3 to 1000"},
		{rows, []string{"PrimaryLanguage", "ForcedLabourIndustry", "TypeOfExploitation"}, Options{}, "6750 cells with totals, at most 4000: take fewer fields, or fields of fewer values"},
		{[]Row{{"Gender": "x"}}, []string{"Gender", "amparoAct"}, Options{}, `row 1: Gender: "x" is not one of its values`},
		{[]Row{{"amparoYear": "2026"}}, []string{"amparoYear", "amparoAct"}, Options{}, "row 1: amparoYear: 2026 is after the release"},
		{rows[:9], []string{"Gender", "amparoAct"}, Options{}, ErrNothing.Error()},
		{nil, []string{"Gender", "amparoAct"}, Options{}, ErrNothing.Error()},
	} {
		c.o.On = day
		if tab, err := Make(c.rows, c.by, c.o); err != nil && len(tab.Cells) > 0 {
			t.Errorf("%v: an error and a table", c.by)
		}
		if _, err := Make(c.rows, c.by, c.o); err == nil || err.Error() != c.want {
			t.Errorf("%v: got %v, want %s", c.by, err, c.want)
		}
	}
}
