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

// bounds gives the first and the last day the date may stand for. "About" widens it by one of its own
// steps on each side: a year, a month, or for a day a week.
func (d Date) bounds() (first, last time.Time) {
	step := [3]int{1, 0, 0}
	slack := step
	month, day := 1, 1
	if d.Month > 0 {
		month, step = d.Month, [3]int{0, 1, 0}
		slack = step
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
func (s Span) force(from, until Date) Force {
	result := InForce
	for _, change := range []struct {
		date  Date
		begin bool // the law begins here, rather than ends
	}{{from, true}, {until, false}} {
		if change.date.IsZero() {
			continue
		}
		day, _ := change.date.bounds()
		f := s.side(day)
		if !change.begin {
			f = map[Force]Force{InForce: NotInForce, NotInForce: InForce, Straddles: Straddles, DateUnknown: DateUnknown}[f]
		}
		switch {
		case f == NotInForce:
			return NotInForce
		case f != InForce && result != Straddles:
			result = f
		}
	}
	return result
}

// side says on which side of a day the span lies: InForce is on it or after, NotInForce before.
func (s Span) side(day time.Time) Force {
	var startsAfter, startsBefore, endsAfter, endsBefore bool
	if !s.From.IsZero() {
		first, last := s.From.bounds()
		startsAfter, startsBefore = !first.Before(day), last.Before(day)
	}
	if !s.Until.IsZero() {
		first, last := s.Until.bounds()
		endsAfter, endsBefore = !first.Before(day), last.Before(day)
	}
	switch {
	case startsAfter:
		return InForce
	case endsBefore:
		return NotInForce
	case startsBefore && endsAfter:
		return Straddles
	}
	return DateUnknown
}
