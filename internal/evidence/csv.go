package evidence

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
)

// columns of a table, as programs read them.
var columns = []string{"claim", "label", "value", "precision", "worked_out_by_us", "shown", "year", "from", "until", "counts", "caveat",
	"standing", "why_doubtful", "superseded_by", "sources", "mark", "checked"}

// CSV writes the points as a table (RFC 4180, UTF-8): a line of names, then one for each point, with all that the
// figure must not be separated from. No cell is taken for a formula by a spreadsheet.
func (c Claim) CSV(w io.Writer, lang string) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	out.Write(columns) // out.Error tells
	year := ""
	if c.Year != 0 {
		year = strconv.Itoa(c.Year)
	}
	var sources []string
	for _, s := range c.Sources {
		sources = append(sources, s.In(lang))
	}
	for _, p := range c.Points {
		precision := p.Is
		if precision == "" {
			precision = "as said"
		}
		record := []string{c.ID, p.Label.In(lang), plain(p.Value), precision, strconv.FormatBool(p.Ours), c.Amount(p, lang), year,
			string(c.From), string(c.Until), c.Counts.In(lang), c.Caveat.In(lang), c.Standing, c.Why.In(lang), c.SupersededBy,
			strings.Join(sources, "; "), c.Mark, string(c.Checked)}
		for i := range record {
			record[i] = inert(record[i])
		}
		out.Write(record)
	}
	out.Flush()
	return out.Error()
}

// inert keeps a spreadsheet from taking a text for a formula: one sees the mark before it, and loses nothing.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r\n|", rune(s[0])) {
		return "'" + s
	}
	return s
}

// In names the source in one line: who says so, where, when, at which place.
func (c Cite) In(lang string) string {
	if c.Source == nil {
		return c.Of
	}
	var parts []string
	for _, s := range []string{c.Source.Author, c.Source.Publisher.In(lang), c.Source.Name(lang), c.Source.when(), c.At.In(lang)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// Name is the title as printed, or what the source is.
func (s Source) Name(lang string) string {
	if s.Title != "" {
		return s.Title
	}
	return s.What.In(lang)
}

func (s Source) when() string {
	if s.Year == 0 {
		return ""
	}
	return strconv.Itoa(s.Year)
}

// Who answers for the source, in a word or two; what it is where nobody is named.
func (s Source) Who(lang string) string {
	switch {
	case s.Author != "":
		return s.Author
	case len(s.Publisher) > 0:
		return s.Publisher.In(lang)
	}
	return s.What.In(lang)
}
