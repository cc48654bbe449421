package law

import (
	"fmt"
	"strings"
	"time"
)

// A Date is a day, a month or a year, exact or about. The zero Date is not known.
// Its text is "2013", "2013-05" or "2013-05-12", with "about " before it where it is not exact.
type Date struct {
	Year, Month, Day int // Month and Day are 0 where not known
	About            bool
}

// ParseDate reads the text form of a Date.
func ParseDate(s string) (Date, error) {
	var d Date
	digits, about := strings.CutPrefix(strings.TrimSpace(s), "about ")
	layout := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}[len(digits)]
	t, err := time.Parse(layout, digits)
	if layout == "" || err != nil || t.Year() < 1 {
		return d, fmt.Errorf("%q is no date: write 2013, 2013-05 or 2013-05-12, with \"about \" before it if it is not exact", s)
	}
	d = Date{Year: t.Year(), About: about}
	if len(digits) > 4 {
		d.Month = int(t.Month())
	}
	if len(digits) > 7 {
		d.Day = t.Day()
	}
	return d, nil
}

// DateOf is the day of t, in t's own place.
func DateOf(t time.Time) Date {
	return Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// IsZero reports whether the date is not known.
func (d Date) IsZero() bool { return d.Year == 0 }

// String is the text form, or "" for an unknown date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	s := fmt.Sprintf("%04d", d.Year)
	if d.Month > 0 {
		s += fmt.Sprintf("-%02d", d.Month)
	}
	if d.Month > 0 && d.Day > 0 {
		s += fmt.Sprintf("-%02d", d.Day)
	}
	if d.About {
		s = "about " + s
	}
	return s
}

// MarshalText is String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is ParseDate; empty text is the unknown date.
func (d *Date) UnmarshalText(b []byte) (err error) {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	*d, err = ParseDate(string(b))
	return err
}

// bounds is days as points in time.
func (d Date) bounds() (first, last time.Time) {
	from, until := d.days()
	at := func(day int) time.Time { return time.Unix(int64(day)*24*60*60, 0).UTC() }
	return at(from), at(until)
}

// days gives the first and the last day the date may stand for, as numbers of days: 1970-01-01 is day 0. "About"
// widens it by one of its own steps on each side: a year, a month, or for a day a week.
func (d Date) days() (first, last int) {
	switch {
	case d.Month <= 0 && d.About:
		return dayNumber(d.Year-1, 1, 1), dayNumber(d.Year+1, 12, 31)
	case d.Month <= 0:
		return dayNumber(d.Year, 1, 1), dayNumber(d.Year, 12, 31)
	case d.Day <= 0 && d.About:
		return dayNumber(d.Year, d.Month-1, 1), dayNumber(d.Year, d.Month+2, 1) - 1
	case d.Day <= 0:
		return dayNumber(d.Year, d.Month, 1), dayNumber(d.Year, d.Month+1, 1) - 1
	}
	first = dayNumber(d.Year, d.Month, d.Day)
	if d.About {
		return first - 7, first + 7
	}
	return first, first
}

// dayNumber counts the days from 1970-01-01 to a day of the Gregorian calendar. A month past 12 or a day past
// the month's last runs on into the next.
func dayNumber(year, month, day int) int {
	// Years that begin in March, so that the day of the leap year comes last.
	month -= 3
	year, month = year+floorDiv(month, 12), month-12*floorDiv(month, 12)
	return 365*year + floorDiv(year, 4) - floorDiv(year, 100) + floorDiv(year, 400) + (153*month+2)/5 + day - 1 - 719468
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// A Span is when an episode happened, as well as it is known.
type Span struct {
	From  Date   `json:"from,omitzero"`
	Until Date   `json:"until,omitzero"` // unknown also where it goes on
	Words string `json:"words,omitempty"`
}

// IsZero reports whether nothing is said of when.
func (s Span) IsZero() bool { return s == Span{} }

// A Force says whether a rule was law when an episode happened.
type Force string

const (
	InForce     Force = "in force"
	NotInForce  Force = "not in force"
	Straddles   Force = "in force for part of it" // the episode runs over a change of the law: split it there
	DateUnknown Force = "date not known"          // what is known of the dates does not settle it
)

// force judges a span against a rule in force from the first day of from to the day before until; either
// may be the zero Date, for always.
func (s Span) force(from, until Date) Force { return s.reach().force(termOf(from, until)) }

// A reach is a span in numbers of days: the first and the last on which it may have begun, and may have ended.
type reach struct{ from, until [2]int }

// ages is further than any day: what is not known of a span lies anywhere between it and its like before.
const ages = 1 << 40

func (s Span) reach() reach {
	r := reach{from: [2]int{-ages, ages}, until: [2]int{-ages, ages}}
	if !s.From.IsZero() {
		r.from[0], r.from[1] = s.From.days()
	}
	if !s.Until.IsZero() {
		r.until[0], r.until[1] = s.Until.days()
	}
	return r
}

// A term is a stretch of law in numbers of days: its first day, and the first day after it.
type term struct{ begin, end int }

func termOf(from, until Date) term {
	t := term{-ages, ages + 1}
	if !from.IsZero() {
		t.begin, _ = from.days()
	}
	if !until.IsZero() {
		t.end, _ = until.days()
	}
	return t
}

func (r reach) force(t term) Force {
	begin, end := r.side(t.begin), r.side(t.end)
	switch {
	case begin == before || end == after:
		return NotInForce
	case begin == across || end == across:
		return Straddles
	case begin == after && end == before:
		return InForce
	}
	return DateUnknown
}

// The sides of a day on which a reach may lie. A span that begins on the day lies after it.
const (
	unsure = iota
	before
	after
	across
)

func (r reach) side(day int) int {
	switch {
	case r.from[0] >= day:
		return after
	case r.until[1] < day:
		return before
	case r.from[1] < day && r.until[0] >= day:
		return across
	}
	return unsure
}
