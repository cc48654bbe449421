package evidence

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// words are those that charts and tables need besides the records' own.
var words = map[string]Text{
	"about":    {"en": "about %s", "es": "cerca de %s"},
	"over":     {"en": "more than %s", "es": "más de %s"},
	"worked":   {"en": "worked out by us", "es": "calculado por nosotros"},
	"doubtful": {"en": "doubtful", "es": "dudoso"},
	"date":     {"en": "%[1]d %[2]s %[3]d", "es": "%[1]d de %[2]s de %[3]d"},
	"months": {
		"en": "January February March April May June July August September October November December",
		"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	},
}

// Amount writes the point's number with its unit: "about 60%".
func (c Claim) Amount(p Point, lang string) string {
	s := strings.ReplaceAll(c.Unit.In(lang), "{n}", decimal(p.Value, lang))
	if w, ok := words[p.Is]; ok && p.Is != "" {
		return fmt.Sprintf(w.In(lang), s)
	}
	return s
}

// decimal writes a number as people of the language do.
func decimal(v float64, lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.English
	}
	return message.NewPrinter(tag).Sprint(number.Decimal(v))
}

// plain writes a number as programs read it.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// A Date is a day, as 2026-11-24; empty where none is known.
type Date string

// DateOf is the day of a time, in UTC.
func DateOf(t time.Time) Date { return Date(t.UTC().Format(time.DateOnly)) }

// Valid says whether the day exists, written in full.
func (d Date) Valid() bool {
	_, err := time.Parse(time.DateOnly, string(d))
	return err == nil
}

// In writes the day in words: 24 November 2026. One that is not valid stays as it is.
func (d Date) In(lang string) string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	month := strings.Fields(words["months"].In(lang))[t.Month()-1]
	return fmt.Sprintf(words["date"].In(lang), t.Day(), month, t.Year())
}
