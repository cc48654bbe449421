package directory

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // hours in a named zone must not hang on what the machine has installed
)

// A Schedule is when a service is open: the part of an RFC 5545 rule that HSDS has fields for.
type Schedule struct {
	Description string // free text

	from, to, start, until string // days, "" not said
	freq                   string // WEEKLY, MONTHLY, or "" not said
	interval               int
	days                   []day
	monthDays              []int
	opens, closes          int // minutes after midnight; -1 not said
	zone                   *time.Location
	beyond                 bool // it uses a rule that occurs does not know
}

// A day is a weekday, and in a MONTHLY rule which one of the month; 0 each.
type day struct {
	nth     int
	weekday time.Weekday
}

// schedules reads the hours of a service, or of a service at a location. zone is for those that name no offset.
func schedules(o object, zone *time.Location) (out []Schedule) {
	o.each("schedules", "schedule", func(o object) {
		s := Schedule{
			Description: o.text("description"),
			from:        o.date("valid_from"), to: o.date("valid_to"), start: o.date("dtstart"), until: o.date("until"),
			freq: o.oneOf("freq", "WEEKLY", "MONTHLY"), interval: o.whole("interval", 1, 100, 1), zone: zone,
			beyond: o.values["count"] != nil || o.values["byweekno"] != nil || o.values["byyearday"] != nil,
		}
		if hours, said := o.number("timezone", -14, 14); said {
			s.zone = time.FixedZone("", int(hours*3600))
		}
		s.opens, s.closes = s.clock(o, "opens_at"), s.clock(o, "closes_at")
		for _, part := range list(o.text("byday")) {
			d, ok := parseDay(part)
			if !ok || d.nth != 0 && s.freq != "MONTHLY" {
				o.fail(o.at("byday"), "%q: want days such as MO,TH, or 2MO in a MONTHLY rule", clip(part))
			}
			s.days = append(s.days, d)
		}
		for _, part := range list(o.text("bymonthday")) {
			n, err := strconv.Atoi(part)
			if err != nil || n == 0 || n < -31 || n > 31 {
				o.fail(o.at("bymonthday"), "%q: want days of the month from 1 to 31, or from -31 to -1", clip(part))
			}
			s.monthDays = append(s.monthDays, n)
		}
		out = append(out, s)
	})
	return out
}

// list splits a text at its commas.
func list(s string) []string {
	if s == "" {
		return nil
	}
	parts := strings.Split(s, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

var weekdays = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// parseDay reads MO, 2MO or -1FR.
func parseDay(s string) (day, bool) {
	if len(s) < 2 {
		return day{}, false
	}
	wd := slices.Index(weekdays, s[len(s)-2:])
	n := 0
	if num := s[:len(s)-2]; num != "" {
		var err error
		if n, err = strconv.Atoi(num); err != nil || n == 0 || n < -5 || n > 5 {
			return day{}, false
		}
	}
	return day{n, time.Weekday(wd)}, wd >= 0
}

var clockForm = regexp.MustCompile(`^([01]\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(Z|[+-]\d\d:\d\d)?$`)

// clock reads a time of day; an offset given with it becomes the schedule's.
func (s *Schedule) clock(o object, field string) int {
	text := o.text(field)
	if text == "" {
		return -1
	}
	m := clockForm.FindStringSubmatch(text)
	if m == nil || m[1] == "24" && m[2] != "00" {
		o.fail(o.at(field), "%q: want a time as 09:00, with Z or an offset such as -05:00 where it is known", clip(text))
		return -1
	}
	if m[3] != "" {
		z, err := time.Parse("Z07:00", m[3])
		if err != nil {
			o.fail(o.at(field), "%q: no such offset", clip(text))
			return -1
		}
		s.zone = z.Location()
	}
	hours, _ := strconv.Atoi(m[1]) // two digits, as the form says
	minutes, _ := strconv.Atoi(m[2])
	return hours*60 + minutes
}
