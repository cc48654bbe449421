package evidence

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

// A Problem is one thing that is wrong with a record.
type Problem struct {
	File  string `json:"file"`
	Line  int    `json:"line"`
	Field string `json:"field"`
	Rule  string `json:"rule"` // a word for the kind of problem
	What  string `json:"what"`
}

// String is file:line: field: what.
func (p Problem) String() string {
	parts := []string{fmt.Sprintf("%s:%d", p.File, p.Line)}
	if p.Field != "" {
		parts = append(parts, p.Field)
	}
	return strings.Join(append(parts, p.What), ": ")
}

// Languages are those in which every record must be whole.
var Languages = []string{"en", "es"}

// Check says what is wrong on a day, in the order of the files: nothing when all is well.
func (b *Book) Check(at Date) []Problem {
	k := &checker{Book: b, at: at, cited: map[string]bool{}}
	ids := map[string]bool{}
	for _, c := range b.Claims {
		k.in(c.file, c.path, c.ID)
		k.id("claim", c.ID, ids)
		k.words(c)
		k.figure(c)
		k.points(c)
		k.sources(c)
		k.standing(c)
		k.dates(c)
		k.superseded(c)
	}
	ids = map[string]bool{}
	for _, s := range b.Sources {
		k.in(s.file, s.path, s.ID)
		k.id("source", s.ID, ids)
		k.source(s)
	}
	slices.SortStableFunc(k.found, func(x, y Problem) int {
		if c := strings.Compare(x.File, y.File); c != 0 {
			return c
		}
		return x.Line - y.Line
	})
	return k.found
}

// A checker walks over a book and notes what it finds.
type checker struct {
	*Book
	at               Date
	cited            map[string]bool
	file, path, name string // of the record that is looked at
	found            []Problem
}

func (k *checker) in(file, path, id string) {
	k.file, k.path, k.name = file, path, id
	if id == "" {
		k.name = field(path)
	}
}

// wrong notes a problem with a field of the record; the line is that of the field, or of what it is in.
func (k *checker) wrong(rule, at, what string, args ...any) {
	lines := k.lines[k.file]
	line := lines[k.path+"."+at]
	if line == 0 {
		line = lines["$.all."+at]
	}
	for path := k.path + "." + at; line == 0 && path != ""; {
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
		line = lines[path]
	}
	k.found = append(k.found, Problem{k.file, line, k.name + "." + at, rule, fmt.Sprintf(what, args...)})
}

var (
	claimID  = regexp.MustCompile(`^c[0-9]{2,3}$`)
	sourceID = regexp.MustCompile(`^[a-z][a-z0-9-]{1,40}$`)
)

func (k *checker) id(what, id string, seen map[string]bool) {
	switch {
	case what == "claim" && !claimID.MatchString(id):
		k.wrong("id", "id", "%q: want c and two or three digits, since it stands in an address", id)
	case what == "source" && !sourceID.MatchString(id):
		k.wrong("id", "id", "%q: want small letters, digits and hyphens", id)
	case seen[id]:
		k.wrong("twice", "id", "another %s is called %s", what, id)
	}
	seen[id] = true
}

// text wants words in every language, where there are any or must be.
func (k *checker) text(at string, t Text, must bool) {
	if len(t) == 0 {
		if must {
			k.wrong("missing", at, "missing")
		}
		return
	}
	for _, lang := range Languages {
		if strings.TrimSpace(t[lang]) == "" {
			k.wrong("language", at+"."+lang, "missing in %s", lang)
		}
	}
}

func (k *checker) words(c Claim) {
	if !slices.Contains(Kinds, c.Kind) {
		k.wrong("kind", "kind", "%q is none of %v", c.Kind, Kinds)
	}
	k.text("claim", c.Claim, true)
	k.text("topic", c.Topic, c.Kind == Definition || c.Kind == Weapon || c.Kind == Protects)
	k.text("answer", c.Answer, c.Kind == Myth)
	if slices.Contains(Kinds, c.Kind) && c.Kind != Myth && len(c.Answer) > 0 {
		k.wrong("answer", "answer", "only a myth has an answer")
	}
	k.text("smuggling", c.Smuggling, len(c.Trafficking) > 0)
	k.text("trafficking", c.Trafficking, len(c.Smuggling) > 0)
	k.text("counts", c.Counts, c.Kind == Figure)
	k.text("caveat", c.Caveat, c.Kind == Figure)
	k.text("undated", c.Undated, false)
	k.text("why", c.Why, false)
}

// figure wants a year. A figure may say instead why it has none if it is doubtful, or if it has no number.
func (k *checker) figure(c Claim) {
	switch {
	case c.Year != 0 && (c.Year < 1900 || k.ahead(c.Year)):
		k.wrong("year", "year", "%d is no year that a claim can be about on %s", c.Year, k.at)
	case c.Year != 0 && len(c.Undated) > 0:
		k.wrong("year", "undated", "it has a year")
	case c.Kind != Figure || c.Year != 0:
	case len(c.Undated) == 0:
		k.wrong("year", "year", "a figure never stands without its year")
	case c.Standing == Firm && len(c.Points) > 0:
		k.wrong("year", "undated", "a figure with numbers and no year can only be doubtful")
	}
}

// ahead says whether a year begins after the day of the check.
func (k *checker) ahead(year int) bool { return Date(fmt.Sprintf("%04d", year)) > k.at }

func (k *checker) points(c Claim) {
	if len(c.Points) == 0 {
		if c.Whole != 0 || len(c.Unit) > 0 {
			k.wrong("points", "points", "missing: there is a unit or a whole")
		}
		return
	}
	if c.Kind != Figure {
		k.wrong("points", "points", "only a figure has points")
	}
	k.text("unit", c.Unit, true)
	for _, lang := range Languages {
		if u := c.Unit[lang]; u != "" && strings.Count(u, "{n}") != 1 {
			k.wrong("unit", "unit."+lang, "%q: want {n} once, where the number stands", u)
		}
	}
	sum := 0.0
	for i, p := range c.Points {
		at := fmt.Sprintf("points[%d]", i)
		k.text(at+".label", p.Label, true)
		if !(p.Value >= 0) || math.IsInf(p.Value, 0) {
			k.wrong("points", at+".value", "%v is no amount", p.Value)
		}
		if !slices.Contains([]string{"", "about", "over"}, p.Is) {
			k.wrong("points", at+".is", "%q is neither about nor over", p.Is)
		}
		sum += p.Value
	}
	if c.Whole != 0 && math.Abs(sum-c.Whole) > 1e-9*math.Abs(c.Whole) {
		k.wrong("sum", "whole", "the points add up to %v, not to %v", sum, c.Whole)
	}
}

func (k *checker) sources(c Claim) {
	if len(c.Sources) == 0 {
		k.wrong("source", "sources", "a claim never stands without its source")
	}
	named := false
	for i, s := range c.Sources {
		at := fmt.Sprintf("sources[%d]", i)
		k.text(at+".at", s.At, false)
		k.cited[s.Of] = true
		if s.Source == nil {
			k.wrong("source", at+".of", "no source is called %q", s.Of)
		}
		named = named || s.Source == nil || s.Source.Named()
	}
	if len(c.Sources) > 0 && !named && c.Standing == Firm {
		k.wrong("nameless", "sources", "nobody is named who says so: the claim can only be doubtful")
	}
}

func (k *checker) standing(c Claim) {
	switch {
	case c.Standing != Firm && c.Standing != Doubtful:
		k.wrong("standing", "standing", "%q is neither %s nor %s", c.Standing, Firm, Doubtful)
	case c.Standing == Doubtful && len(c.Why) == 0:
		k.wrong("doubt", "why", "missing: what is doubtful says why")
	case c.Standing == Firm && len(c.Why) > 0:
		k.wrong("doubt", "why", "the claim is not doubtful")
	}
	if c.Mark != Read && c.Mark != General {
		k.wrong("mark", "mark", "%q is neither %s (read in a stored copy) nor %s (general knowledge)", c.Mark, Read, General)
	}
}

func (k *checker) dates(c Claim) {
	for _, d := range []struct {
		at   string
		is   Date
		must bool
	}{{"checked", c.Checked, true}, {"review_by", c.ReviewBy, true}, {"from", c.From, false}, {"until", c.Until, false}} {
		if !d.is.Valid() && (d.must || d.is != "") {
			k.wrong("date", d.at, "%q: want a day such as 2026-11-24", d.is)
			return
		}
	}
	switch {
	case c.Checked > k.at:
		k.wrong("date", "checked", "%s lies after %s", c.Checked, k.at)
	case c.ReviewBy <= c.Checked:
		k.wrong("date", "review_by", "%s does not lie after %s, when it was checked", c.ReviewBy, c.Checked)
	case c.ReviewBy < k.at && c.SupersededBy == "":
		k.wrong("overdue", "review_by", "was to be looked at again by %s; it is %s", c.ReviewBy, k.at)
	}
	if c.From != "" && c.Until != "" && c.Until < c.From {
		k.wrong("date", "until", "%s lies before %s", c.Until, c.From)
	}
}

// superseded follows the newer claims, which must come to an end.
func (k *checker) superseded(c Claim) {
	for seen, next := map[string]bool{c.ID: true}, c.SupersededBy; next != ""; {
		newer, ok := k.Find(next)
		switch {
		case !ok:
			k.wrong("superseded", "superseded_by", "no claim is called %q", next)
			return
		case seen[next]:
			k.wrong("superseded", "superseded_by", "leads back to %s", next)
			return
		}
		seen[next], next = true, newer.SupersededBy
	}
}
