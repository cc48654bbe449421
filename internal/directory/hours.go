package directory

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Text puts the hours in words of a language: "Monday to Friday 9:00 am–5:00 pm". What is free text stays as
// it is; it is empty where nothing that can be said is known.
func (s Schedule) Text(lang string) string {
	var parts []string
	days := s.daysIn(lang)
	switch {
	case s.opens < 0 || s.closes < 0:
	case days == said(lang, "hours.daily") && s.opens == 0 && s.closes == 24*60:
		parts = append(parts, said(lang, "hours.always"))
	case days != "" && !s.beyond:
		parts = append(parts, days+" "+clockIn(lang, s.opens)+"–"+clockIn(lang, s.closes)+s.offset())
	}
	if from := max(s.from, s.start); len(parts) > 0 && from != "" {
		parts = append(parts, fmt.Sprintf(said(lang, "hours.from"), from))
	}
	for _, end := range []string{s.to, s.until} {
		if len(parts) > 0 && end != "" {
			parts = append(parts, fmt.Sprintf(said(lang, "hours.until"), end))
		}
	}
	if s.Description != "" {
		parts = append(parts, s.Description)
	}
	return strings.Join(parts, "; ")
}

// offset says from what clock the hours are, unless it is that of the place.
func (s Schedule) offset() string {
	if s.zone == nil || strings.Contains(s.zone.String(), "/") {
		return ""
	}
	return time.Date(2000, 1, 1, 0, 0, 0, 0, s.zone).Format(" (UTC-07:00)")
}

// daysIn names the days of a schedule, or is empty where they cannot be named.
func (s Schedule) daysIn(lang string) string {
	if s.interval > 1 || len(s.monthDays) > 0 && len(s.days) > 0 {
		return ""
	}
	if len(s.monthDays) > 0 {
		names := strings.Trim(strings.ReplaceAll(fmt.Sprint(s.monthDays), " ", ", "), "[]")
		if strings.Contains(names, "-") {
			return ""
		}
		return fmt.Sprintf(said(lang, "hours.month-days"), names)
	}
	var plain []int // Monday is 0
	var names []string
	for _, d := range s.days {
		day := (int(d.weekday) + 6) % 7
		if d.nth == 0 {
			plain = append(plain, day)
			continue
		}
		key := fmt.Sprint("hours.nth.", d.nth)
		if words[key] == nil {
			return ""
		}
		names = append(names, fmt.Sprintf(said(lang, key), dayIn(lang, day)))
	}
	slices.Sort(plain)
	plain = slices.Compact(plain)
	if len(plain) == 7 {
		return said(lang, "hours.daily")
	}
	for len(plain) > 0 {
		n := 1
		for n < len(plain) && plain[n] == plain[0]+n {
			n++
		}
		if n > 2 {
			names = append(names, fmt.Sprintf(said(lang, "hours.to"), dayIn(lang, plain[0]), dayIn(lang, plain[n-1])))
		} else {
			n = 1
			names = append(names, dayIn(lang, plain[0]))
		}
		plain = plain[n:]
	}
	return strings.Join(names, ", ")
}

func dayIn(lang string, day int) string { return said(lang, fmt.Sprint("day.", day)) }

// clockIn writes minutes after midnight as people of a language do.
func clockIn(lang string, minutes int) string {
	at := time.Date(2000, 1, 1, 0, minutes, 0, 0, time.UTC)
	if said(lang, "hours.am") == "" {
		if minutes == 24*60 {
			return "24:00"
		}
		return at.Format("15:04")
	}
	half := "hours.am"
	if at.Hour() >= 12 {
		half = "hours.pm"
	}
	return at.Format("3:04") + " " + said(lang, half)
}

// said gives one of the words, which may be empty on purpose, in a language or in English.
func said(lang, key string) string {
	if s, ok := words[key][lang]; ok {
		return s
	}
	return words[key]["en"]
}

// Spoken is the language in which Text speaks when asked for lang: it, or English where a sentence is
// missing in it.
func Spoken(lang string) string {
	for _, w := range words {
		if _, ok := w[lang]; !ok {
			return "en"
		}
	}
	return lang
}
