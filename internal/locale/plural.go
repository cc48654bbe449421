package locale

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// A rule chooses the plural form for a number, as CLDR has it for one language.
type rule struct {
	forms map[string]int // each with how many of the numbers from 0 to 200 take it
	asked *i18n.Localizer
}

// rules holds those that were made, by tag: making one takes a while.
var rules sync.Map

// ruleOf takes the rule of a language from go-i18n; nil where that has none.
func ruleOf(tag language.Tag) *rule {
	if r, ok := rules.Load(tag); ok {
		return r.(*rule)
	}
	var r *rule
	b := i18n.NewBundle(tag)
	names := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	if b.AddMessages(tag, names) == nil {
		r = &rule{map[string]int{"other": 0}, i18n.NewLocalizer(b, tag.String())}
		for n := range 201 {
			r.forms[r.form(n)]++
		}
		r.forms[r.form(1_000_000)] += 2 // whole millions have a form of their own in Spanish, French and Portuguese
	}
	rules.Store(tag, r)
	return r
}

// form is the name of the form that a number takes: of any kind of integer, or a string of decimal digits.
func (r *rule) form(n any) string {
	form, err := r.asked.Localize(&i18n.LocalizeConfig{MessageID: "form", PluralCount: n})
	if err != nil {
		return "other"
	}
	return form
}

func (r *rule) names() []string { return slices.Sorted(maps.Keys(r.forms)) }

func (r *rule) String() string { return strings.Join(r.names(), ", ") }
