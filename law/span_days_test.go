package law

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// calendar is what days must give, by the standard library's calendar.
func calendar(d Date) (first, last time.Time) {
	month, day, step, slack := 1, 1, [3]int{1, 0, 0}, [3]int{1, 0, 0}
	if d.Month > 0 {
		month, step, slack = d.Month, [3]int{0, 1, 0}, [3]int{0, 1, 0}
		if d.Day > 0 {
			day, step, slack = d.Day, [3]int{0, 0, 1}, [3]int{0, 0, 7}
		}
	}
	first = time.Date(d.Year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	last = first.AddDate(step[0], step[1], step[2]).AddDate(0, 0, -1)
	if d.About {
		first = first.AddDate(-slack[0], -slack[1], -slack[2])
		last = last.AddDate(slack[0], slack[1], slack[2])
	}
	return first, last
}

func TestDaysAgreeWithTheCalendar(t *testing.T) {
	day := dayNumber(1, 1, 1)
	for d := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2500; d = d.AddDate(0, 0, 1) {
		if got := dayNumber(d.Year(), int(d.Month()), d.Day()); got != day {
			t.Fatalf("%s: %d, want %d", d.Format(time.DateOnly), got, day)
		}
		day++
	}
	rapid.Check(t, func(t *rapid.T) {
		d := Date{Year: rapid.IntRange(1, 2500).Draw(t, "year"), Month: rapid.IntRange(0, 12).Draw(t, "month"),
			Day: rapid.IntRange(0, 31).Draw(t, "day"), About: rapid.Bool().Draw(t, "about")}
		first, last := d.bounds()
		if wantFirst, wantLast := calendar(d); first != wantFirst || last != wantLast {
			t.Fatalf("%v: %v to %v, want %v to %v", d, first, last, wantFirst, wantLast)
		}
	})
}
