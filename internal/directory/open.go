package directory

import "time"

// Open tells whether a service is open at a moment: Yes if one of its schedules says so, No if all
// say that it is not, Unknown if there is none or one of them does not say enough. Holidays are not known.
func (s Service) Open(at time.Time) Answer {
	if len(s.Schedules) == 0 {
		return Unknown
	}
	sum := No
	for _, sc := range s.Schedules {
		switch sc.Open(at) {
		case Yes:
			return Yes
		case Unknown:
			sum = Unknown
		}
	}
	return sum
}

// Open tells whether the schedule has a service open at a moment. Hours that end at or before they
// begin run past midnight. HSDS takes hours without an offset or zone for UTC; here they are
// Unknown, since in real directories they are nearly always local.
func (s Schedule) Open(at time.Time) Answer {
	if s.opens < 0 || s.closes < 0 || s.zone == nil {
		return Unknown
	}
	local := at.In(s.zone)
	now := local.Hour()*60 + local.Minute()
	today := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
	past := s.closes <= s.opens
	sum := No
	for _, c := range []struct {
		day    time.Time
		covers bool
	}{
		{today, now >= s.opens && (past || now < s.closes)},
		{today.AddDate(0, 0, -1), past && now < s.closes},
	} {
		if !c.covers {
			continue
		}
		switch s.occurs(c.day) {
		case Yes:
			return Yes
		case Unknown:
			sum = Unknown
		}
	}
	return sum
}

// occurs tells whether the schedule has an opening that begins on a day, given as its midnight UTC.
func (s Schedule) occurs(d time.Time) Answer {
	text := d.Format(time.DateOnly) // days written so sort as they follow
	for _, end := range []string{s.to, s.until} {
		if end != "" && text > end {
			return No
		}
	}
	for _, begin := range []string{s.from, s.start} {
		if text < begin {
			return No
		}
	}
	if s.beyond || s.freq == "" {
		return Unknown
	}
	if s.interval > 1 {
		first, err := time.Parse(time.DateOnly, s.start)
		if err != nil {
			return Unknown // every second week from when?
		}
		gap := (d.Year()-first.Year())*12 + int(d.Month()-first.Month())
		if s.freq == "WEEKLY" {
			gap = int(monday(d).Sub(monday(first)).Hours() / (7 * 24))
		}
		if gap%s.interval != 0 {
			return No
		}
	}
	if len(s.days) == 0 && len(s.monthDays) == 0 {
		return Unknown
	}
	return answer(s.onDay(d) && s.onMonthDay(d))
}

func (s Schedule) onDay(d time.Time) bool {
	if len(s.days) == 0 {
		return true
	}
	last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	for _, want := range s.days {
		nth := (d.Day()-1)/7 + 1
		if want.nth < 0 {
			nth = -((last-d.Day())/7 + 1)
		}
		if want.weekday == d.Weekday() && (want.nth == 0 || want.nth == nth) {
			return true
		}
	}
	return false
}

func (s Schedule) onMonthDay(d time.Time) bool {
	if len(s.monthDays) == 0 {
		return true
	}
	last := time.Date(d.Year(), d.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	for _, n := range s.monthDays {
		if n == d.Day() || n < 0 && last+1+n == d.Day() {
			return true
		}
	}
	return false
}

// monday is the first day of d's week.
func monday(d time.Time) time.Time {
	return d.AddDate(0, 0, -(int(d.Weekday())+6)%7)
}

func answer(b bool) Answer {
	if b {
		return Yes
	}
	return No
}
