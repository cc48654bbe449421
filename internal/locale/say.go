package locale

import (
	"fmt"
	"html/template"
	"strings"
)

// Say is the words of one language.
type Say struct {
	Language
	tongue *tongue
	words  *Words
}

// All lists every language, for a page to offer.
func (s Say) All() []Language { return s.words.Languages() }

// Holds says whether a language has a catalogue.
func (s Say) Holds(tag, catalogue string) bool { return s.words.Holds(tag, catalogue) }

// T gives the words of a key. Arguments are pairs of name and value for the placeholders within; a value
// named "N" also chooses the plural form. Where the language lacks the key they are English; a key that is
// nowhere gives itself in brackets, which a test over every page finds.
func (s Say) T(key string, args ...any) string {
	m := s.tongue.own[key]
	if m == nil {
		if s.Tag == "en" {
			return "[" + strings.ReplaceAll(key, "\n", " ") + "]"
		}
		return s.words.In("en").T(key, args...)
	}
	form := "other"
	if n := arg(args, "N"); n != nil && m.plural() {
		form = s.tongue.rule.form(n)
	}
	return placeholder.ReplaceAllStringFunc(m[form], func(p string) string {
		if v := arg(args, p[3:len(p)-2]); v != nil {
			return fmt.Sprint(v)
		}
		return "<no value>" // the same test finds it
	})
}

// arg finds the value of a name among pairs; nil where it is not there.
func arg(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return nil
}

// english gives the English that stands beside the words of a key, or "" where they stand alone.
func (s Say) english(own, key string, args []any) string {
	if !s.Beside || s.tongue.signed[key] {
		return ""
	}
	if en := s.words.In("en").T(key, args...); en != own {
		return en
	}
	return ""
}

// H is T as markup: where a language is shown beside English and nobody signed the words, the English follows
// in a span of its own, and both are in one.
func (s Say) H(key string, args ...any) template.HTML {
	own := s.T(key, args...)
	out := template.HTMLEscapeString(own)
	if en := s.english(own, key, args); en != "" {
		out = `<span class="both">` + out + ` <span class="en" lang="en" dir="ltr">` + template.HTMLEscapeString(en) + `</span></span>`
	}
	return template.HTML(out)
}

// Line is H as plain text, for a script or an option to show: "Envoyé · Sent".
func (s Say) Line(key string, args ...any) string {
	own := s.T(key, args...)
	en := s.english(own, key, args)
	switch {
	case en == "":
		return own
	case s.Dir == "rtl":
		return own + " · \u2066" + en + "\u2069" // so that its full stop stays at its end
	}
	return own + " · " + en
}
