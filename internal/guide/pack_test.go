package guide

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"amparo/law"
	"amparo/packs"
)

// TestStatementsAgreeWithThePack holds each statement that names a rule to that rule: it is there, it is
// cited alike, it claims to have been read only if the rule was, and a value that it names is that in force.
func TestStatementsAgreeWithThePack(t *testing.T) {
	pack, err := packs.Load("us")
	if err != nil {
		t.Fatal(err)
	}
	linked, values := 0, 0
	shipped(t).statements(func(p Page, kind string, s Statement) {
		if s.Rule == "" {
			if PartKinds[kind].Law && strings.Contains(s.Cite, "U.S.C.") {
				t.Errorf("%s %q cites a statute and names no rule of the pack", p.ID, s.Say["en"])
			}
			return
		}
		linked++
		for _, wrong := range disagree(pack, s) {
			t.Errorf("%s %q: %s", p.ID, s.Say["en"], wrong)
		}
		if s.Value != "" {
			values++
		}
	})
	if linked < 80 || values < 8 {
		t.Errorf("only %d statements name a rule, %d a value", linked, values)
	}
	// What must be found.
	good := Statement{Say: Text{"en": "At least $7.25.", "es": "Al menos 7.25 dólares."}, Rule: "us.flsa", Value: "minimum-wage",
		Source: Source{Cite: "29 U.S.C. 206", Mark: General, Looked: "2026-11-24"}}
	if wrong := disagree(pack, good); len(wrong) > 0 {
		t.Errorf("a good one: %v", wrong)
	}
	for want, change := range map[string]func(*Statement){
		"no rule":         func(s *Statement) { s.Rule = "us.none" },
		"is cited as":     func(s *Statement) { s.Cite = "18 U.S.C. 1589" },
		"general in the":  func(s *Statement) { s.Mark = Read },
		"no value":        func(s *Statement) { s.Value = "none" },
		"does not say":    func(s *Statement) { s.Say = Text{"en": "At least $7.52.", "es": "Al menos 7.25 dólares."} },
		"not in force":    func(s *Statement) { s.Looked = "1990-01-01" },
		"es: it does not": func(s *Statement) { s.Say = Text{"en": "At least $7.25.", "es": "Al menos 5.15 dólares."} },
	} {
		s := good
		change(&s)
		if wrong := strings.Join(disagree(pack, s), "; "); !strings.Contains(wrong, want) {
			t.Errorf("want %q, got %q", want, wrong)
		}
	}
}

var (
	reference = regexp.MustCompile(`^([0-9]+ U\.S\.C\.|[0-9]+ CFR|INA) (.*)$`)
	section   = regexp.MustCompile(`^[0-9]+(\.[0-9]+)?`)
)

// sections are what a citation is of: title and section, without paragraphs.
func sections(cite string) (out []string) {
	for piece := range strings.SplitSeq(cite, ";") {
		m := reference.FindStringSubmatch(strings.TrimSpace(piece))
		if m == nil {
			continue
		}
		for part := range strings.SplitSeq(m[2], ",") {
			if n := section.FindString(strings.TrimSpace(part)); n != "" {
				out = append(out, m[1]+" "+n)
			}
		}
	}
	return out
}

// disagree says in what a statement and the rule that it names differ.
func disagree(pack *law.Pack, s Statement) (wrong []string) {
	rule, parts, ok := pack.Anatomy(s.Rule)
	if !ok {
		return []string{"no rule " + s.Rule}
	}
	day, err := law.ParseDate(s.Looked)
	if err != nil {
		return []string{err.Error()}
	}
	values, err := inForce(pack, s.Rule, day)
	if err != nil {
		return []string{err.Error()}
	}
	cites, read := rule.Cite, false
	var walk func([]law.Element)
	walk = func(es []law.Element) {
		for _, e := range es {
			cites += "; " + e.Cite
			read = read || e.Mark == law.FromSource
			walk(e.Children)
			walk(e.Unless)
		}
	}
	walk(parts)
	for _, v := range values {
		cites += "; " + v.Cite
	}
	if in := sections(cites); !slices.ContainsFunc(sections(s.Cite), func(c string) bool { return slices.Contains(in, c) }) {
		wrong = append(wrong, s.Rule+" is cited as "+cites)
	}
	if s.Mark == Read && !read {
		wrong = append(wrong, s.Rule+" is general in the pack, and read here")
	}
	if s.Value == "" {
		return wrong
	}
	i := slices.IndexFunc(values, func(v law.Parameter) bool { return v.ID == s.Value })
	if i < 0 {
		return append(wrong, s.Rule+" has no value "+s.Value+", or it was not in force")
	}
	for _, lang := range Languages {
		want := values[i].Value[lang]
		if nothing.MatchString(want) {
			if !negation.MatchString(s.Say[lang]) {
				wrong = append(wrong, lang+": it does not say no")
			}
			continue
		}
		have := amounts(s.Say[lang])
		for _, a := range amounts(want) {
			if !slices.Contains(have, a) {
				wrong = append(wrong, lang+": it does not say "+a)
			}
		}
		if len(amounts(want)) == 0 {
			wrong = append(wrong, lang+": no amount is known in "+want)
		}
	}
	return wrong
}

// inForce gives the values that a rule names, as they stand on a day.
func inForce(pack *law.Pack, rule string, day law.Date) ([]law.Parameter, error) {
	j := law.Journey{Episodes: []law.Episode{{ID: "e", When: law.Span{From: day, Until: day}}}}
	a, err := pack.Assess(j, law.Options{AsOf: day})
	if err != nil {
		return nil, err
	}
	for _, f := range a.Findings {
		if f.Rule == rule {
			return f.Parameters, nil
		}
	}
	return nil, nil
}

var (
	digits   = regexp.MustCompile(`[0-9][0-9., ]*`)
	inWords  = regexp.MustCompile(`(?i)\b(two|three|four|six|dos|tres|cuatro|seis|many|muchos)\b`)
	nothing  = regexp.MustCompile(`^(none|ninguna)\b`)
	negation = regexp.MustCompile(`(?i)\bno\b`)
)

// amounts are the numbers of a text, in digits or in words.
func amounts(text string) (out []string) {
	for _, d := range digits.FindAllString(text, -1) {
		out = append(out, strings.Trim(d, " .,"))
	}
	for _, w := range inWords.FindAllString(text, -1) {
		out = append(out, strings.ToLower(w))
	}
	return out
}
