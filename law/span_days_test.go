package law

import (
	"testing"
	"time"
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
	end := first.AddDate(step[0], step[1], step[2]) // the day after the last
	if d.About {
		first = first.AddDate(-slack[0], -slack[1], -slack[2])
		end = end.AddDate(slack[0], slack[1], slack[2])
	}
	return first, end.AddDate(0, 0, -1)
}

func TestDaysAgreeWithTheCalendar(t *testing.T) {
	day := dayNumber(1, 1, 1)
	for d := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2500; d = d.AddDate(0, 0, 1) {
		if got := dayNumber(d.Year(), int(d.Month()), d.Day()); got != day {
			t.Fatalf("%s: %d, want %d", d.Format(time.DateOnly), got, day)
		}
		day++
	}
	for i := range 40 * 13 * 32 * 2 {
		d := Date{Year: 1990 + i%40, Month: i / 40 % 13, Day: i / 40 / 13 % 32, About: i >= 40*13*32}
		first, last := d.bounds()
		if wantFirst, wantLast := calendar(d); first != wantFirst || last != wantLast {
			t.Fatalf("%v: %v to %v, want %v to %v", d, first, last, wantFirst, wantLast)
		}
	}
}
