package law

import (
	"fmt"
	"strings"
)

// The sentences a pack's strings.yaml must have, with what stands for %s in each.
const (
	sayEstablished = "established" // title, citation
	sayOpen        = "open"
	sayRuledOut    = "ruled_out"
	sayConflict    = "conflict"
	sayNotLaw      = "not_law"    // title, citation, from, until
	sayWhy         = "why"        // the facts
	sayWhyNot      = "why_not"    // the facts
	sayContested   = "contested"  // the questions
	sayMissing     = "missing"    // the questions
	sayLacks       = "lacks"      // the questions, each with the answer
	sayParameter   = "parameter"  // its words, its value, its citation
	sayStraddles   = "straddles"  // from, until
	sayNoDate      = "no_date"    // from, until
	sayNote        = "note"       // an aggravating line and its citation
	sayGeneral     = "general"    // how many elements
	sayUnreviewed  = "unreviewed" // the language's words have not been reviewed
	sayYes         = "yes"
	sayNo          = "no"
)

var sentences = []string{
	sayEstablished, sayOpen, sayRuledOut, sayConflict, sayNotLaw, sayWhy, sayWhyNot, sayContested, sayMissing,
	sayLacks, sayParameter, sayStraddles, sayNoDate, sayNote, sayGeneral, sayUnreviewed, sayYes, sayNo,
}

// Explain says a finding in plain sentences, in the language lang where the pack has it, or in English.
func (p *Pack) Explain(f Finding, lang string) []string {
	if p.Languages[lang] == "" {
		lang = "en"
	}
	say := func(id string, args ...any) string {
		words := p.words[id].In(lang)
		n := strings.Count(words, "%s")
		return fmt.Sprintf(words, args[:min(n, len(args))]...)
	}
	from, until := f.Law.From.String(), f.Law.Until.String()
	if until == "" {
		until = "…"
	}
	head := map[Status]string{
		Established: sayEstablished, Open: sayOpen, RuledOut: sayRuledOut, Conflict: sayConflict, NotLaw: sayNotLaw,
	}[f.Status]
	out := []string{say(head, f.Title.In(lang), f.Cite, from, until)}
	facts := func(id string, facts []Carried) {
		if len(facts) == 0 {
			return
		}
		var told []string
		for _, c := range facts {
			q, _ := p.Question(c.Question)
			told = append(told, q.Text.In(lang)+" "+say(map[Answer]string{Yes: sayYes, No: sayNo}[c.Answer]))
		}
		out = append(out, say(id, strings.Join(told, " ")))
	}
	facts(sayWhy, f.Why)
	facts(sayWhyNot, f.WhyNot)
	for _, list := range []struct {
		say string
		ids []string
	}{{sayContested, f.Contested}, {sayMissing, f.Open}} {
		var asked []string
		for _, id := range list.ids {
			q, _ := p.Question(id)
			asked = append(asked, q.Text.In(lang))
		}
		if asked != nil {
			out = append(out, say(list.say, strings.Join(asked, " ")))
		}
	}
	if len(f.Lacks) > 0 {
		var told []string
		for _, l := range f.Lacks {
			q, _ := p.Question(l.Question)
			told = append(told, q.Text.In(lang)+" "+say(map[Answer]string{Yes: sayYes, No: sayNo}[l.Answer]))
		}
		out = append(out, say(sayLacks, strings.Join(told, " ")))
	}
	// What is ruled out is so whatever the date.
	switch {
	case f.Status == RuledOut:
	case f.Law.State == Straddles:
		out = append(out, say(sayStraddles, from, until))
	case f.Law.State == DateUnknown:
		out = append(out, say(sayNoDate, from, until))
	}
	for _, note := range f.Notes {
		out = append(out, say(sayNote, note.Text.In(lang), note.Cite))
	}
	for _, x := range f.Parameters {
		out = append(out, say(sayParameter, x.Text.In(lang), x.Value.In(lang), x.Cite))
	}
	if n := f.Tree().general(); n > 0 {
		out = append(out, say(sayGeneral, fmt.Sprint(n)))
	}
	if lang != "en" && strings.HasPrefix(p.Languages[lang], "unreviewed") {
		out = append(out, say(sayUnreviewed))
	}
	return out
}

// general counts the elements that rest on general knowledge.
func (e Element) general() (n int) {
	if e.Mark == General {
		n = 1
	}
	for _, child := range e.Children {
		n += child.general()
	}
	return n
}
