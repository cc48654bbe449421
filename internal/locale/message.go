package locale

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A message is the words of one key, by plural form; a string without number has "other" alone.
type message map[string]string

func (m message) plural() bool { return len(m) > 1 }

var (
	placeholder = regexp.MustCompile(`\{\{\.[A-Z][A-Za-z]*\}\}`)
	markup      = regexp.MustCompile(`<[A-Za-z/!?]|&#?[A-Za-z0-9]+;`)
)

// faults says what makes a message unfit by itself.
func (m message) faults(t *tongue) (out []string) {
	for _, form := range slices.Sorted(maps.Keys(m)) {
		if what := unfit(m[form]); what != "" {
			out = append(out, strings.TrimPrefix(fmt.Sprintf("%s: %s", form, what), "other: "))
		}
	}
	_, other := m["other"]
	switch {
	case len(m) == 0:
	case t.rule == nil && (m.plural() || !other):
		out = append(out, fmt.Sprintf("has plural forms, and no plural rule is known for %s: write one string that fits every number", t.Tag))
	case m.plural() || !other:
		for _, form := range t.rule.names() {
			if _, ok := m[form]; !ok {
				out = append(out, fmt.Sprintf("lacks the plural form %q; %s has %s", form, t.Tag, t.rule))
			}
		}
		for _, form := range slices.Sorted(maps.Keys(m)) {
			if _, ok := t.rule.forms[form]; !ok {
				out = append(out, fmt.Sprintf("has the form %q; %s has %s", form, t.Tag, t.rule))
			}
		}
	}
	return out
}

// unfit says why words cannot be shown, or "".
func unfit(words string) string {
	if strings.TrimSpace(words) == "" {
		return "is empty"
	}
	if m := markup.FindString(words); m != "" {
		return fmt.Sprintf("holds markup: %s", m)
	}
	for _, r := range words {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Co, r), r == unicode.ReplacementChar,
			unicode.Is(unicode.Cf, r) && !strings.ContainsRune("\u00ad\u061c\u200c\u200d\u200e\u200f", r),
			r == '\u2028', r == '\u2029':
			return fmt.Sprintf("holds the control character %U", r)
		}
	}
	if rest := placeholder.ReplaceAllString(words, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return "holds a brace that belongs to no placeholder; one is written {{.Name}}"
	}
	return ""
}

// differs says in what a message does not fit the English one.
func (m message) differs(english message, t *tongue) (out []string) {
	if m.plural() && !english.plural() {
		out = append(out, "has plural forms, and English has none")
	}
	if english.plural() && !m.plural() && t.rule != nil && len(t.rule.forms) > 1 {
		out = append(out, fmt.Sprintf("has no plural forms; %s needs %s", t.Tag, t.rule))
	}
	named := map[string]bool{}
	for _, words := range english {
		for _, p := range placeholder.FindAllString(words, -1) {
			named[p] = true
		}
	}
	for _, form := range slices.Sorted(maps.Keys(m)) {
		where := ""
		if m.plural() {
			where = form + ": "
		}
		has := placeholder.FindAllString(m[form], -1)
		for _, p := range slices.Sorted(maps.Keys(named)) {
			// A form that only one number takes may say that number in words; a language without forms may say "some".
			vague := p == "{{.N}}" && (t.rule == nil || m.plural() && t.rule.forms[form] == 1)
			if !slices.Contains(has, p) && !vague {
				out = append(out, where+"lacks "+p)
			}
		}
		for _, p := range has {
			if !named[p] {
				out = append(out, where+"has "+p+", which English lacks")
			}
		}
	}
	return out
}
