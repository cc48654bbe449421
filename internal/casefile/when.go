package casefile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"amparo/internal/fault"
)

// A When is the time of an episode as the person gives it, and what can be told of its two ends.
type When struct {
	Words string `json:"words,omitempty"`
	// From and Until are the ends as far as they are known: "2024", "2024-03" or "2024-03-05", with
	// "about " before it where it is not exact; empty where it is not known.
	From  string `json:"from,omitempty"`
	Until string `json:"until,omitempty"`
}

var dateForm = regexp.MustCompile(`^(about )?(\d{4})(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)

// Check says which end is no date.
func (w When) Check() error {
	if err := line("when", w.Words, false); err != nil {
		return err
	}
	for _, end := range []struct{ field, date string }{{"from", w.From}, {"until", w.Until}} {
		if end.date != "" && !dateForm.MatchString(end.date) {
			return fault.Field(end.field, "no date as 2024, 2024-03 or about 2024-03-05")
		}
	}
	return nil
}

// ParseWhen keeps the words as they are and reads what dates it can from them, in English or Spanish:
// "about March 2024", "from 2014 to June 2015", "desde marzo de 2019". It never guesses: words that it
// does not understand give a When without dates. A single date is taken for both ends, because it says
// that the episode lay within it.
func ParseWhen(words string) When {
	words = strings.Join(strings.Fields(words), " ")
	w := When{Words: words}
	if len(words) > MaxLine { // Check will refuse it
		return w
	}
	s := strings.ToLower(strings.Trim(words, " .,;"))
	if m := between.FindStringSubmatch(s); m != nil {
		from, okFrom := parseDate(m[1])
		until, okUntil := parseDate(m[2])
		if okFrom && okUntil && from.year <= until.year {
			w.From, w.Until = from.String(), until.String()
		} else if okUntil && from.month > 0 && from.year == 0 { // "March to June 2015"
			from.year = until.year
			if from.month <= until.month {
				w.From, w.Until = from.String(), until.String()
			}
		}
		return w
	}
	if m := since.FindStringSubmatch(s); m != nil {
		if d, ok := parseDate(m[1]); ok {
			w.From = d.String()
		}
		return w
	}
	if m := upTo.FindStringSubmatch(s); m != nil {
		if d, ok := parseDate(m[1]); ok {
			w.Until = d.String()
		}
		return w
	}
	if d, ok := parseDate(s); ok {
		w.From, w.Until = d.String(), d.String()
	}
	return w
}

var (
	between = regexp.MustCompile(`^(?:from |between |desde |de |del |entre )?(.+?)(?: to | until | till | and | hasta | a | al | y | [-–—] ?|–)(.+)$`)
	since   = regexp.MustCompile(`^(?:since|from|desde)(?: el)? (.+?)(?: on| onwards| en adelante)?$`)
	upTo    = regexp.MustCompile(`^(?:until|till|up to|hasta)(?: el)? (.+)$`)
	about   = regexp.MustCompile(`^(?:about|around|circa|c\.|approximately|roughly|maybe|hacia|alrededor de|aproximadamente|más o menos|mas o menos|cerca de|como en|por)(?: el| las)? (.+)$`)
	within  = regexp.MustCompile(`^(?:in|on|during|the|early in|late in|early|late|mid|en el|en|durante|el|la|año|year|spring|summer|autumn|fall|winter|primavera|verano|otoño|invierno|a principios|a mediados|a finales|principios|mediados|finales|de|del|of)[ -](.+)$`)

	iso      = regexp.MustCompile(`^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$`)
	slash    = regexp.MustCompile(`^(\d{1,2})/(\d{4})$`)
	dayFirst = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|º|°)?(?: de| of)? (\pL+)\.?(?: de| del|,)? (\d{4})$`)
	dayAfter = regexp.MustCompile(`^(\pL+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
	ofMonth  = regexp.MustCompile(`^(\pL+)\.?(?: de| del| of|,)? (\d{4})$`)
)

// months by name; a name may be cut to three letters or more.
var months = [2][12]string{
	{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"},
	{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
}

func monthNamed(s string) int {
	if s == "setiembre" {
		return 9
	}
	for _, names := range months {
		for i, name := range names {
			if len(s) >= 3 && strings.HasPrefix(name, s) {
				return i + 1
			}
		}
	}
	return 0
}

// A date of which month and day may be missing.
type date struct {
	year, month, day int
	about            bool
}

func (d date) String() string {
	s := fmt.Sprintf("%04d", d.year)
	if d.month > 0 {
		s += fmt.Sprintf("-%02d", d.month)
		if d.day > 0 {
			s += fmt.Sprintf("-%02d", d.day)
		}
	}
	if d.about {
		s = "about " + s
	}
	return s
}

var daysIn = [12]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// ok says whether the date can be: a year of the last hundred and the coming few, a month, a day in it.
func (d date) ok() bool {
	if d.year < 1930 || d.year > 2100 || d.month < 0 || d.month > 12 || d.day < 0 {
		return false
	}
	leap := d.year%4 == 0 && (d.year%100 != 0 || d.year%400 == 0)
	return d.day == 0 || d.month > 0 && d.day <= daysIn[d.month-1] && (d.month != 2 || d.day < 29 || leap)
}

// parseDate reads one date. ok is false when it is none; a month alone is given with ok false.
func parseDate(s string) (d date, ok bool) {
	s = strings.Trim(s, " .,;")
	for {
		if m := about.FindStringSubmatch(s); m != nil {
			d.about, s = true, m[1]
		} else if m := within.FindStringSubmatch(s); m != nil {
			s = m[1]
		} else {
			break
		}
	}
	num := func(s string) int { n, _ := strconv.Atoi(s); return n } // the patterns give digits, or nothing
	if m := iso.FindStringSubmatch(s); m != nil {
		d.year, d.month, d.day = num(m[1]), num(m[2]), num(m[3])
		if m[2] != "" && d.month == 0 || m[3] != "" && d.day == 0 {
			return d, false
		}
	} else if m := slash.FindStringSubmatch(s); m != nil {
		d.month, d.year = num(m[1]), num(m[2])
		if d.month == 0 {
			return d, false
		}
	} else if m := dayFirst.FindStringSubmatch(s); m != nil && monthNamed(m[2]) > 0 {
		d.day, d.month, d.year = num(m[1]), monthNamed(m[2]), num(m[3])
	} else if m := dayAfter.FindStringSubmatch(s); m != nil && monthNamed(m[1]) > 0 {
		d.month, d.day, d.year = monthNamed(m[1]), num(m[2]), num(m[3])
	} else if m := ofMonth.FindStringSubmatch(s); m != nil && monthNamed(m[1]) > 0 {
		d.month, d.year = monthNamed(m[1]), num(m[2])
	} else {
		d.month = monthNamed(s)
		return d, false
	}
	return d, d.ok()
}
