package release

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func made(t *testing.T, rows []Row, on time.Time, by ...string) Table {
	t.Helper()
	tab, err := Make(rows, by, Options{On: on})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestDifferencing(t *testing.T) {
	rows := invented(400)
	later := day.AddDate(1, 0, 0)
	many := rows
	for range 2 { // the same again: every count grows by itself
		many = append(many[:len(many):len(many)], rows...)
	}
	first := made(t, rows, day, "Gender", "amparoAct")
	for _, c := range []struct {
		name string
		next Table
		want string // "" may go out
	}{
		{"unchanged", made(t, rows, later, "Gender", "amparoAct"), ""},
		{"one more", made(t, append(rows[:400:400], rows[0]), later, "Gender", "amparoAct"), "few contacts were added"},
		{"some more", made(t, append(rows[:400:400], rows[:45]...), later, "Gender", "amparoAct"), "withhold this release"},
		{"one fewer", made(t, rows[1:], later, "Gender", "amparoAct"), "a count has fallen"},
		{"an earlier day", made(t, rows, day.AddDate(0, 0, -1), "Gender", "amparoAct"), "cannot follow"},
		{"fields turned round", made(t, rows, later, "amparoAct", "Gender"), ""},
		{"one field shared, one more", made(t, append(rows[:400:400], rows[0]), later, "amparoAct", "Status"), "withhold this release"},
		{"no field shared, one more", made(t, append(rows[:400:400], rows[0]), later, "amparoChannel", "Status"), "few contacts were added"},
		{"no field shared, many more", made(t, many, later, "amparoChannel", "Status"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Differencing(first, c.next)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Two releases of the same rows that withhold different cells give away what each alone hides.
func TestDifferencingOfOtherSuppression(t *testing.T) {
	base := Table{
		Fields: []string{"Gender", "Status"}, Values: [][]string{{"Feminine", "Masculine", Unknown}, {"Closed", "ClosedReferred", Unknown}},
		Threshold: 10, On: "2025-01-01", Rows: 200,
	}
	a, b := base, base
	//          true: 3 30 40 | 20 30 40 | 25 30 40
	a.Cells = []int{-1, -1, 40, 73, -1, -1, 40, 90, 25, 30, 40, 95, 48, 90, 120, 258}
	b.Cells = []int{-1, 30, -1, 73, 20, 30, 40, 90, -1, 30, -1, 95, 48, 90, 120, 258}
	for _, tab := range []Table{a, b} {
		if err := Audit(tab); err != nil {
			t.Fatal(err)
		}
	}
	if err := Differencing(a, b); err == nil || !strings.Contains(err.Error(), "tells the withheld count of Feminine × Closed") {
		t.Errorf("got %v", err)
	}
}

// TestDifferencingAgainstEnumeration: with tables small enough to list, what Differencing lets out
// leaves every withheld count of both releases open.
func TestDifferencingAgainstEnumeration(t *testing.T) {
	table := func(g grid) Table {
		return Table{Fields: []string{"Gender", "Status"}, Values: [][]string{{"Feminine", "Masculine"}, {"Closed", "ClosedReferred"}},
			Threshold: 3, On: "2025-01-01", Cells: g.cells}
	}
	passed := 0
	rapid.Check(t, func(rt *rapid.T) {
		before := newGrid([]int{2, 2})
		after := newGrid([]int{2, 2})
		for c := range before.cells {
			if before.inner(c) {
				for range rapid.IntRange(0, 5).Draw(rt, "before") {
					before.count(c)
					after.count(c)
				}
				for range rapid.SampledFrom([]int{0, 0, 0, 1, 3, 4}).Draw(rt, "added") {
					after.count(c)
				}
			}
		}
		a, err := before.protect(3)
		if err != nil {
			return
		}
		b, err := after.protect(3)
		if err != nil {
			return
		}
		if Differencing(table(a), table(b)) != nil {
			return
		}
		passed++
		p := beside(table(a), table(b), []string{"Gender", "Status"})
		for c, s := range oracle(p.grid, 9, endless) {
			small := s.lo > 0 && s.lo < 3
			switch when := p.coord(c, 2); {
			case hides(s, 3):
			case when != 1 && s.lo < 3, when == 1 && small && s.hi-s.lo < 3:
				rt.Fatalf("%s at time %d can only be %d to %d; before %v, after %v", p.name(c), when, s.lo, s.hi, a.cells, b.cells)
			}
		}
	})
	if passed == 0 {
		t.Error("nothing was ever let out: the property says nothing")
	}
}

func TestLedger(t *testing.T) {
	rows := invented(400)
	l, err := Ledger(nil).Add(made(t, rows, day, "Gender", "amparoAct"), "ana")
	if err != nil {
		t.Fatal(err)
	}
	l2, err := l.Add(made(t, rows, day, "amparoYear", "amparoAct", "Gender"), "ana")
	if err != nil {
		t.Logf("refused: %v", err)
	} else if len(l2) != 2 || len(l) != 1 {
		t.Errorf("%d and %d entries", len(l), len(l2))
	}
	if _, err := l.Add(made(t, rows[:399], day, "Gender", "amparoAct"), "ana"); err == nil {
		t.Error("a release of one row less is let out")
	}
	l[0].Table.Rows = 10
	if _, err := l.Add(made(t, rows, day, "Gender", "amparoAct"), "ana"); err == nil || !strings.Contains(err.Error(), "entry 1") {
		t.Errorf("an altered entry: %v", err)
	}
}
